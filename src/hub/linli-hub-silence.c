/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-silence.h"

#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-known.h"
#include "linli-mask.h"

/* Of whom no unit may know, in none of their cases. */
#define SILENT \
  "(a.confidential <> 0 OR EXISTS (SELECT 1 FROM submission s JOIN cases c ON c.id = s.case_id " \
  "WHERE s.appellant_id = a.id AND c.confidential <> 0))"

gboolean
linli_hub_silence_has (LinliConn  *conn,
                       const char *appellant,
                       gboolean   *silent,
                       GError    **error)
{
  gint64 n = 0;

  *silent = FALSE;
  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM appellant a WHERE a.id = ?1 AND " SILENT, "s", appellant))
    return FALSE;
  *silent = n > 0;
  return TRUE;
}

/* Blanks the columns that name whoever @row is about. */
void
linli_hub_silence_names (LinliRow *row)
{
  const LinliColumn *columns = linli_row_get_table (row)->columns;

  for (guint i = 0; columns[i].name != NULL; i++)
    if (columns[i].flags & LINLI_COLUMN_PERSONAL && !linli_row_is_null (row, i))
      linli_row_set_text (row, i, LINLI_MASK_WHOLE);
}

/**
 * linli_hub_silence_load:
 * @head: a case, as it is
 * @named: whether nobody may know its own resident either
 * @words: (inout): receives names and telephones of those who are to be left out
 *   of all that was written in the case, for linli_hub_silence_words()
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_hub_silence_load (LinliConn  *conn,
                        LinliRow   *head,
                        gboolean    named,
                        GString    *words,
                        GError    **error)
{
  g_autoptr(LinliStmt) stmt =
    linli_conn_query (conn, error, "SELECT a.name, a.phone FROM appellant a WHERE a.id IN (SELECT appellant_id FROM submission "
                      "WHERE case_id IN (?1, ?2, ?3) UNION SELECT appellant_id FROM cases WHERE id IN (?1, ?2, ?3)) AND "
                      "(?4 = 1 OR " SILENT ") ORDER BY a.id", "sssi", linli_row_get_id (head),
                      linli_row_get_text (head, LINLI_CASE_MERGED_INTO_ID), linli_row_get_text (head, LINLI_CASE_PARENT_ID),
                      linli_row_get_int (head, LINLI_CASE_CONFIDENTIAL));
  gboolean found = FALSE;

  if (named && !linli_row_is_null (head, LINLI_CASE_APPELLANT_NAME))
    g_string_append_printf (words, "!%s\n", linli_row_get_text (head, LINLI_CASE_APPELLANT_NAME));
  if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
    return FALSE;
  while (found)
    {
      for (int i = 0; i < 2; i++)
        if (!linli_stmt_is_null (stmt, i))
          g_string_append_printf (words, "!%s\n", linli_stmt_get_text (stmt, i));
      if (!linli_stmt_step (stmt, &found, error))
        return FALSE;
    }
  return TRUE;
}

/* What is left is a sound value still: stars are longer than a short name. */
static void
hush_column (LinliRow   *row,
             guint       column,
             const char *words)
{
  const LinliColumn *of = &linli_row_get_table (row)->columns[column];
  glong most = of->max_length != 0 ? of->max_length : LINLI_TEXT_LIMIT;
  g_autofree char *left = linli_mask_known (words, linli_row_get_text (row, column));
  gboolean fits = g_utf8_strlen (left, -1) <= most;

  if (of->type == LINLI_TYPE_JSON)
    {
      g_autoptr(JsonNode) value = fits ? linli_json_parse (left, -1, NULL) : NULL;

      fits = value != NULL;
    }
  else if (!fits)
    {
      *g_utf8_offset_to_pointer (left, most) = '\0';
      fits = TRUE;
    }
  linli_row_set_text (row, column, fits ? left : "{}");
}

/* Leaves them out of what people wrote; see linli_hub_silence_load(). */
void
linli_hub_silence_words (LinliRow   *row,
                         const char *words)
{
  const LinliColumn *columns = linli_row_get_table (row)->columns;

  for (guint i = 0; *words != '\0' && columns[i].name != NULL; i++)
    if (linli_known_is_prose (&columns[i]) && !linli_row_is_null (row, i))
      hush_column (row, i, words);
}
