/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every picker does with the letters typed so far. The lists have some
 * thousand rows at most, so a scan that ranks is fast enough for every key
 * press, and finds the middle of a word as well as its beginning. What was typed
 * in whole pinyin syllables comes after it: the initials that are kept narrow
 * the list, and the names that are left are listened to. */

#include "config.h"

#include "linli-pick.h"

#include "linli-pinyin-sound.h"
#include "linli-text.h"

#include <string.h>

/* So many rows at the most are listened to, the first in their usual order. */
#define MAX_HEARD 20000

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

static GString *
begin_sql (const LinliPickSpec *spec)
{
  GString *sql = g_string_new ("SELECT pk");

  for (const LinliColumn *column = spec->table->columns; column->name != NULL; column++)
    g_string_append_printf (sql, ", %s", column->name);

  return sql;
}

static char *
pick_sql (const LinliPickSpec *spec,
          guint                n_words)
{
  g_autofree char *rank = rank_expression (spec);
  GString *sql = begin_sql (spec);

  g_string_append_printf (sql, " FROM %s WHERE %s", spec->table->name, spec->filter);
  if (n_words > 0)
    g_string_append_printf (sql, " AND %s IS NOT NULL", rank);
  for (guint i = 1; i < n_words; i++)
    g_string_append_printf (sql, " AND instr (lower (%s), ?%u) > 0", spec->words, i + 1);
  g_string_append_printf (sql, " ORDER BY %s%s%s LIMIT ?%u", n_words > 0 ? rank : "",
                          n_words > 0 ? ", " : "", spec->order, MAX (n_words, 1) + 1);

  return g_string_free (sql, FALSE);
}

static gboolean
read_ranked (LinliConn           *conn,
             const LinliPickSpec *spec,
             char               **words,
             guint                limit,
             GPtrArray           *rows,
             GError             **error)
{
  guint n_words = g_strv_length (words);
  g_autofree char *sql = pick_sql (spec, n_words);
  g_autoptr(LinliStmt) stmt = linli_conn_prepare (conn, sql, error);
  gboolean row = FALSE;

  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < n_words; i++)
    linli_stmt_bind_text (stmt, (int) i + 1, words[i]);
  linli_stmt_bind_int (stmt, (int) MAX (n_words, 1) + 1, limit);

  if (!linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      g_ptr_array_add (rows, linli_row_read (spec->table, stmt));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

/* --- Whole syllables --- */

static char *
sounds_sql (const LinliPickSpec *spec,
            guint                n_guesses)
{
  GString *sql = begin_sql (spec);

  g_string_append_printf (sql, ", %s, %s || ' ' || ifnull (%s, '') FROM %s WHERE %s AND (", spec->name, spec->words,
                          spec->aliases != NULL ? spec->aliases : "''", spec->table->name, spec->filter);
  for (guint i = 0; i < n_guesses; i++)
    g_string_append_printf (sql, "%sinstr (ifnull (%s, ''), ?%u) > 0", i > 0 ? " OR " : "", spec->pinyin, i + 1);
  g_string_append_printf (sql, ") ORDER BY %s LIMIT %d", spec->order, MAX_HEARD);

  return g_string_free (sql, FALSE);
}

/* Returns: whether every word is in @all, as it stands or by its sound */
static gboolean
hears_all (char      **words,
           const char *all)
{
  g_autofree char *folded = linli_text_fold (all, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (folded, words[i]) == NULL && linli_pinyin_find (all, words[i]) == LINLI_PINYIN_NOT_FOUND)
      return FALSE;
  return TRUE;
}

static gboolean
is_among (GPtrArray *rows,
          LinliRow  *row)
{
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (linli_row_get_id (rows->pdata[i]), linli_row_get_id (row)))
      return TRUE;
  return FALSE;
}

/* Names that begin with the sound come before those that hold it. */
static gboolean
hear (LinliStmt           *stmt,
      const LinliPickSpec *spec,
      char               **words,
      guint                limit,
      GPtrArray           *rows,
      GError             **error)
{
  g_autoptr(GPtrArray) inside = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  int n_columns = 0;
  gboolean found = FALSE;

  while (spec->table->columns[n_columns].name != NULL)
    n_columns++;
  do
    {
      if (!linli_stmt_step (stmt, &found, error))
        return FALSE;
      if (found && hears_all (words, linli_stmt_get_text (stmt, n_columns + 2)))
        {
          g_autoptr(LinliRow) row = linli_row_read (spec->table, stmt);
          gboolean begins = linli_pinyin_find (linli_stmt_get_text (stmt, n_columns + 1), words[0]) == 0;

          if (!is_among (rows, row) && (begins || inside->len < limit))
            g_ptr_array_add (begins ? rows : inside, g_steal_pointer (&row));
        }
    }
  while (found && rows->len < limit);
  while (rows->len < limit && inside->len > 0)
    g_ptr_array_add (rows, g_ptr_array_steal_index (inside, 0));

  return TRUE;
}

static gboolean
add_heard (LinliConn           *conn,
           const LinliPickSpec *spec,
           char               **words,
           guint                limit,
           GPtrArray           *rows,
           GError             **error)
{
  g_auto(GStrv) guesses = linli_pinyin_guess (words[0]);
  guint n_guesses = g_strv_length (guesses);
  g_autofree char *sql = NULL;
  g_autoptr(LinliStmt) stmt = NULL;

  if (n_guesses == 0)
    return TRUE;
  sql = sounds_sql (spec, n_guesses);
  stmt = linli_conn_prepare (conn, sql, error);
  if (stmt == NULL)
    return FALSE;
  for (guint i = 0; i < n_guesses; i++)
    linli_stmt_bind_text (stmt, (int) i + 1, guesses[i]);

  return hear (stmt, spec, words, limit, rows, error);
}

/**
 * linli_pick:
 * @typed: what the person typed; empty lists everything in its usual order
 * @limit: rows at the most
 * @error: %LINLI_STORE_ERROR
 *
 * The first word ranks, further words narrow. Words of Latin letters may be
 * initials or whole pinyin syllables.
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

  if (!read_ranked (conn, spec, words, limit, rows, error))
    return NULL;
  if (rows->len < limit && words[0] != NULL && spec->pinyin != NULL &&
      !add_heard (conn, spec, words, limit, rows, error))
    return NULL;

  return g_steal_pointer (&rows);
}
