/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-state.h"

#include "linli-desk.h"
#include "linli-outbox.h"
#include "linli-sync-tables.h"

/**
 * linli_sync_state_find:
 * @state: (out) (transfer full) (nullable): the one row, %NULL while this
 *   desk has no hub
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_sync_state_find (LinliConn *conn,
                       LinliRow **state,
                       GError   **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_sync_state, error, "1 = 1 LIMIT 1", "");

  *state = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *state = linli_row_ref (rows->pdata[0]);
  return TRUE;
}

/**
 * linli_sync_state_get_index_from:
 * @from: (out): cases with a smaller local key are not yet in search index and
 *   figures; 0: all are
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_sync_state_get_index_from (LinliConn *conn,
                                 gint64    *from,
                                 GError   **error)
{
  return linli_conn_get_int (conn, from, error, "SELECT index_from FROM sync_state", "");
}

/**
 * linli_sync_state_enrol:
 * @device: what the hub calls this desk
 * @prefix: of the numbers it prints
 * @epoch: of the hub's history
 * @error: %LINLI_STORE_ERROR
 *
 * From now on this desk has a hub. Whatever was done here before is sent to
 * it first; then everything the hub has is fetched.
 */
gboolean
linli_sync_state_enrol (LinliTx    *tx,
                        const char *workspace,
                        const char *device,
                        const char *prefix,
                        const char *epoch,
                        GError    **error)
{
  g_autoptr(LinliRow) state = linli_row_new (&linli_table_sync_state);

  linli_row_set_text (state, LINLI_SYNC_STATE_ID, workspace);
  linli_row_set_text (state, LINLI_SYNC_STATE_DEVICE, device);
  linli_row_set_text (state, LINLI_SYNC_STATE_EPOCH, epoch);
  linli_row_set_int (state, LINLI_SYNC_STATE_COMPLETE_REV, 0);
  linli_row_set_int (state, LINLI_SYNC_STATE_NEXT_SEQ, 1);
  linli_row_set_text (state, LINLI_SYNC_STATE_BOOTSTRAP, LINLI_BOOTSTRAP_JOINING);

  return linli_tx_insert (tx, state, error) && linli_outbox_number (tx, error) &&
         linli_desk_store_identity (linli_tx_get_conn (tx), device, prefix, error);
}
