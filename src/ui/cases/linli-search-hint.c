/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-search-hint.h"

#include <glib/gi18n-lib.h>

#include "linli-case-search.h"

/**
 * linli_search_hint_read:
 * @line: a search line
 *
 * In the read lane.
 *
 * Returns: (transfer full) (nullable): what of @line was not taken as it may
 *   have been meant, in words; %NULL when there is nothing to say
 */
gpointer
linli_search_hint_read (LinliConn *conn,
                        gpointer   line,
                        GError   **error)
{
  g_autoptr(LinliCaseQuery) query = linli_case_query_load (conn, line, 0, NULL, error);
  LinliQueryIssue *issue;
  g_autofree char *piece = NULL;

  if (query == NULL || query->text->issues->len == 0)
    return NULL;
  issue = &g_array_index (query->text->issues, LinliQueryIssue, 0);
  piece = g_strndup (query->text->source + issue->span.start, issue->span.end - issue->span.start);
  switch (issue->kind)
    {
    case LINLI_QUERY_UNKNOWN_OPERATOR:
      return g_strdup_printf (_("“%s” is no known operator; it was searched for as text."), piece);
    case LINLI_QUERY_BAD_VALUE:
      return g_strdup_printf (_("“%s” was not understood; it was searched for as text."), piece);
    case LINLI_QUERY_NO_WORDS:
    case LINLI_QUERY_NO_VALUE:
      return g_strdup_printf (_("“%s” has nothing to search for; it was left out."), piece);
    case LINLI_QUERY_TOO_LONG:
    case LINLI_QUERY_TOO_MANY:
      return g_strdup (_("The search line is too long; its end was left out."));
    case LINLI_QUERY_REVERSED_RANGE:
    case LINLI_QUERY_OPEN_QUOTE:
    default:
      return NULL;
    }
}
