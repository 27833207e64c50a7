/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files on this disk that nobody needs any more. */

#include "config.h"

#include "linli-blob-private.h"

#include "linli-case-blobs.h"
#include "linli-sight.h"

#define GRACE_DAYS 30

/* Whoever sits here: a file is needed also by cases that are not theirs to see. */
static gpointer
needed_job (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  return linli_sight_lift (conn, error) ? linli_case_blobs_needed (conn, *(gint64 *) data, error) : NULL;
}

static gboolean
is_needed (const char *sha256,
           gpointer    data)
{
  return g_hash_table_contains (data, sha256);
}

typedef struct
{
  char       *root;
  GHashTable *needed;
} Sweep;

static void
sweep_free (Sweep *sweep)
{
  g_free (sweep->root);
  g_hash_table_unref (sweep->needed);
  g_free (sweep);
}

static void
sweep_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  Sweep *sweep = data;
  LinliShelfSwept swept;

  linli_shelf_sweep (sweep->root, g_get_real_time (), GRACE_DAYS * G_TIME_SPAN_DAY, is_needed, sweep->needed, &swept);
  if (swept.n_removed > 0)
    g_message ("%u files that no case has any more were removed", swept.n_removed);
  g_task_return_boolean (task, TRUE);
}

static void
needed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliBlobAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GHashTable) needed = linli_store_read_finish (LINLI_STORE (source), result, &error);
  g_autoptr(GTask) task = NULL;
  Sweep *sweep;

  if (needed == NULL || self->store == NULL)
    return;
  sweep = g_new0 (Sweep, 1);
  sweep->root = g_strdup (self->root);
  sweep->needed = g_steal_pointer (&needed);
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, sweep, (GDestroyNotify) sweep_free);
  g_task_run_in_thread (task, sweep_thread);
}

/* A GSourceFunc, once a run. */
gboolean
linli_blob_agent_sweep_cb (gpointer user_data)
{
  LinliBlobAgent *self = user_data;
  gint64 *since = g_new (gint64, 1);

  *since = linli_clock_now (linli_store_get_clock (self->store)) - GRACE_DAYS * G_TIME_SPAN_DAY;
  self->sweep_id = 0;
  linli_store_read_async (self->store, needed_job, since, g_free, (GDestroyNotify) g_hash_table_unref, NULL, needed_cb,
                          g_object_ref (self));
  return G_SOURCE_REMOVE;
}
