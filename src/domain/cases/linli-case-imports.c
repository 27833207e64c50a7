/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-imports.h"

#include "linli-case-tables.h"
#include "linli-tx.h"

/**
 * linli_case_imports_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): what was brought in from
 *   files, latest first
 */
GPtrArray *
linli_case_imports_load (LinliConn *conn,
                         GError   **error)
{
  g_return_val_if_fail (conn != NULL, NULL);

  return linli_conn_select (conn, &linli_table_import, error, "1 = 1 ORDER BY started_at DESC, pk DESC", "");
}

/**
 * linli_case_imports_find_torn:
 * @error: %LINLI_STORE_ERROR; not set when there is none
 *
 * Of a store that nobody imports into now. The trail tells what was begun at
 * this desk: with a hub, somebody at another one may be at work on theirs. It
 * is long, but an import has the millisecond of its operation in its id.
 *
 * Returns: (transfer full) (nullable): the latest import of this desk that
 *   brought cases in and neither came to its end nor was taken back whole;
 *   importing the file again goes on with it, and then it is not torn any more
 */
LinliRow *
linli_case_imports_find_torn (LinliConn *conn,
                              GError   **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  g_return_val_if_fail (conn != NULL, NULL);

  rows = linli_conn_select (conn, &linli_table_import, error,
                            "state = ?1 AND n_new > 0 AND NOT EXISTS (SELECT 1 FROM import AS later WHERE "
                            "later.file_name = import.file_name AND later.state = ?2 AND later.started_at >= import.started_at) "
                            "AND EXISTS (SELECT 1 FROM audit WHERE kind = 'import.start' AND at = import.started_at "
                            "AND audit.id BETWEEN substr (import.id, 1, 13) AND substr (import.id, 1, 13) || '~') "
                            "ORDER BY started_at DESC, pk DESC LIMIT 1", "ss", "running", "finished");
  return rows != NULL && rows->len > 0 ? linli_row_ref (rows->pdata[0]) : NULL;
}
