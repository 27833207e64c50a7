/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-table-error.h"

G_BEGIN_DECLS

typedef enum
{
  LINLI_TABLE_WRITER_DEFAULT = 0,
  LINLI_TABLE_WRITER_GUARD   = 1 << 0, /* an apostrophe before what a spreadsheet would run */
} LinliTableWriterFlags;

typedef struct _LinliTableWriter LinliTableWriter;

LinliTableWriter *linli_table_writer_new     (GFile                  *file,
                                              LinliTableWriterFlags   flags,
                                              GError                **error);
void              linli_table_writer_free    (LinliTableWriter       *self);
gboolean          linli_table_writer_add_row (LinliTableWriter       *self,
                                              const char *const      *cells,
                                              gsize                   n_cells,
                                              GError                **error);
gboolean          linli_table_writer_finish  (LinliTableWriter       *self,
                                              GError                **error);
guint64           linli_table_writer_get_rows (LinliTableWriter      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliTableWriter, linli_table_writer_free)

G_END_DECLS
