/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-page-diff.h"
#include "linli-page-model.h"

G_BEGIN_DECLS

/* What the page model hands to the read lane and gets back: plain data and
 * arrays of keys that nobody changes once they are made. */

#define LINLI_PAGE_SIZE 64

typedef struct
{
  const LinliPageLoader *loader;
  GVariant              *query;
  guint                  limit;
  GArray                *before;
  GArray                *dirty;   /* (nullable) */
  guint                  generation;
  guint                  epoch;
  gint64                 started; /* monotonic */
  gboolean               opening;
} LinliKeysJob;

typedef struct
{
  GArray        *keys;
  GPtrArray     *records; /* (nullable): of the first page */
  LinliPageDiff *diff;
  guint          limit;
  gboolean       opening;
} LinliKeysAnswer;

typedef struct
{
  const LinliPageLoader *loader;
  GVariant              *query;
  GArray                *pks;
  guint                  epoch;
} LinliLoadJob;

gpointer linli_keys_job_run      (LinliConn *conn,
                                  gpointer   job,
                                  GError   **error);
void     linli_keys_job_free     (gpointer   job);
void     linli_keys_answer_free  (gpointer   answer);
gpointer linli_load_job_run      (LinliConn *conn,
                                  gpointer   job,
                                  GError   **error);
void     linli_load_job_free     (gpointer   job);

G_END_DECLS
