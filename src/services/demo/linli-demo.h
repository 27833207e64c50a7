/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"

G_BEGIN_DECLS

/* A centre full of made-up matters, to try everything in and to show. */

#define LINLI_DEMO_SEED  20180214 /* of the centre that everybody sees first */
#define LINLI_DEMO_CASES 600

typedef struct
{
  guint    n_cases;
  guint    n_today;       /* taken in on this day */
  guint    n_residents;
  guint    n_operations;
  gboolean covered;       /* the working calendar knows this day and the days to come */
  int      covered_until; /* year */
} LinliDemoResult;

/* @done of @total operations. */
typedef void (*LinliDemoProgress) (guint    done,
                                   guint    total,
                                   gpointer data);

gboolean         linli_demo_fill_store (LinliStore          *store,
                                        LinliConn           *conn,
                                        LinliDesk           *desk,
                                        guint                seed,
                                        guint                n_cases,
                                        LinliDemoProgress    progress,
                                        gpointer             progress_data,
                                        GCancellable        *cancellable,
                                        LinliDemoResult     *result,
                                        GError             **error);
void             linli_demo_async      (LinliStore          *store,
                                        guint                seed,
                                        guint                n_cases,
                                        LinliDemoProgress    progress,
                                        gpointer             progress_data,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
LinliDemoResult *linli_demo_finish     (LinliStore          *store,
                                        GAsyncResult        *result,
                                        GError             **error);

G_END_DECLS
