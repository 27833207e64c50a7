/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  LINLI_XLSX_PLAIN,
  LINLI_XLSX_DATE,     /* shows a day, perhaps a time */
  LINLI_XLSX_TIME,     /* shows a time of day only */
  LINLI_XLSX_DURATION, /* shows hours beyond 24 */
  LINLI_XLSX_PADDED,   /* shows leading zeros */
} LinliXlsxFormatKind;

typedef struct
{
  LinliXlsxFormatKind kind;
  guint               width; /* digits when padded */
} LinliXlsxFormat;

LinliXlsxFormat linli_xlsx_format_from_id    (guint                  id);
LinliXlsxFormat linli_xlsx_format_from_code  (const char            *code);
void            linli_xlsx_append_number     (GString               *out,
                                              const char            *text,
                                              const LinliXlsxFormat *format,
                                              gboolean               date1904);

G_END_DECLS
