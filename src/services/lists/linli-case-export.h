/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-search.h"
#include "linli-figures.h"
#include "linli-sheet-writer.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* The rows of a view in a file, as people read them: exactly those, in their
 * order, however many. Read in pages, so that a desk goes on meanwhile. */
#define LINLI_TYPE_CASE_EXPORT (linli_case_export_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseExport, linli_case_export, LINLI, CASE_EXPORT, GObject)

guint            linli_case_export_n_columns    (void);
const char      *linli_case_export_column_words (guint                column);

LinliCaseExport *linli_case_export_new          (GFile               *file,
                                                 guint64              columns,
                                                 const char          *line,
                                                 LinliCaseSort        sort,
                                                 const char          *actor,
                                                 gint64               now,
                                                 GTimeZone           *zone);
gboolean         linli_case_export_begin        (LinliCaseExport     *self,
                                                 LinliConn           *conn,
                                                 GError             **error);
gboolean         linli_case_export_step         (LinliCaseExport     *self,
                                                 LinliConn           *conn,
                                                 gboolean            *done,
                                                 GError             **error);
void             linli_case_export_run_async    (LinliCaseExport     *self,
                                                 LinliStore          *store,
                                                 GCancellable        *cancellable,
                                                 GAsyncReadyCallback  callback,
                                                 gpointer             user_data);
gboolean         linli_case_export_run_finish   (LinliCaseExport     *self,
                                                 GAsyncResult        *result,
                                                 guint               *n_rows,
                                                 GError             **error);
double           linli_case_export_get_fraction (LinliCaseExport     *self);

gboolean         linli_figures_export           (LinliFigures        *figures,
                                                 GFile               *file,
                                                 GError             **error);

G_END_DECLS
