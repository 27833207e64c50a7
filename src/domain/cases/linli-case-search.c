/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-search.h"

#include "linli-case-find.h"
#include "linli-case-fts.h"
#include "linli-case-select.h"

static const char *const sorts[] = {
  [LINLI_CASE_SORT_RECEIVED] = "received",
  [LINLI_CASE_SORT_DUE] = "due",
  [LINLI_CASE_SORT_TOUCHED] = "touched",
};

const char *
linli_case_sort_to_text (LinliCaseSort sort)
{
  g_return_val_if_fail (sort < G_N_ELEMENTS (sorts), NULL);

  return sorts[sort];
}

/* Returns: whether @text names a sort; @sort (out) is then set */
gboolean
linli_case_sort_from_text (const char    *text,
                           LinliCaseSort *sort)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i], text))
      {
        *sort = (LinliCaseSort) i;
        return TRUE;
      }
  return FALSE;
}

static GArray *
search (LinliConn      *conn,
        LinliCaseQuery *query,
        const char     *expression,
        LinliCaseSort   sort,
        guint           limit,
        GError        **error)
{
  return expression != NULL ? linli_case_find_pks (conn, query, expression, sort, limit, error)
                            : linli_case_select_pks (conn, query, sort, NULL, limit, error);
}

/* The indexes are in the order of the cases' limits, of which the first may be
 * another unit's; a unit's own cases are few enough to be sorted. */
static GArray *
search_own (LinliConn      *conn,
            LinliCaseQuery *query,
            const char     *expression,
            guint           limit,
            GError        **error)
{
  g_autoptr(GArray) found = search (conn, query, expression, LINLI_CASE_SORT_DUE, 0, error);

  return found != NULL ? linli_case_find_sorted (conn, query, found, LINLI_CASE_SORT_DUE, limit, error) : NULL;
}

/**
 * linli_case_search_run:
 * @limit: how many at most; 0 for all
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type gint64): local keys of the cases
 *   found, in the order of @sort
 */
GArray *
linli_case_search_run (LinliConn      *conn,
                       LinliCaseQuery *query,
                       LinliCaseSort   sort,
                       guint           limit,
                       GError        **error)
{
  g_autofree char *expression = NULL;

  g_return_val_if_fail (conn != NULL && query != NULL, NULL);

  if (query->states == 0)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!linli_case_words_to_fts (conn, query, &expression, error))
    return NULL;

  return query->unit != NULL && sort == LINLI_CASE_SORT_DUE ? search_own (conn, query, expression, limit, error)
                                                            : search (conn, query, expression, sort, limit, error);
}

/**
 * linli_case_search_run_count:
 * @limit: stop counting there, for "50+"; 0 counts all
 * @count: (out): how many cases are found
 */
gboolean
linli_case_search_run_count (LinliConn      *conn,
                             LinliCaseQuery *query,
                             guint           limit,
                             gint64         *count,
                             GError        **error)
{
  g_autofree char *expression = NULL;

  g_return_val_if_fail (conn != NULL && query != NULL && count != NULL, FALSE);

  *count = 0;
  if (query->states == 0)
    return TRUE;
  if (!linli_case_words_to_fts (conn, query, &expression, error))
    return FALSE;

  return expression != NULL ? linli_case_find_count (conn, query, expression, limit, count, error)
                            : linli_case_select_count (conn, query, limit, count, error);
}

/* linli_case_search_run() for a line as typed. */
GArray *
linli_case_search_ids (LinliConn    *conn,
                       const char   *query,
                       LinliCaseSort sort,
                       gint64        now,
                       const char   *actor,
                       guint         limit,
                       GError      **error)
{
  g_autoptr(LinliCaseQuery) parsed = linli_case_query_load (conn, query, now, actor, error);

  return parsed != NULL ? linli_case_search_run (conn, parsed, sort, limit, error) : NULL;
}

/* linli_case_search_run_count() for a line as typed, counting all. */
gboolean
linli_case_search_count (LinliConn  *conn,
                         const char *query,
                         gint64      now,
                         const char *actor,
                         gint64     *count,
                         GError    **error)
{
  g_autoptr(LinliCaseQuery) parsed = linli_case_query_load (conn, query, now, actor, error);

  return parsed != NULL && linli_case_search_run_count (conn, parsed, 0, count, error);
}
