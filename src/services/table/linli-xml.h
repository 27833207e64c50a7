/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-zip.h"

G_BEGIN_DECLS

typedef struct _LinliXml LinliXml;

/* Names come without their namespace prefix. */
typedef struct
{
  void (*start) (LinliXml *xml, gpointer data, const char *name, const char **attributes);
  void (*end)   (LinliXml *xml, gpointer data, const char *name);
  void (*text)  (LinliXml *xml, gpointer data, const char *text, gsize length);
} LinliXmlHandlers;

typedef enum
{
  LINLI_XML_FAILED,
  LINLI_XML_PAUSED, /* a handler called linli_xml_pause() */
  LINLI_XML_ENDED,
} LinliXmlResult;

LinliXml       *linli_xml_new       (const LinliXmlHandlers  *handlers,
                                     gpointer                 data);
void            linli_xml_free      (LinliXml                *self);
LinliXmlResult  linli_xml_run       (LinliXml                *self,
                                     LinliZip                *zip,
                                     GError                 **error);
gboolean        linli_xml_parse     (const LinliXmlHandlers  *handlers,
                                     gpointer                 data,
                                     LinliZip                *zip,
                                     GError                 **error);
void            linli_xml_pause     (LinliXml                *self);
void            linli_xml_fail      (LinliXml                *self,
                                     GError                  *error);
const char     *linli_xml_attribute (const char             **attributes,
                                     const char              *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliXml, linli_xml_free)

G_END_DECLS
