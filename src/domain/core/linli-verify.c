/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a store is sound: every page and index, every column as its
 * description promises, every reference, and what each room says of itself. */

#include "config.h"

#include "linli-verify.h"

#include "linli-registry.h"
#include "linli-sqlite.h"

#define MOST_PER_RULE 20 /* a broken rule is named so often, then counted */

static gboolean
add_found (LinliConn  *conn,
           GPtrArray  *problems,
           const char *sql,
           const char *what,
           GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, sql, "");
  guint n = 0;
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      if (n++ < MOST_PER_RULE)
        g_ptr_array_add (problems, g_strdup_printf ("%s: %s", what, linli_stmt_get_text (stmt, 0)));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  if (n > MOST_PER_RULE)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %u more", what, n - MOST_PER_RULE));

  return TRUE;
}

static gboolean
check_reference (LinliConn         *conn,
                 const LinliTable  *table,
                 const LinliColumn *column,
                 GPtrArray         *problems,
                 GError           **error)
{
  g_autofree char *what = g_strdup_printf ("%s.%s names no row of %s", table->name, column->name, column->references);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s AS t WHERE t.%s IS NOT NULL AND NOT EXISTS "
                                          "(SELECT 1 FROM %s AS r WHERE r.id = t.%s)",
                                          table->name, column->name, column->references, column->name);

  return add_found (conn, problems, sql, what, error);
}

static gboolean
check_choices (LinliConn         *conn,
               const LinliTable  *table,
               const LinliColumn *column,
               GPtrArray         *problems,
               GError           **error)
{
  g_autofree char *what = g_strdup_printf ("%s.%s is not one of its values", table->name, column->name);
  g_autofree char *list = g_strjoinv ("', '", (char **) column->choices);
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s IS NOT NULL AND %s NOT IN ('%s')",
                                          table->name, column->name, column->name, list);

  return add_found (conn, problems, sql, what, error);
}

static gboolean
check_table (LinliConn        *conn,
             const LinliTable *table,
             GPtrArray        *problems,
             GError          **error)
{
  for (const LinliColumn *column = table->columns; column->name != NULL; column++)
    {
      if (column->references != NULL && !check_reference (conn, table, column, problems, error))
        return FALSE;
      if (column->choices != NULL && !check_choices (conn, table, column, problems, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_rooms (LinliConn *conn,
             GPtrArray *problems,
             GError   **error)
{
  const LinliRoom *const *rooms = linli_rooms ();

  for (guint i = 0; rooms[i] != NULL; i++)
    {
      for (guint t = 0; rooms[i]->tables[t] != NULL; t++)
        if (!check_table (conn, rooms[i]->tables[t], problems, error))
          return FALSE;
      if (rooms[i]->verify != NULL && !rooms[i]->verify (conn, problems, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_verify_store:
 * @problems: (element-type utf8): receives what is wrong, in words
 * @error: %LINLI_STORE_ERROR when the store cannot be read at all
 *
 * Looks at one moment of the store, whatever is written meanwhile.
 *
 * Returns: whether the store could be looked at; it is sound when @problems
 *   stayed empty
 */
gboolean
linli_verify_store (LinliConn *conn,
                    GPtrArray *problems,
                    GError   **error)
{
  g_autoptr(GError) damage = NULL;
  gboolean looked;

  if (g_str_equal (linli_conn_get_engine (conn), "sqlite") && !linli_sqlite_check (conn, &damage))
    {
      if (!g_error_matches (damage, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT))
        {
          g_propagate_error (error, g_steal_pointer (&damage));
          return FALSE;
        }
      g_ptr_array_add (problems, g_strdup_printf ("database: %s", damage->message));
      return TRUE;
    }

  if (!linli_conn_begin_read (conn, error))
    return FALSE;
  looked = check_rooms (conn, problems, error);
  linli_conn_rollback (conn);

  return looked;
}
