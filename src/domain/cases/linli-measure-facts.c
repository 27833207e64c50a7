/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-measure-facts.h"

#include <string.h>

#include "linli-case-clocks.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"

/* Columns of LINLI_MEASURE_FACTS_SQL. */
enum { C_PK, C_CASE_NO, C_RECEIVED, C_CLOSED, C_STATE, C_SUBMISSIONS, C_RETURNS, C_REDOS, C_INSTANT, C_SUPERVISION,
       C_EXTENSIONS, C_SOLVED, C_GRADE, C_LANE, C_ITEM, C_CHANNEL, C_UNIT, C_COMMUNITY, C_SENT, C_DONE, C_FIRST,
       C_LIMIT_STATE, C_LIMIT_AT, C_MET_AT, C_RULE, C_CONTACTED };

/**
 * linli_measure_facts_read:
 * @stmt: at a row of %LINLI_MEASURE_FACTS_SQL; its texts are borrowed
 */
void
linli_measure_facts_read (LinliMeasureFacts *self,
                          LinliStmt         *stmt)
{
  static const int head_columns[LINLI_N_HEADS] = {
    [LINLI_HEAD_ITEM] = C_ITEM, [LINLI_HEAD_CHANNEL] = C_CHANNEL, [LINLI_HEAD_UNIT] = C_UNIT,
    [LINLI_HEAD_COMMUNITY] = C_COMMUNITY, [LINLI_HEAD_GRADE] = C_GRADE,
  };

  *self = (LinliMeasureFacts) {
    .pk = linli_stmt_get_int (stmt, C_PK), .case_no = linli_stmt_get_text (stmt, C_CASE_NO),
    .received_at = linli_stmt_get_int (stmt, C_RECEIVED), .closed_at = linli_stmt_get_int (stmt, C_CLOSED),
    .state = linli_stmt_get_text (stmt, C_STATE), .submissions = linli_stmt_get_int (stmt, C_SUBMISSIONS),
    .returns = linli_stmt_get_int (stmt, C_RETURNS), .redos = linli_stmt_get_int (stmt, C_REDOS),
    .instant = linli_stmt_get_int (stmt, C_INSTANT) != 0, .supervision = linli_stmt_get_int (stmt, C_SUPERVISION),
    .extensions = linli_stmt_get_int (stmt, C_EXTENSIONS), .contacted = linli_stmt_get_int (stmt, C_CONTACTED) != 0,
    .solved = linli_stmt_get_text (stmt, C_SOLVED), .lane = linli_stmt_get_text (stmt, C_LANE),
    .sent_at = linli_stmt_get_int (stmt, C_SENT), .is_done = !linli_stmt_is_null (stmt, C_DONE),
    .done_at = linli_stmt_get_int (stmt, C_DONE), .first = linli_stmt_get_text (stmt, C_FIRST),
    .limit_state = linli_stmt_get_text (stmt, C_LIMIT_STATE), .has_limit = !linli_stmt_is_null (stmt, C_LIMIT_AT),
    .limit_at = linli_stmt_get_int (stmt, C_LIMIT_AT), .met_at = linli_stmt_get_int (stmt, C_MET_AT),
    .rule = linli_stmt_get_text (stmt, C_RULE),
  };
  for (guint i = 0; i < LINLI_N_HEADS; i++)
    self->heads[i] = linli_stmt_get_text (stmt, head_columns[i]);
}

/* Whether @row stands before @other by an integer column, and then by id. */
static gboolean
is_before (LinliRow *row,
           LinliRow *other,
           guint     column)
{
  gint64 a = linli_row_get_int (row, column);
  gint64 b = other != NULL ? linli_row_get_int (other, column) : a;

  return other == NULL || a < b || (a == b && strcmp (linli_row_get_id (row), linli_row_get_id (other)) < 0);
}

static void
add_dispatch (LinliMeasureFacts *self,
              LinliRow          *row,
              LinliRow         **lead)
{
  gint64 done_at = linli_row_get_int (row, LINLI_DISPATCH_DONE_AT);

  if (!linli_row_is_null (row, LINLI_DISPATCH_SENT_AT) &&
      (self->sent_at == 0 || linli_row_get_int (row, LINLI_DISPATCH_SENT_AT) < self->sent_at))
    self->sent_at = linli_row_get_int (row, LINLI_DISPATCH_SENT_AT);
  if (g_str_equal (linli_row_get_text (row, LINLI_DISPATCH_STATE), "done") &&
      !linli_row_is_null (row, LINLI_DISPATCH_DONE_AT) && (!self->is_done || done_at > self->done_at))
    {
      self->is_done = TRUE;
      self->done_at = done_at;
    }
  self->contacted |= !linli_row_is_null (row, LINLI_DISPATCH_CONTACTED_AT);
  if (g_str_equal (linli_row_get_text (row, LINLI_DISPATCH_ROLE), "lead") && is_before (row, *lead, LINLI_DISPATCH_SEQ))
    *lead = row;
}

/**
 * linli_measure_facts_of:
 * @fresh: a case that a command has just made; its texts are borrowed
 *
 * What linli_measure_facts_read() finds once it is written.
 */
void
linli_measure_facts_of (LinliMeasureFacts    *self,
                        const LinliCaseFresh *fresh)
{
  static const guint head_columns[LINLI_N_HEADS] = {
    [LINLI_HEAD_ITEM] = LINLI_CASE_ITEM_NAME, [LINLI_HEAD_CHANNEL] = LINLI_CASE_CHANNEL_CODE,
    [LINLI_HEAD_UNIT] = LINLI_CASE_LEAD_UNIT_NAME, [LINLI_HEAD_COMMUNITY] = LINLI_CASE_COMMUNITY,
    [LINLI_HEAD_GRADE] = LINLI_CASE_SATISFACTION,
  };
  LinliRow *matter = fresh->matter;
  LinliRow *lead = NULL;
  LinliRow *clock = NULL;

  *self = (LinliMeasureFacts) {
    .pk = linli_row_get_pk (matter), .case_no = linli_row_get_text (matter, LINLI_CASE_CASE_NO),
    .received_at = linli_row_get_int (matter, LINLI_CASE_RECEIVED_AT),
    .closed_at = linli_row_get_int (matter, LINLI_CASE_CLOSED_AT), .state = linli_row_get_text (matter, LINLI_CASE_STATE),
    .submissions = linli_row_get_int (matter, LINLI_CASE_N_SUBMISSIONS),
    .returns = linli_row_get_int (matter, LINLI_CASE_RETURN_COUNT), .redos = linli_row_get_int (matter, LINLI_CASE_REDO_COUNT),
    .instant = !linli_row_is_null (matter, LINLI_CASE_INSTANT_ANSWER_ID),
    .supervision = linli_row_get_int (matter, LINLI_CASE_SUPERVISION_LEVEL),
    .extensions = linli_row_get_int (matter, LINLI_CASE_EXTENSION_COUNT),
    .solved = linli_row_get_text (matter, LINLI_CASE_SOLVED), .lane = linli_row_get_text (matter, LINLI_CASE_LANE),
  };
  for (guint i = 0; i < LINLI_N_HEADS; i++)
    self->heads[i] = linli_row_get_text (matter, head_columns[i]);
  for (guint i = 0; i < fresh->rows->len; i++)
    {
      LinliRow *row = fresh->rows->pdata[i];

      if (linli_row_get_table (row) == &linli_table_dispatch)
        add_dispatch (self, row, &lead);
      else if (linli_row_get_table (row) == &linli_table_clock && linli_row_is_null (row, LINLI_CLOCK_DISPATCH_ID) &&
               g_str_equal (linli_row_get_text (row, LINLI_CLOCK_KIND), "resolve") &&
               is_before (row, clock, LINLI_CLOCK_STARTED_AT))
        clock = row;
    }
  self->first = lead != NULL ? linli_row_get_text (lead, LINLI_DISPATCH_STATE) : NULL;
  if (clock == NULL)
    return;
  self->limit_state = linli_row_get_text (clock, LINLI_CLOCK_STATE);
  self->has_limit = !linli_row_is_null (clock, LINLI_CLOCK_DUE_AT);
  self->limit_at = linli_row_get_int (clock, LINLI_CLOCK_DUE_AT);
  self->met_at = linli_row_get_int (clock, LINLI_CLOCK_MET_AT);
  self->rule = linli_row_get_text (clock, LINLI_CLOCK_RULE_REF);
}

static guint
choice_of (const char        *text,
           const char *const *choices)
{
  for (guint i = 0; text != NULL && choices[i] != NULL; i++)
    if (g_str_equal (choices[i], text))
      return i + 1;
  return 0;
}

static void
measure_limit (LinliCaseMeasure        *self,
               const LinliMeasureFacts *facts)
{
  const char *state = facts->limit_state;

  if (state == NULL || !facts->has_limit)
    return;
  self->limit_at = facts->limit_at;
  self->met_at = facts->met_at;
  self->told = g_strcmp0 (facts->rule, LINLI_CLOCK_RULE_SOURCE) == 0;
  if (g_str_equal (state, "met"))
    self->limit = self->met_at <= self->limit_at ? LINLI_LIMIT_IN_TIME : LINLI_LIMIT_LATE;
  else if (g_str_equal (state, "running"))
    self->limit = LINLI_LIMIT_RUNNING;
  else
    self->limit = g_str_equal (state, "paused") ? LINLI_LIMIT_PAUSED : LINLI_LIMIT_STOPPED;
}

/* Satisfied are the three better of the five grades of 好差评. */
static void
measure_callback (LinliCaseMeasure        *self,
                  const LinliMeasureFacts *facts)
{
  static const char *const solved[] = { "yes", "partly", "no", NULL };
  static const char *const good[] = { "very_satisfied", "satisfied", "basically_satisfied", NULL };
  const char *grade = facts->heads[LINLI_HEAD_GRADE];

  self->solved = (LinliSolved) choice_of (facts->solved, solved);
  self->rated = grade != NULL;
  self->satisfied = grade != NULL && g_strv_contains (good, grade);
}

static gboolean
is_finished (guint state)
{
  return state == LINLI_CASE_STATE_RESOLVED || state == LINLI_CASE_STATE_CLOSED;
}

/**
 * linli_measure_facts_sum:
 * @measure: (out): what the case counts for
 */
void
linli_measure_facts_sum (const LinliMeasureFacts *self,
                         LinliCaseMeasure        *measure)
{
  static const char *const lanes[] = { "major", "minor", "private", NULL };
  LinliCaseState state = LINLI_CASE_STATE_RECEIVED;

  memset (measure, 0, sizeof *measure);
  linli_case_state_from_id (self->state, &state);
  measure->state = state;
  measure->received_at = self->received_at;
  measure->dispatched_at = self->sent_at;
  if (is_finished (state))
    measure->finished_at = self->is_done ? self->done_at : self->closed_at;
  measure->first = self->first == NULL                     ? LINLI_FIRST_NONE
                   : g_str_equal (self->first, "returned") ? LINLI_FIRST_RETURNED
                                                           : LINLI_FIRST_KEPT;
  measure->returned = self->returns > 0;
  measure->redone = self->redos > 0;
  measure->instant = self->instant;
  measure->extended = self->extensions > 0;
  measure->contacted = self->contacted;
  measure->supervision = (guint) self->supervision;
  measure->submissions = (guint) self->submissions;
  measure->lane = choice_of (self->lane, lanes);
  measure_limit (measure, self);
  measure_callback (measure, self);
}
