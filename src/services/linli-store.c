/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-store.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "linli-registry.h"
#include "linli-request-private.h"
#include "linli-sight.h"
#include "linli-sqlite.h"
#include "linli-store-lock.h"

struct _LinliStore
{
  GObject        parent_instance;

  char          *folder;
  LinliStoreMode mode;
  int            lock;  /* -1 while none is held */
  LinliClock    *clock; /* (unowned) */
  LinliDb       *db;

  /* The desk belongs to the writing lane; who sits at it is told through here. */
  LinliDesk     *desk;
  GMutex         mutex;
  char          *actor;  /* (mutex) (nullable) */
  GHashTable    *unkept; /* keeper (unowned) to GError: drafts that could not be stored; the main thread's */
  const char    *acting; /* (nullable) (unowned): who asked for the job that runs now; the writing lane's */
};

enum { UNKEPT_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliStore, linli_store, G_TYPE_OBJECT)

static void
linli_store_finalize (GObject *object)
{
  LinliStore *self = LINLI_STORE (object);

  linli_store_close (self);
  g_clear_object (&self->db);
  g_free (self->folder);
  g_free (self->actor);
  linli_desk_free (self->desk);
  g_hash_table_unref (self->unkept);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (linli_store_parent_class)->finalize (object);
}

static void
linli_store_class_init (LinliStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_store_finalize;

  /* LinliStore::unkept-changed: see linli_store_get_unkept() */
  signals[UNKEPT_CHANGED] = g_signal_new ("unkept-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
}

static void
linli_store_init (LinliStore *self)
{
  g_mutex_init (&self->mutex);
  self->unkept = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_error_free);
  self->lock = -1;
}

static gboolean
prepare (LinliStore *self,
         LinliConn  *conn,
         GError    **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (linli_clock_now (self->clock) / G_USEC_PER_SEC);
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S.db");
  g_autofree char *backups = g_build_filename (self->folder, "backups", NULL);
  g_autofree char *backup = g_build_filename (backups, stamp, NULL);

  g_mkdir_with_parents (backups, 0700);
  return linli_migrate (conn, linli_store_schema (), backup, error) &&
         linli_desk_load (self->desk, conn, error);
}

/* What is committed without a command, by synchronisation, is announced too. */
static void
committed_cb (GPtrArray *changes,
              gpointer   db)
{
  linli_db_note_changes (db, changes);
}

static LinliConn *
open_lane (LinliDbLane lane,
           gpointer    data,
           GError    **error)
{
  LinliStore *self = data;
  g_autofree char *path = g_build_filename (self->folder, LINLI_STORE_FILE, NULL);
  g_autoptr(LinliConn) conn = NULL;

  if (lane == LINLI_DB_READ)
    return linli_sqlite_open (path, LINLI_SQLITE_READ, error);
  if (self->mode == LINLI_STORE_READ_ONLY)
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_READ_ONLY,
                   "The store %s was opened for reading only", self->folder);
      return NULL;
    }

  conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, error);
  if (conn == NULL || !prepare (self, conn, error))
    return NULL;
  linli_tx_observe (conn, committed_cb, self->db);
  g_mutex_lock (&self->mutex);
  if (self->actor == NULL)
    self->actor = g_strdup (self->desk->actor);
  g_mutex_unlock (&self->mutex);

  return g_steal_pointer (&conn);
}

static char *
dup_asker (gpointer data)
{
  return linli_store_dup_actor (data);
}

/* What is read is read with the eyes of who sat at the desk when it was asked
 * for, and with the rights they have by now. A store of another version has no
 * eyes yet, and the first job finds that out. */
static gboolean
look_as_asker (LinliConn  *conn,
               const char *asker,
               gpointer    data,
               GError    **error)
{
  guint version = 0;

  if (!linli_conn_get_version (conn, &version, error))
    return FALSE;
  return version != linli_store_schema ()->version || linli_sight_set (conn, asker, error);
}

/* The power went while a store that was fetched anew took its place. */
static void
finish_swap (LinliStore *self,
             const char *path)
{
  g_autofree char *fresh = g_build_filename (self->folder, LINLI_STORE_FRESH_FILE, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && g_file_test (fresh, G_FILE_TEST_EXISTS))
    g_rename (fresh, path);
}

static gboolean
check_folder (LinliStore *self,
              GError    **error)
{
  g_autofree char *path = g_build_filename (self->folder, LINLI_STORE_FILE, NULL);

  finish_swap (self, path);
  if (self->mode != LINLI_STORE_CREATE && !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "There is no store in %s", self->folder);
      return FALSE;
    }
  if (self->mode == LINLI_STORE_CREATE && g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      int code = errno == ENOSPC || errno == EDQUOT ? LINLI_STORE_ERROR_FULL : LINLI_STORE_ERROR_READ_ONLY;

      g_set_error (error, LINLI_STORE_ERROR, code, "%s: %s", self->folder, g_strerror (errno));
      return FALSE;
    }
  if (self->mode != LINLI_STORE_READ_ONLY)
    self->lock = linli_store_lock (self->folder, error);

  return self->mode == LINLI_STORE_READ_ONLY || self->lock >= 0;
}

static LinliStore *
store_new (const char     *folder,
           LinliStoreMode  mode,
           LinliClock     *clock,
           GError        **error)
{
  g_autoptr(LinliStore) self = g_object_new (LINLI_TYPE_STORE, NULL);

  self->folder = g_strdup (folder);
  self->mode = mode;
  self->clock = clock;
  self->desk = linli_desk_new (clock);
  if (!check_folder (self, error))
    return NULL;
  self->db = linli_db_new (open_lane, self, NULL);
  linli_db_set_before (self->db, dup_asker, look_as_asker);

  return g_steal_pointer (&self);
}

/* A job with nothing to do: that it ran means the lane's connection is open
 * and the store is of this program's version. Whoever may write has brought an
 * older one up by now. */
static gpointer
knock (LinliConn *conn,
       gpointer   data,
       GError   **error)
{
  guint version = 0;

  if (!linli_conn_get_version (conn, &version, error))
    return NULL;
  if (version != linli_store_schema ()->version)
    g_set_error (error, LINLI_STORE_ERROR,
                 version > linli_store_schema ()->version ? LINLI_STORE_ERROR_TOO_NEW : LINLI_STORE_ERROR_TOO_OLD,
                 "The store is of version %u, this program is of %u",
                 version, linli_store_schema ()->version);
  return NULL;
}

static LinliDbLane
first_lane (LinliStore *self)
{
  return self->mode == LINLI_STORE_READ_ONLY ? LINLI_DB_READ : LINLI_DB_WRITE;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LinliStore *self = g_task_get_task_data (task);
  GError *error = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error != NULL)
    {
      linli_store_close (self);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

/**
 * linli_store_open_async:
 * @folder: the store's folder
 * @clock: (transfer none): outlives the store
 *
 * Opens, makes or raises the store in its own thread; the main context in
 * which this is called will get its `changed` signals.
 */
void
linli_store_open_async (const char          *folder,
                        LinliStoreMode       mode,
                        LinliClock          *clock,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GError *error = NULL;
  LinliStore *self;

  g_return_if_fail (folder != NULL && clock != NULL);

  self = store_new (folder, mode, clock, &error);
  if (self == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, self, g_object_unref);
  linli_db_run_async (self->db, first_lane (self), knock, NULL, NULL, NULL, cancellable,
                      opened_cb, g_steal_pointer (&task));
}

/**
 * linli_store_open_finish:
 * @error: %LINLI_STORE_ERROR: IN_USE, READ_ONLY, TOO_NEW, TOO_OLD, CORRUPT, FULL, NOT_FOUND
 *
 * Returns: (transfer full): the open store
 */
LinliStore *
linli_store_open_finish (GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* For programs without a window, and tests. */
LinliStore *
linli_store_open_sync (const char     *folder,
                       LinliStoreMode  mode,
                       LinliClock     *clock,
                       GError        **error)
{
  g_autoptr(LinliStore) self = store_new (folder, mode, clock, error);
  g_autoptr(GError) local = NULL;

  if (self == NULL)
    return NULL;
  linli_db_run_sync (self->db, first_lane (self), knock, NULL, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * linli_store_close:
 *
 * Finishes what was asked for, closes the database and lets the lock go.
 */
void
linli_store_close (LinliStore *self)
{
  g_return_if_fail (LINLI_IS_STORE (self));

  if (self->db != NULL)
    linli_db_close (self->db);
  linli_store_unlock (self->lock);
  self->lock = -1;
}

LinliDb *
linli_store_get_db (LinliStore *self)
{
  return self->db;
}

LinliClock *
linli_store_get_clock (LinliStore *self)
{
  return self->clock;
}

const char *
linli_store_get_folder (LinliStore *self)
{
  return self->folder;
}

gboolean
linli_store_is_read_only (LinliStore *self)
{
  return self->mode == LINLI_STORE_READ_ONLY;
}

/* Returns: (transfer full) (nullable): account id of who sits at the desk */
char *
linli_store_dup_actor (LinliStore *self)
{
  char *actor;

  g_mutex_lock (&self->mutex);
  actor = g_strdup (self->actor);
  g_mutex_unlock (&self->mutex);

  return actor;
}

/* From the next command on, @actor acts. */
void
linli_store_set_actor (LinliStore *self,
                       const char *actor)
{
  g_mutex_lock (&self->mutex);
  g_free (self->actor);
  self->actor = g_strdup (actor);
  g_mutex_unlock (&self->mutex);
}

/**
 * linli_store_submit_written:
 * @conn: the connection given to a #LinliStoreWriteFunc
 * @written: (nullable): see linli_desk_submit_written()
 *
 * Runs a command inside a writing job and announces its changes.
 *
 * Returns: (transfer full): how it ended
 */
LinliOutcome *
linli_store_submit_written (LinliStore        *self,
                            LinliConn         *conn,
                            const char        *command,
                            JsonObject        *args,
                            const char        *written,
                            LinliExecuteFlags  flags,
                            GError           **error)
{
  g_autofree char *actor = self->acting != NULL ? g_strdup (self->acting) : linli_store_dup_actor (self);
  LinliOutcome *outcome;

  linli_desk_set_actor (self->desk, actor);
  outcome = linli_desk_submit_written (self->desk, conn, command, args, written, flags, error);
  if (outcome != NULL && !(flags & LINLI_EXECUTE_DRY_RUN))
    linli_db_note_changes (self->db, outcome->changes);

  return outcome;
}

/**
 * linli_store_submit:
 * @conn: the connection given to a #LinliStoreWriteFunc
 *
 * linli_store_submit_written() for arguments that nobody has written down yet.
 *
 * Returns: (transfer full): how it ended; see linli_desk_submit()
 */
LinliOutcome *
linli_store_submit (LinliStore        *self,
                    LinliConn         *conn,
                    const char        *command,
                    JsonObject        *args,
                    LinliExecuteFlags  flags,
                    GError           **error)
{
  return linli_store_submit_written (self, conn, command, args, NULL, flags, error);
}

typedef struct
{
  LinliStore          *store; /* (unowned): the task's source keeps it */
  char                *actor; /* (nullable) who asked: another may sit here before it runs */
  char                *command;
  LinliRequest        *request;
  LinliStoreWriteFunc  func;
  gpointer             data;
  GDestroyNotify       data_free;
} WriteJob;

static void
write_job_free (WriteJob *job)
{
  g_free (job->actor);
  g_free (job->command);
  linli_request_unref (job->request);
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_free (job);
}

static gpointer
run_command (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  WriteJob *job = data;
  g_autoptr(LinliOutcome) outcome = NULL;

  job->store->acting = job->actor;
  outcome = linli_store_submit (job->store, conn, job->command, linli_request_get_json (job->request),
                                LINLI_EXECUTE_QUEUE, error);
  job->store->acting = NULL;

  return outcome != NULL ? linli_reply_new (outcome) : NULL;
}

static gpointer
run_write_func (LinliConn *conn,
                gpointer   data,
                GError   **error)
{
  WriteJob *job = data;
  gpointer result;

  job->store->acting = job->actor;
  linli_desk_set_actor (job->store->desk, job->actor);
  result = job->func (conn, job->store->desk, job->store, job->data, error);
  job->store->acting = NULL;

  return result;
}

/* Results pass through unchanged; the task keeps the store alive meanwhile. */
static void
lane_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  gpointer value = linli_db_run_finish (LINLI_DB (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

static GTask *
store_task (LinliStore          *self,
            gpointer             tag,
            GDestroyNotify       result_free,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  /* What is durable is told as done, even if the asker has left meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, result_free, NULL);
  return task;
}

/**
 * linli_store_run_async:
 * @command: name of a command
 * @request: (transfer none): its arguments; not to be changed afterwards
 *
 * Runs one command. Once running it is not interrupted.
 */
void
linli_store_run_async (LinliStore          *self,
                       const char          *command,
                       LinliRequest        *request,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GDestroyNotify free_reply = (GDestroyNotify) linli_reply_free;
  WriteJob *job;

  g_return_if_fail (LINLI_IS_STORE (self) && command != NULL && request != NULL);

  job = g_new0 (WriteJob, 1);
  job->store = self;
  job->actor = linli_store_dup_actor (self);
  job->command = g_strdup (command);
  job->request = linli_request_ref (request);
  linli_db_run_async (self->db, LINLI_DB_WRITE, run_command, job, (GDestroyNotify) write_job_free, free_reply,
                      cancellable, lane_done_cb,
                      store_task (self, linli_store_run_async, free_reply, cancellable, callback, user_data));
}

/**
 * linli_store_run_finish:
 * @error: %LINLI_DOMAIN_ERROR for a refusal, %LINLI_STORE_ERROR for a fault
 *
 * Returns: (transfer full): what the command told
 */
LinliReply *
linli_store_run_finish (LinliStore   *self,
                        GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Takes @operation back; finish with linli_store_run_finish(). */
void
linli_store_undo_async (LinliStore          *self,
                        const char          *operation,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "operation", operation);
  linli_store_run_async (self, "core.undo", request, NULL, callback, user_data);
}

/**
 * linli_store_write_async:
 * @func: runs in the writing lane
 *
 * For work of several commands, in the name of who sits at the desk now. Keep
 * each turn short: the clerk's own commands wait behind it.
 */
void
linli_store_write_async (LinliStore          *self,
                         LinliStoreWriteFunc  func,
                         gpointer             data,
                         GDestroyNotify       data_free,
                         GDestroyNotify       result_free,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autofree char *actor = linli_store_dup_actor (self);

  linli_store_write_for_async (self, actor, func, data, data_free, result_free, cancellable, callback, user_data);
}

/* The same in the name of @actor (nullable), for work of several turns: whoever
 * sits here by now, it is theirs who began it. */
void
linli_store_write_for_async (LinliStore          *self,
                             const char          *actor,
                             LinliStoreWriteFunc  func,
                             gpointer             data,
                             GDestroyNotify       data_free,
                             GDestroyNotify       result_free,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  WriteJob *job = g_new0 (WriteJob, 1);

  job->store = self;
  job->actor = g_strdup (actor);
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  linli_db_run_async (self->db, LINLI_DB_WRITE, run_write_func, job, (GDestroyNotify) write_job_free, result_free,
                      cancellable, lane_done_cb,
                      store_task (self, linli_store_write_async, result_free, cancellable, callback, user_data));
}

/* linli_store_write_async() for programs without a main loop. */
gpointer
linli_store_write_sync (LinliStore          *self,
                        LinliStoreWriteFunc  func,
                        gpointer             data,
                        GError             **error)
{
  g_autofree char *actor = linli_store_dup_actor (self);

  return linli_store_write_for_sync (self, actor, func, data, error);
}

/* linli_store_write_for_async() for threads of their own. */
gpointer
linli_store_write_for_sync (LinliStore          *self,
                            const char          *actor,
                            LinliStoreWriteFunc  func,
                            gpointer             data,
                            GError             **error)
{
  WriteJob job = { .store = self, .actor = (char *) actor, .func = func, .data = data };

  g_return_val_if_fail (LINLI_IS_STORE (self) && func != NULL, NULL);

  return linli_db_run_sync (self->db, LINLI_DB_WRITE, run_write_func, &job, error);
}

gpointer
linli_store_write_finish (LinliStore   *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Runs @func in the reading lane; it sees what is committed, with the eyes of who sits at the desk now. */
void
linli_store_read_async (LinliStore          *self,
                        LinliDbFunc          func,
                        gpointer             data,
                        GDestroyNotify       data_free,
                        GDestroyNotify       result_free,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  linli_db_run_async (self->db, LINLI_DB_READ, func, data, data_free, result_free, cancellable, lane_done_cb,
                      store_task (self, linli_store_read_async, result_free, cancellable, callback, user_data));
}

/* The same with the eyes of @actor (nullable), for work of several jobs: whoever sits here by now,
 * it is theirs who began it. */
void
linli_store_read_for_async (LinliStore          *self,
                            const char          *actor,
                            LinliDbFunc          func,
                            gpointer             data,
                            GDestroyNotify       data_free,
                            GDestroyNotify       result_free,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  linli_db_read_for_async (self->db, actor, func, data, data_free, result_free, cancellable, lane_done_cb,
                           store_task (self, linli_store_read_async, result_free, cancellable, callback, user_data));
}

gpointer
linli_store_read_finish (LinliStore   *self,
                         GAsyncResult *result,
                         GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linli_store_set_unkept:
 * @keeper: of something that is typed; a key, never looked into
 * @error: (nullable): why it could not be stored; %NULL once it is, or is no more
 *
 * Of the main thread.
 */
void
linli_store_set_unkept (LinliStore   *self,
                        gpointer      keeper,
                        const GError *error)
{
  gboolean changed;

  g_return_if_fail (LINLI_IS_STORE (self) && keeper != NULL);

  changed = error != NULL || g_hash_table_contains (self->unkept, keeper);
  if (error != NULL)
    g_hash_table_replace (self->unkept, keeper, g_error_copy (error));
  else
    g_hash_table_remove (self->unkept, keeper);
  if (changed)
    g_signal_emit (self, signals[UNKEPT_CHANGED], 0);
}

/**
 * linli_store_get_unkept:
 *
 * Of the main thread; LinliStore::unkept-changed tells when to ask again.
 *
 * Returns: (transfer none) (nullable): why something that is typed just now is
 *   not stored; %NULL while everything is
 */
const GError *
linli_store_get_unkept (LinliStore *self)
{
  GHashTableIter iter;
  gpointer error = NULL;

  g_return_val_if_fail (LINLI_IS_STORE (self), NULL);

  g_hash_table_iter_init (&iter, self->unkept);
  return g_hash_table_iter_next (&iter, NULL, &error) ? error : NULL;
}
