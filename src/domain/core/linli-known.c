/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-known.h"

#define PROSE 200 /* characters from which on a column of text holds sentences */

/* Whether what stands in the column may name somebody. */
gboolean
linli_known_is_prose (const LinliColumn *column)
{
  return column->type == LINLI_TYPE_JSON || (column->type == LINLI_TYPE_TEXT && column->choices == NULL &&
                                            (column->max_length == 0 || column->max_length >= PROSE));
}

/**
 * linli_known_load:
 * @rights: of whoever is to be kept from it
 * @known: (out) (transfer full) (nullable): %NULL for who may know everybody
 * @error: %LINLI_STORE_ERROR
 *
 * For what runs at every hub; who reads at a desk is shown the rest by linli_sight_set().
 */
gboolean
linli_known_load (LinliConn  *conn,
                  const char *case_id,
                  LinliRight  rights,
                  char      **known,
                  GError    **error)
{
  gboolean masks = (rights & LINLI_RIGHT_IDENTITY) == 0;
  gboolean hides = (rights & LINLI_RIGHT_CONFIDENTIAL) == 0;
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  *known = NULL;
  if (!masks && !hides)
    return TRUE;
  stmt = linli_conn_query (conn, error, "SELECT CASE WHEN " LINLI_KNOWN_SILENT ("") " THEN 1 ELSE 0 END, a.name, a.phone, "
                           "k.appellant_name FROM cases k LEFT JOIN submission s ON s.case_id IN " LINLI_KNOWN_KIN " "
                           "LEFT JOIN appellant a ON a.id = s.appellant_id WHERE k.id = ?1", "s", case_id);
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      gboolean silent = hides && linli_stmt_get_int (stmt, 0) != 0;

      for (int i = 1; (masks || silent) && i <= 3; i++)
        if (!linli_stmt_is_null (stmt, i))
          g_string_append_printf (words, "%s%s\n", silent ? "!" : "", linli_stmt_get_text (stmt, i));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  *known = g_string_free (g_steal_pointer (&words), FALSE);
  return TRUE;
}
