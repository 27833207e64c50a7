/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fetching everything anew, into a file of its own beside the one in use. The
 * desk works on meanwhile. When all is there, what belongs to the desk is
 * carried over, in one transaction that also says so: a file without that mark
 * is half a bootstrap and never anything else. */

#include "config.h"

#include "linli-sync-apply.h"

#include "linli-execute.h"
#include "linli-local-copy.h"
#include "linli-outbox.h"
#include "linli-overlay.h"
#include "linli-plant.h"
#include "linli-registry.h"
#include "linli-row-json.h"
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

static gboolean
insert_rows (LinliTx             *tx,
             const LinliWirePage *page,
             GError             **error)
{
  for (guint i = 0; i < page->rows->len; i++)
    {
      const LinliWireRow *news = page->rows->pdata[i];
      const LinliTable *table = linli_registry_find_table (news->kind);
      g_autoptr(LinliRow) row = NULL;

      if (table == NULL || table->flags & LINLI_TABLE_LOCAL)
        {
          g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_TOO_NEW, "The hub knows a table %s", news->kind);
          return FALSE;
        }
      if (news->row == NULL)
        {
          if (!linli_overlay_remove (tx, table, news->id, error))
            return FALSE;
          continue;
        }
      row = linli_row_from_json (table, news->row, error);
      if (row == NULL || !linli_overlay_put (tx, row, error))
        return FALSE;
    }
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

  if (!linli_sync_state_find (main, &old, error) ||
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

  return linli_tx_update (tx, state, error) && linli_overlay_replay (tx, error);
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
  return tx != NULL && insert_rows (tx, page, error) && linli_tx_update (tx, state, error) &&
         (!last || finish (tx, state, main, page, error)) &&
         linli_execute_project (tx, FALSE, error) && linli_tx_commit (tx, error);
}
