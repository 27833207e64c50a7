/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deciding operations. Each is run by the very function that the desk ran, on
 * the hub's rows; what comes out is the truth. What can never be right gets its
 * answer and the queue moves on; what may be right later stops the batch. Never
 * the other way round. */

#include "config.h"

#include "linli-hub-private.h"

#include <glib/gi18n.h>

#include "linli-execute.h"
#include "linli-hub-scope-feed.h"
#include "linli-hub-scope.h"
#include "linli-hub-tables.h"
#include "linli-json.h"
#include "linli-plant.h"
#include "linli-wire-push.h"

#define SKEW_LIMIT (G_GINT64_CONSTANT (5) * 60 * G_USEC_PER_SEC)

typedef struct
{
  LinliConn     *conn;     /* (unowned) */
  LinliTx       *tx;       /* (unowned) */
  LinliRow      *device;   /* (owned) */
  LinliHubClock  clock;
  LinliWirePush *push;     /* (unowned) */
  gint64         now;
  gint64         last_seq;
  GString       *results;  /* (owned) what the reply lists */
  GHashTable    *tallies;  /* (owned) */
  const char    *waits;    /* (nullable) why the batch ended early */
  const char    *problem;  /* (nullable) the whole request is answered with this */
  char          *hash;     /* (owned) (nullable) of the line at hand */
  gboolean       again;    /* decided before, and not noticed: only with a bug put in */
  gboolean       alone;    /* this line has failed in company: a mistake of ours is its own */
  gboolean       trusting; /* no line can be taken back by itself */
} Batch;

/* How some lines are decided, and how far that came.
 *
 * A point to go back to before every line costs a copy of every page that the
 * line touches, and nearly all of them are kept. So lines are first decided
 * without; should one leave something behind that must go, nothing of the
 * transaction stands, and all of it is decided anew, guarded. */
typedef struct
{
  guint    end;     /* lines up to here */
  gboolean alone;   /* the last of them has failed in company */
  gboolean guarded; /* each line can be taken back by itself */
  guint    n_done;  /* (out): lines decided; a fault at line n leaves it at n */
} Attempt;

/* Whether it goes on with the next line. */
typedef enum
{
  NEXT,
  STOP,  /* the rest is not looked at; what was decided stands */
  FAULT, /* nothing of the transaction may stand */
} Step;

static void
append_result (Batch      *self,
               const char *op,
               gint64      seq,
               const char *stored)
{
  g_string_append_printf (self->results, "%s{\"op\":\"%s\",\"seq\":%" G_GINT64_FORMAT ",%s}",
                          self->results->len > 0 ? "," : "", op, seq, stored);
}

static gboolean
store_result (Batch               *self,
              const char          *op,
              gint64               seq,
              const LinliWireLine *line,
              LinliWireResult     *result,
              GError             **error)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_hub_op);
  gboolean refused = g_str_equal (result->result, "rejected");
  g_autofree char *body = refused ? g_strndup (line->text, line->length) : NULL;

  linli_wire_result_append (result, text);
  linli_row_set_text (row, LINLI_HUB_OP_ID, op);
  linli_row_set_text (row, LINLI_HUB_OP_DEVICE, linli_row_get_id (self->device));
  linli_row_set_int (row, LINLI_HUB_OP_SEQ, seq);
  linli_row_set_text (row, LINLI_HUB_OP_SHA256, self->hash);
  linli_row_set_text (row, LINLI_HUB_OP_RESULT, text->str);
  linli_row_set_int (row, LINLI_HUB_OP_REV, result->rev);
  linli_row_set_int (row, LINLI_HUB_OP_RECEIVED_AT, self->now);
  linli_row_set_text (row, LINLI_HUB_OP_BODY, body);
  if (!(self->again ? linli_tx_put (self->tx, row, error) : linli_tx_insert (self->tx, row, error)))
    return FALSE;
  g_ptr_array_unref (linli_tx_take_changes (self->tx)); /* it is no change of the next operation's */
  append_result (self, op, seq, text->str);

  return TRUE;
}

/* Why an operation can never be right; NULL when that is not what happened. */
static const char *
refusal (const Batch  *self,
         const GError *error)
{
  if (error->domain == LINLI_DOMAIN_ERROR)
    return error->code == LINLI_DOMAIN_ERROR_UNKNOWN_KIND ? NULL : linli_domain_error_get_reason (error);
  if (error->domain == LINLI_JSON_ERROR)
    return "invalid";
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT))
    return "constraint";
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND))
    return "gone";
  if ((self->alone && g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_INTERNAL)) ||
      LINLI_PLANTED (TRANSIENT_SKIPPED))
    return "fault";
  return NULL;
}

/* What the refused one was about, as it is now: the first row that its
 * arguments name and the feed knows, as far as it may be told there. */
static gboolean
find_subject (Batch           *self,
              JsonObject      *args,
              LinliWireResult *result,
              GError         **error)
{
  g_autoptr(GList) values = json_object_get_values (args);
  const char *unit = linli_hub_device_unit (self->device);

  for (GList *l = values; l != NULL && result->row == NULL; l = l->next)
    {
      JsonNode *node = l->data;
      g_autoptr(LinliStmt) stmt = NULL;
      gboolean found = FALSE;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      stmt = unit == NULL
               ? linli_conn_query (self->conn, error, "SELECT kind, body FROM hub_feed WHERE row_id = ?1 AND body IS NOT NULL",
                                   "s", json_node_get_string (node))
               : linli_conn_query (self->conn, error, "SELECT kind, body FROM hub_scope WHERE row_id = ?1 AND "
                                   "unit_id IN (?2, '') AND body IS NOT NULL", "ss", json_node_get_string (node), unit);
      if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
        return FALSE;
      if (!found)
        continue;
      result->kind = linli_stmt_dup_text (stmt, 0);
      result->row = linli_stmt_dup_text (stmt, 1);
    }
  return TRUE;
}

/* The hub orders by its own count; a wrong clock only spoils the times that
 * people read, so nothing is dated later than it came, and it is marked. */
static const char *
mend_time (const Batch    *self,
           LinliOperation *operation)
{
  gint64 skew = self->now - self->push->sent_at;

  if (operation->at > self->now + SKEW_LIMIT)
    operation->at = self->now;
  else if (ABS (skew) <= SKEW_LIMIT)
    return NULL;
  return "clock";
}

static Step
refuse (Batch               *self,
        LinliOperation      *operation,
        gint64               seq,
        const LinliWireLine *line,
        const GError        *failure,
        GError             **error)
{
  LinliWireResult result = { .result = (char *) "rejected", .rev = self->clock.rev, .message = failure->message };
  gboolean done;

  result.code = (char *) refusal (self, failure);
  if (failure->domain == LINLI_STORE_ERROR)
    result.message = NULL; /* the engine's words, not a person's */
  done = find_subject (self, operation->args, &result, error) &&
         store_result (self, operation->id, seq, line, &result, error);
  g_free (result.kind);
  g_free (result.row);

  return done ? NEXT : FAULT;
}

static Step
accept (Batch               *self,
        LinliOperation      *operation,
        LinliOutcome        *outcome,
        const char          *flag,
        gint64               seq,
        const LinliWireLine *line,
        GError             **error)
{
  LinliWireResult result = { .result = (char *) "applied", .code = (char *) flag };
  gint64 before = self->clock.rev;

  if (!linli_hub_feed_gather (self->conn, outcome->changes, self->now, &self->clock.rev, self->tallies, error))
    return FAULT;
  result.conflicts = linli_json_get_array (outcome->result, "conflicts");
  result.rev = self->clock.rev;
  result.from_rev = self->clock.rev > before ? before + 1 : 0;
  if (result.conflicts != NULL)
    result.result = (char *) "merged";
  else if (flag != NULL)
    result.result = (char *) "flagged";

  return store_result (self, operation->id, seq, line, &result, error) ? NEXT : FAULT;
}

/* At a unit's desk work its own people, on what it has: an operation in
 * another's name, or on a case that is no longer there, is refused with words. */
static gboolean
check_scope (Batch                *self,
             const LinliOperation *operation,
             GError              **error)
{
  const char *unit = linli_hub_device_unit (self->device);
  g_autoptr(JsonNode) args = NULL;
  gboolean has = FALSE;

  if (unit == NULL)
    return TRUE;
  if (!linli_hub_scope_has_actor (self->conn, unit, operation->actor, &has, error))
    return FALSE;
  if (!has)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-unit", NULL,
                    N_("This desk is a handling unit's: only people who sit at that unit work at it."));
      return FALSE;
    }
  args = json_node_init_object (json_node_alloc (), operation->args);
  return linli_hub_scope_check_named (self->conn, unit, args, error);
}

/* Without a point to go back to, only a refusal before anything was written
 * can be let stand. */
static gboolean
left_nothing (const Batch  *self,
              const GError *failure)
{
  return failure->domain == LINLI_DOMAIN_ERROR && linli_tx_get_changes (self->tx)->len == 0;
}

/* @outcome: (out) (nullable): %NULL with the reason in @failure
 *
 * Returns: whether the transaction can go on */
static gboolean
execute (Batch                *self,
         const LinliOperation *operation,
         LinliOutcome        **outcome,
         GError              **failure,
         GError              **error)
{
  if (!self->trusting && !linli_tx_push (self->tx, error))
    return FALSE;
  if (!LINLI_FAULTY (failure) && check_scope (self, operation, failure))
    *outcome = linli_execute_in (self->tx, operation, LINLI_EXECUTE_BARE | (self->again ? LINLI_EXECUTE_AGAIN : 0), failure);
  if (!self->trusting)
    return linli_tx_pop (self->tx, *outcome != NULL, error);
  if (*outcome != NULL || left_nothing (self, *failure))
    return TRUE;
  g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_INTERNAL, "To be decided again, guarded");
  return FALSE;
}

static Step
run (Batch               *self,
     LinliOperation      *operation,
     gint64               seq,
     const LinliWireLine *line,
     GError             **error)
{
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GError) failure = NULL;
  const char *flag = mend_time (self, operation);

  if (!execute (self, operation, &outcome, &failure, error))
    return FAULT;
  if (outcome != NULL)
    return accept (self, operation, outcome, flag, seq, line, error);
  if (refusal (self, failure) != NULL && LINLI_PLANTED (BAD_OP_STAYS))
    return STOP;
  if (refusal (self, failure) != NULL)
    return refuse (self, operation, seq, line, failure, error);
  if (g_error_matches (failure, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_UNKNOWN_KIND))
    {
      self->waits = LINLI_WIRE_UNKNOWN_KIND;
      return STOP;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FAULT;
}

/* @known: (out): the operation was decided before, and this is its answer */
static Step
answer_known (Batch               *self,
              const char          *op,
              gint64               seq,
              const LinliWireLine *line,
              gboolean            *known,
              GError             **error)
{
  g_autoptr(LinliRow) row = NULL;

  g_free (self->hash);
  self->hash = linli_wire_hash (line->text, line->length);
  if (!linli_tx_find (self->tx, &linli_table_hub_op, op, &row, error))
    return FAULT;
  *known = row != NULL && !LINLI_PLANTED (NO_DEDUP) &&
           (!LINLI_PLANTED (NO_OP_INDEX) || (seq <= self->last_seq && seq == linli_row_get_int (row, LINLI_HUB_OP_SEQ)));
  self->again = row != NULL && !*known;
  if (!*known)
    return NEXT;
  if (!LINLI_PLANTED (HASH_IGNORED) && !g_str_equal (self->hash, linli_row_get_text (row, LINLI_HUB_OP_SHA256)))
    {
      self->problem = "operation-forked";
      return STOP;
    }
  append_result (self, op, seq, linli_row_get_text (row, LINLI_HUB_OP_RESULT));
  return NEXT;
}

static Step
decide (Batch   *self,
        guint    n,
        GError **error)
{
  const LinliWireLine *line = &g_array_index (self->push->lines, LinliWireLine, n);
  gint64 seq = self->push->seq + n;
  g_autoptr(LinliOperation) operation = linli_operation_parse (line->text, (gssize) line->length, NULL);
  gboolean known = FALSE;
  Step step;

  if (operation == NULL)
    {
      self->problem = "bad-batch";
      return STOP;
    }
  if (seq > self->last_seq + 1)
    return STOP;
  step = answer_known (self, operation->id, seq, line, &known, error);
  if (step != NEXT)
    return step;
  if (!known && seq <= self->last_seq && !LINLI_PLANTED (NO_DEDUP))
    {
      self->problem = "device-forked";
      return STOP;
    }
  if (!known)
    {
      g_free (operation->device);
      operation->device = g_strdup (linli_row_get_id (self->device));
      step = run (self, operation, seq, line, error);
    }
  if (step == NEXT)
    self->last_seq = MAX (self->last_seq, seq);

  return step;
}

static void
batch_clear (Batch *self)
{
  linli_row_unref (self->device);
  linli_hub_clock_clear (&self->clock);
  g_free (self->hash);
  g_string_free (self->results, TRUE);
  g_hash_table_unref (self->tallies);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Batch, batch_clear)

static gboolean
begin (Batch      *self,
       const char *device,
       GError    **error)
{
  if (!linli_hub_clock_lock (self->conn, &self->clock, error) ||
      !linli_hub_device_find (self->conn, device, &self->device, error))
    return FALSE;
  self->problem = linli_hub_device_fault (self->device);
  if (self->problem == NULL && !g_str_equal (device, self->push->device))
    self->problem = "device-unknown";
  if (self->problem == NULL && !g_str_equal (self->clock.epoch, self->push->epoch))
    self->problem = "epoch-changed";
  if (self->problem == NULL)
    self->last_seq = linli_row_get_int (self->device, LINLI_HUB_DEVICE_LAST_SEQ);
  self->clock.rev = LINLI_REVISION (self->clock.rev);

  return TRUE;
}

static gboolean
save (Batch   *self,
      GError **error)
{
  return linli_conn_run (self->conn, error,
                         "UPDATE hub_device SET last_seq = ?2, last_seen = ?3, skew = ?4 WHERE id = ?1", "siii",
                         linli_row_get_id (self->device), self->last_seq, self->now, self->now - self->push->sent_at) &&
         linli_hub_tally_save (self->conn, self->tallies, error) &&
         linli_hub_clock_save (self->conn, self->clock.rev, error);
}

static LinliHubReply *
make_reply (Batch *self)
{
  LinliHubReply *reply = linli_hub_reply_new ("application/json");

  g_string_append (reply->body, "{\"epoch\":");
  linli_json_append_text (reply->body, self->clock.epoch);
  g_string_append_printf (reply->body, ",\"tip\":%" G_GINT64_FORMAT ",\"expect\":%" G_GINT64_FORMAT
                          ",\"server_time\":%" G_GINT64_FORMAT, self->clock.rev, self->last_seq + 1, self->now);
  if (self->waits != NULL)
    g_string_append_printf (reply->body, ",\"waits\":\"%s\"", self->waits);
  g_string_append_printf (reply->body, ",\"results\":[%s]}\n", self->results->str);

  return reply;
}

/* Decides lines in @tx, which is not committed.
 *
 * Returns: (nullable): what is told once all of @tx stands, or, with any other
 *   status than 200, if none of this does; %NULL with @error after a fault:
 *   nothing may stand */
static LinliHubReply *
decide_batch (LinliTx       *tx,
              const char    *device,
              LinliWirePush *push,
              Attempt       *attempt,
              gint64         now,
              GError       **error)
{
  g_auto(Batch) self = { .conn = linli_tx_get_conn (tx), .tx = tx, .push = push, .now = now, .trusting = !attempt->guarded,
                         .results = g_string_new (NULL), .tallies = linli_hub_tally_new () };
  Step step = NEXT;

  attempt->n_done = 0;
  if (!begin (&self, device, error))
    return NULL;
  linli_tx_keep_rows (tx); /* whoever writes this workspace waits for its clock */
  for (; attempt->n_done < attempt->end && step == NEXT && self.problem == NULL; attempt->n_done++)
    {
      self.alone = attempt->alone && attempt->n_done + 1 == attempt->end;
      step = decide (&self, attempt->n_done, error);
      if (step == FAULT)
        return NULL;
    }
  if (self.problem != NULL)
    return linli_hub_reply_problem (self.problem, NULL);

  return save (&self, error) ? make_reply (&self) : NULL;
}

/* decide_batch() in a transaction of its own. */
static LinliHubReply *
decide_alone (LinliConn     *conn,
              const char    *device,
              LinliWirePush *push,
              Attempt       *attempt,
              gint64         now,
              GError       **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliHubReply) reply = tx != NULL ? decide_batch (tx, device, push, attempt, now, error) : NULL;

  if (reply != NULL && reply->status == 200 && !linli_tx_commit (tx, error))
    return NULL;
  return g_steal_pointer (&reply);
}

/* Returns: (transfer full) (nullable): %NULL with the problem in @reply */
static LinliWirePush *
read_push (const LinliHubPush *self,
           LinliHubReply     **reply)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliWirePush) push = linli_wire_push_parse (self->message, &error);

  if (push != NULL && push->lines->len <= self->config->max_lines)
    return g_steal_pointer (&push);
  *reply = linli_hub_reply_problem (push != NULL || g_error_matches (error, LINLI_WIRE_ERROR, LINLI_WIRE_ERROR_LIMIT)
                                      ? "too-large" : "bad-batch", NULL);
  return NULL;
}

/**
 * linli_hub_push:
 * @device: who the caller is known to be
 * @message: the request's bytes
 * @config: how much one request may bring
 * @now: hub's time, microseconds UTC
 *
 * POST ops: decides operations in the order of their numbers, all of a request
 * in one transaction. A mistake of ours in one line must not hold up the lines
 * before it: they are decided first, and the line then by itself.
 */
LinliHubReply *
linli_hub_push (LinliConn             *conn,
                const char            *device,
                GBytes                *message,
                const LinliWireConfig *config,
                gint64                 now)
{
  const LinliHubPush self = { .device = device, .message = message, .config = config, .now = now };
  g_autoptr(GError) error = NULL;
  LinliHubReply *reply = NULL;
  g_autoptr(LinliWirePush) push = read_push (&self, &reply);
  Attempt attempt = { 0 };

  if (push == NULL)
    return reply;
  attempt.end = push->lines->len;
  reply = decide_alone (conn, device, push, &attempt, now, &error);
  if (reply == NULL && g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_INTERNAL))
    {
      g_clear_error (&error);
      attempt.guarded = TRUE;
      reply = decide_alone (conn, device, push, &attempt, now, &error);
    }
  if (reply == NULL && g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_INTERNAL))
    {
      g_clear_error (&error);
      attempt.alone = attempt.n_done == 0;
      attempt.end = MAX (attempt.n_done, 1);
      reply = decide_alone (conn, device, push, &attempt, now, &error);
    }

  return reply != NULL ? reply : linli_hub_reply_error (error);
}

/* Returns: whether @tx can go on; @self has no reply when it was dropped */
static gboolean
decide_among (LinliTx      *tx,
              LinliHubPush *self,
              gboolean      guarded)
{
  g_autoptr(LinliWirePush) push = read_push (self, &self->reply);
  Attempt attempt = { .guarded = guarded };
  gboolean good;

  if (push == NULL)
    return TRUE;
  if (guarded && !linli_tx_push (tx, NULL))
    return FALSE;
  attempt.end = push->lines->len;
  self->reply = decide_batch (tx, self->device, push, &attempt, self->now, NULL);
  good = self->reply != NULL && self->reply->status == 200;
  if (guarded)
    return linli_tx_pop (tx, LINLI_PLANTED (HALF_BATCH) || good, NULL);
  return good || (self->reply != NULL && attempt.n_done == 0);
}

/* Returns: whether all that have a reply now are on the disk; else none has one */
static gboolean
decide_together (LinliConn    *conn,
                 LinliHubPush *pushes,
                 guint         n,
                 gboolean      guarded)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, NULL);
  gboolean good = tx != NULL;

  for (guint i = 0; i < n && good; i++)
    good = decide_among (tx, &pushes[i], guarded);
  good = good && linli_tx_commit (tx, NULL);
  for (guint i = 0; i < n && !good; i++)
    g_clear_pointer (&pushes[i].reply, linli_hub_reply_free);

  return good;
}

/**
 * linli_hub_push_together:
 * @pushes: requests that wait for the same workspace; their replies are set
 *
 * One durable transaction for all of them, for a disk can commit only so often
 * a second. Each is still decided whole or not at all, and none has a reply
 * before all of them are on the disk. One that could not be decided in company
 * is decided alone afterwards.
 */
void
linli_hub_push_together (LinliConn    *conn,
                         LinliHubPush *pushes,
                         guint         n)
{
  if (n > 1 && (LINLI_PLANTED (HALF_BATCH) || !decide_together (conn, pushes, n, FALSE)))
    decide_together (conn, pushes, n, TRUE);
  for (guint i = 0; i < n; i++)
    if (pushes[i].reply == NULL)
      pushes[i].reply = linli_hub_push (conn, pushes[i].device, pushes[i].message, pushes[i].config, pushes[i].now);
}
