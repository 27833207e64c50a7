/* SPDX-License-Identifier: GPL-3.0-or-later */

/* XML from strangers: no document type, so no entities of their making; a
 * bounded depth; no construct so long that the parser must hold megabytes
 * before it can say what it is. */

#include "config.h"

#include "linli-xml.h"

#include <expat.h>
#include <string.h>

#define BLOCK      (64 * 1024)
#define MAX_DEPTH  64
#define MAX_SILENT (8 * 1024 * 1024) /* bytes fed without an event */

struct _LinliXml
{
  XML_Parser              parser;
  const LinliXmlHandlers *handlers;
  gpointer                data;
  guint                   depth;
  gsize                   silent;
  gboolean                paused;
  gboolean                final;
  GError                 *error; /* (owned) what a handler found wrong */
};

static const char *
local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
start_cb (void            *data,
          const XML_Char  *name,
          const XML_Char **attributes)
{
  LinliXml *self = data;

  self->silent = 0;
  if (self->error != NULL)
    return;
  if (++self->depth > MAX_DEPTH)
    {
      linli_xml_fail (self, g_error_new (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_BOMB,
                                         "XML nested deeper than %d levels", MAX_DEPTH));
      return;
    }
  if (self->handlers->start != NULL)
    self->handlers->start (self, self->data, local_name (name), attributes);
}

static void
end_cb (void           *data,
        const XML_Char *name)
{
  LinliXml *self = data;

  self->silent = 0;
  if (self->error != NULL)
    return;
  self->depth--;
  if (self->handlers->end != NULL)
    self->handlers->end (self, self->data, local_name (name));
}

static void
text_cb (void           *data,
         const XML_Char *text,
         int             length)
{
  LinliXml *self = data;

  self->silent = 0;
  if (self->error == NULL && self->handlers->text != NULL)
    self->handlers->text (self, self->data, text, (gsize) length);
}

static void
doctype_cb (void           *data,
            const XML_Char *name,
            const XML_Char *system_id,
            const XML_Char *public_id,
            int             has_subset)
{
  linli_xml_fail (data, g_error_new_literal (LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_BOMB,
                                             "The spreadsheet defines XML entities, which none does honestly"));
}

/**
 * linli_xml_new:
 * @handlers: (transfer none): outlive the parser
 *
 * Returns: (transfer full): a parser before its document
 */
LinliXml *
linli_xml_new (const LinliXmlHandlers *handlers,
               gpointer                data)
{
  LinliXml *self;

  g_return_val_if_fail (handlers != NULL, NULL);

  self = g_new0 (LinliXml, 1);
  self->parser = XML_ParserCreate (NULL);
  g_assert (self->parser != NULL);
  self->handlers = handlers;
  self->data = data;
  XML_SetUserData (self->parser, self);
  XML_SetElementHandler (self->parser, start_cb, end_cb);
  XML_SetCharacterDataHandler (self->parser, text_cb);
  XML_SetStartDoctypeDeclHandler (self->parser, doctype_cb);
  return self;
}

void
linli_xml_free (LinliXml *self)
{
  if (self == NULL)
    return;

  XML_ParserFree (self->parser);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * linli_xml_pause:
 *
 * Called by an end handler: linli_xml_run() returns once it is done.
 */
void
linli_xml_pause (LinliXml *self)
{
  g_return_if_fail (self != NULL);

  if (self->error != NULL || self->paused)
    return;
  self->paused = TRUE;
  XML_StopParser (self->parser, XML_TRUE);
}

/**
 * linli_xml_fail:
 * @error: (transfer full): what is wrong with the document
 *
 * Called by a handler; no further handler is called.
 */
void
linli_xml_fail (LinliXml *self,
                GError   *error)
{
  g_return_if_fail (self != NULL && error != NULL);

  if (self->error != NULL)
    {
      g_error_free (error);
      return;
    }
  self->error = error;
  XML_StopParser (self->parser, XML_FALSE);
}

static enum XML_Status
feed (LinliXml *self,
      LinliZip *zip,
      GError  **error)
{
  void *buffer = XML_GetBuffer (self->parser, BLOCK);
  gssize n;

  if (buffer == NULL)
    return XML_STATUS_ERROR;
  n = linli_zip_read (zip, buffer, BLOCK, error);
  if (n < 0)
    return XML_STATUS_ERROR;

  self->final = n == 0;
  self->silent += (gsize) n;
  if (self->silent > MAX_SILENT)
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_BOMB,
                           "A single piece of the spreadsheet's XML is larger than any real one");
      return XML_STATUS_ERROR;
    }
  return XML_ParseBuffer (self->parser, (int) n, self->final);
}

/**
 * linli_xml_run:
 * @zip: at the entry to parse, the same in every call
 * @error: %LINLI_TABLE_ERROR or %G_IO_ERROR
 *
 * Parses until a handler pauses or the document ends.
 */
LinliXmlResult
linli_xml_run (LinliXml *self,
               LinliZip *zip,
               GError  **error)
{
  g_autoptr(GError) local = NULL;
  enum XML_Status status;

  g_return_val_if_fail (self != NULL && zip != NULL, LINLI_XML_FAILED);

  do
    if (self->paused)
      {
        self->paused = FALSE;
        status = XML_ResumeParser (self->parser);
      }
    else if (self->final)
      return LINLI_XML_ENDED;
    else
      status = feed (self, zip, &local);
  while (status == XML_STATUS_OK);

  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return LINLI_XML_FAILED;
    }
  if (status == XML_STATUS_SUSPENDED)
    return LINLI_XML_PAUSED;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FORMAT,
                 "A part of the spreadsheet is not well-formed: %s in line %lu",
                 XML_ErrorString (XML_GetErrorCode (self->parser)),
                 (gulong) XML_GetCurrentLineNumber (self->parser));
  return LINLI_XML_FAILED;
}

/**
 * linli_xml_parse:
 *
 * Parses the entry @zip is at from beginning to end.
 */
gboolean
linli_xml_parse (const LinliXmlHandlers *handlers,
                 gpointer                data,
                 LinliZip               *zip,
                 GError                **error)
{
  g_autoptr(LinliXml) xml = linli_xml_new (handlers, data);

  return linli_xml_run (xml, zip, error) == LINLI_XML_ENDED;
}

/**
 * linli_xml_attribute:
 * @attributes: as a start handler gets them
 * @name: without prefix
 *
 * Returns: (transfer none) (nullable): the value
 */
const char *
linli_xml_attribute (const char **attributes,
                     const char  *name)
{
  g_return_val_if_fail (attributes != NULL && name != NULL, NULL);

  for (; attributes[0] != NULL; attributes += 2)
    if (strcmp (local_name (attributes[0]), name) == 0)
      return attributes[1];
  return NULL;
}
