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
