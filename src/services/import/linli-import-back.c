/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking an import back, whole or broken off. */

#include "config.h"

#include "linli-import-order.h"
#include "linli-import-run.h"
#include "linli-json.h"

#define UNDO_BATCH 500

/* linli_import_undo() in the name of @actor (nullable). */
gboolean
linli_import_take_back (LinliStore *store,
                        const char *actor,
                        const char *import,
                        GError    **error)
{
  gint64 left = 1;

  while (left > 0)
    {
      g_autoptr(JsonObject) args = json_object_new ();
      g_autoptr(JsonObject) told = NULL;

      json_object_set_string_member (args, "import", import);
      json_object_set_int_member (args, "limit", UNDO_BATCH);
      told = linli_import_order_give (store, actor, "import.undo", args, error);
      if (told == NULL)
        return FALSE;
      left = 0;
      linli_json_get_int (told, "left", &left);
    }

  return TRUE;
}

/**
 * linli_import_undo:
 * @import: id of an import, finished or broken off
 * @error: %LINLI_STORE_ERROR, %LINLI_DOMAIN_ERROR
 *
 * Takes every case of it away again that nobody has worked on since. Blocks,
 * in steps between which other work goes on.
 */
gboolean
linli_import_undo (LinliStore *store,
                   const char *import,
                   GError    **error)
{
  g_autofree char *actor = linli_store_dup_actor (store);

  return linli_import_take_back (store, actor, import, error);
}

typedef struct
{
  LinliStore *store;
  char       *actor; /* (nullable) */
  char       *import;
} UndoJob;

static void
undo_job_free (UndoJob *job)
{
  g_object_unref (job->store);
  g_free (job->actor);
  g_free (job->import);
  g_free (job);
}

static void
undo_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  UndoJob *job = data;
  GError *error = NULL;

  if (linli_import_take_back (job->store, job->actor, job->import, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* linli_import_undo() in a thread, in the name of who sits at the desk now. */
void
linli_import_undo_async (LinliStore          *store,
                         const char          *import,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  UndoJob *job = g_new0 (UndoJob, 1);

  job->store = g_object_ref (store);
  job->actor = linli_store_dup_actor (store);
  job->import = g_strdup (import);
  g_task_set_task_data (task, job, (GDestroyNotify) undo_job_free);
  g_task_run_in_thread (task, undo_thread);
}

gboolean
linli_import_undo_finish (GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
