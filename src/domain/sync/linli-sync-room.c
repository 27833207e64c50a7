/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a desk knows of its hub, and 待处理: what the hub refused, merged or
 * marked waits there until a person has decided. Nothing leaves it by itself. */

#include "config.h"

#include "linli-sync-room.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-outbox.h"
#include "linli-rows-query.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

static const LinliTable *const tables[] = {
  &linli_table_sync_state,
  &linli_table_shadow,
  &linli_table_arrived,
  &linli_table_parked,
  NULL
};

static const char *const decisions[] = { "again", "changed", "note", "dropped", "seen", NULL };

static const LinliArgSpec settle_args[] = {
  { "id", LINLI_ARG_ID, TRUE, .doc = "the operation that waits" },
  { "decision", LINLI_ARG_TEXT, TRUE, .choices = decisions,
    .doc = "done again, done otherwise, kept as a note, dropped, or only seen" },
  { "reason", LINLI_ARG_TEXT, FALSE, 1000, .doc = "in one's own words; needed to drop what was refused" },
  { NULL }
};

static gboolean
settle (LinliCommandContext *context,
        JsonObject          *args,
        GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_parked, linli_json_get_text (args, "id"), "id", error);
  const char *decision = linli_json_get_text (args, "decision");
  const char *reason = linli_json_get_text (args, "reason");
  gboolean refused;

  if (row == NULL)
    return FALSE;
  refused = g_str_equal (linli_row_get_text (row, LINLI_PARKED_RESULT), "rejected");
  if (!linli_row_is_null (row, LINLI_PARKED_CLOSED_AT))
    return linli_refuse_invalid (error, "id", N_("Somebody has already decided this."));
  if (refused && g_str_equal (decision, "seen"))
    return linli_refuse_invalid (error, "decision",
                                 N_("What the hub refused needs a decision: do it again, keep it as a note, or drop it."));
  if (refused && g_str_equal (decision, "dropped") && (reason == NULL || *reason == '\0'))
    return linli_refuse_invalid (error, "reason", N_("Say why it is dropped."));

  linli_row_set_text (row, LINLI_PARKED_DECISION, decision);
  linli_row_set_text (row, LINLI_PARKED_REASON, reason);
  linli_row_set_text (row, LINLI_PARKED_CLOSED_BY, context->operation->actor);
  linli_row_set_int (row, LINLI_PARKED_CLOSED_AT, linli_command_now (context));
  return linli_tx_update (context->tx, row, error);
}

static const LinliCommand commands[] = {
  { "parked.settle", 1, LINLI_ROLE_ANY, LINLI_COMMAND_LOCAL, settle_args, settle,
    "Decide what becomes of an operation that the hub refused, merged or marked." },
  { NULL }
};

static const LinliArgSpec no_args[] = { { NULL } };

static const LinliArgSpec parked_args[] = {
  { "all", LINLI_ARG_BOOL, .doc = "also what was decided" },
  { NULL }
};

static JsonNode *
query_parked (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  return linli_rows_query (conn, &linli_table_parked,
                           linli_json_get_bool (args, "all") ? "1 = 1 ORDER BY opened_at, pk"
                                                             : "closed_at IS NULL ORDER BY opened_at, pk", error);
}

static void
set_text (JsonObject *object,
          const char *member,
          LinliRow   *row,
          guint       column)
{
  if (!linli_row_is_null (row, column))
    json_object_set_string_member (object, member, linli_row_get_text (row, column));
}

static JsonNode *
query_status (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(LinliRow) state = NULL;
  LinliOutboxCount count;

  if (!linli_sync_state_find (conn, &state, error) || !linli_outbox_count (conn, &count, error))
    return NULL;
  json_object_set_boolean_member (object, "enrolled", state != NULL);
  json_object_set_int_member (object, "waiting", count.n_queued);
  json_object_set_int_member (object, "held", count.n_held);
  json_object_set_int_member (object, "on_their_way_back", count.n_decided);
  json_object_set_int_member (object, "parked", count.n_parked);
  if (count.oldest_at != 0)
    json_object_set_int_member (object, "oldest_waiting_at", count.oldest_at);
  if (state != NULL)
    {
      set_text (object, "workspace", state, LINLI_SYNC_STATE_ID);
      set_text (object, "device", state, LINLI_SYNC_STATE_DEVICE);
      set_text (object, "epoch", state, LINLI_SYNC_STATE_EPOCH);
      set_text (object, "bootstrap", state, LINLI_SYNC_STATE_BOOTSTRAP);
      set_text (object, "blocked", state, LINLI_SYNC_STATE_BLOCKED);
      if (g_strcmp0 (linli_row_get_text (state, LINLI_SYNC_STATE_BLOCKED), LINLI_BLOCKED_ENDED) == 0)
        {
          set_text (object, "ended_by", state, LINLI_SYNC_STATE_ENDED_BY);
          set_text (object, "ended_reason", state, LINLI_SYNC_STATE_ENDED_REASON);
          if (!linli_row_is_null (state, LINLI_SYNC_STATE_ENDED_AT))
            json_object_set_int_member (object, "ended_at", linli_row_get_int (state, LINLI_SYNC_STATE_ENDED_AT));
        }
      json_object_set_int_member (object, "complete_rev", linli_row_get_int (state, LINLI_SYNC_STATE_COMPLETE_REV));
      if (!linli_row_is_null (state, LINLI_SYNC_STATE_INDEX_FROM))
        json_object_set_int_member (object, "cases_to_index",
                                    linli_row_get_int (state, LINLI_SYNC_STATE_INDEX_FROM) - 1);
      if (!linli_row_is_null (state, LINLI_SYNC_STATE_LAST_OK_AT))
        json_object_set_int_member (object, "last_ok_at", linli_row_get_int (state, LINLI_SYNC_STATE_LAST_OK_AT));
    }
  json_node_set_object (node, object);

  return g_steal_pointer (&node);
}

static const LinliQuery queries[] = {
  { "sync.status", no_args, query_status, "How this desk stands with its hub: what waits, since when, what needs a person.", TRUE },
  { "sync.parked", parked_args, query_parked, "待处理: operations that the hub refused, merged or marked.", TRUE },
  { NULL }
};

static gboolean
add_count (LinliConn  *conn,
           GPtrArray  *problems,
           const char *sql,
           const char *what,
           GError    **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, sql, ""))
    return FALSE;
  if (n != 0)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %" G_GINT64_FORMAT, what, n));
  return TRUE;
}

/* Numbers without gaps, decided before queued, a verdict for each decision. */
static gboolean
verify (LinliConn *conn,
        GPtrArray *problems,
        GError   **error)
{
  static const struct { const char *what, *sql; } rules[] = {
    { "outbox: numbers with a gap",
      "SELECT count(*) FROM (SELECT seq - lag(seq) OVER (ORDER BY pk) AS step FROM outbox WHERE seq IS NOT NULL) "
      "AS steps WHERE step <> 1" },
    { "outbox: numbers beyond the device's own",
      "SELECT count(*) FROM outbox, sync_state WHERE outbox.seq >= sync_state.next_seq" },
    { "outbox: without a number although enrolled",
      "SELECT count(*) FROM outbox, sync_state WHERE outbox.seq IS NULL" },
    { "outbox: decided behind one that still waits",
      "SELECT count(*) FROM outbox WHERE state <> 'queued' AND pk > (SELECT min(pk) FROM outbox WHERE state = 'queued')" },
    { "outbox: decided without a decision",
      "SELECT count(*) FROM outbox WHERE state <> 'queued' AND result IS NULL" },
    { "parked: refused without a record",
      "SELECT count(*) FROM outbox WHERE result = 'rejected' AND id NOT IN (SELECT id FROM parked)" },
    { "shadow: a desk without a hub has none",
      "SELECT count(*) FROM shadow WHERE NOT EXISTS (SELECT 1 FROM sync_state)" },
    { "shadow: nothing pending stands on it",
      "SELECT count(*) FROM shadow WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE state IN ('queued', 'decided'))" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!add_count (conn, problems, rules[i].sql, rules[i].what, error))
      return FALSE;
  return TRUE;
}

const LinliRoom linli_sync_room = {
  .name = "sync",
  .tables = tables,
  .commands = commands,
  .queries = queries,
  .verify = verify,
};
