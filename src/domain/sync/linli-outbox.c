/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-outbox.h"

#include <string.h>

#include "linli-core-tables.h"
#include "linli-overlay.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

static void
line_free (gpointer data)
{
  LinliOutboxLine *line = data;

  g_free (line->id);
  g_free (line->body);
  g_free (line);
}

/**
 * linli_outbox_add:
 * @tx: the transaction of @operation, all its changes made: both are kept or neither
 * @error: %LINLI_STORE_ERROR
 *
 * Queues an operation for the hub, with the next number of this device, and
 * keeps the hub's version of the rows it changed. A desk that is not enrolled
 * queues without a number.
 */
gboolean
linli_outbox_add (LinliTx    *tx,
                  const char *operation,
                  GError    **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_outbox);
  g_autoptr(LinliRow) state = NULL;
  gint64 seq;

  if (!linli_sync_state_find (linli_tx_get_conn (tx), &state, error))
    return FALSE;
  linli_row_set_text (row, LINLI_OUTBOX_ID, operation);
  linli_row_set_text (row, LINLI_OUTBOX_STATE, "queued");
  linli_row_set_int (row, LINLI_OUTBOX_TRIES, 0);
  if (state == NULL)
    return linli_tx_insert (tx, row, error);

  seq = linli_row_get_int (state, LINLI_SYNC_STATE_NEXT_SEQ);
  linli_row_set_int (row, LINLI_OUTBOX_SEQ, seq);
  linli_row_set_int (state, LINLI_SYNC_STATE_NEXT_SEQ, seq + 1);
  return linli_overlay_keep (tx, error) && linli_tx_insert (tx, row, error) && linli_tx_update (tx, state, error);
}

/**
 * linli_outbox_number:
 * @error: %LINLI_STORE_ERROR
 *
 * Gives every operation that is kept a number from 1 on, in the order they
 * were made, and queues it: what a device does that has become another one.
 * Those the hub has already are known to it by their ids.
 */
gboolean
linli_outbox_number (LinliTx *tx,
                     GError **error)
{
  LinliConn *conn = linli_tx_get_conn (tx);
  g_autoptr(LinliRow) state = NULL;
  gint64 n = 0;

  if (!linli_conn_run (conn, error,
                       "UPDATE outbox SET seq = (SELECT count(*) FROM outbox AS o WHERE o.pk <= outbox.pk), "
                       "state = 'queued', result = NULL, rev = NULL, from_rev = NULL, decided_at = NULL", "") ||
      !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM outbox", "") ||
      !linli_sync_state_find (conn, &state, error))
    return FALSE;
  linli_row_set_int (state, LINLI_SYNC_STATE_NEXT_SEQ, n + 1);
  return linli_tx_update (tx, state, error);
}

/**
 * linli_outbox_next:
 * @max_bytes: of all lines together; one line alone may be longer
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliOutboxLine): the oldest queued
 *   lines whose numbers follow one another
 */
GPtrArray *
linli_outbox_next (LinliConn *conn,
                   guint      max_lines,
                   gsize      max_bytes,
                   GError   **error)
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (line_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT o.id, o.seq, a.body FROM outbox AS o JOIN audit AS a ON a.id = o.id "
                                                "WHERE o.state = 'queued' AND o.seq IS NOT NULL ORDER BY o.pk LIMIT ?1",
                                                "i", (gint64) max_lines);
  gsize size = 0;
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      LinliOutboxLine *line = g_new0 (LinliOutboxLine, 1);

      line->id = linli_stmt_dup_text (stmt, 0);
      line->seq = linli_stmt_get_int (stmt, 1);
      line->body = linli_stmt_dup_text (stmt, 2);
      size += strlen (line->body) + 1;
      g_ptr_array_add (lines, line);
      if (lines->len > 1 &&
          (size > max_bytes || line->seq != ((LinliOutboxLine *) lines->pdata[lines->len - 2])->seq + 1))
        {
          g_ptr_array_remove_index (lines, lines->len - 1);
          break;
        }
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&lines);
}

/**
 * linli_outbox_rewind:
 * @expect: the number the hub waits for
 * @settle: what is decided below @expect is in the tables by now
 * @n_rewound: (out): operations queued again
 * @error: %LINLI_STORE_ERROR
 *
 * The hub has lost what it once decided: everything from @expect on goes again.
 */
gboolean
linli_outbox_rewind (LinliTx *tx,
                     gint64   expect,
                     gboolean settle,
                     gint64  *n_rewound,
                     GError **error)
{
  LinliConn *conn = linli_tx_get_conn (tx);

  if (!linli_conn_run (conn, error,
                       "UPDATE outbox SET state = 'queued', result = NULL, rev = NULL, from_rev = NULL, decided_at = NULL "
                       "WHERE seq >= ?1 AND state <> 'queued'", "i", expect))
    return FALSE;
  *n_rewound = linli_conn_n_changed (conn);
  /* What was decided stands, but its revisions count another history. */
  return !settle ||
         linli_conn_run (conn, error,
                         "UPDATE outbox SET state = 'settled', rev = NULL, from_rev = NULL WHERE state <> 'queued'", "");
}

/**
 * linli_outbox_settle:
 * @complete_rev: everything up to here is in the tables
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_outbox_settle (LinliTx *tx,
                     gint64   complete_rev,
                     GError **error)
{
  return linli_conn_run (linli_tx_get_conn (tx), error,
                         "UPDATE outbox SET state = 'settled', held = NULL WHERE state = 'decided' AND rev <= ?1",
                         "i", complete_rev);
}

/**
 * linli_outbox_forget:
 * @before: microseconds UTC: what was decided earlier no backup of the hub can have lost
 * @error: %LINLI_STORE_ERROR
 *
 * Only from the oldest on, so that what is kept has no holes.
 */
gboolean
linli_outbox_forget (LinliTx *tx,
                     gint64   before,
                     GError **error)
{
  return linli_conn_run (linli_tx_get_conn (tx), error,
                         "DELETE FROM outbox WHERE pk < coalesce ((SELECT min(pk) FROM outbox WHERE state <> 'settled' "
                         "OR decided_at >= ?1), (SELECT max(pk) FROM outbox))", "i", before);
}

/* Counts a vain attempt with the oldest operation, which then says why. */
gboolean
linli_outbox_note_try (LinliConn  *conn,
                       const char *reason,
                       GError    **error)
{
  return linli_conn_run (conn, error,
                         "UPDATE outbox SET tries = tries + 1, last_error = ?1 "
                         "WHERE pk = (SELECT min(pk) FROM outbox WHERE state = 'queued')", "s", reason);
}

/**
 * linli_outbox_get_oldest:
 * @seq: (out): number of the oldest operation that is kept; 0 when none is
 */
gboolean
linli_outbox_get_oldest (LinliConn *conn,
                         gint64    *seq,
                         GError   **error)
{
  return linli_conn_get_int (conn, seq, error, "SELECT seq FROM outbox WHERE seq IS NOT NULL ORDER BY pk LIMIT 1", "");
}

/**
 * linli_outbox_count:
 * @count: (out caller-allocates)
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_outbox_count (LinliConn        *conn,
                    LinliOutboxCount *count,
                    GError          **error)
{
  memset (count, 0, sizeof *count);
  return linli_conn_get_int (conn, &count->n_queued, error, "SELECT count(*) FROM outbox WHERE state = 'queued'", "") &&
         linli_conn_get_int (conn, &count->n_decided, error, "SELECT count(*) FROM outbox WHERE state = 'decided'", "") &&
         linli_conn_get_int (conn, &count->n_held, error,
                             "SELECT count(*) FROM outbox WHERE state = 'queued' AND held IS NOT NULL", "") &&
         linli_conn_get_int (conn, &count->oldest_at, error,
                             "SELECT a.at FROM outbox AS o JOIN audit AS a ON a.id = o.id "
                             "WHERE o.state = 'queued' ORDER BY o.pk LIMIT 1", "") &&
         linli_conn_get_int (conn, &count->n_parked, error, "SELECT count(*) FROM parked WHERE closed_at IS NULL", "");
}

#ifdef LINLI_PLANT
/* One of the bugs to be put in: whatever was sent is done, and kept. */
void
linli_outbox_assume (LinliConn *conn)
{
  linli_conn_run (conn, NULL, "UPDATE outbox SET state = 'settled', result = 'applied', decided_at = 9000000000000000 "
                              "WHERE state = 'queued'", "");
}

/* Another: the one whose number it is by now. */
gboolean
linli_outbox_find_number (LinliTx   *tx,
                          gint64     seq,
                          LinliRow **row,
                          GError   **error)
{
  g_autofree char *id = NULL;

  return linli_conn_get_text (linli_tx_get_conn (tx), &id, error, "SELECT id FROM outbox WHERE seq = ?1", "i", seq) &&
         linli_tx_find (tx, &linli_table_outbox, id, row, error);
}
#endif
