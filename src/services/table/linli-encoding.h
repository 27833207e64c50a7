/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-table-error.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_ENCODING_UTF8,
  LINLI_ENCODING_GB18030,
  LINLI_ENCODING_UTF16LE,
  LINLI_ENCODING_UTF16BE,
} LinliEncoding;

typedef enum
{
  LINLI_LINE_ASCII,   /* the same in UTF-8 and GB18030 */
  LINLI_LINE_UTF8,
  LINLI_LINE_GB18030,
  LINLI_LINE_DAMAGED, /* some bytes belong to neither */
} LinliLineVerdict;

const char       *linli_encoding_get_name   (LinliEncoding  encoding);

gboolean          linli_encoding_detect     (const guint8  *head,
                                             gsize          length,
                                             gboolean       whole,
                                             LinliEncoding *encoding,
                                             gsize         *bom_length,
                                             GError       **error);
LinliLineVerdict  linli_encoding_judge_line (const guint8  *line,
                                             gsize          length,
                                             LinliEncoding  prior);

gsize             linli_utf8_valid_prefix   (const guint8  *text,
                                             gsize          length,
                                             gboolean      *is_ascii);
gsize             linli_encoding_line_end   (const guint8  *text,
                                             gsize          length,
                                             LinliEncoding  encoding,
                                             gboolean       whole);

gboolean          linli_utf8_append_repaired (GString      *out,
                                              const guint8 *text,
                                              gsize         length);
gboolean          linli_utf16_append        (GString       *out,
                                             const guint8  *text,
                                             gsize          length,
                                             gboolean       big_endian);
gboolean          linli_gb18030_append      (GString       *out,
                                             GIConv         converter,
                                             const guint8  *text,
                                             gsize          length);

G_END_DECLS
