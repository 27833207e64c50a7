/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a search as one full-text expression. States are words too
 * (marks in the document), so that "state:received 漏水" is one intersection
 * of two lists, however many cases either has. */

#include "config.h"

#include "linli-case-fts.h"

#include <string.h>

#include "linli-case-doc.h"
#include "linli-case-state.h"
#include "linli-pinyin.h"
#include "linli-text.h"

#define MAX_NAMES 40 /* units or channels that one word may stand for */

static void
append_or (GString    *out,
           const char *part)
{
  if (out->len > 0)
    g_string_append (out, " OR ");
  g_string_append (out, part);
}

/* A whole name: its last word is not the beginning of another. */
static char *
name_to_fts (const char *name)
{
  char *phrase = linli_text_to_fts (name, NULL);

  if (phrase != NULL && g_str_has_suffix (phrase, "\"*"))
    phrase[strlen (phrase) - 1] = '\0';
  return phrase;
}

/* Appends every name that the rows of @sql hold; of each, @mark makes what the
 * index has, or %NULL when nothing needs to be added. */
static gboolean
append_known (GString    *out,
              LinliConn  *conn,
              const char *sql,
              const char *typed,
              char     *(*mark) (const char *name, const char *typed),
              GError    **error)
{
  g_autofree char *folded = linli_text_fold (typed, -1);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, sql, "si", folded, (gint64) MAX_NAMES);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      g_autofree char *name = mark (linli_stmt_get_text (stmt, 0), folded);
      g_autofree char *phrase = name != NULL ? name_to_fts (name) : NULL;

      if (phrase != NULL)
        append_or (out, phrase);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }

  return TRUE;
}

/* A unit whose name has what was typed, or whose initials begin so, is found
 * by that. */
static char *
unit_mark (const char *name,
           const char *typed)
{
  g_autofree char *folded = linli_text_fold (name, -1);
  g_autofree char *initials = linli_pinyin_initials (name);

  return linli_text_contains (folded, typed) || linli_text_contains (initials, typed) ? NULL : g_strdup (name);
}

/* A unit goes by its full name in the case, but people type its short one,
 * its code or its initials. */
static gboolean
append_units (GString    *out,
              LinliConn  *conn,
              const char *typed,
              GError    **error)
{
  return append_known (out, conn,
                       "SELECT name FROM unit WHERE lower(code) = ?1 OR instr(lower(short_name), ?1) > 0 "
                       "OR substr(pinyin, 1, length(?1)) = ?1 ORDER BY pk LIMIT ?2",
                       typed, unit_mark, error);
}

static char *
channel_mark (const char *code,
              const char *typed)
{
  return linli_case_doc_channel_mark (code);
}

/* A code in full, or what a registered channel is called. */
static gboolean
append_channels (GString    *out,
                 LinliConn  *conn,
                 const char *typed,
                 GError    **error)
{
  g_autofree char *mark = linli_case_doc_channel_mark (typed);
  g_autofree char *phrase = name_to_fts (mark);

  if (phrase != NULL)
    append_or (out, phrase);
  if (!g_str_is_ascii (typed))
    {
      g_autofree char *name = linli_text_to_fts (typed, NULL);

      append_or (out, name);
    }
  return append_known (out, conn,
                       "SELECT code FROM channel WHERE instr(lower(code), ?1) = 1 OR instr(lower(name), ?1) > 0 "
                       "OR instr(lower(group_name), ?1) > 0 OR instr(lower(aliases), ?1) > 0 "
                       "OR substr(pinyin, 1, length(?1)) = ?1 ORDER BY pk LIMIT ?2",
                       typed, channel_mark, error);
}

static gboolean
append_text (GString        *out,
             LinliConn      *conn,
             LinliCaseField  field,
             const char     *text,
             GError        **error)
{
  if (field != LINLI_CASE_FIELD_CHANNEL)
    {
      g_autofree char *phrase = linli_text_to_fts (text, NULL);

      append_or (out, phrase);
    }

  return (field != LINLI_CASE_FIELD_UNIT || append_units (out, conn, text, error)) &&
         (field != LINLI_CASE_FIELD_CHANNEL || append_channels (out, conn, text, error));
}

/* One term as an expression of its own. */
static char *
term_to_fts (LinliConn           *conn,
             const LinliCaseTerm *term,
             GError             **error)
{
  static const char *const columns[] = {
    [LINLI_CASE_FIELD_PEOPLE] = "people",
    [LINLI_CASE_FIELD_UNIT] = "unit",
    [LINLI_CASE_FIELD_ITEM] = "item",
    [LINLI_CASE_FIELD_CHANNEL] = "marks",
  };
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; term->texts[i] != NULL; i++)
    if (!append_text (out, conn, term->field, term->texts[i], error))
      return NULL;

  return term->field == LINLI_CASE_FIELD_ANY ? g_string_free (g_steal_pointer (&out), FALSE)
                                             : g_strdup_printf ("%s : (%s)", columns[term->field], out->str);
}

static void
append_states (GString *out,
               guint    states)
{
  for (guint state = 0; state < LINLI_N_CASE_STATES; state++)
    if (states & LINLI_CASE_STATE_BIT (state))
      {
        g_autofree char *mark = linli_case_doc_state_mark ((LinliCaseState) state);
        g_autofree char *phrase = linli_text_to_fts (mark, NULL);

        append_or (out, phrase);
      }
}

/* The smaller of "is one of these" and "is none of those". */
static void
add_states (GString *wanted,
            GString *unwanted,
            guint    states)
{
  g_autoptr(GString) list = g_string_new (NULL);
  gboolean many = (states & LINLI_CASE_STATES_CLOSED) != 0 && (states & LINLI_CASE_STATES_OPEN) != 0;

  if (states == LINLI_CASE_STATES_ALL)
    return;
  append_states (list, many ? LINLI_CASE_STATES_ALL & ~states : states);
  if (many)
    append_or (unwanted, list->str);
  else
    g_string_append_printf (wanted, "%s(%s)", wanted->len > 0 ? " AND " : "", list->str);
}

/**
 * linli_case_words_to_fts:
 * @expression: (out) (transfer full) (nullable): what to look up in case_fts;
 *   %NULL when @query has no words
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_case_words_to_fts (LinliConn      *conn,
                         LinliCaseQuery *query,
                         char          **expression,
                         GError        **error)
{
  g_autoptr(GString) wanted = g_string_new (NULL);
  g_autoptr(GString) unwanted = g_string_new (NULL);

  *expression = NULL;
  if (query->terms->len == 0)
    return TRUE;
  for (guint i = 0; i < query->terms->len; i++)
    {
      LinliCaseTerm *term = query->terms->pdata[i];
      g_autofree char *part = NULL;

      part = term_to_fts (conn, term, error);
      if (part == NULL)
        return FALSE;
      if (term->excluded)
        g_string_append_printf (unwanted, "%s(%s)", unwanted->len > 0 ? " OR " : "", part);
      else
        g_string_append_printf (wanted, "%s(%s)", wanted->len > 0 ? " AND " : "", part);
    }

  add_states (wanted, unwanted, query->states);
  if (wanted->len == 0)
    g_string_append (wanted, "\"" LINLI_CASE_DOC_MARK_ANY "\"*");
  *expression = unwanted->len > 0 ? g_strdup_printf ("(%s) NOT (%s)", wanted->str, unwanted->str)
                                  : g_strdup (wanted->str);
  return TRUE;
}
