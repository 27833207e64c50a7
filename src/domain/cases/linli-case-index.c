/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-index.h"

#include "linli-case-tables.h"

const char linli_case_index_sql[] =
  "CREATE TABLE case_tally (state TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;\n";

static gboolean
tally (LinliConn  *conn,
       const char *state,
       gint64      by,
       GError    **error)
{
  return linli_conn_run (conn, error,
                         "INSERT INTO case_tally (state, n) VALUES (?1, ?2) "
                         "ON CONFLICT (state) DO UPDATE SET n = n + ?2", "si", state, by);
}

static const char *
state_of (LinliRow *row)
{
  return row != NULL ? linli_row_get_text (row, LINLI_CASE_STATE) : NULL;
}

/**
 * linli_case_index_project:
 * @tx: a transaction with all its changes made
 * @error: %LINLI_STORE_ERROR
 *
 * Brings what is derived up to date with what @tx changed.
 */
gboolean
linli_case_index_project (LinliTx *tx,
                          GError **error)
{
  GPtrArray *changes = linli_tx_get_changes (tx);
  LinliConn *conn = linli_tx_get_conn (tx);

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];
      const char *before;
      const char *after;

      if (change->table != &linli_table_case)
        continue;
      before = state_of (change->before);
      after = state_of (change->after);
      if (g_strcmp0 (before, after) == 0)
        continue;
      if ((before != NULL && !tally (conn, before, -1, error)) ||
          (after != NULL && !tally (conn, after, 1, error)))
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_case_index_rebuild:
 * @conn: the writing connection, inside a transaction
 *
 * Makes everything derived anew from the rows.
 */
gboolean
linli_case_index_rebuild (LinliConn *conn,
                          GError   **error)
{
  return linli_conn_run (conn, error, "DELETE FROM case_tally", "") &&
         linli_conn_run (conn, error,
                         "INSERT INTO case_tally (state, n) SELECT state, count(*) FROM cases GROUP BY state", "");
}
