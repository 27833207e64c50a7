/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an older store lacks of its tables, added as they are described: new
 * tables, new columns that may be empty, new indexes. Whatever else changes, a
 * step of its own must say. */

#include "config.h"

#include "linli-complete.h"

#include "linli-engine.h"

/* Returns: (transfer full) (nullable): a set of names, empty without the table */
static GHashTable *
load_columns (LinliConn  *conn,
              const char *table,
              GError    **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(LinliStmt) stmt = linli_conn_query_columns (conn, table, error);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_hash_table_add (names, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&names);
}

static gboolean
complete_table (LinliConn        *conn,
                const LinliTable *table,
                GError          **error)
{
  const char *engine = linli_conn_get_engine (conn);
  g_autoptr(GHashTable) names = load_columns (conn, table->name, error);
  g_autoptr(GString) sql = g_string_new (NULL);

  if (names == NULL)
    return FALSE;
  if (g_hash_table_size (names) == 0)
    linli_table_append_ddl (table, engine, sql);
  else
    {
      for (const LinliColumn *column = table->columns; column->name != NULL; column++)
        if (!g_hash_table_contains (names, column->name))
          linli_column_append_ddl (table, column, engine, sql);
      linli_table_append_indexes (table, TRUE, sql);
    }
  return sql->len == 0 || linli_conn_exec (conn, sql->str, error);
}

/**
 * linli_complete:
 * @conn: in a transaction that changes the tables
 * @error: %LINLI_STORE_ERROR; also for a new column that may not be empty
 *
 * Adds what @schema describes and the store has not. An index that is there
 * under its name stays as it is.
 */
gboolean
linli_complete (LinliConn              *conn,
                const LinliStoreSchema *schema,
                GError                **error)
{
  for (guint i = 0; schema->tables[i] != NULL; i++)
    if (!complete_table (conn, schema->tables[i], error))
      return FALSE;
  return TRUE;
}
