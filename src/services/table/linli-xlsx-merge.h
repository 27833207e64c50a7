/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-table-row.h"
#include "linli-zip.h"

G_BEGIN_DECLS

/* Cells merged over several rows of a sheet, and their texts while the rows
 * pass by. */
typedef struct _LinliXlsxMerge LinliXlsxMerge;

LinliXlsxMerge *linli_xlsx_merge_read       (LinliZip         *zip,
                                             GError          **error);
void            linli_xlsx_merge_free       (LinliXlsxMerge   *self);
gboolean        linli_xlsx_merge_fill       (LinliXlsxMerge   *self,
                                             guint64           number,
                                             LinliTableRow    *row,
                                             GError          **error);
gboolean        linli_xlsx_parse_reference  (const char       *text,
                                             const char      **end,
                                             guint            *column,
                                             guint64          *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliXlsxMerge, linli_xlsx_merge_free)

G_END_DECLS
