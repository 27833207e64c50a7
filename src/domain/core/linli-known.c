/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-known.h"

#define PROSE 200 /* characters from which on a column of text holds sentences */

/**
 * linli_known_load:
 * @known: (out) (transfer full)
 * @error: %LINLI_STORE_ERROR
 *
 * For commands, which run at every hub; who reads at a desk is shown the rest by linli_sight_set().
 */
gboolean
linli_known_load (LinliConn  *conn,
                  const char *case_id,
                  char      **known,
                  GError    **error)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(LinliStmt) rows = linli_conn_query (conn, error, "SELECT a.name, a.phone, k.appellant_name FROM cases k "
                                                "LEFT JOIN submission s ON s.case_id IN " LINLI_KNOWN_KIN " LEFT JOIN appellant a "
                                                "ON a.id = s.appellant_id WHERE k.id = ?1", "s", case_id);
  gboolean more = FALSE;

  *known = NULL;
  if (rows == NULL)
    return FALSE;
  while (linli_stmt_step (rows, &more, error) && more)
    for (int i = 0; i < 3; i++)
      if (!linli_stmt_is_null (rows, i))
        g_string_append_printf (words, "%s\n", linli_stmt_get_text (rows, i));
  if (more)
    return FALSE;
  *known = g_strdup (words->str);
  return TRUE;
}

/* Whether sentences stand in @column, where anybody may be named. */
gboolean
linli_known_is_prose (const LinliColumn *column)
{
  return column->type == LINLI_TYPE_JSON || (column->type == LINLI_TYPE_TEXT && column->choices == NULL &&
                                            (column->max_length == 0 || column->max_length >= PROSE));
}
