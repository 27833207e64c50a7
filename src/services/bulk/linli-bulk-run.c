/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-bulk-run.h"

#include "linli-bulk-record.h"
#include "linli-request-private.h"
#include "linli-table-writer.h"

/* The clerk's own commands wait no longer than this behind a turn. */
#define TURN_US (20 * 1000)

struct _LinliBulkRun
{
  GObject       parent_instance;

  LinliStore   *store;
  LinliBulkJob *job;      /* belongs to the writing lane while a turn runs */
  gboolean      started;
  gboolean      stopping;
  char         *actor;    /* (owned) (nullable): in whose name, to the end */
};

enum { PROGRESS, FINISHED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliBulkRun, linli_bulk_run, G_TYPE_OBJECT)

static void
linli_bulk_run_finalize (GObject *object)
{
  LinliBulkRun *self = LINLI_BULK_RUN (object);

  linli_bulk_job_free (self->job);
  g_clear_object (&self->store);
  g_free (self->actor);

  G_OBJECT_CLASS (linli_bulk_run_parent_class)->finalize (object);
}

static void
linli_bulk_run_class_init (LinliBulkRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_bulk_run_finalize;

  /* Between two turns: the numbers of the job are new. */
  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  /**
   * LinliBulkRun::finished:
   * @error: (nullable): a fault of the store that ended it early; what was
   *   done before stands and is recorded
   */
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
linli_bulk_run_init (LinliBulkRun *self)
{
}

static LinliBulkRun *
run_new (LinliStore   *store,
         LinliBulkJob *job)
{
  LinliBulkRun *self = g_object_new (LINLI_TYPE_BULK_RUN, NULL);

  self->store = g_object_ref (store);
  self->job = job;

  return self;
}

/**
 * linli_bulk_run_new:
 * @shared: (transfer none): arguments of every case; not to be changed afterwards
 *
 * See linli_bulk_job_new().
 *
 * Returns: (transfer full): not started yet
 */
LinliBulkRun *
linli_bulk_run_new (LinliStore    *store,
                    LinliBulkMode  mode,
                    const char    *command,
                    LinliRequest  *shared,
                    GArray        *pks,
                    const char    *query,
                    GError       **error)
{
  LinliBulkJob *job = linli_bulk_job_new (mode, command, linli_request_get_json (shared), pks, query, error);

  return job != NULL ? run_new (store, job) : NULL;
}

/* See linli_bulk_job_new_macro(). */
LinliBulkRun *
linli_bulk_run_new_macro (LinliStore    *store,
                          LinliBulkMode  mode,
                          const char    *name,
                          const char    *steps,
                          GArray        *pks,
                          const char    *query,
                          GError       **error)
{
  LinliBulkJob *job = linli_bulk_job_new_macro (mode, name, steps, pks, query, error);

  return job != NULL ? run_new (store, job) : NULL;
}

LinliBulkRun *
linli_bulk_run_new_undo (LinliStore *store,
                         const char *bulk)
{
  return run_new (store, linli_bulk_job_new_undo (bulk));
}

static gpointer
turn (LinliConn  *conn,
      LinliDesk  *desk,
      LinliStore *store,
      gpointer    data,
      GError    **error)
{
  LinliBulkRun *self = data;

  return GINT_TO_POINTER (linli_bulk_job_turn (self->job, conn, desk, store, TURN_US, error));
}

static void next_turn (LinliBulkRun *self);

static void
turn_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliBulkRun) self = user_data;
  g_autoptr(GError) error = NULL;

  linli_store_write_finish (LINLI_STORE (source), result, &error);
  if (error != NULL || self->job->finished)
    {
      g_signal_emit (self, signals[FINISHED], 0, error);
      return;
    }
  g_signal_emit (self, signals[PROGRESS], 0);
  self->job->stop = self->stopping;
  next_turn (self);
}

static void
next_turn (LinliBulkRun *self)
{
  linli_store_write_for_async (self->store, self->actor, turn, g_object_ref (self), g_object_unref, NULL, NULL, turn_cb,
                               g_object_ref (self));
}

/* Works until it is finished or stopped, and lives as long; in the name of who sits at the desk
 * now, also when another sits down meanwhile. */
void
linli_bulk_run_start (LinliBulkRun *self)
{
  g_return_if_fail (LINLI_IS_BULK_RUN (self) && !self->started);

  self->started = TRUE;
  self->actor = linli_store_dup_actor (self->store);
  next_turn (self);
}

/* No further turn; what was done stands. */
void
linli_bulk_run_stop (LinliBulkRun *self)
{
  g_return_if_fail (LINLI_IS_BULK_RUN (self));

  self->stopping = TRUE;
}

/* Returns: (transfer none): its numbers, to be read in the main thread only
 * inside the signals or after the end */
LinliBulkJob *
linli_bulk_run_get_job (LinliBulkRun *self)
{
  g_return_val_if_fail (LINLI_IS_BULK_RUN (self), NULL);

  return self->job;
}

/* --- The list of those that were refused --- */

void
linli_bulk_list_free (gpointer data)
{
  LinliBulkList *list = data;

  g_free (list->bulk);
  g_free (list->path);
  for (guint i = 0; i < G_N_ELEMENTS (list->headings); i++)
    g_free (list->headings[i]);
  g_free (list);
}

static gboolean
write_rows (LinliConn        *conn,
            LinliBulkList    *list,
            LinliTableWriter *writer,
            GError          **error)
{
  g_autoptr(LinliStmt) stmt = linli_bulk_refused (conn, list->bulk, error);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      const char *reason = linli_stmt_get_text (stmt, 3);
      const char *cells[4] = { linli_stmt_get_text (stmt, 0), linli_stmt_get_text (stmt, 1),
                               list->translate (linli_stmt_get_text (stmt, 2)),
                               reason != NULL ? list->translate (reason) : "" };

      if (cells[1] == NULL)
        cells[1] = "";
      if (!linli_table_writer_add_row (writer, cells, G_N_ELEMENTS (cells), error) ||
          !linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_bulk_list_write:
 * @list: a #LinliBulkList
 *
 * Writes the refused cases of a bulk action as CSV that spreadsheets open. A
 * function for the reading lane; its result means nothing.
 */
gpointer
linli_bulk_list_write (LinliConn *conn,
                       gpointer   data,
                       GError   **error)
{
  LinliBulkList *list = data;
  g_autoptr(GFile) file = g_file_new_for_path (list->path);
  g_autoptr(LinliTableWriter) writer = linli_table_writer_new (file, LINLI_TABLE_WRITER_GUARD, error);

  if (writer != NULL &&
      linli_table_writer_add_row (writer, (const char *const *) list->headings, G_N_ELEMENTS (list->headings), error) &&
      write_rows (conn, list, writer, error))
    linli_table_writer_finish (writer, error);

  return NULL;
}
