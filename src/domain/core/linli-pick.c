/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every picker does with the letters typed so far. The lists have some
 * thousand rows at most, so a scan that ranks is fast enough for every key
 * press, and finds the middle of a word as well as its beginning. */

#include "config.h"

#include "linli-pick.h"

#include "linli-text.h"

/* Smaller is better; NULL does not match. */
static char *
rank_expression (const LinliPickSpec *spec)
{
  g_autofree char *aliases = NULL;
  g_autofree char *pinyin = NULL;
  g_autofree char *inside = NULL;

  if (spec->aliases != NULL)
    aliases = g_strdup_printf ("WHEN instr (' ' || lower (ifnull (%s, '')), ' ' || ?1) > 0 THEN 3 ", spec->aliases);
  if (spec->pinyin != NULL)
    pinyin = g_strdup_printf ("WHEN ifnull (%s, '') || ' ' LIKE ?1 || ' %%' THEN 2 "
                              "WHEN instr (' ' || ifnull (%s, ''), ' ' || ?1) > 0 THEN 4 ",
                              spec->pinyin, spec->pinyin);
  if (spec->pinyin != NULL)
    inside = g_strdup_printf ("WHEN length (?1) > 1 AND instr (%s, ?1) > 0 THEN 7 ", spec->pinyin);

  return g_strdup_printf ("CASE WHEN lower (%s) = ?1 THEN 0 WHEN instr (lower (%s), ?1) = 1 THEN 1 "
                          "%s%sWHEN instr (lower (%s), ?1) > 0 THEN 5 "
                          "WHEN instr (lower (%s), ?1) > 0 THEN 6 %sEND",
                          spec->code, spec->name, pinyin != NULL ? pinyin : "",
                          aliases != NULL ? aliases : "", spec->name, spec->words,
                          inside != NULL ? inside : "");
}

static char *
pick_sql (const LinliPickSpec *spec,
          guint                n_words)
{
  g_autofree char *rank = rank_expression (spec);
  GString *sql = g_string_new ("SELECT pk");

  for (const LinliColumn *column = spec->table->columns; column->name != NULL; column++)
    g_string_append_printf (sql, ", %s", column->name);
  g_string_append_printf (sql, " FROM %s WHERE %s", spec->table->name, spec->filter);
  if (n_words > 0)
    g_string_append_printf (sql, " AND %s IS NOT NULL", rank);
  for (guint i = 1; i < n_words; i++)
    g_string_append_printf (sql, " AND instr (lower (%s), ?%u) > 0", spec->words, i + 1);
  g_string_append_printf (sql, " ORDER BY %s%s%s LIMIT ?%u", n_words > 0 ? rank : "",
                          n_words > 0 ? ", " : "", spec->order, MAX (n_words, 1) + 1);

  return g_string_free (sql, FALSE);
}

/**
 * linli_pick:
 * @typed: what the person typed; empty lists everything in its usual order
 * @limit: rows at the most
 * @error: %LINLI_STORE_ERROR
 *
 * The first word ranks, further words narrow.
 *
 * Returns: (transfer full) (element-type LinliRow): best first
 */
GPtrArray *
linli_pick (LinliConn           *conn,
            const LinliPickSpec *spec,
            const char          *typed,
            guint                limit,
            GError             **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  g_autofree char *folded = linli_text_fold (typed != NULL ? typed : "", -1);
  g_auto(GStrv) words = g_strsplit (g_strstrip (folded), " ", 8);
  g_autofree char *sql = NULL;
  g_autoptr(LinliStmt) stmt = NULL;
  guint n_words = g_strv_length (words);
  gboolean row = FALSE;

  sql = pick_sql (spec, n_words);
  stmt = linli_conn_prepare (conn, sql, error);
  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < n_words; i++)
    linli_stmt_bind_text (stmt, (int) i + 1, words[i]);
  linli_stmt_bind_int (stmt, (int) MAX (n_words, 1) + 1, limit);

  if (!linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (rows, linli_row_read (spec->table, stmt));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&rows);
}
