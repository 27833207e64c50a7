/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Supervisions as rows: which stand, which the ladder calls for, and when they
 * come to their end. */

#include "config.h"

#include "linli-supervision.h"

#include <glib/gi18n.h>

#include "linli-calendar-store.h"
#include "linli-closing-tables.h"
#include "linli-deadline.h"
#include "linli-policy.h"

#define MOST 2000 /* cases looked at in one go: more late ones need another remedy */

#define WATCHED "('dispatched', 'in_progress')"

void
linli_ladder_proposal_free (LinliLadderProposal *self)
{
  if (self == NULL)
    return;

  g_free (self->case_id);
  g_free (self->case_no);
  g_free (self->title);
  g_free (self->unit);
  g_free (self->dispatch);
  g_free (self->rule);
  g_free (self->words);
  g_free (self->reply);
  g_free (self->kind);
  g_free (self);
}

/* The lead of the newest round, while it owes its part. */
static LinliRow *
find_part (GPtrArray  *parts,
           const char *id)
{
  LinliRow *found = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];

      if (!(linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE)) & LINLI_PARTS_LIVE))
        continue;
      if (id != NULL ? g_str_equal (linli_row_get_id (part), id)
                     : g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead"))
        found = part;
    }
  return found;
}

static void
take_standing (LinliLadderCase *facts,
               GPtrArray       *supervisions)
{
  for (guint i = 0; i < supervisions->len; i++)
    {
      LinliRow *row = supervisions->pdata[i];
      int level = (int) linli_row_get_int (row, LINLI_SUPERVISION_LEVEL);

      if (!linli_row_is_null (row, LINLI_SUPERVISION_LIFTED_AT) || level <= facts->level)
        continue;
      facts->level = level;
      facts->dispatch = linli_row_get_text (row, LINLI_SUPERVISION_DISPATCH_ID);
      facts->reply_due = linli_row_is_null (row, LINLI_SUPERVISION_REPLIED_AT)
                           ? linli_row_get_int (row, LINLI_SUPERVISION_REPLY_DUE_AT)
                           : 0;
    }
}

/**
 * linli_supervision_judge:
 * @clocks: (element-type LinliRow): of the case; those that run are judged
 * @supervisions: (element-type LinliRow): of the case; those that stand count
 * @call: (out): borrows from the rows and the rules
 *
 * See linli_ladder_judge().
 */
gboolean
linli_supervision_judge (GPtrArray         *clocks,
                         GPtrArray         *supervisions,
                         GPtrArray         *rules,
                         LinliWorkCalendar *calendar,
                         gint64             now,
                         LinliLadderCall   *call)
{
  g_autofree LinliLadderClock *running = g_new0 (LinliLadderClock, clocks->len + 1);
  LinliLadderCase facts = { .clocks = running };

  for (guint i = 0; i < clocks->len; i++)
    if (g_str_equal (linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_STATE), "running"))
      running[facts.n_clocks++] = (LinliLadderClock) { linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_KIND),
                                                       linli_row_get_text (clocks->pdata[i], LINLI_CLOCK_DISPATCH_ID),
                                                       linli_row_get_int (clocks->pdata[i], LINLI_CLOCK_DUE_AT) };
  take_standing (&facts, supervisions);
  return linli_ladder_judge (rules, &facts, calendar, now, call);
}

static LinliLadderProposal *
make_proposal (LinliRow              *case_row,
               LinliRow              *part,
               const LinliLadderCall *call)
{
  LinliLadderProposal *self = g_new0 (LinliLadderProposal, 1);

  self->case_id = g_strdup (linli_row_get_id (case_row));
  self->case_no = g_strdup (linli_row_get_text (case_row, LINLI_CASE_CASE_NO));
  self->title = g_strdup (linli_row_get_text (case_row, LINLI_CASE_TITLE));
  self->unit = g_strdup (linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
  self->dispatch = g_strdup (linli_row_get_id (part));
  self->rule = g_strdup (call->rule->code);
  self->words = g_strdup (call->rule->words);
  self->reply = g_strdup (call->rule->reply);
  self->kind = g_strdup (call->kind);
  self->level = call->rule->level;
  self->due = call->due;
  self->at = call->at;

  return self;
}

/* @proposal: (out) (nullable): NULL when nothing is called for */
static gboolean
judge_case (LinliConn            *conn,
            LinliRow             *case_row,
            GPtrArray            *rules,
            LinliWorkCalendar    *calendar,
            gint64                now,
            LinliLadderProposal **proposal,
            GError              **error)
{
  const char *id = linli_row_get_id (case_row);
  g_autoptr(GPtrArray) running = NULL;
  g_autoptr(GPtrArray) standing = NULL;
  g_autoptr(GPtrArray) parts = NULL;
  LinliLadderCall call;
  LinliRow *part;

  running = linli_conn_select (conn, &linli_table_clock, error, "case_id = ?1 AND state = 'running' ORDER BY id", "s", id);
  standing = linli_conn_select (conn, &linli_table_supervision, error, "case_id = ?1 AND lifted_at IS NULL ORDER BY id", "s", id);
  parts = linli_conn_select (conn, &linli_table_dispatch, error, "case_id = ?1 ORDER BY seq, id", "s", id);
  if (running == NULL || standing == NULL || parts == NULL)
    return FALSE;

  if (!linli_supervision_judge (running, standing, rules, calendar, now, &call))
    return TRUE;
  part = find_part (parts, call.dispatch);
  if (part == NULL)
    part = find_part (parts, NULL); /* the one it was for has done its part; the lead answers for the whole */
  if (part != NULL)
    *proposal = make_proposal (case_row, part, &call);

  return TRUE;
}

/**
 * linli_supervision_call_for:
 * @proposal: (out) (transfer full) (nullable): what the ladder calls for in
 *   that case; %NULL when it is nothing
 */
gboolean
linli_supervision_call_for (LinliConn            *conn,
                            const char           *case_id,
                            gint64                now,
                            LinliLadderProposal **proposal,
                            GError              **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(GPtrArray) rules = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *id = NULL;

  *proposal = NULL;
  if (!linli_calendar_load_current (conn, &calendar, &id, error))
    return FALSE;
  rules = linli_ladder_rules_load (conn, error);
  rows = rules != NULL ? linli_conn_select (conn, &linli_table_case, error, "id = ?1 AND state IN " WATCHED, "s", case_id)
                       : NULL;
  if (rows == NULL)
    return FALSE;
  return calendar == NULL || rows->len == 0 ||
         judge_case (conn, rows->pdata[0], rules, calendar, now, proposal, error);
}

static int
compare_proposals (gconstpointer a,
                   gconstpointer b)
{
  const LinliLadderProposal *left = *(LinliLadderProposal *const *) a;
  const LinliLadderProposal *right = *(LinliLadderProposal *const *) b;

  if (left->level != right->level)
    return right->level - left->level;
  if (left->at != right->at)
    return left->at < right->at ? -1 : 1;
  return g_strcmp0 (left->case_no, right->case_no);
}

/**
 * linli_ladder_proposals_judge:
 * @rules: (element-type LinliLadderRule): those of the centre, or such as it
 *   thinks of having
 * @now: microseconds UTC
 *
 * Returns: (transfer full) (element-type LinliLadderProposal): everything they
 *   call for, the gravest first; nothing without a calendar
 */
GPtrArray *
linli_ladder_proposals_judge (LinliConn *conn,
                              GPtrArray *rules,
                              gint64     now,
                              GError   **error)
{
  g_autoptr(GPtrArray) proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_ladder_proposal_free);
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autofree char *id = NULL;

  g_return_val_if_fail (conn != NULL && rules != NULL, NULL);

  if (!linli_calendar_load_current (conn, &calendar, &id, error))
    return NULL;
  if (calendar == NULL)
    return g_steal_pointer (&proposals);
  rows = linli_conn_select (conn, &linli_table_case, error,
                            "state IN " WATCHED " AND id IN (SELECT case_id FROM clock WHERE state = 'running' AND due_at <= ?1 "
                            "UNION SELECT case_id FROM supervision WHERE lifted_at IS NULL AND replied_at IS NULL "
                            "AND reply_due_at < ?2) ORDER BY due_at, id LIMIT ?3",
                            "iii", linli_ladder_horizon (rules, calendar, now), now, (gint64) MOST);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      LinliLadderProposal *proposal = NULL;

      if (!judge_case (conn, rows->pdata[i], rules, calendar, now, &proposal, error))
        return NULL;
      if (proposal != NULL)
        g_ptr_array_add (proposals, proposal);
    }
  g_ptr_array_sort (proposals, compare_proposals);

  return g_steal_pointer (&proposals);
}

/* linli_ladder_proposals_judge() by the rules that hold. */
GPtrArray *
linli_ladder_proposals_load (LinliConn *conn,
                             gint64     now,
                             GError   **error)
{
  g_autoptr(GPtrArray) rules = NULL;

  g_return_val_if_fail (conn != NULL, NULL);

  rules = linli_ladder_rules_load (conn, error);
  return rules != NULL ? linli_ladder_proposals_judge (conn, rules, now, error) : NULL;
}

/* Nobody is owed an answer by a time that cannot be computed. */
static gboolean
set_reply_due (LinliCaseFile *file,
               LinliRow      *row,
               const char    *limit,
               GError       **error)
{
  LinliDeadlineQuestion question = { .start = linli_command_now (file->context) };
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(LinliDeadline) deadline = NULL;
  g_autofree char *id = NULL;

  if (limit == NULL || *limit == '\0')
    return TRUE;
  if (!linli_term_from_text (limit, &question.limit))
    return linli_refuse_invalid (error, "reply", N_("This is no limit; write, for instance, 1工作日 or 4工作时."));
  linli_row_set_text (row, LINLI_SUPERVISION_REPLY_LIMIT, limit);
  if (!linli_calendar_load_current (linli_tx_get_conn (file->context->tx), &calendar, &id, error))
    return FALSE;
  question.calendar = calendar;
  question.rule = linli_start_rule_default (question.limit.unit);
  deadline = calendar != NULL ? linli_deadline_compute (&question, NULL) : NULL;
  if (deadline != NULL)
    linli_row_set_int (row, LINLI_SUPERVISION_REPLY_DUE_AT, deadline->due);
  return TRUE;
}

static gboolean
add_entry (LinliCaseFile *file,
           LinliRow      *row,
           GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "supervise", .audience = "unit",
                                 .body = linli_row_get_text (row, LINLI_SUPERVISION_REASON),
                                 .dispatch = linli_row_get_text (row, LINLI_SUPERVISION_DISPATCH_ID),
                                 .payload = payload };
  g_autofree char *due = NULL;

  linli_payload_int (payload, "level", linli_row_get_int (row, LINLI_SUPERVISION_LEVEL));
  linli_payload_text (payload, "unit", linli_row_get_text (row, LINLI_SUPERVISION_UNIT_NAME));
  if (!linli_row_is_null (row, LINLI_SUPERVISION_REPLY_DUE_AT))
    {
      due = g_strdup_printf ("%" G_GINT64_FORMAT, linli_row_get_int (row, LINLI_SUPERVISION_REPLY_DUE_AT));
      linli_payload_text (payload, "due.explain", due);
    }
  return linli_case_file_add_entry (file, &entry, error);
}

/**
 * linli_supervision_issue:
 * @part: whose unit is pressed
 * @rule: (nullable): code of the rule that called for it
 * @reply_limit: (nullable): as typed; %NULL or empty asks for no answer
 *
 * Writes the supervision and its line; the file is saved by the caller.
 */
gboolean
linli_supervision_issue (LinliCaseFile *file,
                         LinliRow      *part,
                         int            level,
                         const char    *rule,
                         const char    *reason,
                         const char    *reply_limit,
                         GError       **error)
{
  LinliCommandContext *context = file->context;
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_supervision);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (row, LINLI_SUPERVISION_ID, id);
  linli_row_set_text (row, LINLI_SUPERVISION_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_SUPERVISION_DISPATCH_ID, linli_row_get_id (part));
  linli_row_set_text (row, LINLI_SUPERVISION_UNIT_ID, linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID));
  linli_row_set_text (row, LINLI_SUPERVISION_UNIT_NAME, linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
  linli_row_set_int (row, LINLI_SUPERVISION_LEVEL, level);
  linli_row_set_text (row, LINLI_SUPERVISION_RULE, rule);
  linli_row_set_text (row, LINLI_SUPERVISION_ISSUED_BY, context->operation->actor);
  linli_row_set_int (row, LINLI_SUPERVISION_ISSUED_AT, linli_command_now (context));
  linli_row_set_text (row, LINLI_SUPERVISION_REASON, reason);
  if (!set_reply_due (file, row, reply_limit, error) || !linli_tx_insert (context->tx, row, error))
    return FALSE;
  if (level > linli_row_get_int (file->row, LINLI_CASE_SUPERVISION_LEVEL))
    linli_row_set_int (file->row, LINLI_CASE_SUPERVISION_LEVEL, level);
  linli_command_tell (context, "supervision", id);

  return add_entry (file, row, error);
}

/**
 * linli_supervision_follow:
 *
 * Nobody is pressed for what is done, called back, merged or no longer wanted:
 * called whenever a case is put back on its shelf.
 */
gboolean
linli_supervision_follow (LinliCaseFile *file,
                          GError       **error)
{
  static const guint under_way = LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) |
                                 LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS) |
                                 LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_SUSPENDED) |
                                 LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_PENDING_REVIEW);
  g_autoptr(GPtrArray) standing = NULL;

  if (linli_row_is_null (file->row, LINLI_CASE_SUPERVISION_LEVEL) ||
      LINLI_CASE_STATE_BIT (linli_case_file_get_state (file)) & under_way)
    return TRUE;
  standing = linli_tx_select (file->context->tx, &linli_table_supervision, error,
                              "case_id = ?1 AND lifted_at IS NULL ORDER BY id", "s", linli_case_file_get_id (file));
  for (guint i = 0; standing != NULL && i < standing->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (standing->pdata[i]);

      linli_row_set_int (row, LINLI_SUPERVISION_LIFTED_AT, linli_command_now (file->context));
      if (!linli_tx_update (file->context->tx, row, error))
        return FALSE;
    }
  linli_row_set_null (file->row, LINLI_CASE_SUPERVISION_LEVEL);

  return standing != NULL;
}
