/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LINLI_FIELD_ERROR (linli_field_error_quark ())

/* Why a cell is not what its column holds. */
typedef enum
{
  LINLI_FIELD_ERROR_EMPTY,      /* nothing in it, or a sign for nothing */
  LINLI_FIELD_ERROR_UNREADABLE, /* not written in any way known */
  LINLI_FIELD_ERROR_IMPOSSIBLE, /* written well, but there is no such */
  LINLI_FIELD_ERROR_SEVERAL,    /* more than one where one belongs */
} LinliFieldError;

typedef enum
{
  LINLI_TIME_DAY,
  LINLI_TIME_MINUTE,
  LINLI_TIME_SECOND,
} LinliTimePrecision;

GQuark    linli_field_error_quark (void);

gboolean  linli_field_is_blank    (const char          *text);
gboolean  linli_field_parse_time  (const char          *text,
                                   GTimeZone           *zone,
                                   gint64              *time,
                                   LinliTimePrecision  *precision,
                                   GError             **error);
char     *linli_field_parse_phone (const char          *text,
                                   GError             **error);
gboolean  linli_field_parse_bool  (const char          *text,
                                   gboolean            *value,
                                   GError             **error);
char     *linli_field_clean_text  (const char          *text);
char     *linli_field_clean_line  (const char          *text);

G_END_DECLS
