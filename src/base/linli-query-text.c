/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-query-text.h"

#include "linli-text-private.h"

static void
clause_clear (gpointer data)
{
  g_clear_pointer (&((LinliClause *) data)->values, g_strfreev);
}

/* A search line nobody has read yet. */
LinliQueryText *
linli_query_text_new (const char *line)
{
  LinliQueryText *query = g_new0 (LinliQueryText, 1);

  query->source = g_utf8_make_valid (line, -1);
  query->clauses = g_array_new (FALSE, FALSE, sizeof (LinliClause));
  query->issues = g_array_new (FALSE, FALSE, sizeof (LinliQueryIssue));
  g_array_set_clear_func (query->clauses, clause_clear);

  return query;
}

static gboolean
is_plain (const LinliClause *clause)
{
  return clause->kind == LINLI_CLAUSE_TERM && !clause->excluded && !clause->quoted;
}

/* Words side by side that make one telephone number are one term: nobody
 * means three numbers by 138 0013 8000. */
void
linli_query_text_join_phones (LinliQueryText *query)
{
  for (guint i = 0; i + 1 < query->clauses->len; i++)
    {
      LinliClause *first = &g_array_index (query->clauses, LinliClause, i);

      for (guint n = 2; n <= LINLI_PHONE_WORDS && i + n <= query->clauses->len; n++)
        {
          const LinliClause *last = &g_array_index (query->clauses, LinliClause, i + n - 1);
          g_autofree char *text = NULL;
          g_autofree char *digits = NULL;

          if (!is_plain (first) || !is_plain (last) || last->value.end - first->value.start > 40)
            break;
          text = g_strndup (query->source + first->value.start,
                            last->value.end - first->value.start);
          digits = linli_text_phone_number (text);
          if (digits == NULL)
            continue;
          first->span.end = last->span.end;
          first->value.end = last->value.end;
          g_free (first->values[0]);
          first->values[0] = g_steal_pointer (&text);
          g_array_remove_range (query->clauses, i + 1, n - 1);
          break;
        }
    }
}

void
linli_query_text_free (LinliQueryText *query)
{
  g_return_if_fail (query != NULL);

  g_array_unref (query->clauses);
  g_array_unref (query->issues);
  g_free (query->source);
  g_free (query);
}

static char *
join_terms (const LinliQueryText *query,
            gboolean              excluded,
            const char           *joint)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < query->clauses->len; i++)
    {
      const LinliClause *clause = &g_array_index (query->clauses, LinliClause, i);
      g_autofree char *fts = NULL;

      if (clause->kind != LINLI_CLAUSE_TERM || clause->excluded != excluded)
        continue;
      fts = linli_text_to_fts (clause->values[0], NULL);
      g_string_append_printf (out, "%s%s", out->len > 0 ? joint : "", fts);
    }

  return g_string_free (out, out->len == 0);
}

/**
 * linli_query_text_match:
 *
 * Returns: (transfer full) (nullable): the FTS5 expression for the terms that
 *   must occur, or %NULL when the line has none
 */
char *
linli_query_text_match (const LinliQueryText *query)
{
  g_return_val_if_fail (query != NULL, NULL);

  return join_terms (query, FALSE, " AND ");
}

/**
 * linli_query_text_exclude:
 *
 * FTS5 has no expression for "not" alone: with linli_query_text_match() it is
 * "(match) NOT (exclude)", without one the rows it finds are subtracted.
 *
 * Returns: (transfer full) (nullable): the FTS5 expression for texts that one
 *   of the excluded terms occurs in, or %NULL when the line has none
 */
char *
linli_query_text_exclude (const LinliQueryText *query)
{
  g_return_val_if_fail (query != NULL, NULL);

  return join_terms (query, TRUE, " OR ");
}

/**
 * linli_query_text_accepts:
 * @folded: a text from linli_text_fold()
 *
 * Whether the terms of @query, wanted and excluded, allow @folded; operators
 * are not looked at. The same as its expressions say, by a scan.
 */
gboolean
linli_query_text_accepts (const LinliQueryText *query,
                          const char           *folded)
{
  g_return_val_if_fail (query != NULL && folded != NULL, FALSE);

  for (guint i = 0; i < query->clauses->len; i++)
    {
      const LinliClause *clause = &g_array_index (query->clauses, LinliClause, i);

      if (clause->kind == LINLI_CLAUSE_TERM &&
          linli_text_contains (folded, clause->values[0]) == clause->excluded)
        return FALSE;
    }

  return TRUE;
}
