/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-scope-check.h"

#include "linli-hub-scope.h"

static void
complain (GPtrArray  *problems,
          const char *key,
          const char *what)
{
  g_ptr_array_add (problems, g_strdup_printf ("%s %s", key, what));
}

/* What the feed keeps, against what there is.
 *
 * @fed: (out) (optional): names of the rows that it keeps */
static gboolean
compare_fed (LinliConn     *conn,
             LinliHubScope *scope,
             GPtrArray     *problems,
             GHashTable    *fed,
             GError       **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT kind || '/' || row_id, body FROM hub_scope WHERE unit_id = ?1 "
                                                "AND body IS NOT NULL ORDER BY rev", "s", scope->unit);
  gboolean found = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
    return FALSE;
  while (found)
    {
      const char *key = linli_stmt_get_text (stmt, 0);
      const LinliHubScopeRow *row = g_hash_table_lookup (scope->by_key, key);

      g_hash_table_add (fed, g_strdup (key));
      if (row == NULL)
        complain (problems, key, "is sent and should not be");
      else if (!g_str_equal (row->body, linli_stmt_get_text (stmt, 1)))
        complain (problems, key, "is sent otherwise than it is");
      if (!linli_stmt_step (stmt, &found, error))
        return FALSE;
    }
  return TRUE;
}

/* @scope: all that is there */
static gboolean
check (LinliConn     *conn,
       LinliHubScope *scope,
       GPtrArray     *problems,
       GError       **error)
{
  g_autoptr(GHashTable) fed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  if (!compare_fed (conn, scope, problems, fed, error))
    return FALSE;
  g_hash_table_iter_init (&iter, scope->by_key);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (fed, key))
      complain (problems, key, "is not sent");
  return TRUE;
}

/* What is everybody's stands in the feed once, for all units. */
static gboolean
check_unit (LinliConn     *conn,
            const char    *unit,
            LinliHubScope *lists,
            GPtrArray     *problems,
            GError       **error)
{
  g_autoptr(LinliHubScope) scope = linli_hub_scope_new (conn, unit);
  GHashTableIter iter;
  gpointer key;

  if (!linli_hub_scope_add_all (scope, error))
    return FALSE;
  g_hash_table_iter_init (&iter, lists->by_key);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_remove (scope->by_key, key);
  return check (conn, scope, problems, error);
}

/**
 * linli_hub_scope_check:
 * @conn: inside a transaction, so that it sees one moment
 * @n_units: (out): how many units have desks
 * @problems: (element-type utf8): where there is anything wrong, a line for each row, is appended
 * @error: %LINLI_STORE_ERROR
 *
 * Compares what the desks of units are sent, which follows each operation, with
 * what they have by the tables alone.
 */
gboolean
linli_hub_scope_check (LinliConn *conn,
                       guint     *n_units,
                       GPtrArray *problems,
                       GError   **error)
{
  g_autoptr(GPtrArray) units = linli_hub_scope_list (conn, error, "SELECT DISTINCT unit_id FROM hub_device "
                                                     "WHERE unit_id IS NOT NULL ORDER BY unit_id", "");
  g_autoptr(LinliHubScope) lists = linli_hub_scope_new (conn, LINLI_HUB_SCOPE_ALL);

  *n_units = units != NULL ? units->len : 0;
  if (*n_units == 0)
    return units != NULL;
  if (!linli_hub_scope_add_lists (lists, error) || !check (conn, lists, problems, error))
    return FALSE;
  for (guint i = 0; i < units->len; i++)
    if (!check_unit (conn, units->pdata[i], lists, problems, error))
      return FALSE;
  return TRUE;
}
