/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deadlines as a pure function. A limit is first brought to a plan: count so
 * many minutes from this moment on, of working or of clock time. Then
 * LinliCount counts them. So a pause always costs exactly the minutes that
 * would have counted, whatever unit the limit is written in. */

#include "config.h"

#include "linli-deadline.h"
#include "linli-count.h"
#include "linli-plan.h"

#define USEC_PER_MINUTE (60 * G_USEC_PER_SEC)

/* 1900-01-01 and 3000-01-01: whatever lies outside is no time of a case, and
 * would carry the arithmetic to years without four digits. */
#define TIME_MIN (G_GINT64_CONSTANT (-2208988800) * G_USEC_PER_SEC)
#define TIME_MAX (G_GINT64_CONSTANT (32503680000) * G_USEC_PER_SEC)

G_DEFINE_QUARK (linli-deadline-error-quark, linli_deadline_error)

static const char *rule_ids[LINLI_START_N_RULES] = { "immediate", "next_day", "next_working_day" };

/**
 * linli_start_rule_default:
 *
 * Returns: the rule where none is stated: days count from the next working
 *   day, minutes and hours at once
 */
LinliStartRule
linli_start_rule_default (LinliLimitUnit unit)
{
  if (!linli_limit_unit_is_days (unit))
    return LINLI_START_IMMEDIATE;
  return linli_limit_unit_is_working (unit) ? LINLI_START_NEXT_WORKING_DAY : LINLI_START_NEXT_DAY;
}

const char *
linli_start_rule_to_id (LinliStartRule rule)
{
  g_return_val_if_fail (rule < LINLI_START_N_RULES, NULL);

  return rule_ids[rule];
}

gboolean
linli_start_rule_from_id (const char     *id,
                          LinliStartRule *rule)
{
  g_return_val_if_fail (rule != NULL, FALSE);

  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (rule_ids); i++)
    if (g_str_equal (rule_ids[i], id))
      {
        *rule = i;
        return TRUE;
      }

  return FALSE;
}

/* Counts what @plan says. With @first, the limit itself begins: then the trace
 * says so where that is outside working hours. */
static gboolean
run_plan (LinliCount      *count,
          const LinliPlan *plan,
          gboolean         first,
          GError         **error)
{
  count->left = plan->minutes;
  count->roll = plan->roll;
  if (plan->working)
    return linli_count_working (count, plan->begin, first, error);

  linli_count_clock (count, plan->begin);
  return TRUE;
}

/* One limit, or one extension, from where the last one ended. */
static gboolean
count_term (LinliCount    *count,
            LinliTerm      term,
            LinliStartRule rule,
            gboolean       first,
            GError       **error)
{
  LinliStepKind later = rule == LINLI_START_NEXT_DAY ? LINLI_STEP_NEXT_DAY : LINLI_STEP_NEXT_WORKING_DAY;
  gint64 from = count->end;
  LinliPlan plan;

  if (!linli_plan_forward (count->calendar, from, term, rule, &plan, error))
    return FALSE;
  if (plan.begin != from)
    linli_count_tell (count, later, plan.begin);

  return run_plan (count, &plan, first && plan.begin == from, error);
}

/* Tells the way from the end back up to the start. */
static gboolean
count_backwards (LinliCount *count,
                 LinliTerm   term,
                 GError    **error)
{
  LinliPlan plan;

  if (!linli_plan_backwards (count->calendar, count->end, term, &plan, error))
    return FALSE;
  linli_count_tell (count, LINLI_STEP_BACKWARDS, plan.begin);
  if (!run_plan (count, &plan, FALSE, error))
    return FALSE;

  count->end = plan.begin;
  return TRUE;
}

static int
compare_pauses (gconstpointer a,
                gconstpointer b)
{
  const LinliOpenSpan *left = a;
  const LinliOpenSpan *right = b;

  return (left->from > right->from) - (left->from < right->from);
}

static gint64
floor_minute (gint64 time)
{
  return time >= 0 ? time / USEC_PER_MINUTE : -((USEC_PER_MINUTE - 1 - time) / USEC_PER_MINUTE);
}

/* In minutes, ascending and apart. */
static GArray *
sort_pauses (const LinliPause *pauses,
             gsize             n_pauses,
             GError          **error)
{
  g_autoptr(GArray) sorted = g_array_new (FALSE, FALSE, sizeof (LinliOpenSpan));
  guint n = 0;

  for (gsize i = 0; i < n_pauses; i++)
    {
      gint64 from = pauses[i].from;
      gint64 to = pauses[i].to;
      gboolean open = to == LINLI_PAUSE_OPEN;
      LinliOpenSpan span = { floor_minute (from), open ? G_MAXINT64 : floor_minute (to) };

      if (to < from || from < TIME_MIN || (!open && to > TIME_MAX))
        {
          g_set_error (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_PAUSE,
                       "Pause %" G_GSIZE_FORMAT " ends before it begins, or lies outside all calendars",
                       i + 1);
          return NULL;
        }
      if (span.from < span.to)
        g_array_append_val (sorted, span);
    }

  g_array_sort (sorted, compare_pauses);
  for (guint i = 0; i < sorted->len; i++)
    {
      LinliOpenSpan *spans = (LinliOpenSpan *) sorted->data;

      if (n > 0 && spans[i].from <= spans[n - 1].to)
        spans[n - 1].to = MAX (spans[n - 1].to, spans[i].to);
      else
        spans[n++] = spans[i];
    }
  g_array_set_size (sorted, n);

  return g_steal_pointer (&sorted);
}

/* Bounds that keep the arithmetic sound, and combinations without meaning. */
static gboolean
check_question (const LinliDeadlineQuestion *question,
                GError                     **error)
{
  const char *problem = NULL;
  gint64 sum = question->limit.amount;

  if (question->limit.unit >= LINLI_LIMIT_N_UNITS || question->rule >= LINLI_START_N_RULES)
    problem = "unknown unit or start rule";
  else if (question->start < TIME_MIN || question->start > TIME_MAX)
    problem = "the start lies outside all calendars";
  else if (sum < 0 && (question->rule != LINLI_START_IMMEDIATE || question->n_pauses > 0
                       || question->n_extensions > 0))
    problem = "counting backwards begins at once, and knows no pauses and no extensions";

  for (gsize i = 0; i < question->n_extensions && problem == NULL; i++)
    {
      const LinliTerm *extension = &question->extensions[i];

      if (extension->amount < 0 || extension->unit >= LINLI_LIMIT_N_UNITS)
        problem = "an extension adds time";
      else if ((sum += MIN (extension->amount, LINLI_TERM_MAX + 1)) > LINLI_TERM_MAX)
        problem = "limit and extensions are too long";
    }
  if (problem == NULL && (sum < -LINLI_TERM_MAX || sum > LINLI_TERM_MAX))
    problem = "it is too long";
  if (problem == NULL)
    return TRUE;

  g_set_error (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_LIMIT,
               "The limit cannot be counted: %s", problem);
  return FALSE;
}

/* The limit, lengthened by extensions of its own unit; then the others, one
 * after another, from where it ended. */
static gboolean
count_all (LinliCount                  *count,
           const LinliDeadlineQuestion *question,
           GError                     **error)
{
  LinliTerm limit = question->limit;

  for (gsize i = 0; i < question->n_extensions; i++)
    if (question->extensions[i].unit == limit.unit)
      {
        limit.amount += question->extensions[i].amount;
        linli_count_tell (count, LINLI_STEP_EXTENDED, count->end);
        linli_trace_get_last (count->trace)->term = question->extensions[i];
      }

  if (limit.amount < 0)
    return count_backwards (count, limit, error);
  if (!count_term (count, limit, question->rule, TRUE, error))
    return FALSE;

  for (gsize i = 0; i < question->n_extensions && !count->paused; i++)
    if (question->extensions[i].unit != limit.unit)
      {
        linli_count_tell (count, LINLI_STEP_EXTENDED, count->end);
        linli_trace_get_last (count->trace)->term = question->extensions[i];
        if (!count_term (count, question->extensions[i], LINLI_START_IMMEDIATE, FALSE, error))
          return FALSE;
      }

  return TRUE;
}

/**
 * linli_deadline_compute:
 * @question: all that a deadline depends on
 * @error: %LINLI_DEADLINE_ERROR; %LINLI_DEADLINE_ERROR_UNCOVERED when the
 *   answer depends on a year whose holidays are not known
 *
 * When a matter is due, and why. Nothing but @question enters into it: the
 * same question has the same answer on every machine and at every time.
 *
 * A limit that runs out exactly at a closing is due at that closing.
 * Extensions in the limit's own unit lengthen it; others count on from its
 * end. Rules: cases.md section 6, rule 1.
 *
 * Returns: (transfer full): the deadline
 */
LinliDeadline *
linli_deadline_compute (const LinliDeadlineQuestion *question,
                        GError                     **error)
{
  g_autoptr(GError) local = NULL;
  g_autoptr(GArray) pauses = NULL;
  g_autoptr(LinliTrace) trace = NULL;
  LinliDeadline *deadline;
  LinliCount count = { 0 };

  g_return_val_if_fail (question != NULL && question->calendar != NULL, NULL);

  if (!check_question (question, error))
    return NULL;
  pauses = sort_pauses (question->pauses, question->n_pauses, error);
  if (pauses == NULL)
    return NULL;

  trace = linli_trace_new (question->limit);
  count.calendar = question->calendar;
  count.pauses = (const LinliOpenSpan *) pauses->data;
  count.n_pauses = pauses->len;
  count.trace = trace;
  count.end = floor_minute (question->start);
  linli_count_tell (&count, LINLI_STEP_RECEIVED, count.end);
  if (!count_all (&count, question, &local))
    {
      if (g_error_matches (local, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED))
        g_set_error_literal (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_UNCOVERED,
                             local->message);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  linli_count_tell (&count, count.paused ? LINLI_STEP_STILL_PAUSED : LINLI_STEP_DUE, count.end);
  linli_trace_get_last (trace)->minutes = count.paused ? count.left : 0;
  deadline = g_new0 (LinliDeadline, 1);
  deadline->paused = count.paused;
  deadline->due = count.paused ? 0 : count.end * USEC_PER_MINUTE;
  deadline->left = count.paused ? count.left : 0;
  deadline->trace = g_steal_pointer (&trace);
  return deadline;
}

void
linli_deadline_free (LinliDeadline *deadline)
{
  if (deadline == NULL)
    return;

  linli_trace_free (deadline->trace);
  g_free (deadline);
}

/**
 * linli_deadline_is_overdue:
 * @now: microseconds since the epoch, server time where there is one
 * @due: likewise
 *
 * Returns: whether @now is later than @due; at @due itself it is not
 */
gboolean
linli_deadline_is_overdue (gint64 now,
                           gint64 due)
{
  return now > due;
}

/**
 * linli_deadline_remaining:
 * @now: microseconds since the epoch
 * @due: likewise
 * @calendar: (nullable): counts working minutes; %NULL for limits in clock time
 * @remaining: (out caller-allocates):
 * @error: %LINLI_CALENDAR_ERROR_UNCOVERED
 */
gboolean
linli_deadline_remaining (gint64             now,
                          gint64             due,
                          LinliWorkCalendar *calendar,
                          LinliRemaining    *remaining,
                          GError           **error)
{
  gboolean overdue = linli_deadline_is_overdue (now, due);
  gint64 minutes;
  LinliDate today, last;
  int days;

  g_return_val_if_fail (remaining != NULL, FALSE);

  if (calendar == NULL)
    {
      minutes = (MAX (now, due) - MIN (now, due)) / USEC_PER_MINUTE;
      *remaining = (LinliRemaining) { overdue, minutes, (int) (minutes / LINLI_MINUTES_PER_DAY) };
      return TRUE;
    }

  linli_work_calendar_to_local (calendar, now, &today, NULL);
  linli_work_calendar_to_local (calendar, due, &last, NULL);
  if (!linli_work_calendar_count_minutes (calendar, MIN (now, due), MAX (now, due), &minutes, error)
      || !linli_work_calendar_count_days_between (calendar, MIN (today, last), MAX (today, last),
                                                  &days, error))
    return FALSE;

  *remaining = (LinliRemaining) { overdue, minutes, days };
  return TRUE;
}
