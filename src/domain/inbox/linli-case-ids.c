/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-ids.h"

/**
 * linli_case_ids_load:
 * @pks: (element-type gint64): local keys, as lists and marks have them
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8): the ids of the cases that are
 *   still there, in the order of @pks
 */
GPtrArray *
linli_case_ids_load (LinliConn *conn,
                     GArray    *pks,
                     GError   **error)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_prepare (conn, "SELECT id FROM cases WHERE pk = ?1", error);

  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < pks->len; i++)
    {
      gboolean row = FALSE;

      linli_stmt_bind_int (stmt, 1, g_array_index (pks, gint64, i));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (ids, linli_stmt_dup_text (stmt, 0));
      linli_stmt_reset (stmt);
    }
  return g_steal_pointer (&ids);
}
