/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-client.h"

#include "linli-outbox.h"
#include "linli-plant.h"
#include "linli-sync-apply.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"
#include "linli-wire-push.h"

#define SECOND       G_GINT64_CONSTANT (1000000)
#define BACKOFF_MOST (300 * SECOND)
#define BACKOFF_BITS 9 /* doublings until it is longer than that */
#define RENEWAL      (60 * SECOND) /* and up to as much again: when an older hub is tried once more */
#define NEWS_ROWS    500 /* a page of news: what is typed meanwhile waits until everything derived from it is right */

struct _LinliSyncClient
{
  LinliIdSource  *chance;     /* (unowned) */
  LinliWireConfig config;
  guint64         n_requests;
  guint64         under_way;  /* request without an answer; 0: none */
  int             call;       /* LINLI_SYNC_ACTION_... of it */
  guint           n_lines;    /* operations in it */
  guint           max_lines;  /* fewer after a batch was too much */
  guint           tries;      /* in vain, since the last answer of the hub */
  gint64          wait_until; /* monotonic */
  gboolean        signed_out;
  gboolean        too_old;    /* pushing stays allowed for ever */
  char           *identity;   /* (owned) (nullable): asked for */
  char           *trouble;    /* (owned) (nullable): why there was no answer, for people */
  char           *waits;      /* (owned) (nullable): why the oldest operation is not decided, though the hub answers */
  gint64          push_at;    /* monotonic: no sooner, while it waits */
};

/* What a step has at hand. */
typedef struct
{
  LinliSyncClient      *self;
  LinliConn            *main;    /* (unowned) */
  LinliConn            *fresh;   /* (unowned) (nullable) */
  const LinliSyncEvent *event;
  GPtrArray            *actions; /* (owned) */
} Step;

static void
action_free (gpointer data)
{
  LinliSyncAction *action = data;

  g_free (action->text);
  g_clear_pointer (&action->body, g_bytes_unref);
  g_free (action);
}

static LinliSyncAction *
act (Step *step,
     int   kind)
{
  LinliSyncAction *action = g_new0 (LinliSyncAction, 1);

  action->kind = kind;
  g_ptr_array_add (step->actions, action);
  return action;
}

static LinliSyncAction *
ask (Step       *step,
     int         kind,
     const char *text,
     GBytes     *body)
{
  LinliSyncAction *action = act (step, kind);

  action->text = g_strdup (text);
  action->body = body;
  action->request = step->self->under_way = ++step->self->n_requests;
  step->self->call = kind;
  return action;
}

/* Returns: somewhere from 0 to @most */
static gint64
draw (LinliSyncClient *self,
      gint64           most)
{
  guint8 bytes[4];

  self->chance->random (self->chance->data, bytes, sizeof bytes);
  return most * (gint64) (bytes[0] | bytes[1] << 8 | bytes[2] << 16) / (1 << 24);
}

/* No answer, or none of the hub's: the same again, later, and not when
 * everybody else does. */
static void
back_off (Step       *step,
          const char *why)
{
  LinliSyncClient *self = step->self;
  gint64 most = MIN (SECOND << MIN (self->tries, BACKOFF_BITS), BACKOFF_MOST);
  gint64 asked = step->event->retry_after * SECOND;

  self->tries++;
  self->wait_until = step->event->mono + (asked > 0 ? asked + draw (self, asked / 4) : SECOND / 4 + draw (self, most));
  g_free (self->trouble);
  self->trouble = g_strdup (why);
}

static void
answered (Step *step)
{
  step->self->tries = 0;
  step->self->wait_until = step->event->mono;
  g_clear_pointer (&step->self->trouble, g_free);
}

static void
idle (Step  *step,
      gint64 seconds)
{
  gint64 base = seconds * SECOND;

  step->self->wait_until = step->event->mono + base - base / 5 + draw (step->self, base * 2 / 5);
}

/* A fault of this machine's disk: what came counts as not come. */
static void
fault (Step   *step,
       GError *error)
{
  back_off (step, error->message);
  g_error_free (error);
}

/* ---- answers --------------------------------------------------------------- */

/* The hub is older than this program: the oldest operation is tried now and
 * then, alone, and news are fetched meanwhile. A hub that was renewed takes it,
 * and then all behind it. */
static void
note_waits (Step       *step,
            const char *waits)
{
  LinliSyncClient *self = step->self;

  g_free (self->waits);
  self->waits = g_strdup (waits);
  self->max_lines = waits != NULL ? 1 : (guint) self->config.max_lines;
  if (waits == NULL)
    return;
  self->push_at = step->event->mono + RENEWAL + draw (self, RENEWAL);
  linli_outbox_note_try (step->main, waits, NULL);
}

static void
take_pushed (Step *step)
{
  GError *error = NULL;
  g_autoptr(LinliWirePushReply) reply = linli_wire_push_reply_parse (step->event->body, &error);
  LinliSyncOutcome outcome;

  if (reply == NULL ||
      !linli_sync_take_results (step->main, reply, step->event->now, &outcome, &error))
    {
      fault (step, error);
      return;
    }
  answered (step);
  note_waits (step, reply->waits);
}

static void
take_fresh_page (Step                *step,
                 const LinliWirePage *page)
{
  GError *error = NULL;
  LinliSyncOutcome outcome;

  if (!linli_sync_fresh_apply (step->fresh, step->main, page, &outcome, &error))
    {
      fault (step, error);
      return;
    }
  answered (step);
  if (outcome == LINLI_SYNC_COMPLETE)
    act (step, LINLI_SYNC_ACTION_SWAP);
  else if (outcome == LINLI_SYNC_LOST)
    act (step, LINLI_SYNC_ACTION_DROP_FRESH);
}

static void
take_page (Step *step)
{
  GError *error = NULL;
  g_autoptr(LinliWirePage) page = linli_wire_page_parse (step->event->body, &error);
  LinliSyncOutcome outcome;

  if (page == NULL)
    {
      fault (step, error);
      return;
    }
  if (step->fresh != NULL)
    {
      take_fresh_page (step, page);
      return;
    }
  if (!linli_sync_apply_page (step->main, page, step->event->now, &outcome, &error))
    {
      fault (step, error);
      return;
    }
  answered (step);
  if (outcome == LINLI_SYNC_COMPLETE)
    idle (step, page->retry_in > 0 ? page->retry_in : step->self->config.poll_idle);
  else if (outcome == LINLI_SYNC_DROPPED)
    back_off (step, "a late page");
}

static void
take_identity (Step *step)
{
  GError *error = NULL;
  g_autoptr(LinliWireTip) tip = linli_wire_tip_parse (step->event->body, &error);

  if (tip != NULL && (tip->prefix == NULL || g_strcmp0 (tip->device, step->self->identity) != 0))
    linli_wire_foreign (&error, "a new identity");
  if (error != NULL ||
      !linli_sync_take_identity (step->main, tip->device, tip->prefix, tip->epoch, &error))
    {
      fault (step, error);
      return;
    }
  answered (step);
  g_clear_pointer (&step->self->identity, g_free);
  act (step, LINLI_SYNC_ACTION_IDENTITY);
  if (step->fresh != NULL)
    act (step, LINLI_SYNC_ACTION_DROP_FRESH);
}

static void
take_batch_problem (Step       *step,
                    const char *name)
{
  LinliSyncClient *self = step->self;

  if (self->n_lines > 1)
    {
      self->max_lines = self->n_lines / 2;
      self->wait_until = step->event->mono;
      return;
    }
  linli_outbox_note_try (step->main, name, NULL);
  linli_sync_set_blocked (step->main, "operation-blocked", NULL);
}

static void
set_bootstrap (Step       *step,
               const char *reason)
{
  GError *error = NULL;

  if (!linli_sync_set_bootstrap (step->main, reason, &error))
    {
      fault (step, error);
      return;
    }
  answered (step);
  if (step->fresh != NULL)
    act (step, LINLI_SYNC_ACTION_DROP_FRESH);
}

static void
take_end (Step *step)
{
  GError *error = NULL;
  g_autoptr(LinliWireEnd) end = linli_wire_end_parse (step->event->body);

  if (!linli_sync_set_ended (step->main, end, &error))
    fault (step, error);
}

static void
take_problem (Step                   *step,
              const LinliWireProblem *problem)
{
  const char *name = problem->name;

  if (g_str_equal (name, "device-forked") && !LINLI_PLANTED (FORK_KEPT))
    set_bootstrap (step, LINLI_BOOTSTRAP_FORKED);
  else if (g_str_equal (name, "epoch-changed"))
    set_bootstrap (step, LINLI_BOOTSTRAP_EPOCH_CHANGED);
  else if (problem->status == 410)
    set_bootstrap (step, LINLI_BOOTSTRAP_CURSOR_EXPIRED);
  else if (g_str_equal (name, "client-too-old"))
    step->self->too_old = TRUE;
  else if (g_str_equal (name, LINLI_BLOCKED_ENDED))
    take_end (step);
  else if (g_str_equal (name, "bad-batch") || g_str_equal (name, "too-large"))
    take_batch_problem (step, name);
  else if (g_str_equal (problem->retry, "never"))
    linli_sync_set_blocked (step->main, name, NULL);
  else
    back_off (step, problem->title);
}

static void
take_success (Step *step)
{
  switch (step->self->call)
    {
    case LINLI_SYNC_ACTION_PUSH: take_pushed (step); break;
    case LINLI_SYNC_ACTION_PULL: take_page (step); break;
    default:                     take_identity (step); break;
    }
}

/* Only what the hub itself says counts: a proxy or a hotel's sign-in page
 * answers with any status it likes. */
static void
take_reply (Step *step)
{
  const LinliWireProblem *problem = step->event->body != NULL ? linli_wire_problem_parse (step->event->body) : NULL;

  if (step->event->status == 200 && step->event->body != NULL && problem == NULL)
    take_success (step);
  else if (step->event->status == 401)
    {
      if (LINLI_PLANTED (UNAUTHORIZED_OK))
        {
          linli_outbox_assume (step->main);
          return;
        }
      step->self->signed_out = TRUE;
      act (step, LINLI_SYNC_ACTION_SIGN_IN);
    }
  else if (problem != NULL && problem->status == step->event->status)
    take_problem (step, problem);
  else if (step->event->status == 413 && step->self->call == LINLI_SYNC_ACTION_PUSH)
    take_batch_problem (step, "too-large"); /* a proxy may say so as well */
  else
    back_off (step, "no answer of the hub's");
}

/* ---- what to do next ------------------------------------------------------- */

static gboolean
may_push (Step     *step,
          LinliRow *state)
{
  LinliSyncClient *self = step->self;
  const char *bootstrap = linli_row_get_text (state, LINLI_SYNC_STATE_BOOTSTRAP);

  if (self->waits != NULL && step->event->mono < self->push_at)
    return FALSE;
  return g_strcmp0 (bootstrap, LINLI_BOOTSTRAP_EPOCH_CHANGED) != 0 && g_strcmp0 (bootstrap, LINLI_BOOTSTRAP_FORKED) != 0;
}

/* Returns: whether there was anything to send */
static gboolean
push (Step     *step,
      LinliRow *state,
      GError  **error)
{
  LinliSyncClient *self = step->self;
  g_autoptr(GPtrArray) lines = linli_outbox_next (step->main, MIN (self->max_lines, (guint) self->config.max_lines),
                                                  (gsize) self->config.max_bytes, error);
  g_autoptr(GString) text = NULL;

  if (lines == NULL || lines->len == 0 || !linli_conn_settle (step->main, error))
    return FALSE;
  text = g_string_new (NULL);
  linli_wire_push_begin (text, linli_row_get_text (state, LINLI_SYNC_STATE_EPOCH),
                         linli_row_get_text (state, LINLI_SYNC_STATE_DEVICE),
                         ((LinliOutboxLine *) lines->pdata[0])->seq, step->event->now);
  for (guint i = 0; i < lines->len; i++)
    linli_wire_push_add (text, ((LinliOutboxLine *) lines->pdata[i])->body);
  self->n_lines = lines->len;
  ask (step, LINLI_SYNC_ACTION_PUSH, NULL, g_string_free_to_bytes (g_steal_pointer (&text)));

  return TRUE;
}

static gboolean
pull (Step     *step,
      LinliRow *state,
      GError  **error)
{
  g_autoptr(LinliRow) filling = NULL;

  if (linli_row_is_null (state, LINLI_SYNC_STATE_BOOTSTRAP))
    {
      ask (step, LINLI_SYNC_ACTION_PULL, linli_row_get_text (state, LINLI_SYNC_STATE_CURSOR), NULL)->rows = NEWS_ROWS;
      return TRUE;
    }
  if (step->fresh == NULL)
    {
      act (step, LINLI_SYNC_ACTION_OPEN_FRESH);
      return TRUE;
    }
  if (!linli_sync_fresh_begin (step->fresh, step->main, error) || !linli_sync_state_find (step->fresh, &filling, error))
    return FALSE;
  ask (step, LINLI_SYNC_ACTION_PULL, linli_row_get_text (filling, LINLI_SYNC_STATE_CURSOR), NULL);
  return TRUE;
}

static void
fork_identity (Step *step)
{
  LinliSyncClient *self = step->self;

  if (self->identity == NULL)
    self->identity = linli_uuid_new (self->chance, step->event->now);
  ask (step, LINLI_SYNC_ACTION_FORK, self->identity, NULL);
}

/* Operations first, then news; one request at a time. */
static gboolean
choose (Step    *step,
        GError **error)
{
  g_autoptr(LinliRow) state = NULL;
  GError *failure = NULL;

  if (!linli_sync_state_find (step->main, &state, error))
    return FALSE;
  if (state == NULL || !linli_row_is_null (state, LINLI_SYNC_STATE_BLOCKED))
    return TRUE;
  if (g_strcmp0 (linli_row_get_text (state, LINLI_SYNC_STATE_BOOTSTRAP), LINLI_BOOTSTRAP_FORKED) == 0)
    {
      fork_identity (step);
      return TRUE;
    }
  if (may_push (step, state) && push (step, state, &failure))
    return TRUE;
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!step->self->too_old)
    return pull (step, state, error);
  idle (step, step->self->config.poll_idle);
  return TRUE;
}

static gboolean
is_waiting (Step *step)
{
  LinliSyncClient *self = step->self;

  return self->under_way != 0 || self->signed_out || step->actions->len > 0;
}

static void
go_on (Step *step)
{
  LinliSyncClient *self = step->self;
  GError *error = NULL;

  if (is_waiting (step))
    return;
  if (step->event->mono >= self->wait_until && !choose (step, &error))
    fault (step, error);
  if (!is_waiting (step) && step->event->mono < self->wait_until)
    act (step, LINLI_SYNC_ACTION_WAIT)->at = self->wait_until;
}

static void
take_event (Step *step)
{
  LinliSyncClient *self = step->self;

  switch (step->event->kind)
    {
    case LINLI_SYNC_EVENT_REPLY:
    case LINLI_SYNC_EVENT_FAILED:
      if (step->event->request != self->under_way &&
          !((LINLI_PLANTED (LATE_PAGE) || LINLI_PLANTED (MATCH_BY_SEQ)) && step->event->kind == LINLI_SYNC_EVENT_REPLY))
        return; /* an answer that was given up on */
      self->under_way = 0;
      if (step->event->kind == LINLI_SYNC_EVENT_REPLY)
        take_reply (step);
      else
        {
          if (LINLI_PLANTED (NO_REWIND) && self->call == LINLI_SYNC_ACTION_PUSH)
            linli_outbox_assume (step->main);
          back_off (step, "no answer");
        }
      break;
    case LINLI_SYNC_EVENT_WAKE:
      self->wait_until = MIN (self->wait_until, step->event->mono);
      self->push_at = MIN (self->push_at, step->event->mono);
      break;
    case LINLI_SYNC_EVENT_SIGNED_IN:
      self->signed_out = FALSE;
      self->wait_until = MIN (self->wait_until, step->event->mono);
      break;
    case LINLI_SYNC_EVENT_UNBLOCKED:
      linli_sync_set_blocked (step->main, NULL, NULL);
      break;
    case LINLI_SYNC_EVENT_TICK:
    default:
      break;
    }
}

/**
 * linli_sync_client_step:
 * @main: the store in use
 * @fresh: (nullable): the file beside it, while a bootstrap runs
 * @event: what has happened
 *
 * Takes an event, then does what is to be done next. Every step either has a
 * request under way, waits for a time that it has named, or waits for a person:
 * a queue is never left standing because nothing more happens.
 *
 * Returns: (transfer full) (element-type LinliSyncAction): in order
 */
GPtrArray *
linli_sync_client_step (LinliSyncClient      *self,
                        LinliConn            *main,
                        LinliConn            *fresh,
                        const LinliSyncEvent *event)
{
  Step step = { self, main, fresh, event, g_ptr_array_new_with_free_func (action_free) };

  g_return_val_if_fail (self != NULL && main != NULL && event != NULL, NULL);

  take_event (&step);
  go_on (&step);

  return step.actions;
}

/**
 * linli_sync_client_new:
 * @chance: (transfer none): ids and spread; outlives the client
 */
LinliSyncClient *
linli_sync_client_new (LinliIdSource *chance)
{
  LinliSyncClient *self = g_new0 (LinliSyncClient, 1);
  const LinliWireConfig config = LINLI_WIRE_CONFIG_INIT;

  self->chance = chance;
  linli_sync_client_set_config (self, &config);

  return self;
}

void
linli_sync_client_free (LinliSyncClient *self)
{
  if (self == NULL)
    return;

  g_free (self->identity);
  g_free (self->trouble);
  g_free (self->waits);
  g_free (self);
}

/* What the hub allows, as of its last word. */
void
linli_sync_client_set_config (LinliSyncClient       *self,
                              const LinliWireConfig *config)
{
  self->config = *config;
  self->max_lines = (guint) config->max_lines;
}

/* Returns: (nullable): why the hub has not answered, in a log's words */
const char *
linli_sync_client_get_trouble (LinliSyncClient *self)
{
  return self->trouble;
}

/* Returns: (nullable): a stable name for what the oldest operation waits for at
 * a hub that answers: %LINLI_WIRE_UNKNOWN_KIND at one that is older than this program */
const char *
linli_sync_client_get_waits (LinliSyncClient *self)
{
  return self->waits;
}
