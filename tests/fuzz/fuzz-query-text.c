/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "linli-query-text.h"

#include <glib.h>
#include <string.h>

/* Marks bytes as accounted for. */
static void
cover (char               *covered,
       gsize               length,
       const LinliTextSpan *span)
{
  g_assert_cmpuint (span->start, <=, span->end);
  g_assert_cmpuint (span->end, <=, length);
  memset (covered + span->start, 1, span->end - span->start);
}

/* Whatever is typed, every character is white space, in a clause or in an
 * issue, and expressions are there when terms are. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *line = g_strndup ((const char *) data, size);
  GDate today;
  g_autoptr(LinliQueryText) query = NULL;
  g_autofree char *covered = NULL;
  g_autofree char *match = NULL;
  g_autofree char *exclude = NULL;
  gsize length;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 14, G_DATE_FEBRUARY, 2026);
  query = linli_query_text_parse (line, &today);
  match = linli_query_text_match (query);
  exclude = linli_query_text_exclude (query);
  length = strlen (query->source);
  covered = g_malloc0 (length + 1);

  for (guint i = 0; i < query->issues->len; i++)
    cover (covered, length, &g_array_index (query->issues, LinliQueryIssue, i).span);
  for (guint i = 0; i < query->clauses->len; i++)
    {
      const LinliClause *clause = &g_array_index (query->clauses, LinliClause, i);

      cover (covered, length, &clause->span);
      cover (covered, length, &clause->value);
      g_assert_nonnull (clause->values[0]);
      if (clause->kind == LINLI_CLAUSE_TERM)
        g_assert_nonnull (clause->excluded ? exclude : match);
      if (clause->kind == LINLI_CLAUSE_RECEIVED && *clause->days.from != '\0' && *clause->days.to != '\0')
        g_assert_cmpstr (clause->days.from, <=, clause->days.to);
    }
  for (const char *p = query->source; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (covered[p - query->source] || linli_char_class (g_utf8_get_char (p)) == LINLI_CHAR_SPACE);

  return 0;
}
