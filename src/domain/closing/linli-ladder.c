/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-ladder.h"

#include "linli-closing-tables.h"
#include "linli-deadline.h"
#include "linli-policy.h"
#include "linli-tx.h"

static const char *const event_names[] = { "before_due", "overdue", "silent" };

/* What holds in a centre that decided nothing else. */
static const struct
{
  const char      *code;
  LinliLadderEvent event;
  int              level;
  const char      *wait;
  const char      *reply;
  const char      *words;
} built_in[] = {
  { "remind-before-due", LINLI_LADDER_BEFORE_DUE, LINLI_LADDER_REMIND, "1工作时", NULL, "即将到期，请抓紧办理。" },
  { "urge-overdue", LINLI_LADDER_OVERDUE, LINLI_LADDER_URGE, "0工作时", "4工作时", "已超过时限，请说明原因并尽快办理。" },
  { "supervise-overdue", LINLI_LADDER_OVERDUE, LINLI_LADDER_SUPERVISE, "1工作日", "1工作日",
    "超期一个工作日仍未办理，请书面说明原因和完成时间。" },
  { "supervise-silent", LINLI_LADDER_SILENT, LINLI_LADDER_SUPERVISE, "0工作时", "1工作日",
    "催办后未在时限内答复，请书面说明原因和完成时间。" },
  { "circulate-overdue", LINLI_LADDER_OVERDUE, LINLI_LADDER_CIRCULATE, "5工作日", "1工作日",
    "超期五个工作日仍未办结，予以通报。" },
};

#define DEFAULT_CLOCKS "sign contact resolve"

static void
rule_free (LinliLadderRule *rule)
{
  g_free (rule->code);
  g_strfreev (rule->clocks);
  g_free (rule->wait_text);
  g_free (rule->reply);
  g_free (rule->words);
  g_free (rule);
}

const char *
linli_ladder_event_to_text (LinliLadderEvent event)
{
  g_return_val_if_fail (event < G_N_ELEMENTS (event_names), NULL);

  return event_names[event];
}

/* A wait that cannot be read makes a rule that never calls. */
static void
set_wait (LinliLadderRule *rule,
          const char      *wait)
{
  rule->wait_text = g_strdup (wait);
  if (!linli_term_from_text (wait, &rule->wait))
    rule->active = FALSE;
}

static LinliLadderRule *
find_rule (GPtrArray  *rules,
           const char *code)
{
  LinliLadderRule *rule;

  for (guint i = 0; i < rules->len; i++)
    {
      rule = rules->pdata[i];
      if (g_str_equal (rule->code, code))
        return rule;
    }
  rule = g_new0 (LinliLadderRule, 1);
  rule->code = g_strdup (code);
  g_ptr_array_add (rules, rule);
  return rule;
}

/**
 * linli_ladder_rules_take:
 * @rules: (element-type LinliLadderRule): as linli_ladder_rules_load() makes them
 * @row: of supervision_rule
 *
 * Makes the rule of that code what the row says, or adds it.
 */
void
linli_ladder_rules_take (GPtrArray *rules,
                         LinliRow  *row)
{
  LinliLadderRule *rule = find_rule (rules, linli_row_get_text (row, LINLI_SUPERVISION_RULE_CODE));
  const char *event = linli_row_get_text (row, LINLI_SUPERVISION_RULE_EVENT);
  const char *clocks = linli_row_get_text (row, LINLI_SUPERVISION_RULE_CLOCKS);

  for (guint i = 0; i < G_N_ELEMENTS (event_names); i++)
    if (g_strcmp0 (event_names[i], event) == 0)
      rule->event = (LinliLadderEvent) i;
  g_strfreev (rule->clocks);
  g_free (rule->wait_text);
  g_free (rule->reply);
  g_free (rule->words);
  rule->level = (int) linli_row_get_int (row, LINLI_SUPERVISION_RULE_LEVEL);
  rule->clocks = g_strsplit (clocks != NULL ? clocks : DEFAULT_CLOCKS, " ", -1);
  rule->reply = g_strdup (linli_row_get_text (row, LINLI_SUPERVISION_RULE_REPLY));
  rule->words = g_strdup (linli_row_get_text (row, LINLI_SUPERVISION_RULE_WORDS));
  rule->active = linli_row_get_int (row, LINLI_SUPERVISION_RULE_ACTIVE) != 0;
  set_wait (rule, linli_row_get_text (row, LINLI_SUPERVISION_RULE_WAIT));
}

/**
 * linli_ladder_rules_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliLadderRule): the built-in rules,
 *   each as the centre changed it, then the centre's own; disabled ones too
 */
GPtrArray *
linli_ladder_rules_load (LinliConn *conn,
                         GError   **error)
{
  g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  g_autoptr(GPtrArray) rows = NULL;

  g_return_val_if_fail (conn != NULL, NULL);

  rows = linli_conn_select (conn, &linli_table_supervision_rule, error, "1 = 1 ORDER BY id", "");
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (built_in); i++)
    {
      LinliLadderRule *rule = find_rule (rules, built_in[i].code);

      rule->event = built_in[i].event;
      rule->level = built_in[i].level;
      rule->clocks = g_strsplit (DEFAULT_CLOCKS, " ", -1);
      rule->reply = g_strdup (built_in[i].reply);
      rule->words = g_strdup (built_in[i].words);
      rule->active = TRUE;
      set_wait (rule, built_in[i].wait);
    }
  for (guint i = 0; i < rows->len; i++)
    linli_ladder_rules_take (rules, rows->pdata[i]);

  return g_steal_pointer (&rules);
}

static gboolean
shift (LinliWorkCalendar *calendar,
       gint64             from,
       LinliTerm          term,
       gint64            *to)
{
  const LinliDeadlineQuestion question = { .start = from, .limit = term, .rule = LINLI_START_IMMEDIATE,
                                           .calendar = calendar };
  g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&question, NULL);

  if (deadline == NULL)
    return FALSE;
  *to = deadline->due;
  return TRUE;
}

/* The first working minute after a wait: what runs out at closing, or in the
 * night, is called for in the morning. A year whose holidays are not known
 * calls for nothing, rather than for something wrong. */
static gboolean
moment (const LinliLadderRule *rule,
        LinliWorkCalendar     *calendar,
        gint64                 due,
        gint64                *at)
{
  static const LinliTerm minute = { 1, LINLI_LIMIT_MINUTE };
  LinliTerm wait = rule->wait;

  if (rule->event == LINLI_LADDER_BEFORE_DUE)
    {
      wait.amount = -wait.amount;
      return shift (calendar, due, wait, at);
    }
  return (wait.amount == 0 || shift (calendar, due, wait, &due)) && shift (calendar, due, minute, at);
}

static void
consider (const LinliLadderRule *rule,
          const char            *dispatch,
          const char            *kind,
          gint64                 due,
          LinliWorkCalendar     *calendar,
          gint64                 now,
          LinliLadderCall       *call)
{
  gint64 at;

  if (!moment (rule, calendar, due, &at) || at > now)
    return;
  if (rule->event == LINLI_LADDER_BEFORE_DUE && now > due)
    return; /* it is no longer before */
  if (call->rule != NULL && (rule->level < call->rule->level || (rule->level == call->rule->level && at >= call->at)))
    return;
  *call = (LinliLadderCall) { rule, dispatch, kind, due, at };
}

/**
 * linli_ladder_judge:
 * @rules: (element-type LinliLadderRule)
 * @now: microseconds UTC
 * @call: (out): the highest level called for that does not stand already;
 *   borrows from @rules and @facts
 *
 * Returns: whether any is
 */
gboolean
linli_ladder_judge (GPtrArray             *rules,
                    const LinliLadderCase *facts,
                    LinliWorkCalendar     *calendar,
                    gint64                 now,
                    LinliLadderCall       *call)
{
  g_return_val_if_fail (rules != NULL && facts != NULL && calendar != NULL && call != NULL, FALSE);

  *call = (LinliLadderCall) { 0 };
  for (guint r = 0; r < rules->len; r++)
    {
      const LinliLadderRule *rule = rules->pdata[r];

      if (!rule->active || rule->level <= facts->level)
        continue;
      if (rule->event == LINLI_LADDER_SILENT)
        {
          if (facts->reply_due != 0)
            consider (rule, facts->dispatch, NULL, facts->reply_due, calendar, now, call);
          continue;
        }
      for (guint c = 0; c < facts->n_clocks; c++)
        if (g_strv_contains ((const char *const *) rule->clocks, facts->clocks[c].kind))
          consider (rule, facts->clocks[c].dispatch, facts->clocks[c].kind, facts->clocks[c].due, calendar, now, call);
    }

  return call->rule != NULL;
}

/**
 * linli_ladder_horizon:
 *
 * Returns: no clock due after this moment can call for anything at @now
 */
gint64
linli_ladder_horizon (GPtrArray         *rules,
                      LinliWorkCalendar *calendar,
                      gint64             now)
{
  gint64 horizon = now;

  for (guint r = 0; r < rules->len; r++)
    {
      const LinliLadderRule *rule = rules->pdata[r];
      LinliTerm wait = rule->wait;
      gint64 due;

      wait.amount++; /* counting forward stops at a closing, backward at an opening */
      if (rule->active && rule->event == LINLI_LADDER_BEFORE_DUE && shift (calendar, now, wait, &due))
        horizon = MAX (horizon, due);
    }
  return horizon;
}

/* Whether somebody is there to read what is issued; not when that cannot be known. */
gboolean
linli_ladder_is_working_time (LinliWorkCalendar *calendar,
                              gint64             now)
{
  gint64 minutes = 0;

  return linli_work_calendar_count_minutes (calendar, now, now + 60 * G_USEC_PER_SEC, &minutes, NULL) && minutes > 0;
}
