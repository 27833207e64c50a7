/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-files.h"

#include "linli-hub-private.h"

/**
 * linli_hub_files_admit:
 * @sha256: (nullable): a file that somebody wants to bring
 * @problem: (out) (nullable): why @device is not served
 * @error: %LINLI_STORE_ERROR
 *
 * A file may be brought once a row of the workspace refers to it: operations
 * come before files, and nobody fills the disk with what no case knows.
 */
gboolean
linli_hub_files_admit (LinliConn   *conn,
                       const char  *device,
                       const char  *sha256,
                       const char **problem,
                       GError     **error)
{
  g_autoptr(LinliRow) row = NULL;
  gint64 n = 1;

  *problem = NULL;
  if (!linli_hub_device_find (conn, device, &row, error) ||
      (sha256 != NULL &&
       !linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM attachment WHERE sha256 = ?1", "s", sha256)))
    return FALSE;
  *problem = linli_hub_device_fault (row);
  if (*problem == NULL && n == 0)
    *problem = "blob-unwanted";
  return TRUE;
}

/**
 * linli_hub_files_referred:
 * @removed_since: hub's time; what was taken out before counts no more
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8): hashes of the files that cases
 *   have, each once, the newest first
 */
GPtrArray *
linli_hub_files_referred (LinliConn *conn,
                          gint64     removed_since,
                          GError   **error)
{
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT sha256 FROM attachment WHERE removed_at IS NULL OR removed_at >= ?1 "
                                                "GROUP BY sha256 ORDER BY max(added_at) DESC, sha256",
                                                "i", removed_since);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (hashes, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&hashes);
}
