/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fetching everything anew, into a file of its own beside the one in use. The
 * desk works on meanwhile. When all is there, what belongs to the desk is
 * carried over, in one transaction that also says so: a file without that mark
 * is half a bootstrap and never anything else. Rows are only written meanwhile;
 * what is derived from them follows in the store that they have become, in
 * slices, while people work. */

#include "config.h"

#include "linli-sync-apply.h"

#include "linli-case-index.h"
#include "linli-execute.h"
#include "linli-local-copy.h"
#include "linli-outbox.h"
#include "linli-overlay.h"
#include "linli-plant.h"
#include "linli-registry.h"
#include "linli-sync-row.h"
#include "linli-sync-state.h"
#include "linli-sync-tables.h"

/**
 * linli_sync_fresh_begin:
 * @fresh: an empty database, or one that an earlier attempt has begun
 * @main: the store in use
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_sync_fresh_begin (LinliConn *fresh,
                        LinliConn *main,
                        GError   **error)
{
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) state = NULL;
  g_autoptr(LinliTx) tx = NULL;

  if (!linli_migrate (fresh, linli_store_schema (), NULL, error) ||
      !linli_sync_state_find (fresh, &known, error) || !linli_sync_state_find (main, &state, error))
    return FALSE;
  if (known != NULL || state == NULL)
    return TRUE;

  tx = linli_tx_begin (fresh, error);
  if (tx == NULL)
    return FALSE;
  linli_row_set_text (state, LINLI_SYNC_STATE_CURSOR, LINLI_WIRE_START);
  linli_row_set_int (state, LINLI_SYNC_STATE_COMPLETE_REV, 0);
  return linli_tx_insert (tx, state, error) && linli_tx_commit (tx, error);
}

/**
 * linli_sync_fresh_is_usable:
 * @fresh: found beside a store in use when the program starts
 * @usable: (out): whether the bootstrap can go on in it
 *
 * One that is complete already was to take the place of a store that has been
 * worked in since: it must be thrown away.
 */
gboolean
linli_sync_fresh_is_usable (LinliConn *fresh,
                            gboolean  *usable,
                            GError   **error)
{
  g_autoptr(LinliRow) state = NULL;
  guint version = 0;

  *usable = FALSE;
  if (!linli_conn_get_version (fresh, &version, error))
    return FALSE;
  if (version != linli_store_schema ()->version)
    return TRUE;
  if (!linli_sync_state_find (fresh, &state, error))
    return FALSE;
  *usable = state != NULL && linli_row_get_int (state, LINLI_SYNC_STATE_COMPLETE_REV) == 0;
  return TRUE;
}

/* Hardly ever is anything in the way: a row that changed while all was fetched
 * comes twice, and see linli_overlay_put(). */
static gboolean
load_row (LinliTx  *tx,
          LinliRow *row,
          GError  **error)
{
  g_autoptr(GError) failure = NULL;

  if (linli_tx_load (tx, row, &failure))
    return TRUE;
  if (g_error_matches (failure, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT))
    return linli_overlay_put (tx, row, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
load_rows (LinliTx             *tx,
           const LinliWirePage *page,
           GError             **error)
{
  for (guint i = 0; i < page->rows->len; i++)
    {
      const LinliWireRow *news = page->rows->pdata[i];
      const LinliTable *table = NULL;
      g_autoptr(LinliRow) row = NULL;

      if (!linli_sync_read_row (news, &table, &row, error) ||
          !(row != NULL ? load_row (tx, row, error) : linli_overlay_remove (tx, table, news->id, error)))
        return FALSE;
    }
  return TRUE;
}

/* Nothing was derived from any row so far. What the desk's own operations do
 * to it from here on is, so what is made as a whole is made first. */
static gboolean
begin_deriving (LinliTx  *tx,
                LinliRow *state,
                GError  **error)
{
  gint64 from = 0;

  g_ptr_array_unref (linli_tx_take_changes (tx));
  if (!linli_case_index_put_off (linli_tx_get_conn (tx), &from, error))
    return FALSE;
  if (from > 0)
    linli_row_set_int (state, LINLI_SYNC_STATE_INDEX_FROM, from);
  else
    linli_row_set_null (state, LINLI_SYNC_STATE_INDEX_FROM);
  return TRUE;
}

/* Everything is here: now the desk's own things. */
static gboolean
finish (LinliTx             *tx,
        LinliRow            *state,
        LinliConn           *main,
        const LinliWirePage *page,
        GError             **error)
{
  g_autoptr(LinliRow) old = NULL;
  gint64 oldest = 0;
  gint64 n_rewound = 0;

  if (!begin_deriving (tx, state, error) || !linli_sync_state_find (main, &old, error) ||
      (!LINLI_PLANTED (OUTBOX_LEFT) && !linli_local_copy (main, tx, error)))
    return FALSE;
  linli_row_set_int (state, LINLI_SYNC_STATE_NEXT_SEQ, linli_row_get_int (old, LINLI_SYNC_STATE_NEXT_SEQ));
  linli_row_set_int (state, LINLI_SYNC_STATE_COMPLETE_REV, MAX (page->rev, 1));
  linli_row_set_null (state, LINLI_SYNC_STATE_BOOTSTRAP);
  if (!linli_outbox_rewind (tx, LINLI_PLANTED (NO_REDRIVE) ? G_MAXINT64 : page->expect, TRUE, &n_rewound, error) ||
      !linli_outbox_get_oldest (linli_tx_get_conn (tx), &oldest, error))
    return FALSE;
  if (page->expect > linli_row_get_int (state, LINLI_SYNC_STATE_NEXT_SEQ))
    linli_row_set_text (state, LINLI_SYNC_STATE_BOOTSTRAP, LINLI_BOOTSTRAP_FORKED);
  else if (page->expect < (oldest != 0 ? oldest : linli_row_get_int (state, LINLI_SYNC_STATE_NEXT_SEQ)))
    linli_row_set_text (state, LINLI_SYNC_STATE_BLOCKED, "hole");

  return linli_tx_update (tx, state, error) && linli_overlay_replay (tx, error) &&
         linli_execute_project (tx, FALSE, error);
}

/**
 * linli_sync_fresh_apply:
 * @fresh: the file that is being filled
 * @main: the store in use; no one may write to it between a
 *   %LINLI_SYNC_COMPLETE and the moment @fresh has taken its place
 * @outcome: (out): %LINLI_SYNC_LOST when the hub's history changed under it:
 *   @fresh must be thrown away
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_sync_fresh_apply (LinliConn           *fresh,
                        LinliConn           *main,
                        const LinliWirePage *page,
                        LinliSyncOutcome    *outcome,
                        GError             **error)
{
  g_autoptr(LinliRow) state = NULL;
  g_autoptr(LinliTx) tx = NULL;
  gboolean first;
  gboolean last = !page->more || LINLI_PLANTED (HALF_BOOTSTRAP);

  if (!linli_sync_state_find (fresh, &state, error))
    return FALSE;
  *outcome = LINLI_SYNC_DROPPED;
  if (g_strcmp0 (page->from, linli_row_get_text (state, LINLI_SYNC_STATE_CURSOR)) != 0)
    return TRUE;
  first = g_str_equal (page->from, LINLI_WIRE_START);
  *outcome = LINLI_SYNC_LOST;
  if (!first && !g_str_equal (page->epoch, linli_row_get_text (state, LINLI_SYNC_STATE_EPOCH)))
    return TRUE;

  *outcome = last ? LINLI_SYNC_COMPLETE : LINLI_SYNC_APPLIED;
  tx = linli_tx_begin (fresh, error);
  linli_row_set_text (state, LINLI_SYNC_STATE_EPOCH, page->epoch);
  linli_row_set_text (state, LINLI_SYNC_STATE_CURSOR, page->next);
  linli_row_set_text (state, LINLI_SYNC_STATE_UNIT_ID, page->unit);
  return tx != NULL && load_rows (tx, page, error) && linli_tx_update (tx, state, error) &&
         (!last || finish (tx, state, main, page, error)) && linli_tx_commit (tx, error);
}

static gboolean
catch_up (LinliConn *conn,
          guint      n_cases,
          gint64    *n_left,
          GError   **error)
{
  g_autoptr(LinliTx) tx = linli_tx_begin (conn, error);
  g_autoptr(LinliRow) state = NULL;
  gint64 from;

  if (tx == NULL || !linli_sync_state_find (conn, &state, error))
    return FALSE;
  if (state == NULL || linli_row_is_null (state, LINLI_SYNC_STATE_INDEX_FROM))
    return TRUE;
  from = linli_row_get_int (state, LINLI_SYNC_STATE_INDEX_FROM);
  if (!linli_case_index_some (conn, n_cases, &from, error))
    return FALSE;
  if (from > 0)
    linli_row_set_int (state, LINLI_SYNC_STATE_INDEX_FROM, from);
  else
    linli_row_set_null (state, LINLI_SYNC_STATE_INDEX_FROM);
  *n_left = MAX (from - 1, 0);

  return linli_tx_update (tx, state, error) && linli_tx_commit (tx, error);
}

/**
 * linli_sync_catch_up:
 * @conn: the store in use
 * @n_cases: how many at most
 * @n_left: (out): about how many still wait; 0: none does
 * @error: %LINLI_STORE_ERROR
 *
 * Brings some cases of a store that was fetched as a whole into search index
 * and figures. It is written down how far that is, so whoever opens the store
 * next goes on; and since both are made from rows that are on the disk, the disk
 * is not waited for.
 */
gboolean
linli_sync_catch_up (LinliConn *conn,
                     guint      n_cases,
                     gint64    *n_left,
                     GError   **error)
{
  gint64 from = 0;
  gboolean done;

  *n_left = 0;
  /* Asked after every step of a desk, when nearly always nothing waits. */
  if (!linli_sync_state_get_index_from (conn, &from, error))
    return FALSE;
  if (from == 0)
    return TRUE;
  if (!linli_conn_relax (conn, TRUE, error))
    return FALSE;
  done = catch_up (conn, n_cases, n_left, error);
  linli_conn_relax (conn, FALSE, NULL); /* what is never refused between transactions */

  return done;
}
