/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-workspace.h"

struct _LinliHubWorkspace
{
  const LinliHubPlace *place;   /* (unowned) */
  char                *id;
  LinliDb             *db;      /* (owned) */
  LinliDb             *survey;  /* (owned) (nullable): for long reading, once somebody wanted it */
  LinliHubQueue       *queue;   /* (owned) pushes that wait for the writing lane */
  GPtrArray           *party;   /* (owned) Look: that are read together, next */
  guint                party_id;
  guint                wake_id;
  guint64              turn;    /* counts what was committed, so that nobody waits for what is there */
  GHashTable          *waiting; /* (owned) set of Wait */
  guint                n_jobs;  /* under way */
  gint64               used_at; /* monotonic */
};

#define PARTY_BYTES (8 * 1024 * 1024) /* of replies that one job makes; the rest of a party follows, as after one that fails */

/* --- Looking together --- */

/* Thousands of desks that wait are woken by one push. What comes within a turn
 * of the main loop is read by one job, in one moment of the database: the
 * passing from thread to thread costs more than the reading. */
typedef struct
{
  LinliHubWork     work;
  LinliHubWorkDone done;
  gpointer         data;
  GCancellable    *cancellable; /* (owned) */
  LinliHubReply   *reply;       /* (owned) (nullable) */
} Look;

typedef struct
{
  LinliHubWorkspace *workspace; /* (unowned): waits for its jobs before it goes */
  GPtrArray         *looks;     /* (owned) */
  guint              n_read;    /* of them */
} Party;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_object_unref (look->cancellable);
  linli_hub_reply_free (look->reply);
  g_free (look);
}

static gpointer
party_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Party *party = data;
  gsize size = 0;
  gboolean whole = TRUE; /* PostgreSQL answers nobody in a transaction in which something failed */

  if (!linli_conn_begin_read (conn, error))
    return NULL;
  for (party->n_read = 0; party->n_read < party->looks->len && size < PARTY_BYTES && whole; party->n_read++)
    {
      Look *look = party->looks->pdata[party->n_read];

      if (g_cancellable_is_cancelled (look->cancellable))
        continue;
      look->reply = look->work (conn, look->data);
      size += look->reply->body->len;
      whole = look->reply->status != 503;
    }
  linli_conn_rollback (conn);

  return NULL;
}

static void
party_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Party *party = user_data;
  g_autoptr(GError) error = NULL;
  guint n;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  party->workspace->used_at = g_get_monotonic_time ();
  n = error != NULL ? party->looks->len : party->n_read;
  for (guint i = 0; i < n; i++)
    {
      Look *look = party->looks->pdata[i];
      g_autoptr(GError) left = NULL;

      if (look->reply == NULL && error == NULL)
        g_set_error_literal (&left, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody waits any more");
      look->done (party->workspace, look->reply, left != NULL ? left : error, look->data);
    }
  g_ptr_array_remove_range (party->looks, 0, n);
  if (party->looks->len > 0)
    {
      linli_db_run_async (LINLI_DB (source), LINLI_DB_READ, party_job, party, NULL, NULL, NULL, party_cb, party);
      return;
    }
  party->workspace->n_jobs--;
  g_ptr_array_unref (party->looks);
  g_free (party);
}

static void
set_out (LinliHubWorkspace *self)
{
  Party *party;

  g_clear_handle_id (&self->party_id, g_source_remove);
  if (self->party->len == 0)
    return;
  party = g_new0 (Party, 1);
  party->workspace = self;
  party->looks = self->party;
  self->party = g_ptr_array_new_with_free_func (look_free);
  self->n_jobs++;
  linli_db_run_async (self->db, LINLI_DB_READ, party_job, party, NULL, NULL, NULL, party_cb, party);
}

static gboolean
set_out_cb (gpointer data)
{
  LinliHubWorkspace *self = data;

  self->party_id = 0;
  set_out (self);
  return G_SOURCE_REMOVE;
}

/**
 * linli_hub_workspace_look:
 * @work: reads; called inside a transaction that it does not end
 * @cancellable: nobody waits any more
 * @done: called in the main thread, once; owns @data from then on
 *
 * For the short readings that many ask for at once.
 */
void
linli_hub_workspace_look (LinliHubWorkspace *self,
                          LinliHubWork       work,
                          LinliHubWorkDone   done,
                          gpointer           data,
                          GCancellable      *cancellable)
{
  Look *look = g_new0 (Look, 1);

  look->work = work;
  look->done = done;
  look->data = data;
  look->cancellable = g_object_ref (cancellable);
  g_ptr_array_add (self->party, look);
  if (self->party_id == 0)
    self->party_id = g_idle_add_full (G_PRIORITY_DEFAULT, set_out_cb, self, NULL);
}

/* --- The database --- */

static LinliConn *
open_lane (LinliDbLane lane,
           gpointer    data,
           GError    **error)
{
  LinliHubWorkspace *self = data;

  return linli_hub_place_open_workspace (self->place, self->id, lane, error);
}

/**
 * linli_hub_workspace_new:
 * @place: (not nullable): outlives the workspace; its database is made or
 *   brought up to date when it is first written
 */
LinliHubWorkspace *
linli_hub_workspace_new (const LinliHubPlace *place,
                         const char          *id)
{
  LinliHubWorkspace *self = g_new0 (LinliHubWorkspace, 1);

  self->place = place;
  self->id = g_strdup (id);
  self->db = linli_db_new (open_lane, self, NULL);
  self->queue = linli_hub_queue_new ();
  self->party = g_ptr_array_new_with_free_func (look_free);
  self->waiting = g_hash_table_new (NULL, NULL);
  self->used_at = g_get_monotonic_time ();

  return self;
}

/* Waits for its jobs, and until whoever asked for them has been told. */
void
linli_hub_workspace_free (LinliHubWorkspace *self)
{
  if (self == NULL)
    return;

  g_clear_handle_id (&self->wake_id, g_source_remove);
  linli_hub_workspace_wake_all (self);
  set_out (self);
  linli_db_close (self->db);
  if (self->survey != NULL)
    linli_db_close (self->survey);
  while (self->n_jobs > 0 || self->party->len > 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->db);
  g_clear_object (&self->survey);
  linli_hub_queue_free (self->queue);
  g_ptr_array_unref (self->party);
  g_hash_table_unref (self->waiting);
  g_free (self->id);
  g_free (self);
}

const char *
linli_hub_workspace_get_id (LinliHubWorkspace *self)
{
  return self->id;
}

/* Returns: (transfer none) */
LinliHubQueue *
linli_hub_workspace_get_queue (LinliHubWorkspace *self)
{
  return self->queue;
}

/* @since: monotonic, microseconds. Returns: whether nobody used it since */
gboolean
linli_hub_workspace_is_idle (LinliHubWorkspace *self,
                             gint64             since)
{
  return self->n_jobs == 0 && self->party->len == 0 && g_hash_table_size (self->waiting) == 0 && self->used_at < since;
}

/* --- Work --- */

typedef struct
{
  LinliHubWorkspace *workspace; /* (unowned): waits for its jobs before it goes */
  LinliHubWork       work;
  LinliHubWorkDone   done;
  gpointer           data;
  GDestroyNotify     data_free;
} Job;

static gpointer
work_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Job *job = data;

  return job->work (conn, job->data);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Job *job = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubReply) reply = linli_db_run_finish (LINLI_DB (source), result, &error);

  job->workspace->n_jobs--;
  job->workspace->used_at = g_get_monotonic_time ();
  job->done (job->workspace, reply, error, job->data);
  if (job->data_free != NULL)
    job->data_free (job->data);
}

static void
run_in (LinliHubWorkspace *self,
        LinliDb           *db,
        LinliDbLane        lane,
        LinliHubWork       work,
        LinliHubWorkDone   done,
        gpointer           data,
        GDestroyNotify     data_free,
        GCancellable      *cancellable)
{
  Job *job = g_new0 (Job, 1);

  job->workspace = self;
  job->work = work;
  job->done = done;
  job->data = data;
  job->data_free = data_free;
  self->n_jobs++;
  linli_db_run_async (db, lane, work_job, job, NULL, (GDestroyNotify) linli_hub_reply_free, cancellable, done_cb, job);
}

/**
 * linli_hub_workspace_run:
 * @cancellable: (nullable)
 *
 * Jobs of a lane run in the order they are asked for. @data is freed in the
 * main thread after @done.
 */
void
linli_hub_workspace_run (LinliHubWorkspace *self,
                         LinliDbLane        lane,
                         LinliHubWork       work,
                         LinliHubWorkDone   done,
                         gpointer           data,
                         GDestroyNotify     data_free,
                         GCancellable      *cancellable)
{
  run_in (self, self->db, lane, work, done, data, data_free, cancellable);
}

/**
 * linli_hub_workspace_survey:
 *
 * Reads at length, with a connection of its own: no desk waits behind it.
 */
void
linli_hub_workspace_survey (LinliHubWorkspace *self,
                            LinliHubWork       work,
                            LinliHubWorkDone   done,
                            gpointer           data)
{
  if (self->survey == NULL)
    self->survey = linli_db_new (open_lane, self, NULL);
  run_in (self, self->survey, LINLI_DB_READ, work, done, data, NULL, NULL);
}

/* --- Waiting --- */

typedef struct
{
  LinliHubWorkspace *workspace;
  guint64            turn;        /* in which there was nothing new */
  GSourceFunc        wake;
  gpointer           data;
  GCancellable      *cancellable; /* (owned) */
  gulong             cancelled_id;
  guint              timeout_id;
  guint              idle_id;
} Wait;

static void
end_wait (Wait *wait)
{
  g_hash_table_remove (wait->workspace->waiting, wait);
  g_clear_handle_id (&wait->timeout_id, g_source_remove);
  g_clear_handle_id (&wait->idle_id, g_source_remove);
  if (wait->cancelled_id != 0)
    g_signal_handler_disconnect (wait->cancellable, wait->cancelled_id);
  wait->wake (wait->data);
  g_object_unref (wait->cancellable);
  g_free (wait);
}

static gboolean
timeout_cb (gpointer data)
{
  Wait *wait = data;

  wait->timeout_id = 0;
  end_wait (wait);
  return G_SOURCE_REMOVE;
}

static gboolean
gone_cb (gpointer data)
{
  Wait *wait = data;

  wait->idle_id = 0;
  end_wait (wait);
  return G_SOURCE_REMOVE;
}

/* A handler may not take itself out while it runs. */
static void
cancelled_cb (GCancellable *cancellable,
              Wait         *wait)
{
  if (wait->idle_id == 0)
    wait->idle_id = g_idle_add (gone_cb, wait);
}

/* Returns: for linli_hub_workspace_wait(): taken before one looks */
guint64
linli_hub_workspace_get_turn (LinliHubWorkspace *self)
{
  return self->turn;
}

/**
 * linli_hub_workspace_wait:
 * @turn: linli_hub_workspace_get_turn() from before one looked and found nothing
 * @seconds: at most
 * @cancellable: nobody waits any more
 * @wake: called once, whichever comes first
 *
 * Returns: %FALSE when something was committed since @turn: look again instead
 */
gboolean
linli_hub_workspace_wait (LinliHubWorkspace *self,
                          guint64            turn,
                          guint              seconds,
                          GCancellable      *cancellable,
                          GSourceFunc        wake,
                          gpointer           data)
{
  Wait *wait;

  if (self->turn != turn)
    return FALSE;

  wait = g_new0 (Wait, 1);
  wait->workspace = self;
  wait->turn = turn;
  wait->wake = wake;
  wait->data = data;
  wait->cancellable = g_object_ref (cancellable);
  wait->cancelled_id = g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_cb), wait);
  wait->timeout_id = g_timeout_add_seconds (seconds, timeout_cb, wait);
  g_hash_table_add (self->waiting, wait);
  if (g_cancellable_is_cancelled (cancellable))
    cancelled_cb (cancellable, wait);

  return TRUE;
}

void
linli_hub_workspace_wake_all (LinliHubWorkspace *self)
{
  guint n = 0;
  g_autofree gpointer *waits = g_hash_table_get_keys_as_array (self->waiting, &n);

  for (guint i = 0; i < n; i++)
    end_wait (waits[i]);
}

static gboolean
wake_cb (gpointer data)
{
  LinliHubWorkspace *self = data;
  guint n = 0;
  g_autofree gpointer *waits = g_hash_table_get_keys_as_array (self->waiting, &n);

  self->wake_id = 0;
  for (guint i = 0; i < n; i++)
    if (((Wait *) waits[i])->turn != self->turn)
      end_wait (waits[i]);
  return G_SOURCE_REMOVE;
}

/* Something was committed: everybody looks again, as soon as whoever committed
 * it has been answered. */
void
linli_hub_workspace_changed (LinliHubWorkspace *self)
{
  self->turn++;
  if (self->wake_id == 0 && g_hash_table_size (self->waiting) > 0)
    self->wake_id = g_idle_add_full (G_PRIORITY_DEFAULT, wake_cb, self, NULL);
}

guint
linli_hub_workspace_n_waiting (LinliHubWorkspace *self)
{
  return g_hash_table_size (self->waiting);
}
