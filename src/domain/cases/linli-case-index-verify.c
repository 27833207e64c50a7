/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-index.h"

#include "linli-case-doc.h"
#include "linli-case-index-words.h"
#include "linli-case-measure.h"
#include "linli-sync-state.h"

#define PAGE           500
#define PROBLEMS_NAMED 10 /* of one kind; the rest is counted */

static void
report (GPtrArray  *problems,
        guint      *n,
        const char *case_no,
        const char *what)
{
  if (++*n <= PROBLEMS_NAMED)
    g_ptr_array_add (problems, g_strdup_printf ("search index: case %s %s; run linlictl reindex", case_no, what));
}

static gboolean
check_doc (LinliConn  *conn,
           gint64      pk,
           const char *case_no,
           GPtrArray  *problems,
           guint      *n,
           GError    **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(LinliCaseDoc) stored = linli_case_doc_read (conn, pk, &local);
  g_autoptr(LinliCaseDoc) made = NULL;

  if (stored == NULL && !g_error_matches (local, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  made = linli_case_doc_build (conn, pk, error);
  if (made == NULL)
    return FALSE;
  if (stored == NULL)
    report (problems, n, case_no, "is missing");
  else if (!linli_case_doc_equal (stored, made))
    report (problems, n, case_no, "is out of date");

  return TRUE;
}

static gboolean
check_docs (LinliConn *conn,
            gint64     from,
            GPtrArray *problems,
            GError   **error)
{
  gint64 last = from - 1;
  guint n_faults = 0;
  guint n;

  do
    {
      g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT pk, case_no FROM cases WHERE pk > ?1 "
                                                    "ORDER BY pk LIMIT ?2", "ii", last, (gint64) PAGE);
      gboolean row = FALSE;

      if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
        return FALSE;
      for (n = 0; row; n++)
        {
          last = linli_stmt_get_int (stmt, 0);
          if (!check_doc (conn, last, linli_stmt_get_text (stmt, 1), problems, &n_faults, error) ||
              !linli_stmt_step (stmt, &row, error))
            return FALSE;
        }
    }
  while (n == PAGE);

  if (n_faults > PROBLEMS_NAMED)
    g_ptr_array_add (problems, g_strdup_printf ("search index: %u cases in all are missing or out of date", n_faults));
  return TRUE;
}

/* @sql counts faults. */
static gboolean
check_none (LinliConn  *conn,
            const char *sql,
            const char *what,
            GPtrArray  *problems,
            GError    **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, sql, ""))
    return FALSE;
  if (n > 0)
    g_ptr_array_add (problems, g_strdup_printf ("%s: %" G_GINT64_FORMAT, what, n));
  return TRUE;
}

/* SQLite compares every token of the index with every document; on a reading
 * connection, which it refuses, the comparison is ours. */
static gboolean
check_fts (LinliConn *conn,
           GPtrArray *problems,
           GError   **error)
{
  g_autoptr(GError) local = NULL;
  gboolean agree = linli_conn_run (conn, &local, "INSERT INTO case_fts (case_fts, rank) VALUES ('integrity-check', 1)", "");

  if (g_error_matches (local, LINLI_STORE_ERROR, LINLI_STORE_ERROR_READ_ONLY))
    {
      g_clear_error (&local);
      linli_case_index_words_agree (conn, &agree, &local);
    }
  if (local != NULL && !g_error_matches (local, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (local != NULL || !agree)
    g_ptr_array_add (problems, g_strdup ("search index: its words do not agree with its documents; run linlictl reindex"));
  return TRUE;
}

/**
 * linli_case_index_verify:
 * @problems: (element-type utf8): receives what is wrong, in words
 * @error: %LINLI_STORE_ERROR when it could not be found out
 *
 * Whether everything derived is what the rows say, but for cases that wait to be
 * looked at, see linli_case_index_put_off(). Reads every case and every word of
 * the index.
 */
gboolean
linli_case_index_verify (LinliConn *conn,
                         GPtrArray *problems,
                         GError   **error)
{
  gint64 from = 0;

  return linli_sync_state_get_index_from (conn, &from, error) && check_docs (conn, from, problems, error) &&
         check_none (conn, "SELECT count(*) FROM case_search WHERE pk NOT IN (SELECT pk FROM cases)",
                     "search index: documents of cases that are gone", problems, error) &&
         check_none (conn,
                     "SELECT count(*) FROM (SELECT state, sum(n) AS total FROM (SELECT state, n FROM case_tally "
                     "UNION ALL SELECT state, -count(*) FROM cases GROUP BY state) AS both GROUP BY state) AS sums "
                     "WHERE total <> 0",
                     "case numbers by state: wrong states", problems, error) &&
         check_none (conn,
                     "SELECT count(*) FROM cases LEFT JOIN case_span ON stretch = cases.pk >> "
                     G_STRINGIFY (LINLI_CASE_SPAN_BITS) " "
                     "WHERE stretch IS NULL OR received_at < oldest OR received_at > newest",
                     "search index: cases outside their stretch of time", problems, error) &&
         linli_case_measure_verify (conn, from, problems, error) &&
         check_fts (conn, problems, error);
}
