/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-encoding.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_TABLE_CSV,
  LINLI_TABLE_XLSX,
} LinliTableKind;

typedef enum
{
  LINLI_TABLE_READER_DEFAULT     = 0,
  LINLI_TABLE_READER_FILL_MERGED = 1 << 0, /* a merged cell's text in every row it spans (XLSX) */
} LinliTableReaderFlags;

#define LINLI_TYPE_TABLE_READER (linli_table_reader_get_type ())
G_DECLARE_FINAL_TYPE (LinliTableReader, linli_table_reader, LINLI, TABLE_READER, GObject)

LinliTableReader      *linli_table_reader_new            (GFile                 *file,
                                                          LinliTableReaderFlags  flags,
                                                          GCancellable          *cancellable,
                                                          GError               **error);

gboolean               linli_table_reader_next           (LinliTableReader      *self,
                                                          GPtrArray            **row,
                                                          GError               **error);
void                   linli_table_reader_set_unguard    (LinliTableReader      *self,
                                                          gboolean               unguard);

guint64                linli_table_reader_get_row        (LinliTableReader      *self);
guint64                linli_table_reader_get_line       (LinliTableReader      *self);
guint64                linli_table_reader_get_offset     (LinliTableReader      *self);
gboolean               linli_table_reader_is_row_damaged (LinliTableReader      *self);

guint64                linli_table_reader_get_total      (LinliTableReader      *self);
guint64                linli_table_reader_get_position   (LinliTableReader      *self);

LinliTableKind         linli_table_reader_get_kind       (LinliTableReader      *self);
LinliEncoding          linli_table_reader_get_encoding   (LinliTableReader      *self);
char                   linli_table_reader_get_separator  (LinliTableReader      *self);
const LinliTableNotes *linli_table_reader_get_notes      (LinliTableReader      *self);

guint                  linli_table_reader_get_n_sheets   (LinliTableReader      *self);
const char            *linli_table_reader_get_sheet_name (LinliTableReader      *self,
                                                          guint                  sheet);
gboolean               linli_table_reader_is_sheet_hidden (LinliTableReader     *self,
                                                          guint                  sheet);
guint                  linli_table_reader_get_sheet      (LinliTableReader      *self);
gboolean               linli_table_reader_select_sheet   (LinliTableReader      *self,
                                                          guint                  sheet,
                                                          GError               **error);

G_END_DECLS
