/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-table-error.h"

G_BEGIN_DECLS

/* A table for people's spreadsheets: CSV as linli-table-writer.h writes it, or
 * XLSX. The file appears under its name only when it is whole. */
typedef enum
{
  LINLI_SHEET_CSV,
  LINLI_SHEET_XLSX,
} LinliSheetFormat;

typedef struct _LinliSheetWriter LinliSheetWriter;

LinliSheetWriter *linli_sheet_writer_new      (GFile              *file,
                                               LinliSheetFormat    format,
                                               guint64             numbers,
                                               GError            **error);
void              linli_sheet_writer_free     (LinliSheetWriter   *self);
gboolean          linli_sheet_writer_add_row  (LinliSheetWriter   *self,
                                               const char *const  *cells,
                                               gsize               n_cells,
                                               GError            **error);
gboolean          linli_sheet_writer_finish   (LinliSheetWriter   *self,
                                               GError            **error);
guint64           linli_sheet_writer_get_rows (LinliSheetWriter   *self);
LinliSheetFormat  linli_sheet_format_of       (GFile              *file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliSheetWriter, linli_sheet_writer_free)

G_END_DECLS
