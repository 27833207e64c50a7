/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row-sql.h"
#include "linli-tx.h"

static GPtrArray *
read_rows (const LinliTable *table,
           LinliStmt        *stmt,
           GError          **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  gboolean row = FALSE;

  if (!linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (rows, linli_row_read (table, stmt));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&rows);
}

static GPtrArray *
select_valist (LinliConn        *conn,
               const LinliTable *table,
               GError          **error,
               const char       *condition,
               const char       *types,
               va_list           args)
{
  g_autofree char *sql = g_strconcat (linli_row_sql_get (conn, table)->select, condition, NULL);
  g_autoptr(LinliStmt) stmt = linli_conn_query_valist (conn, error, sql, types, args);

  return stmt != NULL ? read_rows (table, stmt, error) : NULL;
}

/**
 * linli_tx_select:
 * @condition: what stands behind WHERE, in the SQL both engines share; an
 *   ORDER BY is needed wherever the order can matter to the outcome
 * @types: parameters, see linli_conn_query_valist()
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): the rows
 */
GPtrArray *
linli_tx_select (LinliTx          *tx,
                 const LinliTable *table,
                 GError          **error,
                 const char       *condition,
                 const char       *types,
                 ...)
{
  GPtrArray *rows;
  va_list args;

  va_start (args, types);
  rows = select_valist (linli_tx_get_conn (tx), table, error, condition, types, args);
  va_end (args);

  return rows;
}

/* The same for readers, outside a writing transaction. */
GPtrArray *
linli_conn_select (LinliConn        *conn,
                   const LinliTable *table,
                   GError          **error,
                   const char       *condition,
                   const char       *types,
                   ...)
{
  GPtrArray *rows;
  va_list args;

  va_start (args, types);
  rows = select_valist (conn, table, error, condition, types, args);
  va_end (args);

  return rows;
}
