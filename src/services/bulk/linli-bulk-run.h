/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-bulk-job.h"

G_BEGIN_DECLS

/* A job on many cases, seen from the window: its turns follow one another in
 * the writing lane, and between them it tells how far it is. */
#define LINLI_TYPE_BULK_RUN (linli_bulk_run_get_type ())
G_DECLARE_FINAL_TYPE (LinliBulkRun, linli_bulk_run, LINLI, BULK_RUN, GObject)

LinliBulkRun *linli_bulk_run_new      (LinliStore     *store,
                                       LinliBulkMode   mode,
                                       const char     *command,
                                       LinliRequest   *shared,
                                       GArray         *pks,
                                       const char     *query,
                                       GError        **error);
LinliBulkRun *linli_bulk_run_new_macro (LinliStore    *store,
                                       LinliBulkMode   mode,
                                       const char     *name,
                                       const char     *steps,
                                       GArray         *pks,
                                       const char     *query,
                                       GError        **error);
LinliBulkRun *linli_bulk_run_new_undo (LinliStore     *store,
                                       const char     *bulk);
void          linli_bulk_run_start    (LinliBulkRun   *self);
void          linli_bulk_run_stop     (LinliBulkRun   *self);
LinliBulkJob *linli_bulk_run_get_job  (LinliBulkRun   *self);

/* What is written about the refused cases of a bulk action. */
typedef struct
{
  char       *bulk;
  char       *path;
  char       *headings[4];                    /* number, title, what became of it, why */
  const char *(*translate) (const char *text); /* reasons and states, which are English */
} LinliBulkList;

gpointer      linli_bulk_list_write   (LinliConn      *conn,
                                       gpointer        list,
                                       GError        **error);
void          linli_bulk_list_free    (gpointer        list);

G_END_DECLS
