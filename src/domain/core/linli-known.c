/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-known.h"

#define KIN    "(k.id, k.merged_into_id, k.parent_id)"
#define SILENT "(k.confidential <> 0 OR a.confidential <> 0)"

/**
 * linli_known_sql:
 * @case_id: an expression of the statement around it
 * @masks: names and telephones of all of them; otherwise of those alone who asked for silence
 * @silences: of these not even the surname stays
 *
 * Returns: (transfer full): an expression, for the desk's engine
 */
char *
linli_known_sql (const char *case_id,
                 gboolean    masks,
                 gboolean    silences)
{
  const char *mark = silences ? "CASE WHEN " SILENT " THEN '!' ELSE '' END || " : "";

  return g_strdup_printf ("coalesce ((SELECT group_concat (%scoalesce (a.name, '') || char (10) || %scoalesce (a.phone, '') || "
                          "char (10) || %scoalesce (k.appellant_name, ''), char (10)) FROM main.cases k "
                          "LEFT JOIN main.submission s ON s.case_id IN " KIN " LEFT JOIN main.appellant a "
                          "ON a.id = s.appellant_id WHERE k.id = %s%s), '')", mark, mark, mark, case_id,
                          masks ? "" : " AND " SILENT);
}

/**
 * linli_known_load:
 * @known: (out) (transfer full)
 * @error: %LINLI_STORE_ERROR
 *
 * The same for commands, which run at every hub: nobody is marked.
 */
gboolean
linli_known_load (LinliConn  *conn,
                  const char *case_id,
                  char      **known,
                  GError    **error)
{
  g_autoptr(GString) words = g_string_new (NULL);
  g_autoptr(LinliStmt) rows = linli_conn_query (conn, error, "SELECT a.name, a.phone, k.appellant_name FROM cases k "
                                                "LEFT JOIN submission s ON s.case_id IN " KIN " LEFT JOIN appellant a "
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
