/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine decides what to ask; this carries it. Three things happen at a
 * time at most: a step in the writing lane, one request of the engine's, and
 * one request that waits at the hub for something new and says no more than
 * that there is. While everything is fetched anew, the engine's next request is
 * known beforehand, and is under way during the step. */

#include "config.h"

#include "linli-sync-agent-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "linli-hub-keeper.h"
#include "linli-json.h"
#include "linli-sync-apply.h"
#include "linli-sync-lane.h"
#include "linli-sync-state.h"
#include "linli-uuid.h"
#include "linli-wire-page.h"
#include "linli-wire-push.h"

#define LISTEN_SECONDS       25 /* a held request, below what proxies allow */
#define LISTEN_AGAIN_SECONDS 30 /* after one that failed */
#define INDEX_CASES          400 /* at a time: what is typed meanwhile is not to wait for more */

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliSyncAgent, linli_sync_agent, G_TYPE_OBJECT)

static void listen_for_news (LinliSyncAgent *self);
static void post            (LinliSyncAgent *self,
                             LinliSyncEvent *event);

/* --- How it stands --- */

static LinliSyncState
judge (LinliSyncAgent *self)
{
  if (!self->facts.enrolled)
    return LINLI_SYNC_NONE;
  if (self->facts.blocked != NULL)
    return LINLI_SYNC_BLOCKED;
  if (self->signed_out || self->client == NULL)
    return LINLI_SYNC_SIGN_IN;
  if (self->facts.trouble != NULL)
    return LINLI_SYNC_OFFLINE;
  if (self->facts.fetching)
    return LINLI_SYNC_FETCHING;
  if (g_strcmp0 (self->facts.waits, LINLI_WIRE_UNKNOWN_KIND) == 0)
    return LINLI_SYNC_HUB_OLDER;
  return LINLI_SYNC_ONLINE;
}

static void
take_facts (LinliSyncAgent       *self,
            const LinliSyncFacts *facts)
{
  gboolean was_older = self->state == LINLI_SYNC_HUB_OLDER;

  linli_sync_facts_copy (&self->facts, facts);
  self->has_looked = TRUE;
  self->state = judge (self);
  if (was_older && self->state != LINLI_SYNC_HUB_OLDER)
    linli_blob_agent_forget_lists (self->blobs); /* it did not want the files of what it did not know */
  linli_blob_agent_set_ready (self->blobs, self->state == LINLI_SYNC_HUB_OLDER ||
                                             (self->state == LINLI_SYNC_ONLINE && facts->outbox.n_queued == 0));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Events --- */

static LinliSyncEvent *
new_event (LinliSyncAgent *self,
           int             kind)
{
  LinliSyncEvent *event = g_new0 (LinliSyncEvent, 1);

  event->kind = kind;
  event->mono = g_get_monotonic_time ();
  event->now = linli_clock_now (linli_store_get_clock (self->store));
  return event;
}

/* Private to joining: tells the engine that something happened. */
void
linli_sync_agent_post (LinliSyncAgent *self,
                       int             kind)
{
  if (self->store != NULL)
    post (self, new_event (self, kind));
}

/* --- Requests of the engine's --- */

typedef struct
{
  LinliSyncAgent *agent; /* (owned) */
  guint64         request;
  gboolean        fork;
  gboolean        whole; /* one of many pages: everything is being fetched */
  char           *path;
  char           *fresh; /* (nullable): the identity asked for */
} Call;

static void
call_free (Call *call)
{
  g_object_unref (call->agent);
  g_free (call->path);
  g_free (call->fresh);
  g_free (call);
}

/* A new identity comes with a key of its own, kept before anything else;
 * without it the identity is asked for again. */
static gboolean
take_credential (LinliSyncAgent *self,
                 const char     *device,
                 GBytes         *body)
{
  g_autoptr(JsonObject) told = linli_json_parse_object (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body),
                                                        NULL);
  const char *credential = told != NULL ? linli_json_get_text (told, "credential") : NULL;
  g_autoptr(LinliHubAddress) address = NULL;
  g_autoptr(GError) error = NULL;

  if (credential == NULL)
    return FALSE;
  address = linli_hub_address_new (self->address->url, self->address->workspace, device, credential,
                                   self->address->authority);
  if (!linli_hub_keeper_save (linli_store_get_folder (self->store), address, &error))
    {
      g_warning ("The key of the new identity is not kept: %s", error->message);
      return FALSE;
    }
  g_clear_pointer (&self->address, linli_hub_address_free);
  self->address = g_steal_pointer (&address);
  g_clear_pointer (&self->ahead, linli_sync_ahead_free);
  g_object_unref (self->client);
  g_object_unref (self->ear);
  self->client = linli_hub_client_new (self->address);
  self->ear = linli_hub_client_new (self->address);
  linli_blob_agent_use (self->blobs, self->address);
  return TRUE;
}

static char *
make_pull_path (const char *since,
                guint       rows)
{
  g_autofree char *escaped = g_uri_escape_string (since != NULL ? since : "start", NULL, FALSE);

  return rows > 0 ? g_strdup_printf ("changes?since=%s&limit=%u", escaped, rows) : g_strconcat ("changes?since=", escaped, NULL);
}

/* While @answer is written, the page behind it is on its way. */
static void
fetch_ahead (LinliSyncAgent *self,
             LinliHubAnswer *answer)
{
  g_autofree char *next = answer->status == 200 ? linli_wire_page_find_next (answer->body) : NULL;
  g_autofree char *path = next != NULL ? make_pull_path (next, 0) : NULL;

  if (path != NULL && self->client != NULL && self->ahead == NULL)
    self->ahead = linli_sync_ahead_new (self->client, path, self->cancellable);
}

static void
post_answer (Call           *call,
             LinliHubAnswer *answer)
{
  LinliSyncAgent *self = call->agent;
  LinliSyncEvent *event = new_event (self, answer != NULL ? LINLI_SYNC_EVENT_REPLY : LINLI_SYNC_EVENT_FAILED);

  event->request = call->request;
  if (answer != NULL)
    {
      event->status = answer->status;
      event->retry_after = answer->retry_after;
      event->body = g_bytes_ref (answer->body);
      if (call->fork && answer->status == 200 && !take_credential (self, call->fresh, answer->body))
        event->kind = LINLI_SYNC_EVENT_FAILED;
    }
  post (self, event);
}

/* @answer: (nullable): %NULL with the reason in @error */
static void
end_call (Call           *call,
          LinliHubAnswer *answer,
          const GError   *error)
{
  LinliSyncAgent *self = call->agent;

  self->n_requests--;
  self->fault = answer != NULL ? answer->fault : linli_hub_fault_of_error (error, 0);
  if (self->store != NULL)
    {
      if (answer != NULL && call->whole)
        fetch_ahead (self, answer);
      post_answer (call, answer);
    }
  call_free (call);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);

  end_call (user_data, answer, error);
}

static Call *
new_call (LinliSyncAgent  *self,
          LinliSyncAction *action,
          const char      *path)
{
  Call *call = g_new0 (Call, 1);

  call->agent = g_object_ref (self);
  call->request = action->request;
  call->path = g_strdup (path);
  call->fork = action->kind == LINLI_SYNC_ACTION_FORK;
  call->fresh = call->fork ? g_strdup (action->text) : NULL;
  self->n_requests++;
  return call;
}

static void
send (LinliSyncAgent  *self,
      LinliSyncAction *action,
      const char      *method,
      const char      *path,
      GBytes          *body)
{
  linli_hub_client_send_async (self->client, method, path, body, self->cancellable, called_cb,
                               new_call (self, action, path));
}

static void
send_pull (Call *call)
{
  linli_hub_client_send_async (call->agent->client, "GET", call->path, NULL, call->agent->cancellable, called_cb, call);
}

static void
ahead_cb (LinliHubAnswer *page,
          gpointer        user_data)
{
  Call *call = user_data;
  g_autoptr(LinliHubAnswer) answer = page;
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Given up");

  if (answer == NULL && call->agent->client != NULL && call->agent->store != NULL)
    send_pull (call);
  else
    end_call (call, answer, error);
}

static void
pull (LinliSyncAgent  *self,
      LinliSyncAction *action)
{
  g_autofree char *path = make_pull_path (action->text, action->rows);
  LinliSyncAhead *ahead = g_steal_pointer (&self->ahead);
  Call *call = new_call (self, action, path);

  call->whole = action->rows == 0;
  if (ahead != NULL && linli_sync_ahead_is (ahead, path))
    linli_sync_ahead_take (ahead, ahead_cb, call);
  else
    send_pull (call);
  linli_sync_ahead_free (ahead);
}

static void
ask_identity (LinliSyncAgent  *self,
              LinliSyncAction *action)
{
  g_autofree char *text = g_strdup_printf ("{\"fresh\":\"%s\"}", action->text);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  send (self, action, "POST", "fork", body);
}

static gboolean
tick_cb (gpointer user_data)
{
  LinliSyncAgent *self = user_data;

  self->tick_id = 0;
  linli_sync_agent_post (self, LINLI_SYNC_EVENT_TICK);
  return G_SOURCE_REMOVE;
}

static void
wait_until (LinliSyncAgent *self,
            gint64          at)
{
  gint64 delay = CLAMP ((at - g_get_monotonic_time ()) / 1000, 0, 3600 * 1000);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tick_id = g_timeout_add ((guint) delay, tick_cb, self);
}

/* Without the way to the hub every request fails at once: the engine waits. */
static void
carry_out (LinliSyncAgent  *self,
           LinliSyncAction *action)
{
  if (action->kind == LINLI_SYNC_ACTION_WAIT)
    wait_until (self, action->at);
  else if (action->kind == LINLI_SYNC_ACTION_SIGN_IN)
    self->signed_out = TRUE;
  else if (self->client == NULL)
    {
      LinliSyncEvent *event = new_event (self, LINLI_SYNC_EVENT_REPLY);

      event->request = action->request;
      event->status = 401;
      post (self, event);
    }
  else if (action->kind == LINLI_SYNC_ACTION_PUSH)
    send (self, action, "POST", "ops", action->body);
  else if (action->kind == LINLI_SYNC_ACTION_PULL)
    pull (self, action);
  else
    ask_identity (self, action);
}

/* --- Steps --- */

typedef struct
{
  LinliSyncLane  *lane;  /* (unowned) */
  LinliSyncEvent *event; /* (owned) */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->event->body, g_bytes_unref);
  g_free (step->event);
  g_free (step);
}

static gpointer
step_job (LinliConn  *conn,
          LinliDesk  *desk,
          LinliStore *store,
          gpointer    data,
          GError    **error)
{
  Step *step = data;

  return linli_sync_lane_step (step->lane, conn, desk, store, step->event, error);
}

/* --- Search index and figures of a store that was fetched as a whole --- */

static void index_more (LinliSyncAgent *self);

static gpointer
index_job (LinliConn  *conn,
           LinliDesk  *desk,
           LinliStore *store,
           gpointer    data,
           GError    **error)
{
  gint64 n_left = 0;

  return linli_sync_catch_up (conn, INDEX_CASES, &n_left, error) ? g_memdup2 (&n_left, sizeof n_left) : NULL;
}

static void
indexed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliSyncAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree gint64 *n_left = linli_store_write_finish (LINLI_STORE (source), result, &error);

  self->indexing = FALSE;
  if (self->store == NULL)
    return;
  if (n_left == NULL)
    {
      g_warning ("The search index waits for the next step: %s", error->message);
      return;
    }
  self->facts.n_unindexed = *n_left;
  if (*n_left == 0) /* no row changed; but who searched or counted meanwhile looks again */
    linli_db_note_change (linli_store_get_db (self->store), "cases", 0);
  g_signal_emit (self, signals[CHANGED], 0);
  index_more (self);
}

/* In slices, so that whatever a person does gets its turn in the lane. */
static void
index_more (LinliSyncAgent *self)
{
  if (self->indexing || self->facts.n_unindexed == 0)
    return;
  self->indexing = TRUE;
  linli_store_write_async (self->store, index_job, NULL, NULL, g_free, NULL, indexed_cb, g_object_ref (self));
}

static void
stepped_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliSyncAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliSyncStep) step = linli_store_write_finish (LINLI_STORE (source), result, &error);

  self->n_steps--;
  if (self->store == NULL)
    return;
  if (step == NULL)
    {
      g_warning ("Synchronisation pauses: %s", error->message);
      g_free (self->facts.trouble);
      self->facts.trouble = g_strdup (error->message);
      self->has_looked = TRUE;
      self->state = judge (self);
      g_signal_emit (self, signals[CHANGED], 0);
      wait_until (self, g_get_monotonic_time () + LISTEN_AGAIN_SECONDS * G_USEC_PER_SEC);
      return;
    }
  for (guint i = 0; i < step->actions->len; i++)
    carry_out (self, step->actions->pdata[i]);
  take_facts (self, &step->facts);
  index_more (self);
  listen_for_news (self);
}

/* @event: (transfer full) */
static void
post (LinliSyncAgent *self,
      LinliSyncEvent *event)
{
  Step *step = g_new0 (Step, 1);

  step->lane = self->lane;
  step->event = event;
  self->n_steps++;
  linli_store_write_async (self->store, step_job, step, step_free, (GDestroyNotify) linli_sync_step_free, NULL,
                           stepped_cb, g_object_ref (self));
}

/* --- News --- */

static gboolean
listen_again_cb (gpointer user_data)
{
  LinliSyncAgent *self = user_data;

  self->listen_id = 0;
  listen_for_news (self);
  return G_SOURCE_REMOVE;
}

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliSyncAgent) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAnswer) answer = linli_hub_client_send_finish (LINLI_HUB_CLIENT (source), result, &error);
  g_autoptr(LinliWireTip) tip = NULL;

  self->listening = FALSE;
  if (self->store == NULL)
    return;
  if (answer != NULL && answer->status == 200)
    tip = linli_wire_tip_parse (answer->body, NULL);
  if (tip == NULL)
    {
      self->listen_id = g_timeout_add_seconds (LISTEN_AGAIN_SECONDS, listen_again_cb, self);
      return;
    }
  if (tip->tip != self->facts.complete_rev && tip->tip != self->heard_rev)
    linli_sync_agent_post (self, LINLI_SYNC_EVENT_WAKE);
  else
    listen_for_news (self);
}

/* The hub answers when there is something this desk has not; what it is, the
 * engine fetches. In the end it says what it was told: this desk, which asks by
 * itself now and then, may have got further meanwhile. */
static void
listen_for_news (LinliSyncAgent *self)
{
  g_autofree char *path = NULL;

  if (self->listening || self->listen_id != 0 || self->ear == NULL || !linli_sync_agent_is_connected (self) ||
      self->facts.complete_rev == 0 || self->n_requests > 0)
    return;
  self->heard_rev = self->facts.complete_rev;
  path = g_strdup_printf ("tip?after=%" G_GINT64_FORMAT "&wait=%d", self->heard_rev, LISTEN_SECONDS);
  self->listening = TRUE;
  linli_hub_client_send_async (self->ear, "GET", path, NULL, self->cancellable, heard_cb, g_object_ref (self));
}

/* --- What wakes it --- */

static void
worked_cb (LinliDb        *db,
           GArray         *pks,
           LinliSyncAgent *self)
{
  linli_sync_agent_wake (self);
}

static void
swapped_cb (LinliDb        *db,
            LinliSyncAgent *self)
{
  linli_sync_agent_post (self, LINLI_SYNC_EVENT_TICK);
}

static void
network_cb (GNetworkMonitor *monitor,
            gboolean         available,
            LinliSyncAgent  *self)
{
  if (available)
    linli_sync_agent_wake (self);
}

/* Something to send, the network is back, a person asks. */
void
linli_sync_agent_wake (LinliSyncAgent *self)
{
  g_return_if_fail (LINLI_IS_SYNC_AGENT (self));

  if (self->facts.enrolled)
    linli_sync_agent_post (self, LINLI_SYNC_EVENT_WAKE);
}

/**
 * linli_sync_agent_ask:
 * @path: below the workspace
 * @callback: ends with linli_hub_client_send_finish() on its source
 *
 * Asks the hub what is no part of the store, over the line there is.
 *
 * Returns: %FALSE when there is no line; @callback is not called then
 */
gboolean
linli_sync_agent_ask (LinliSyncAgent      *self,
                      const char          *path,
                      GBytes              *body,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), FALSE);

  if (self->client == NULL)
    return FALSE;
  linli_hub_client_send_async (self->client, "POST", path, body, cancellable, callback, user_data);

  return TRUE;
}

/* --- Life --- */

/* Private to joining: from now on the hub is there, and this desk is that. */
void
linli_sync_agent_use_address (LinliSyncAgent  *self,
                              LinliHubAddress *address)
{
  g_clear_pointer (&self->address, linli_hub_address_free);
  g_clear_pointer (&self->ahead, linli_sync_ahead_free);
  g_clear_object (&self->client);
  g_clear_object (&self->ear);
  self->address = linli_hub_address_copy (address);
  self->client = linli_hub_client_new (address);
  self->ear = linli_hub_client_new (address);
  linli_blob_agent_use (self->blobs, address);
  self->signed_out = FALSE;
}


LinliSyncState
linli_sync_agent_get_state (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), LINLI_SYNC_NONE);

  return self->state;
}

/* Returns: whether the hub answers, and news come from there at once */
gboolean
linli_sync_agent_is_connected (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), FALSE);

  return self->state == LINLI_SYNC_ONLINE || self->state == LINLI_SYNC_HUB_OLDER;
}

/* Returns: (transfer none): as of the last step */
const LinliSyncFacts *
linli_sync_agent_get_facts (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), NULL);

  return &self->facts;
}

/* Returns: a stable name for why the hub does not answer; "none" while it does */
const char *
linli_sync_agent_get_fault (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), NULL);

  return linli_hub_fault_name (self->fault);
}

/* Returns: (nullable): the same in sentences, not translated */
const char *
linli_sync_agent_get_fault_words (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), NULL);

  return linli_hub_fault_words (self->fault);
}

/* Returns: (transfer none): carries the files of cases */
LinliBlobAgent *
linli_sync_agent_get_blobs (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), NULL);

  return self->blobs;
}

/* Returns: (nullable): of the hub */
const char *
linli_sync_agent_get_url (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), NULL);

  return self->address != NULL ? self->address->url : NULL;
}

/* Returns: (nullable): which of the hub's centres this is */
const char *
linli_sync_agent_get_workspace (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), NULL);

  return self->address != NULL ? self->address->workspace : NULL;
}

/* Returns: whether nothing is under way and nothing waits that the hub would take or has */
gboolean
linli_sync_agent_is_idle (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), TRUE);

  return self->n_steps == 0 && self->n_requests == 0 &&
         (self->facts.outbox.n_queued == 0 || self->state == LINLI_SYNC_HUB_OLDER) && self->facts.outbox.n_decided == 0 &&
         !self->facts.fetching && self->facts.n_unindexed == 0 && self->facts.trouble == NULL;
}

/* Returns: whether state and facts are known by now */
gboolean
linli_sync_agent_has_looked (LinliSyncAgent *self)
{
  g_return_val_if_fail (LINLI_IS_SYNC_AGENT (self), FALSE);

  return self->has_looked;
}

/**
 * linli_sync_agent_new:
 * @store: open for writing
 *
 * Begins at once, if the store has a hub.
 */
LinliSyncAgent *
linli_sync_agent_new (LinliStore *store)
{
  LinliSyncAgent *self = g_object_new (LINLI_TYPE_SYNC_AGENT, NULL);
  LinliDb *db = linli_store_get_db (store);
  g_autoptr(LinliHubAddress) address = linli_hub_keeper_load (linli_store_get_folder (store), NULL);

  self->store = g_object_ref (store);
  self->blobs = linli_blob_agent_new (store);
  self->lane = linli_sync_lane_new (linli_store_get_folder (store));
  if (address != NULL)
    linli_sync_agent_use_address (self, address);
  self->swapped_id = g_signal_connect (db, "swapped", G_CALLBACK (swapped_cb), self);
  self->changed_id = g_signal_connect (db, "changed::audit", G_CALLBACK (worked_cb), self);
  self->network_id = g_signal_connect (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_cb), self);
  linli_sync_agent_post (self, LINLI_SYNC_EVENT_TICK);

  return self;
}

static gpointer
free_lane_job (LinliConn *conn,
               gpointer   lane,
               GError   **error)
{
  linli_sync_lane_free (lane);
  return NULL;
}

/**
 * linli_sync_agent_stop:
 *
 * Before the store is closed. What is under way is given up and will be asked
 * again; nothing is lost.
 */
void
linli_sync_agent_stop (LinliSyncAgent *self)
{
  LinliDb *db;

  g_return_if_fail (LINLI_IS_SYNC_AGENT (self));

  if (self->store == NULL)
    return;
  db = linli_store_get_db (self->store);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->listen_id, g_source_remove);
  g_clear_signal_handler (&self->swapped_id, db);
  g_clear_signal_handler (&self->changed_id, db);
  g_clear_signal_handler (&self->network_id, g_network_monitor_get_default ());
  g_cancellable_cancel (self->cancellable);
  linli_blob_agent_stop (self->blobs);
  linli_db_run_sync (db, LINLI_DB_WRITE, free_lane_job, g_steal_pointer (&self->lane), NULL);
  g_clear_object (&self->store);
}

static void
linli_sync_agent_dispose (GObject *object)
{
  LinliSyncAgent *self = LINLI_SYNC_AGENT (object);

  linli_sync_agent_stop (self);
  g_clear_pointer (&self->ahead, linli_sync_ahead_free);
  g_clear_object (&self->client);
  g_clear_object (&self->ear);
  g_clear_object (&self->blobs);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->address, linli_hub_address_free);
  linli_sync_facts_clear (&self->facts);
  g_clear_pointer (&self->joining, g_free);

  G_OBJECT_CLASS (linli_sync_agent_parent_class)->dispose (object);
}

static void
linli_sync_agent_class_init (LinliSyncAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_sync_agent_dispose;

  /**
   * LinliSyncAgent::changed:
   *
   * State or facts may have changed.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_sync_agent_init (LinliSyncAgent *self)
{
  self->cancellable = g_cancellable_new ();
}
