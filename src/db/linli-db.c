/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lanes: two threads, each with its own connection and its own queue.
 * Jobs of a lane run one after the other in the order they were asked for.
 * The main thread never holds a connection.
 *
 * What a writing job changed is gathered and announced once per turn of the
 * main context in which the object was made: `changed::<table>` with the
 * local keys, so that a thousand rows make one refresh, not a thousand. */

#include "config.h"

#include "linli-db.h"

#include "linli-engine.h"

typedef struct
{
  GThread     *thread;
  GAsyncQueue *jobs; /* Job, owned */
} Lane;

struct _LinliDb
{
  GObject       parent_instance;

  /* Owned */
  GMainContext *context;
  Lane          lanes[2];
  LinliDbOpen    open;
  gpointer       open_data;
  GDestroyNotify open_data_free;
  LinliDbAsker   asker;    /* (nullable) */
  LinliDbBefore  before;   /* (nullable) */

  /* Changes not yet announced */
  GMutex        mutex;
  GHashTable   *changed;   /* (mutex) table name (interned) -> GArray of gint64 */
  GSource      *announce;  /* (mutex) (owned) (nullable) */

  /* A file that takes the store's place */
  LinliDbSwap   swap;      /* (nullable): set by a writing job, for when it has ended */
  gpointer      swap_data;
  GMutex        gate;      /* held while the files change; the reading lane waits at it, closed */
  GCond         turned;
  gboolean      is_away;   /* (gate) the reading lane has closed its connection */
  gboolean      is_swapped; /* (gate) */
  gboolean      is_over;    /* (gate) the reading lane has ended */

  int           closed;   /* (atomic) */
};

/* Whoever waits for a job, asleep. */
typedef struct
{
  GMutex   mutex;
  GCond    over;
  gboolean is_over; /* (mutex) */
  gpointer result;
  GError  *error;
} Waiter;

typedef struct
{
  LinliDb       *db;      /* (unowned): the lane ends before the object does */
  LinliDbFunc    func;    /* NULL tells the lane to end */
  gpointer       data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  char          *asker;   /* (owned) (nullable): of a reading job */
  GTask         *task;    /* (owned) (nullable) */
  Waiter        *waiter;  /* (unowned) (nullable): instead of a task */
} Job;

enum { CHANGED, SWAPPED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliDb, linli_db, G_TYPE_OBJECT)

static void
job_free (Job *job)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  g_clear_object (&job->task);
  g_free (job->asker);
  g_free (job);
}

static gboolean
complete_cb (gpointer task)
{
  return G_SOURCE_REMOVE; /* the destroy notify lets the task go, here and not in the lane */
}

/* Nothing says on which thread a bare GTask dies; handing its only reference
 * to the main context does. */
static void
send_home (GTask *task)
{
  /* The task may go, and with it a context of its own, before the source is let
   * go here; GLib locks the context for that. */
  g_autoptr(GMainContext) context = g_main_context_ref (g_task_get_context (task));
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, g_task_get_priority (task));
  g_source_set_callback (source, complete_cb, task, g_object_unref);
  g_source_attach (source, context);
}

static void
wake (Waiter   *waiter,
      gpointer  result,
      GError   *error)
{
  g_mutex_lock (&waiter->mutex);
  waiter->result = result;
  waiter->error = error;
  waiter->is_over = TRUE;
  g_cond_signal (&waiter->over);
  g_mutex_unlock (&waiter->mutex);
}

static void
run_job (Job          *job,
         LinliConn    *conn,
         LinliDbBefore before,
         GError       *open_error)
{
  GCancellable *cancellable = job->task != NULL ? g_task_get_cancellable (job->task) : NULL;
  g_autoptr(GError) error = NULL;
  gpointer result = NULL;

  if (conn == NULL)
    error = g_error_copy (open_error);
  else if (!g_cancellable_set_error_if_cancelled (cancellable, &error) &&
           (before == NULL || before (conn, job->asker, job->db->open_data, &error)))
    {
      linli_conn_set_cancellable (conn, cancellable);
      result = job->func (conn, job->data, &error);
      linli_conn_set_cancellable (conn, NULL);
      linli_conn_rollback (conn); /* a job that failed half-way leaves nothing open */
    }

  if (job->waiter != NULL)
    {
      wake (job->waiter, error == NULL ? result : NULL, g_steal_pointer (&error));
      return;
    }

  /* The data may own objects of the main thread: it goes home with the task,
   * and before the answer does, whose callback may look at it at once. */
  if (job->data_free != NULL)
    g_task_set_task_data (job->task, job->data, job->data_free);
  job->data_free = NULL;

  if (error != NULL)
    {
      if (result != NULL && job->result_free != NULL)
        job->result_free (result);
      g_task_return_error (job->task, g_steal_pointer (&error));
    }
  else
    g_task_return_pointer (job->task, result, job->result_free);

  send_home (g_steal_pointer (&job->task));
}

/* The reading lane steps aside until the files have changed. */
static gpointer
step_aside (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  return NULL;
}

static void
wait_aside (LinliDb *self)
{
  g_mutex_lock (&self->gate);
  self->is_away = TRUE;
  g_cond_broadcast (&self->turned);
  while (!self->is_swapped)
    g_cond_wait (&self->turned, &self->gate);
  self->is_away = self->is_swapped = FALSE;
  g_cond_broadcast (&self->turned);
  g_mutex_unlock (&self->gate);
}

static gboolean
swapped_cb (gpointer data)
{
  g_signal_emit (data, signals[SWAPPED], 0);
  return G_SOURCE_REMOVE;
}

/* The reader closes first, so that the writer, closing, folds its log back in
 * and a file is all there is. */
static void
swap_files (LinliDb    *self,
            LinliConn **conn)
{
  LinliDbSwap swap = g_steal_pointer (&self->swap);
  Job *job = g_new0 (Job, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  job->func = step_aside;
  g_async_queue_push_front (self->lanes[LINLI_DB_READ].jobs, job);
  g_mutex_lock (&self->gate);
  while (!self->is_away && !self->is_over)
    g_cond_wait (&self->turned, &self->gate);
  linli_conn_close (g_steal_pointer (conn));
  swap (self->swap_data);
  self->is_swapped = TRUE;
  g_cond_broadcast (&self->turned);
  while (self->is_swapped && !self->is_over) /* else a second swap might find the reader away still */
    g_cond_wait (&self->turned, &self->gate);
  g_mutex_unlock (&self->gate);

  g_source_set_callback (source, swapped_cb, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
}

typedef struct
{
  LinliDb    *db;
  LinliDbLane lane;
} LaneStart;

static gpointer
lane_thread (gpointer data)
{
  g_autofree LaneStart *start = data;
  LinliDb *self = start->db;
  GAsyncQueue *jobs = self->lanes[start->lane].jobs;
  g_autoptr(GError) error = NULL;
  LinliConn *conn = NULL;
  gboolean running = TRUE;

  while (running)
    {
      Job *job = g_async_queue_pop (jobs);

      if (job->func == NULL)
        running = FALSE;
      else if (job->func == step_aside)
        {
          linli_conn_close (g_steal_pointer (&conn));
          wait_aside (self);
        }
      else
        {
          if (conn != NULL && linli_conn_is_past (conn))
            linli_conn_close (g_steal_pointer (&conn));
          if (conn == NULL)
            {
              g_clear_error (&error);
              conn = self->open (start->lane, self->open_data, &error);
            }
          run_job (job, conn, start->lane == LINLI_DB_READ ? self->before : NULL, error);
          if (start->lane == LINLI_DB_WRITE && self->swap != NULL)
            swap_files (self, &conn);
        }
      job_free (job);
    }
  linli_conn_close (conn);
  if (start->lane == LINLI_DB_READ)
    {
      g_mutex_lock (&self->gate);
      self->is_over = TRUE;
      g_cond_broadcast (&self->turned);
      g_mutex_unlock (&self->gate);
    }

  return NULL;
}

static void
linli_db_finalize (GObject *object)
{
  LinliDb *self = LINLI_DB (object);

  linli_db_close (self);
  if (self->announce != NULL)
    {
      g_source_destroy (self->announce);
      g_source_unref (self->announce);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_async_queue_unref (self->lanes[i].jobs);
  if (self->open_data_free != NULL)
    self->open_data_free (self->open_data);
  g_hash_table_unref (self->changed);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->gate);
  g_cond_clear (&self->turned);

  G_OBJECT_CLASS (linli_db_parent_class)->finalize (object);
}

static void
linli_db_class_init (LinliDbClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_db_finalize;

  /**
   * LinliDb::changed:
   * @pks: (element-type gint64): local keys of rows made, changed or removed
   *
   * Emitted with the table's name as detail, at most once per table and turn.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ARRAY);

  /**
   * LinliDb::swapped:
   *
   * Another file has taken the place of the one that was open: local keys mean
   * other rows now.
   */
  signals[SWAPPED] = g_signal_new ("swapped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_db_init (LinliDb *self)
{
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->gate);
  g_cond_init (&self->turned);
  self->context = g_main_context_ref_thread_default ();
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    self->lanes[i].jobs = g_async_queue_new_full ((GDestroyNotify) job_free);
}

/**
 * linli_db_new:
 * @open: opens a lane's connection when its first job arrives; asked again
 *   for the next job if it failed
 *
 * Returns: (transfer full): lanes that announce to this thread's main context
 */
LinliDb *
linli_db_new (LinliDbOpen    open,
              gpointer       data,
              GDestroyNotify data_free)
{
  static const char *const names[] = { "linli-write", "linli-read" };
  LinliDb *self = g_object_new (LINLI_TYPE_DB, NULL);

  self->open = open;
  self->open_data = data;
  self->open_data_free = data_free;
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      LaneStart *start = g_new0 (LaneStart, 1);

      start->db = self;
      start->lane = i;
      self->lanes[i].thread = g_thread_new (names[i], lane_thread, start);
    }

  return self;
}

/**
 * linli_db_set_before:
 * @asker: gets what was given to linli_db_new()
 * @func: the same
 *
 * Before the first job is given.
 */
void
linli_db_set_before (LinliDb      *self,
                     LinliDbAsker  asker,
                     LinliDbBefore func)
{
  g_return_if_fail (LINLI_IS_DB (self));

  self->asker = asker;
  self->before = func;
}

/* Returns: (transfer full) (nullable) */
static char *
dup_asker (LinliDb    *self,
           LinliDbLane lane)
{
  return lane == LINLI_DB_READ && self->asker != NULL ? self->asker (self->open_data) : NULL;
}

/* @asker: (transfer full) (nullable) */
static void
push_async (LinliDb            *self,
            LinliDbLane         lane,
            char               *asker,
            LinliDbFunc         func,
            gpointer            data,
            GDestroyNotify      data_free,
            GDestroyNotify      result_free,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job;

  /* A lane that has ended answers nobody: whoever still asks is told so. */
  if (g_atomic_int_get (&self->closed))
    {
      if (data_free != NULL)
        data_free (data);
      g_free (asker);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store is closed");
      g_object_unref (task);
      return;
    }

  job = g_new0 (Job, 1);
  job->db = self;
  job->func = func;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  job->asker = asker;
  job->task = task;
  g_task_set_source_tag (task, linli_db_run_async);
  g_async_queue_push (self->lanes[lane].jobs, job);
}

/**
 * linli_db_run_async:
 * @func: runs in the lane's thread
 * @data: (nullable): given to @func; freed by @data_free in the caller's context
 * @result_free: (nullable): frees a result that nobody took
 * @callback: called in the thread-default main context of the caller
 *
 * A job already running ends soon after @cancellable is cancelled.
 */
void
linli_db_run_async (LinliDb            *self,
                    LinliDbLane         lane,
                    LinliDbFunc         func,
                    gpointer            data,
                    GDestroyNotify      data_free,
                    GDestroyNotify      result_free,
                    GCancellable       *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer            user_data)
{
  g_return_if_fail (LINLI_IS_DB (self));
  g_return_if_fail (func != NULL);

  push_async (self, lane, dup_asker (self, lane), func, data, data_free, result_free, cancellable, callback, user_data);
}

/**
 * linli_db_read_for_async:
 * @asker: (nullable): who asks
 *
 * linli_db_run_async() in the reading lane for somebody who may sit there no more: work of
 * several jobs stays with who began it.
 */
void
linli_db_read_for_async (LinliDb            *self,
                         const char         *asker,
                         LinliDbFunc         func,
                         gpointer            data,
                         GDestroyNotify      data_free,
                         GDestroyNotify      result_free,
                         GCancellable       *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer            user_data)
{
  g_return_if_fail (LINLI_IS_DB (self));
  g_return_if_fail (func != NULL);

  push_async (self, LINLI_DB_READ, g_strdup (asker), func, data, data_free, result_free, cancellable, callback, user_data);
}

/**
 * linli_db_run_finish:
 * @error: what the job failed with
 *
 * Returns: (transfer full) (nullable): the job's result
 */
gpointer
linli_db_run_finish (LinliDb      *self,
                     GAsyncResult *result,
                     GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * linli_db_run_sync:
 *
 * For programs without a window and for tests: waits for the job, so that
 * nothing else runs meanwhile.
 *
 * Returns: (transfer full) (nullable): the job's result
 */
gpointer
linli_db_run_sync (LinliDb    *self,
                   LinliDbLane lane,
                   LinliDbFunc func,
                   gpointer    data,
                   GError    **error)
{
  Waiter waiter = { 0 };
  Job *job;

  g_return_val_if_fail (LINLI_IS_DB (self), NULL);

  if (g_atomic_int_get (&self->closed))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "The store is closed");
      return NULL;
    }
  g_mutex_init (&waiter.mutex);
  g_cond_init (&waiter.over);
  job = g_new0 (Job, 1);
  job->db = self;
  job->func = func;
  job->data = data;
  job->asker = dup_asker (self, lane);
  job->waiter = &waiter;
  g_async_queue_push (self->lanes[lane].jobs, job);
  g_mutex_lock (&waiter.mutex);
  while (!waiter.is_over)
    g_cond_wait (&waiter.over, &waiter.mutex);
  g_mutex_unlock (&waiter.mutex);
  g_mutex_clear (&waiter.mutex);
  g_cond_clear (&waiter.over);
  if (waiter.error != NULL)
    g_propagate_error (error, waiter.error);

  return waiter.result;
}

static gboolean
announce_cb (gpointer data)
{
  LinliDb *self = data;
  g_autoptr(GHashTable) changed = NULL;
  GHashTableIter iter;
  gpointer table, pks;

  g_mutex_lock (&self->mutex);
  changed = g_steal_pointer (&self->changed);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_array_unref);
  g_clear_pointer (&self->announce, g_source_unref);
  g_mutex_unlock (&self->mutex);

  g_object_ref (self);
  g_hash_table_iter_init (&iter, changed);
  while (g_hash_table_iter_next (&iter, &table, &pks))
    g_signal_emit (self, signals[CHANGED], g_quark_from_string (table), pks);
  g_object_unref (self);

  return G_SOURCE_REMOVE;
}

/**
 * linli_db_note_change:
 *
 * For the writing job, after its commit: that a row of @table changed.
 * Any thread.
 */
void
linli_db_note_change (LinliDb    *self,
                      const char *table,
                      gint64      pk)
{
  const char *name = g_intern_string (table);
  GArray *pks;

  g_return_if_fail (LINLI_IS_DB (self));

  g_mutex_lock (&self->mutex);
  pks = g_hash_table_lookup (self->changed, name);
  if (pks == NULL)
    {
      pks = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_hash_table_insert (self->changed, (gpointer) name, pks);
    }
  g_array_append_val (pks, pk);
  if (self->announce == NULL)
    {
      self->announce = g_idle_source_new ();
      g_source_set_priority (self->announce, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->announce, announce_cb, self, NULL);
      g_source_attach (self->announce, self->context);
    }
  g_mutex_unlock (&self->mutex);
}

/* @changes: (element-type LinliChange): of a committed transaction */
void
linli_db_note_changes (LinliDb   *self,
                       GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];
      LinliRow *row = change->after != NULL ? change->after : change->before;

      if (row != NULL)
        linli_db_note_change (self, change->table->name, linli_row_get_pk (row));
    }
}

/**
 * linli_db_swap:
 * @func: puts another file in the place of the one that is open; called in the
 *   writing lane's thread when neither lane has it open, and nothing else runs
 *
 * From a writing job: when that has ended, the files change before any other
 * job runs. Whoever listens to `swapped` then knows that local keys mean other
 * rows now.
 */
void
linli_db_swap (LinliDb     *self,
               LinliDbSwap  func,
               gpointer     data)
{
  g_return_if_fail (LINLI_IS_DB (self) && func != NULL);

  self->swap = func;
  self->swap_data = data;
}

/**
 * linli_db_close:
 *
 * Waits for the jobs already asked for, then closes both connections.
 */
void
linli_db_close (LinliDb *self)
{
  g_return_if_fail (LINLI_IS_DB (self));

  if (!g_atomic_int_compare_and_exchange (&self->closed, FALSE, TRUE))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_async_queue_push (self->lanes[i].jobs, g_new0 (Job, 1));
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    if (self->lanes[i].thread != NULL)
      g_thread_join (g_steal_pointer (&self->lanes[i].thread));
}
