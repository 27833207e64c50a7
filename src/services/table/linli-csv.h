/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-encoding.h"

G_BEGIN_DECLS

#define LINLI_TABLE_MAX_CELL    (1024 * 1024)
#define LINLI_TABLE_MAX_ROW     (16 * 1024 * 1024)
#define LINLI_TABLE_MAX_COLUMNS 4096

typedef struct _LinliCsv LinliCsv;

LinliCsv              *linli_csv_new            (GInputStream  *stream,
                                                 GCancellable  *cancellable,
                                                 GError       **error);
LinliCsv              *linli_csv_new_full       (GInputStream  *stream,
                                                 char           separator,
                                                 GCancellable  *cancellable,
                                                 GError       **error);
void                   linli_csv_free           (LinliCsv      *self);

gboolean               linli_csv_next           (LinliCsv      *self,
                                                 GPtrArray    **row,
                                                 GError       **error);

guint64                linli_csv_get_row        (LinliCsv      *self);
guint64                linli_csv_get_line       (LinliCsv      *self);
guint64                linli_csv_get_offset     (LinliCsv      *self);
guint64                linli_csv_get_position   (LinliCsv      *self);
gboolean               linli_csv_is_row_damaged (LinliCsv      *self);
char                   linli_csv_get_separator  (LinliCsv      *self);
LinliEncoding          linli_csv_get_encoding   (LinliCsv      *self);
const LinliTableNotes *linli_csv_get_notes      (LinliCsv      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCsv, linli_csv_free)

G_END_DECLS
