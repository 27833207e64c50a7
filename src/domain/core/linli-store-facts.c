/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a backup or a report says of a store as a whole. */

#include "config.h"

#include "linli-store-facts.h"

/**
 * linli_store_has_projections:
 *
 * Search index, figures and counts of the lists stand on SQLite's full text
 * search and are for people who look for something: desks. A hub that keeps
 * its workspaces in PostgreSQL decides and passes on, and has none of them;
 * every rule of a command looks at the tables alone.
 *
 * Returns: whether @conn is a store with what is derived for reading
 */
gboolean
linli_store_has_projections (LinliConn *conn)
{
  return g_str_equal (linli_conn_get_engine (conn), "sqlite");
}

/**
 * linli_store_dup_centre_name:
 * @conn: a store
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the centre's name, empty while there is no centre
 */
char *
linli_store_dup_centre_name (LinliConn *conn,
                             GError   **error)
{
  char *name = NULL;

  g_return_val_if_fail (conn != NULL, NULL);

  if (!linli_conn_get_text (conn, &name, error, "SELECT name FROM centre ORDER BY pk LIMIT 1", ""))
    return NULL;

  return name != NULL ? name : g_strdup ("");
}

/**
 * linli_store_list_attachments:
 * @conn: a store
 * @error: %LINLI_STORE_ERROR
 *
 * The files this store refers to, each once, by the SHA-256 they are kept under.
 *
 * Returns: (transfer full) (element-type utf8): lower-case hexadecimal, sorted
 */
GPtrArray *
linli_store_list_attachments (LinliConn *conn,
                              GError   **error)
{
  g_autoptr(GPtrArray) hashes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  g_return_val_if_fail (conn != NULL, NULL);

  stmt = linli_conn_query (conn, error, "SELECT DISTINCT sha256 FROM attachment ORDER BY 1", "");
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

/**
 * linli_store_find_account:
 * @conn: a store
 * @id_or_name: what a person types to say who acts
 * @id: (out) (transfer full) (nullable): the account, %NULL when there is none;
 *   of several with one name the oldest
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_store_find_account (LinliConn  *conn,
                          const char *id_or_name,
                          char      **id,
                          GError    **error)
{
  g_return_val_if_fail (conn != NULL && id_or_name != NULL && id != NULL, FALSE);

  return linli_conn_get_text (conn, id, error,
                              "SELECT id FROM account WHERE id = ?1 OR name = ?1 ORDER BY pk LIMIT 1",
                              "s", id_or_name);
}
