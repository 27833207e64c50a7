/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-verify.h"

#include "linli-case-index.h"
#include "linli-store-facts.h"

#define MOST_PER_RULE 20 /* a broken rule is named so often, then counted */

#define FINISHED "('closed', 'declined', 'withdrawn', 'merged')"
#define HANDLED  "('dispatched', 'in_progress', 'suspended', 'pending_review')"
#define LIVE     "('sent', 'signed', 'working')"

/* What always holds between the rows of a case. Each statement yields the
 * numbers of the cases that break the rule; @what ends the sentence. A unit's
 * desk lacks other units' parts and targets, and is not asked about them. */
static const LinliVerifyRule rules[] = {
  { "has more than one lead unit",
    "SELECT case_no FROM cases WHERE (SELECT count(*) FROM dispatch WHERE case_id = cases.id AND role = 'lead' "
    "AND seq = (SELECT max(seq) FROM dispatch WHERE case_id = cases.id) "
    "AND state IN ('sent', 'signed', 'working', 'done')) > 1" },
  { "was dispatched anew, but a unit of an earlier time still owes its part",
    "SELECT DISTINCT case_no FROM dispatch JOIN cases ON cases.id = case_id WHERE dispatch.state IN " LIVE
    " AND seq < (SELECT max(seq) FROM dispatch AS later WHERE later.case_id = cases.id)" },
  { "is being handled, but no unit leads it",
    "SELECT case_no FROM cases WHERE state IN " HANDLED " AND NOT EXISTS (SELECT 1 FROM dispatch "
    "WHERE case_id = cases.id AND role = 'lead' AND state IN ('sent', 'signed', 'working', 'done') "
    "AND seq = (SELECT max(seq) FROM dispatch AS newest WHERE newest.case_id = cases.id)) "
    "AND NOT EXISTS (SELECT 1 FROM cases AS part WHERE part.parent_id = cases.id)", TRUE },
  { "names another lead unit than its dispatch",
    "SELECT case_no FROM dispatch JOIN cases ON cases.id = case_id WHERE role = 'lead' "
    "AND dispatch.state IN " LIVE " AND lead_unit_id IS DISTINCT FROM unit_id" },
  { "waits for review, but a unit still owes its part",
    "SELECT DISTINCT case_no FROM dispatch JOIN cases ON cases.id = case_id WHERE dispatch.state IN " LIVE
    " AND cases.state IN ('pending_review', 'resolved')" },
  { "is finished, but a unit still owes its part",
    "SELECT DISTINCT case_no FROM dispatch JOIN cases ON cases.id = case_id WHERE dispatch.state IN " LIVE
    " AND cases.state IN " FINISHED },
  { "is finished, but a clock still runs",
    "SELECT DISTINCT case_no FROM clock JOIN cases ON cases.id = case_id WHERE clock.state = 'running' "
    "AND cases.state IN " FINISHED },
  { "is open, but has a closing time",
    "SELECT case_no FROM cases WHERE closed_at IS NOT NULL AND state NOT IN " FINISHED },
  { "is not due when its first clock runs out",
    "SELECT case_no FROM (SELECT id, case_no, due_at FROM cases WHERE due_at IS NOT NULL UNION "
    "SELECT cases.id, case_no, cases.due_at FROM clock JOIN cases ON cases.id = case_id WHERE clock.state = 'running') "
    "AS timed WHERE due_at IS DISTINCT FROM (SELECT min(due_at) FROM clock WHERE case_id = timed.id AND state = 'running')" },
  { "has another number of submissions than it says",
    "SELECT case_no FROM cases LEFT JOIN (SELECT case_id, count(*) AS n FROM submission GROUP BY case_id) AS came "
    "ON case_id = cases.id WHERE coalesce(n, 0) <> n_submissions" },
  { "has no entry in its timeline",
    "SELECT case_no FROM cases WHERE NOT EXISTS (SELECT 1 FROM entry WHERE case_id = cases.id)" },
  { "points at another case, but is not merged",
    "SELECT case_no FROM cases WHERE merged_into_id IS NOT NULL AND state <> 'merged'" },
  { "is merged into itself by way of others",
    "WITH RECURSIVE up (start, at) AS (SELECT id, merged_into_id FROM cases WHERE merged_into_id IS NOT NULL UNION "
    "SELECT start, merged_into_id FROM up JOIN cases ON cases.id = at WHERE merged_into_id IS NOT NULL) "
    "SELECT case_no FROM up JOIN cases ON cases.id = start WHERE at = start" },
  { "is merged, but nothing says how",
    "SELECT case_no FROM cases WHERE state = 'merged' AND (SELECT count(*) FROM merge_record WHERE source_id = cases.id "
    "AND target_id = merged_into_id AND undone_at IS NULL) <> 1", TRUE },
  { "is not merged, but a merge of it still holds",
    "SELECT case_no FROM merge_record JOIN cases ON cases.id = source_id WHERE undone_at IS NULL AND cases.state <> 'merged'" },
  { "is merged, but keeps residents or an open clock",
    "SELECT case_no FROM cases WHERE state = 'merged' AND (n_submissions <> 0 OR EXISTS (SELECT 1 FROM clock "
    "WHERE case_id = cases.id AND clock.state IN ('running', 'paused', 'unknown')))" },
  { "holds a submission that came with a case not merged into it",
    "WITH RECURSIVE up (start, at) AS (SELECT id, merged_into_id FROM cases WHERE merged_into_id IS NOT NULL UNION "
    "SELECT start, merged_into_id FROM up JOIN cases ON cases.id = at WHERE merged_into_id IS NOT NULL) "
    "SELECT case_no FROM submission JOIN cases ON cases.id = case_id WHERE home_id IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM up WHERE start = home_id AND at = case_id)", TRUE },
  { "counts the limit of a case that is not merged into it",
    "SELECT cases.case_no FROM clock JOIN cases ON cases.id = clock.case_id JOIN cases AS origin ON origin.id = origin_id "
    "WHERE origin.merged_into_id IS DISTINCT FROM clock.case_id" },
  { "is closed, but a part of it is open",
    "SELECT DISTINCT whole.case_no FROM cases AS part JOIN cases AS whole ON whole.id = part.parent_id "
    "WHERE whole.state = 'closed' AND part.state NOT IN " FINISHED },
  { "waits for parts that have all ended",
    "SELECT whole.case_no FROM cases AS whole WHERE state = 'in_progress' AND EXISTS (SELECT 1 FROM cases WHERE "
    "parent_id = whole.id) AND NOT EXISTS (SELECT 1 FROM cases WHERE parent_id = whole.id AND (state = 'merged' OR "
    "state NOT IN " FINISHED ")) AND NOT EXISTS (SELECT 1 FROM dispatch WHERE case_id = whole.id "
    "AND state IN ('sent', 'signed', 'working', 'done'))", TRUE },
  { "is a part of a part",
    "SELECT part.case_no FROM cases AS part JOIN cases AS whole ON whole.id = part.parent_id "
    "WHERE whole.parent_id IS NOT NULL" },
  { "has more than ten parts",
    "SELECT whole.case_no FROM cases AS part JOIN cases AS whole ON whole.id = part.parent_id GROUP BY whole.case_no "
    "HAVING count(*) > 10" },
  { "is merged, but into no other case",
    "SELECT case_no FROM cases WHERE state = 'merged' AND (merged_into_id IS NULL OR merged_into_id = id)", TRUE },
  { "has another number of returns than it says",
    "SELECT case_no FROM cases LEFT JOIN (SELECT case_id, count(*) AS n FROM return_note WHERE role = 'lead' "
    "GROUP BY case_id) AS back ON case_id = cases.id WHERE coalesce(n, 0) <> return_count" },
  { "has a returned part that nobody returned",
    "SELECT DISTINCT case_no FROM dispatch JOIN cases ON cases.id = case_id WHERE dispatch.state = 'returned' "
    "AND NOT EXISTS (SELECT 1 FROM return_note WHERE case_id = cases.id AND dispatch_id = dispatch.id)" },
  { "waits for a ruling, but not for dispatch",
    "SELECT case_no FROM return_note JOIN cases ON cases.id = case_id WHERE return_note.state = 'ruling' "
    "AND cases.state NOT IN ('registered', 'deliberating', 'aiding', 'merged')" },
  { "has a request to decide, but nobody works on the part",
    "SELECT case_no FROM request JOIN cases ON cases.id = case_id WHERE request.state IN ('asked', 'endorsed') "
    "AND NOT EXISTS (SELECT 1 FROM dispatch WHERE id = dispatch_id AND dispatch.state IN " LIVE ")" },
  { "has another number of extensions than it says",
    "SELECT case_no FROM cases LEFT JOIN (SELECT case_id, count(*) AS n FROM request WHERE kind = 'extension' "
    "AND state = 'granted' GROUP BY case_id) AS more ON case_id = cases.id WHERE coalesce(n, 0) <> coalesce(extension_count, 0)" },
  { "is suspended, but until no day",
    "SELECT case_no FROM cases WHERE state = 'suspended' AND (suspended_until IS NULL OR NOT EXISTS "
    "(SELECT 1 FROM suspension WHERE case_id = cases.id AND ended_at IS NULL))" },
  { "is not suspended, but its suspension lasts",
    "SELECT DISTINCT case_no FROM cases LEFT JOIN suspension ON case_id = cases.id AND ended_at IS NULL "
    "WHERE cases.state <> 'suspended' AND (suspended_until IS NOT NULL OR suspension.id IS NOT NULL)" },
  { "is suspended, but a clock still counts; or one stands still, but it is not",
    "SELECT DISTINCT case_no FROM clock JOIN cases ON cases.id = case_id WHERE "
    "(clock.state = 'paused' AND cases.state <> 'suspended') OR "
    "(clock.state = 'running' AND cases.state = 'suspended' AND "
    "clock.due_at > (SELECT max(from_at) FROM suspension WHERE case_id = cases.id AND ended_at IS NULL))" },
};

static gboolean
check_rule (LinliConn  *conn,
            const char *sql,
            const char *what,
            GPtrArray  *problems,
            GError    **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, sql, "");
  gboolean row = FALSE;
  guint n = 0;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      if (n++ < MOST_PER_RULE)
        g_ptr_array_add (problems, g_strdup_printf ("case %s %s", linli_stmt_get_text (stmt, 0), what));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  if (n > MOST_PER_RULE)
    g_ptr_array_add (problems, g_strdup_printf ("%u more cases: each %s", n - MOST_PER_RULE, what));

  return TRUE;
}

/**
 * linli_case_verify_rules:
 * @problems: (element-type utf8): receives "case NUMBER what" for each case
 *   that breaks a rule, up to a number, and then how many more
 */
gboolean
linli_case_verify_rules (LinliConn             *conn,
                         const LinliVerifyRule *list,
                         guint                  n_rules,
                         GPtrArray             *problems,
                         GError               **error)
{
  gint64 partial = 0;

  if (!linli_conn_get_int (conn, &partial, error, "SELECT count(*) FROM sync_state WHERE unit_id IS NOT NULL", ""))
    return FALSE;
  for (guint i = 0; i < n_rules; i++)
    if (!(partial && list[i].whole) && !check_rule (conn, list[i].sql, list[i].what, problems, error))
      return FALSE;
  return TRUE;
}

/**
 * linli_case_verify:
 * @problems: (element-type utf8): receives what is wrong, in words
 * @error: %LINLI_STORE_ERROR when it could not be found out
 *
 * Whether the rows of every case agree with each other, and everything derived
 * from them with them. References and values are checked for all rooms alike.
 */
gboolean
linli_case_verify (LinliConn *conn,
                   GPtrArray *problems,
                   GError   **error)
{
  g_return_val_if_fail (conn != NULL && problems != NULL, FALSE);

  return linli_case_verify_rules (conn, rules, G_N_ELEMENTS (rules), problems, error) &&
         (!linli_store_has_projections (conn) || linli_case_index_verify (conn, problems, error));
}
