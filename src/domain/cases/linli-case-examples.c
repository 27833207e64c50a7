/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-examples.h"

/* Settled, so that the leaf is where the matter ended, not where it began. The
 * plus signs keep the engine to the order of the keys: by an index of states it
 * would sort the whole archive for every page. */
#define PAGE_SQL \
  "SELECT c.pk, c.item_code, c.title, (SELECT s.text_verbatim FROM submission s WHERE s.case_id = c.id " \
  "ORDER BY s.pk LIMIT 1) FROM cases c WHERE c.pk < ?1 AND +c.item_code IS NOT NULL " \
  "AND +c.state IN ('resolved', 'closed') ORDER BY c.pk DESC LIMIT ?2"

static void
tell (LinliStmt            *stmt,
      LinliCaseExampleFunc  func,
      gpointer              data)
{
  const char *title = linli_stmt_get_text (stmt, 2);
  const char *text = linli_stmt_get_text (stmt, 3);
  g_autofree char *whole = text != NULL ? g_strconcat (title, "\n", text, NULL) : g_strdup (title);

  func (linli_stmt_get_text (stmt, 1), whole, data);
}

/**
 * linli_case_examples_read:
 * @before: (inout): key to start below, %G_MAXINT64 at first; 0 when there are
 *   no more
 * @limit: how many at most, so that the lane is free again soon
 *
 * Settled cases with a leaf, the latest first.
 */
gboolean
linli_case_examples_read (LinliConn            *conn,
                          gint64               *before,
                          guint                 limit,
                          LinliCaseExampleFunc  func,
                          gpointer              data,
                          GError              **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, PAGE_SQL, "ii", *before, (gint64) limit);
  gboolean row = FALSE;
  guint n = 0;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      *before = linli_stmt_get_int (stmt, 0);
      n++;
      tell (stmt, func, data);
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  if (n < limit)
    *before = 0;

  return TRUE;
}

/* @n: (out): about how many there are, from the tally of states */
gboolean
linli_case_examples_count (LinliConn *conn,
                           gint64    *n,
                           GError   **error)
{
  return linli_conn_get_int (conn, n, error,
                             "SELECT coalesce (sum (n), 0) FROM case_tally WHERE state IN ('resolved', 'closed')", "");
}
