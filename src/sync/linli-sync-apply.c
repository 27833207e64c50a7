/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-apply.h"

#include "linli-core-tables.h"
#include "linli-desk.h"
#include "linli-execute.h"
#include "linli-json.h"
#include "linli-outbox.h"
#include "linli-overlay.h"
#include "linli-plant.h"
#include "linli-sync-row.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

/* How long a decided operation is kept: longer than the hub keeps backups, and
 * by the hub's time, for ours may be years off. */
#define RETAIN (G_GINT64_CONSTANT (30) * 24 * 3600 * G_USEC_PER_SEC)

#define CONTACT_EVERY (G_GINT64_CONSTANT (5) * 60 * G_USEC_PER_SEC)

static gboolean
commit (LinliTx *tx,
        GError **error)
{
  return linli_execute_project (tx, FALSE, error) && linli_tx_commit (tx, error);
}

/* The state of a desk that is enrolled; there is no other here. */
static LinliRow *
get_state (LinliConn *conn,
           GError   **error)
{
  LinliRow *state = NULL;

  if (linli_sync_state_find (conn, &state, error) && state == NULL)
    g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "This desk has no hub");
  return state;
}

static gboolean
rebase (LinliTx *tx,
        GError **error)
{
  return linli_overlay_lift (tx, error) && linli_overlay_replay (tx, error);
}

/* ---- results --------------------------------------------------------------- */

static char *
conflicts_to_text (JsonArray *conflicts)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  json_node_set_array (node, conflicts);
  return linli_json_node_to_text (node, FALSE);
}

/* What is not simply applied waits for a person, with the facts of both sides. */
static gboolean
park (LinliTx               *tx,
      const LinliWireResult *result,
      gint64                 now,
      GError               **error)
{
  g_autoptr(LinliRow) entry = linli_tx_get (tx, &linli_table_audit, result->op, error);
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) parked = linli_row_new (&linli_table_parked);
  g_autoptr(JsonObject) line = NULL;
  g_autoptr(JsonObject) row = NULL;
  g_autofree char *args = NULL;
  g_autofree char *theirs = result->conflicts != NULL ? conflicts_to_text (result->conflicts) : g_strdup (result->row);

  if (entry == NULL || !linli_tx_find (tx, &linli_table_parked, result->op, &known, error))
    return FALSE;
  if (known != NULL || LINLI_PLANTED (REFUSAL_DROPPED))
    return TRUE;
  line = linli_json_parse_object (linli_row_get_text (entry, LINLI_AUDIT_BODY), -1, error);
  if (line == NULL)
    return FALSE;
  args = linli_json_object_to_text (linli_json_get_object (line, "args"));
  if (result->row != NULL)
    row = linli_json_parse_object (result->row, -1, NULL);
  linli_row_set_text (parked, LINLI_PARKED_ID, result->op);
  linli_row_set_text (parked, LINLI_PARKED_RESULT, result->result);
  linli_row_set_text (parked, LINLI_PARKED_CODE, result->code != NULL ? result->code : result->result);
  linli_row_set_text (parked, LINLI_PARKED_MESSAGE, result->message);
  linli_row_set_text (parked, LINLI_PARKED_KIND, linli_row_get_text (entry, LINLI_AUDIT_KIND));
  linli_row_set_text (parked, LINLI_PARKED_SUBJECT_ID, row != NULL ? linli_json_get_text (row, "id") : NULL);
  linli_row_set_text (parked, LINLI_PARKED_MINE, args);
  linli_row_set_text (parked, LINLI_PARKED_THEIRS, theirs);
  linli_row_set_int (parked, LINLI_PARKED_OPENED_AT, now);

  return linli_tx_insert (tx, parked, error);
}

/* A wrong clock marks every operation: one open line says it. */
static gboolean
is_told (LinliTx               *tx,
         const LinliWireResult *result,
         gboolean              *told,
         GError               **error)
{
  g_autoptr(GPtrArray) same = NULL;

  *told = FALSE;
  if (!g_str_equal (result->result, "flagged"))
    return TRUE;
  same = linli_tx_select (tx, &linli_table_parked, error, "closed_at IS NULL AND result = 'flagged' AND code = ?1 LIMIT 1",
                          "s", result->code);
  *told = same != NULL && same->len > 0;
  return same != NULL;
}

/* @dirty: (inout): what the tables show must be built anew */
static gboolean
take_one (LinliTx               *tx,
          LinliRow              *state,
          const LinliWireResult *result,
          gint64                 server_time,
          gint64                 now,
          gboolean              *dirty,
          GError               **error)
{
  g_autoptr(LinliRow) line = NULL;
  gboolean applied = g_str_equal (result->result, "applied");
  gboolean refused = g_str_equal (result->result, "rejected");
  gboolean here = result->rev <= linli_row_get_int (state, LINLI_SYNC_STATE_COMPLETE_REV);
  gboolean told = applied;

  if (!(LINLI_PLANTED (MATCH_BY_SEQ) ? linli_outbox_find_number (tx, result->seq, &line, error)
                                     : linli_tx_find (tx, &linli_table_outbox, result->op, &line, error)))
    return FALSE;
  if (line == NULL || !g_str_equal (linli_row_get_text (line, LINLI_OUTBOX_STATE), "queued"))
    return TRUE;
  here |= LINLI_PLANTED (OVERLAY_AT_ACK);
  *dirty |= !applied || here || !linli_row_is_null (line, LINLI_OUTBOX_HELD);
  linli_row_set_text (line, LINLI_OUTBOX_STATE, refused || here ? "settled" : "decided");
  linli_row_set_text (line, LINLI_OUTBOX_RESULT, result->result);
  linli_row_set_int (line, LINLI_OUTBOX_FROM_REV, result->from_rev);
  linli_row_set_int (line, LINLI_OUTBOX_REV, result->rev);
  linli_row_set_int (line, LINLI_OUTBOX_DECIDED_AT, server_time);
  linli_row_set_null (line, LINLI_OUTBOX_LAST_ERROR);
  linli_row_set_null (line, LINLI_OUTBOX_HELD);

  return (told || is_told (tx, result, &told, error)) && (told || park (tx, result, now, error)) &&
         linli_tx_update (tx, line, error);
}

/* The hub waits for @expect: more may have to go, or this disk is not the only
 * one of its name. */
static gboolean
go_to (LinliTx          *tx,
       LinliRow         *state,
       gint64            expect,
       gboolean         *dirty,
       LinliSyncOutcome *outcome,
       GError          **error)
{
  gint64 oldest = 0;
  gint64 n_rewound = 0;

  if (expect > linli_row_get_int (state, LINLI_SYNC_STATE_NEXT_SEQ))
    {
      linli_row_set_text (state, LINLI_SYNC_STATE_BOOTSTRAP, LINLI_BOOTSTRAP_FORKED);
      *outcome = LINLI_SYNC_LOST;
      return TRUE;
    }
  if (!linli_outbox_rewind (tx, LINLI_PLANTED (NO_REWIND) ? G_MAXINT64 : expect, FALSE, &n_rewound, error) ||
      !linli_outbox_get_oldest (linli_tx_get_conn (tx), &oldest, error))
    return FALSE;
  if (expect < (oldest != 0 ? oldest : linli_row_get_int (state, LINLI_SYNC_STATE_NEXT_SEQ)))
    linli_row_set_text (state, LINLI_SYNC_STATE_BLOCKED, "hole");
  *dirty |= n_rewound > 0;

  return TRUE;
}

/* Until a bootstrap has been through there is no base to build upon. */
static gboolean
has_base (LinliRow *state)
{
  return linli_row_get_int (state, LINLI_SYNC_STATE_COMPLETE_REV) > 0;
}

static void
note_contact (LinliRow *state,
              gint64    server_time,
              gint64    now)
{
  linli_row_set_int (state, LINLI_SYNC_STATE_CLOCK_OFFSET, server_time - now);
  linli_row_set_int (state, LINLI_SYNC_STATE_LAST_OK_AT, now);
}

/**
 * linli_sync_take_results:
 * @conn: the store in use
 * @now: the desk's clock
 * @outcome: (out)
 * @error: %LINLI_STORE_ERROR; then nothing was taken, and the same may come again
 *
 * Takes the answer to a push. Results are found by their operation, never by a
 * number, which may mean another one by now.
 */
gboolean
linli_sync_take_results (LinliConn                *conn,
                         const LinliWirePushReply *reply,
                         gint64                    now,
                         LinliSyncOutcome         *outcome,
                         GError                  **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliRow) state = tx != NULL ? get_state (conn, error) : NULL;
  gboolean dirty = FALSE;

  *outcome = LINLI_SYNC_APPLIED;
  if (state == NULL)
    return FALSE;
  if (!g_str_equal (reply->epoch, linli_row_get_text (state, LINLI_SYNC_STATE_EPOCH)))
    {
      *outcome = LINLI_SYNC_DROPPED;
      return TRUE;
    }
  for (guint i = 0; i < reply->results->len; i++)
    if (!take_one (tx, state, reply->results->pdata[i], reply->server_time, now, &dirty, error))
      return FALSE;
  note_contact (state, reply->server_time, now);

  return go_to (tx, state, reply->expect, &dirty, outcome, error) && linli_tx_update (tx, state, error) &&
         (!dirty || !has_base (state) || rebase (tx, error)) && commit (tx, error);
}

/* ---- pages ----------------------------------------------------------------- */

static gboolean
note_arrival (LinliTx          *tx,
              const LinliTable *table,
              const LinliWireRow *news,
              GError          **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_arrived);
  g_autofree char *key = linli_overlay_key (table, news->id);

  linli_row_set_text (row, LINLI_ARRIVED_ID, key);
  linli_row_set_int (row, LINLI_ARRIVED_REV, news->rev);
  return linli_tx_put (tx, row, error);
}

static gboolean
apply_row (LinliTx            *tx,
           const LinliWireRow *news,
           gboolean            more,
           GError            **error)
{
  const LinliTable *table = NULL;
  g_autoptr(LinliRow) row = NULL;

  if (!linli_sync_read_row (news, &table, &row, error) || (more && !note_arrival (tx, table, news, error)))
    return FALSE;
  return row != NULL ? linli_overlay_put (tx, row, error) : linli_overlay_remove (tx, table, news->id, error);
}

static gboolean
apply_rows (LinliTx             *tx,
            const LinliWirePage *page,
            gboolean             note,
            GError             **error)
{
  for (guint i = 0; i < page->rows->len; i++)
    if (!apply_row (tx, page->rows->pdata[i], note, error))
      return FALSE;
  return TRUE;
}

/* Everything up to the page's revision is here once nothing more follows. */
static gboolean
complete (LinliTx             *tx,
          LinliRow            *state,
          const LinliWirePage *page,
          GError             **error)
{
  if (page->more && !LINLI_PLANTED (OVERLAY_BY_CURSOR))
    return TRUE;
  if (!page->more)
    {
      g_autoptr(GPtrArray) arrived = linli_tx_select (tx, &linli_table_arrived, error, "1 = 1", "");

      if (arrived == NULL)
        return FALSE;
      for (guint i = 0; i < arrived->len; i++)
        if (!linli_tx_delete (tx, &linli_table_arrived, linli_row_get_id (arrived->pdata[i]), error))
          return FALSE;
      linli_row_set_int (state, LINLI_SYNC_STATE_COMPLETE_REV, page->rev);
    }
  return linli_outbox_settle (tx, page->rev, error) && linli_outbox_forget (tx, page->server_time - RETAIN, error);
}

static gboolean
is_expected (LinliRow            *state,
             const LinliWirePage *page)
{
  return LINLI_PLANTED (LATE_PAGE) ||
         g_strcmp0 (page->from, linli_row_get_text (state, LINLI_SYNC_STATE_CURSOR)) == 0;
}

/* Rows with nothing pending over them are simply written. */
static gboolean
write_page (LinliTx             *tx,
            LinliRow            *state,
            const LinliWirePage *page,
            GError             **error)
{
  return (LINLI_PLANTED (SHADOW_STALE) || linli_overlay_lift (tx, error)) &&
         apply_rows (tx, page, page->more, error) &&
         complete (tx, state, page, error) &&
         (LINLI_PLANTED (SHADOW_STALE) || linli_overlay_replay (tx, error));
}

/* An idle desk must not wake its disk at every poll: that the hub was there is
 * written down every few minutes. */
static gboolean
is_news (LinliRow            *state,
         const LinliWirePage *page,
         gint64               now)
{
  return page->rows->len > 0 || page->more || !g_str_equal (page->next, page->from) ||
         page->rev != linli_row_get_int (state, LINLI_SYNC_STATE_COMPLETE_REV) ||
         page->expect != linli_row_get_int (state, LINLI_SYNC_STATE_NEXT_SEQ) ||
         ABS (now - linli_row_get_int (state, LINLI_SYNC_STATE_LAST_OK_AT)) > CONTACT_EVERY;
}

static gboolean
save_cursor (LinliConn           *conn,
             const LinliWirePage *page,
             GError             **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliRow) state = tx != NULL ? get_state (conn, error) : NULL;

  if (state == NULL)
    return FALSE;
  linli_row_set_text (state, LINLI_SYNC_STATE_CURSOR, page->next);
  return linli_tx_update (tx, state, error) && linli_tx_commit (tx, error);
}

/**
 * linli_sync_apply_page:
 * @conn: the store in use
 * @now: the desk's clock
 * @outcome: (out)
 * @error: %LINLI_STORE_ERROR; then neither rows nor cursor have moved
 *
 * Brings a page of the feed into the tables, under what is pending, and moves
 * the cursor with it. A page that answers another question is dropped.
 */
gboolean
linli_sync_apply_page (LinliConn           *conn,
                       const LinliWirePage *page,
                       gint64               now,
                       LinliSyncOutcome    *outcome,
                       GError             **error)
{
  g_autoptr(LinliRow) state = get_state (conn, error);
  g_autoptr(LinliTx) tx = NULL;
  gboolean dirty = FALSE;

  if (state == NULL)
    return FALSE;
  *outcome = LINLI_SYNC_DROPPED;
  if (!g_str_equal (page->epoch, linli_row_get_text (state, LINLI_SYNC_STATE_EPOCH)) || !is_expected (state, page))
    return TRUE;
  *outcome = page->more ? LINLI_SYNC_APPLIED : LINLI_SYNC_COMPLETE;
  if (!is_news (state, page, now))
    return TRUE;
  if (LINLI_PLANTED (CURSOR_FIRST) && !save_cursor (conn, page, error))
    return FALSE;

  tx = linli_tx_begin (conn, error);
  if (tx == NULL)
    return FALSE;
  linli_row_set_text (state, LINLI_SYNC_STATE_CURSOR, page->next);
  note_contact (state, page->server_time, now);
  return go_to (tx, state, page->expect, &dirty, outcome, error) && write_page (tx, state, page, error) &&
         linli_tx_update (tx, state, error) && commit (tx, error);
}

/* ---- states ---------------------------------------------------------------- */

static gboolean
set_state_text (LinliConn  *conn,
                guint       column,
                const char *text,
                GError    **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliRow) state = tx != NULL ? get_state (conn, error) : NULL;

  if (state == NULL)
    return FALSE;
  linli_row_set_text (state, column, text);
  return linli_tx_update (tx, state, error) && linli_tx_commit (tx, error);
}

/* @reason: LINLI_BOOTSTRAP_..., why everything must be fetched anew */
gboolean
linli_sync_set_bootstrap (LinliConn  *conn,
                          const char *reason,
                          GError    **error)
{
  return set_state_text (conn, LINLI_SYNC_STATE_BOOTSTRAP, reason, error);
}

/* @reason: (nullable): why only a person can help; %NULL once that is done */
gboolean
linli_sync_set_blocked (LinliConn  *conn,
                        const char *reason,
                        GError    **error)
{
  return set_state_text (conn, LINLI_SYNC_STATE_BLOCKED, reason, error);
}

static void
set_short (LinliRow   *state,
           guint       column,
           const char *text)
{
  g_autofree char *cut = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  gsize most = linli_table_sync_state.columns[column].max_length;

  if (cut != NULL && (gsize) g_utf8_strlen (cut, -1) > most)
    *g_utf8_offset_to_pointer (cut, (glong) most) = '\0';
  linli_row_set_text (state, column, cut);
}

/* The hub lets this desk in no more; what it says of it is kept, so that it is known here without a line too. */
gboolean
linli_sync_set_ended (LinliConn          *conn,
                      const LinliWireEnd *end,
                      GError            **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliRow) state = tx != NULL ? get_state (conn, error) : NULL;

  if (state == NULL)
    return FALSE;
  linli_row_set_text (state, LINLI_SYNC_STATE_BLOCKED, LINLI_BLOCKED_ENDED);
  set_short (state, LINLI_SYNC_STATE_ENDED_BY, end->by);
  set_short (state, LINLI_SYNC_STATE_ENDED_REASON, end->reason);
  if (end->at > 0)
    linli_row_set_int (state, LINLI_SYNC_STATE_ENDED_AT, end->at);
  else
    linli_row_set_null (state, LINLI_SYNC_STATE_ENDED_AT);
  return linli_tx_update (tx, state, error) && linli_tx_commit (tx, error);
}

/**
 * linli_sync_take_identity:
 * @device: whom the hub now knows this desk as
 * @prefix: of the numbers it prints
 *
 * The disk of this desk lives twice. Under a name of its own it sends all it
 * keeps once more, which the hub knows by the operations' ids, and fetches
 * everything anew.
 */
gboolean
linli_sync_take_identity (LinliConn  *conn,
                          const char *device,
                          const char *prefix,
                          const char *epoch,
                          GError    **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliRow) state = tx != NULL ? get_state (conn, error) : NULL;

  if (state == NULL)
    return FALSE;
  linli_row_set_text (state, LINLI_SYNC_STATE_DEVICE, device);
  linli_row_set_text (state, LINLI_SYNC_STATE_EPOCH, epoch);
  linli_row_set_text (state, LINLI_SYNC_STATE_BOOTSTRAP, LINLI_BOOTSTRAP_JOINING);
  linli_row_set_null (state, LINLI_SYNC_STATE_BLOCKED);

  return linli_tx_update (tx, state, error) && linli_outbox_number (tx, error) &&
         linli_desk_store_identity (conn, device, prefix, error) && linli_tx_commit (tx, error);
}
