/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-unit-scope.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-tx.h"

#define SOON (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

#define CLOCK_SQL LINLI_UNIT_LIVE " AND EXISTS (SELECT 1 FROM clock k WHERE " LINLI_UNIT_ANSWERS " AND "

static const struct
{
  guint       stage;
  const char *words[4];
  const char *sql;
  gboolean    timed; /* asks for the moment, as ?2 */
} stages_known[] = {
  { LINLI_PART_IS_OPEN, { "在办", "open" }, LINLI_UNIT_LIVE },
  { LINLI_PART_IS_UNSIGNED, { "待签收", "签收", "unsigned" }, LINLI_UNIT_LIVE " AND d.state = 'sent'" },
  { LINLI_PART_IS_WORKED_ON, { "办理中", "办理", "working" }, LINLI_UNIT_LIVE " AND d.state <> 'sent'" },
  { LINLI_PART_IS_DUE_SOON, { "快到期", "临期", "soon" }, CLOCK_SQL "k.due_at >= ?2 AND k.due_at < ?2 + 86400000000)", TRUE },
  { LINLI_PART_IS_LATE, { "已逾期", "逾期", "late" }, CLOCK_SQL "k.due_at < ?2)", TRUE },
  { LINLI_PART_IS_REPORTED, { "已报结", "报结", "reported" }, "d.state = 'done' AND c.state <> 'merged'" },
  { LINLI_PART_IS_SENT_BACK, { "被退回", "退回", "sent-back" },
    LINLI_UNIT_LIVE " AND d.role = 'lead' AND EXISTS (SELECT 1 FROM entry e "
    "WHERE e.case_id = d.case_id AND e.kind IN ('reject', 'redo') AND e.at >= d.sent_at)" },
  { LINLI_PART_IS_RETURNED, { "已退件", "退件", "returned" }, "d.state = 'returned'" },
};

G_STATIC_ASSERT (SOON == G_GINT64_CONSTANT (86400000000));

/* Returns: the stage that a person calls @text, 0 when none */
guint
linli_part_stage_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages_known); i++)
    for (guint w = 0; stages_known[i].words[w] != NULL; w++)
      if (g_str_equal (stages_known[i].words[w], text))
        return stages_known[i].stage;
  return 0;
}

/**
 * linli_unit_scope_of_account:
 * @account: (nullable)
 *
 * Returns: (transfer none) (nullable): the id of the unit that its person sits
 *   at, %NULL for who works at the centre, also for a unit's person who has a
 *   duty there beside
 */
const char *
linli_unit_scope_of_account (LinliRow *account)
{
  if (account == NULL ||
      linli_roles_from_text (linli_row_get_text (account, LINLI_ACCOUNT_ROLES)) != LINLI_ROLE_HANDLER)
    return NULL;
  return linli_row_get_text (account, LINLI_ACCOUNT_UNIT_ID);
}

/**
 * linli_unit_scope_load:
 * @actor: (nullable): account id
 * @unit: (out) (transfer full) (nullable): see linli_unit_scope_of_account()
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_unit_scope_load (LinliConn  *conn,
                       const char *actor,
                       char      **unit,
                       GError    **error)
{
  g_autoptr(GPtrArray) accounts = NULL;

  *unit = NULL;
  if (actor == NULL || *actor == '\0')
    return TRUE;
  accounts = linli_conn_select (conn, &linli_table_account, error, "id = ?1", "s", actor);
  if (accounts == NULL)
    return FALSE;
  if (accounts->len > 0)
    *unit = g_strdup (linli_unit_scope_of_account (accounts->pdata[0]));
  return TRUE;
}

/* Whether the case was ever dispatched to the unit: what it gave back or was
 * recalled from it stays readable to those who worked on it. */
gboolean
linli_unit_scope_has (LinliConn  *conn,
                      const char *unit,
                      const char *case_id,
                      gboolean   *has,
                      GError    **error)
{
  gint64 n = 0;

  *has = FALSE;
  /* By way of the case: an engine that may choose goes through all parts of the unit, thousands. */
  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM cases WHERE id = ?1 AND ?2 IN (SELECT unit_id FROM dispatch "
                           "WHERE case_id = ?1)", "ss", case_id, unit))
    return FALSE;
  *has = n > 0;
  return TRUE;
}

static gboolean
refuse_other (const char *field,
              GError    **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-unit", field,
                N_("This was dispatched to another unit."));
  return FALSE;
}

static gboolean
check_has (LinliConn  *conn,
           const char *unit,
           const char *case_id,
           const char *field,
           GError    **error)
{
  gboolean has = FALSE;

  if (unit == NULL)
    return TRUE;
  return linli_unit_scope_has (conn, unit, case_id, &has, error) && (has || refuse_other (field, error));
}

/**
 * linli_unit_scope_open:
 * @unit: (out) (transfer full) (nullable): the unit that @actor sits at
 * @error: %LINLI_DOMAIN_ERROR_NOT_ALLOWED when that has no part in the case
 */
gboolean
linli_unit_scope_open (LinliConn  *conn,
                       const char *actor,
                       const char *case_id,
                       char      **unit,
                       GError    **error)
{
  return linli_unit_scope_load (conn, actor, unit, error) && check_has (conn, *unit, case_id, "case", error);
}

/* Whether a unit reads what was written for @audience. */
gboolean
linli_unit_scope_reads (const char *audience)
{
  return g_strcmp0 (audience, "internal") != 0;
}

static gboolean
collect_by (LinliConn    *conn,
            const char   *unit,
            const char   *condition,
            gboolean      timed,
            gint64        now,
            LinliCaseSet *set,
            GError      **error)
{
  g_autofree char *sql = g_strconcat ("SELECT c.pk FROM dispatch d JOIN cases c ON c.id = d.case_id WHERE ",
                                      unit != NULL ? "d.unit_id = ?1" : "?1 IS NULL", " AND ", condition, NULL);
  g_autoptr(LinliStmt) stmt = timed ? linli_conn_query (conn, error, sql, "si", unit, now)
                                    : linli_conn_query (conn, error, sql, "s", unit);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      linli_case_set_add (set, linli_stmt_get_int (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_unit_scope_collect:
 * @unit: (nullable): whose part; %NULL for anybody's
 * @stages: any of these; 0 for all there are
 * @now: microseconds UTC
 * @set: receives the cases
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_unit_scope_collect (LinliConn    *conn,
                          const char   *unit,
                          guint         stages,
                          gint64        now,
                          LinliCaseSet *set,
                          GError      **error)
{
  if (stages == 0)
    return collect_by (conn, unit, "1 = 1", FALSE, now, set, error);
  for (guint i = 0; i < G_N_ELEMENTS (stages_known); i++)
    if (stages & stages_known[i].stage &&
        !collect_by (conn, unit, stages_known[i].sql, stages_known[i].timed, now, set, error))
      return FALSE;
  return TRUE;
}

/**
 * linli_unit_scope_count:
 * @now: microseconds UTC
 * @counts: (element-type utf8 guint): receives by the id of a unit how many cases are at that stage there, where there
 *   are any; it owns its keys
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_unit_scope_count (LinliConn      *conn,
                        LinliPartStage  stage,
                        gint64          now,
                        GHashTable     *counts,
                        GError        **error)
{
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (stages_known); i++)
    if (stages_known[i].stage == stage)
      {
        g_autofree char *sql = g_strconcat ("SELECT d.unit_id, count(DISTINCT d.case_id), ?1 IS NULL FROM dispatch d "
                                            "JOIN cases c ON c.id = d.case_id WHERE ", stages_known[i].sql,
                                            " GROUP BY d.unit_id", NULL);

        stmt = stages_known[i].timed ? linli_conn_query (conn, error, sql, "si", NULL, now)
                                     : linli_conn_query (conn, error, sql, "s", NULL);
      }
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return FALSE;
  while (row)
    {
      g_hash_table_replace (counts, linli_stmt_dup_text (stmt, 0), GUINT_TO_POINTER ((guint) linli_stmt_get_int (stmt, 1)));
      if (!linli_stmt_step (stmt, &row, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * linli_unit_scope_numbers:
 * @confidential: whether confidential ones are among them; where linli_sight_set() is in force that decides
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type utf8): the numbers of the cases whose part @unit still owes, oldest first
 */
GPtrArray *
linli_unit_scope_numbers (LinliConn   *conn,
                          const char  *unit,
                          gboolean     confidential,
                          GError     **error)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT c.case_no FROM cases c WHERE c.id IN "
                                                "(SELECT d.case_id FROM dispatch d JOIN cases c ON c.id = d.case_id "
                                                "WHERE d.unit_id = ?1 AND " LINLI_UNIT_LIVE ") AND (?2 = 1 OR c.confidential = 0) "
                                                "ORDER BY c.received_at, c.id", "si", unit, (gint64) confidential);
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (numbers, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&numbers);
}

/* --- What may be done and asked from there --- */

/* Nobody at a unit writes into a case that it has no part in. */
gboolean
linli_unit_scope_check_case (LinliCommandContext *context,
                             const char          *case_id,
                             const char          *field,
                             GError             **error)
{
  return check_has (linli_tx_get_conn (context->tx), linli_unit_scope_of_account (context->account), case_id, field,
                    error);
}

/* Nobody writes what the writer could not read afterwards. */
gboolean
linli_unit_scope_check_words (LinliCommandContext *context,
                              const char          *audience,
                              GError             **error)
{
  return linli_unit_scope_of_account (context->account) == NULL || linli_unit_scope_reads (audience) ||
         linli_refuse_invalid (error, "audience", N_("A unit writes for the centre and the units, or for the resident."));
}

/* Queries that look past a unit's own cases are the centre's. */
gboolean
linli_unit_scope_check_query (LinliConn        *conn,
                              const LinliQuery *query,
                              const char       *actor,
                              GError          **error)
{
  g_autofree char *unit = NULL;

  if (!linli_unit_scope_load (conn, actor, &unit, error))
    return FALSE;
  if (unit == NULL || query->for_units)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "centre-only", NULL,
                N_("This can be asked at the centre only; a unit sees what was dispatched to it."));
  return FALSE;
}
