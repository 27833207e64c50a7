/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deadlines as a pure function. A limit is first brought to a plan: count so
 * many minutes from this moment on, of working or of clock time. Then
 * LinliCount counts them. So a pause always costs exactly the minutes that
 * would have counted, whatever unit the limit is written in. */

#include "config.h"

#include "linli-deadline.h"
#include "linli-calendar-private.h"
#include "linli-count.h"

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

/* What a limit comes down to. */
typedef struct
{
  gint64   begin;   /* minute at which counting begins */
  gint64   minutes; /* how many to count */
  gboolean working; /* of working time */
  gboolean roll;    /* see LinliCount */
} Plan;

typedef struct
{
  LinliWorkCalendar *calendar;
  LinliDate          date;   /* day of the start */
  int                minute; /* and minute of that day */
  gint64             start;  /* in minutes */
} Start;

static void
start_init (Start             *start,
            LinliWorkCalendar *calendar,
            gint64             minute)
{
  start->calendar = calendar;
  start->start = minute;
  linli_work_calendar_to_local (calendar, minute * USEC_PER_MINUTE, &start->date, &start->minute);
}

static gint64
midnight (LinliWorkCalendar *calendar,
          LinliDate          date)
{
  return linli_work_calendar_from_local (calendar, date, 0) / USEC_PER_MINUTE;
}

static gint64
closing (const LinliCalendarDay *day)
{
  return day->spans[day->n_spans - 1].to;
}

/* The moment of @day that is closest to @moment without being later, if it
 * lies in working hours at all; the opening when all of them are later. */
static gint64
fit_into_hours (const LinliCalendarDay *day,
                gint64                  moment)
{
  gint64 fitted = day->spans[0].from;

  for (guint i = 0; i < day->n_spans && day->spans[i].from <= moment; i++)
    fitted = MIN (moment, day->spans[i].to);

  return fitted;
}

static gboolean
is_opening (const LinliCalendarDay *day,
            gint64                  moment)
{
  for (guint i = 0; i < day->n_spans; i++)
    if (moment == day->spans[i].from)
      return i == 0 || day->spans[i - 1].to < moment;

  return FALSE;
}

/* Moves a start outside working hours to the next opening, or for counting
 * backwards to the closing before. */
static gboolean
move_into_hours (Start   *start,
                 gboolean backwards,
                 GError **error)
{
  LinliWorkCalendar *calendar = start->calendar;
  const LinliCalendarDay *day = linli_work_calendar_get_day (calendar, start->date, error);
  LinliDate date;

  if (day == NULL)
    return FALSE;
  for (guint i = 0; i < day->n_spans; i++)
    {
      const LinliOpenSpan *span = &day->spans[i];

      if (start->start >= span->from && start->start <= span->to)
        return TRUE;
      if (!backwards && start->start < span->from)
        {
          start_init (start, calendar, span->from);
          return TRUE;
        }
    }

  if (backwards && day->n_spans > 0 && start->start > day->spans[0].to)
    {
      start_init (start, calendar, fit_into_hours (day, start->start));
      return TRUE;
    }
  if (!linli_work_calendar_find_working_day (calendar, backwards ? start->date : start->date + 1,
                                             backwards ? -1 : 0, &date, error))
    return FALSE;
  day = linli_work_calendar_get_day (calendar, date, error);
  start_init (start, calendar, backwards ? closing (day) : day->spans[0].from);
  return TRUE;
}

/* Same time of day, @n working days away. */
static gboolean
find_same_time (Start   *start,
                int      n,
                gint64  *end,
                gboolean *opening,
                GError **error)
{
  const LinliCalendarDay *day;
  LinliDate date;

  if (!move_into_hours (start, n < 0, error)
      || !linli_work_calendar_find_working_day (start->calendar, start->date, n, &date, error))
    return FALSE;

  day = linli_work_calendar_get_day (start->calendar, date, error);
  *end = fit_into_hours (day, linli_work_calendar_from_local (start->calendar, date, start->minute) / USEC_PER_MINUTE);
  *opening = is_opening (day, *end);
  return TRUE;
}

/* Closing of the @n-th working day after the start; with 0, of the day itself
 * while it is still open, or the next. */
static gboolean
find_closing (const Start *start,
              int          n,
              gint64      *end,
              GError     **error)
{
  const LinliCalendarDay *day = linli_work_calendar_get_day (start->calendar, start->date, error);
  LinliDate date;

  if (day == NULL)
    return FALSE;
  if (n == 0 && day->n_spans > 0 && start->start <= closing (day))
    {
      *end = closing (day);
      return TRUE;
    }
  if (!linli_work_calendar_find_working_day (start->calendar, start->date + 1, MAX (n, 1) - 1, &date, error))
    return FALSE;

  *end = closing (linli_work_calendar_get_day (start->calendar, date, error));
  return TRUE;
}

static gboolean
plan_working_days (Start         *start,
                   int            n,
                   LinliStartRule rule,
                   Plan          *plan,
                   GError       **error)
{
  gint64 end;

  if (rule == LINLI_START_IMMEDIATE)
    {
      if (!find_same_time (start, n, &end, &plan->roll, error))
        return FALSE;
    }
  else
    {
      if (!find_closing (start, n, &end, error))
        return FALSE;
      if (n > 0)
        plan->begin = midnight (start->calendar, start->date + 1);
    }

  plan->minutes = linli_work_calendar_count_before (start->calendar, end)
                - linli_work_calendar_count_before (start->calendar, plan->begin);
  return TRUE;
}

/* The day after the start, or the first working day after it. */
static gboolean
find_first_day (const Start   *start,
                LinliStartRule rule,
                LinliDate     *first,
                GError       **error)
{
  *first = start->date + 1;
  return rule != LINLI_START_NEXT_WORKING_DAY
      || linli_work_calendar_find_working_day (start->calendar, start->date + 1, 0, first, error);
}

static gboolean
plan_days (const Start   *start,
           int            n,
           LinliStartRule rule,
           Plan          *plan,
           GError       **error)
{
  LinliDate first;

  if (rule == LINLI_START_IMMEDIATE)
    {
      gint64 end = linli_work_calendar_from_local (start->calendar, start->date + n, start->minute);

      plan->minutes = end / USEC_PER_MINUTE - plan->begin;
      return TRUE;
    }

  if (!find_first_day (start, n > 0 ? rule : LINLI_START_NEXT_DAY, &first, error))
    return FALSE;
  if (n > 0)
    plan->begin = midnight (start->calendar, first);
  plan->minutes = midnight (start->calendar, first + n) - plan->begin;
  return TRUE;
}

static gboolean
plan_minutes (const Start   *start,
              gint64         minutes,
              LinliStartRule rule,
              Plan          *plan,
              GError       **error)
{
  LinliDate first;

  plan->minutes = minutes;
  if (rule == LINLI_START_IMMEDIATE)
    return TRUE;

  if (!find_first_day (start, rule, &first, error))
    return FALSE;
  if (plan->working || rule == LINLI_START_NEXT_DAY)
    plan->begin = midnight (start->calendar, start->date + 1);
  else
    plan->begin = linli_work_calendar_get_day (start->calendar, first, error)->spans[0].from;
  return TRUE;
}

static gint64
term_minutes (LinliTerm term)
{
  return term.unit == LINLI_LIMIT_MINUTE || term.unit == LINLI_LIMIT_URGENT_MINUTE ? term.amount : term.amount * 60;
}

static gboolean
make_plan (Start         *start,
           LinliTerm      term,
           LinliStartRule rule,
           Plan          *plan,
           GError       **error)
{
  *plan = (Plan) { .begin = start->start, .working = linli_limit_unit_is_working (term.unit) };

  switch (term.unit)
    {
    case LINLI_LIMIT_WORKING_DAY:
      return plan_working_days (start, (int) term.amount, rule, plan, error);
    case LINLI_LIMIT_DAY:
      return plan_days (start, (int) term.amount, rule, plan, error);
    case LINLI_LIMIT_MINUTE:
    case LINLI_LIMIT_WORKING_HOUR:
    case LINLI_LIMIT_URGENT_MINUTE:
    case LINLI_LIMIT_URGENT_HOUR:
    case LINLI_LIMIT_HOUR:
      return plan_minutes (start, term_minutes (term), rule, plan, error);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
run_plan (LinliCount *count,
          const Plan *plan,
          gint64      start,
          GError    **error)
{
  count->left = plan->minutes;
  count->roll = plan->roll;
  if (plan->working)
    return linli_count_working (count, plan->begin, plan->begin == start, error);

  linli_count_clock (count, plan->begin);
  return TRUE;
}

/* One limit, from the moment @count->end. */
static gboolean
count_term (LinliCount    *count,
            LinliTerm      term,
            LinliStartRule rule,
            GError       **error)
{
  Start start;
  Plan plan;
  gint64 from = count->end;

  start_init (&start, count->calendar, from);
  if (!make_plan (&start, term, rule, &plan, error))
    return FALSE;
  if (plan.begin != from)
    linli_count_tell (count, rule == LINLI_START_NEXT_DAY ? LINLI_STEP_NEXT_DAY : LINLI_STEP_NEXT_WORKING_DAY, plan.begin);

  return run_plan (count, &plan, from, error);
}

/* Where a limit that counts backwards ends. */
static gboolean
find_backwards (Start    *start,
                LinliTerm term,
                gint64   *end,
                GError  **error)
{
  LinliWorkCalendar *calendar = start->calendar;
  gint64 counted;
  gboolean opening;

  if (term.unit == LINLI_LIMIT_WORKING_DAY)
    return find_same_time (start, (int) term.amount, end, &opening, error);
  if (term.unit == LINLI_LIMIT_DAY)
    {
      *end = linli_work_calendar_from_local (calendar, start->date + (int) term.amount, start->minute) / USEC_PER_MINUTE;
      return TRUE;
    }
  if (!linli_limit_unit_is_working (term.unit))
    {
      *end = start->start + term_minutes (term);
      return TRUE;
    }

  if (linli_work_calendar_get_day (calendar, start->date, error) == NULL)
    return FALSE;
  counted = linli_work_calendar_count_before (calendar, start->start) + term_minutes (term);
  if (counted < 0)
    return linli_work_calendar_get_day (calendar, calendar->first - 1, error) != NULL;
  *end = linli_work_calendar_find_counted (calendar, counted);
  return TRUE;
}

/* Tells the way from the end back up to the start. */
static gboolean
count_backwards (LinliCount *count,
                 LinliTerm   term,
                 GError    **error)
{
  Plan plan = { .working = linli_limit_unit_is_working (term.unit) };
  Start start;

  start_init (&start, count->calendar, count->end);
  if (!find_backwards (&start, term, &plan.begin, error))
    return FALSE;

  plan.minutes = start.start - plan.begin;
  if (plan.working)
    plan.minutes = linli_work_calendar_count_before (count->calendar, start.start)
                 - linli_work_calendar_count_before (count->calendar, plan.begin);
  linli_count_tell (count, LINLI_STEP_BACKWARDS, plan.begin);
  if (!run_plan (count, &plan, G_MININT64, error))
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
      gboolean open = pauses[i].to == LINLI_PAUSE_OPEN;
      LinliOpenSpan span = { floor_minute (pauses[i].from), open ? G_MAXINT64 : floor_minute (pauses[i].to) };

      if (pauses[i].to < pauses[i].from || pauses[i].from < TIME_MIN || (!open && pauses[i].to > TIME_MAX))
        {
          g_set_error (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_PAUSE,
                       "Pause %" G_GSIZE_FORMAT " ends before it begins, or lies outside all calendars", i + 1);
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
  else if (sum < 0 && (question->rule != LINLI_START_IMMEDIATE || question->n_pauses > 0 || question->n_extensions > 0))
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

  g_set_error (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_LIMIT, "The limit cannot be counted: %s", problem);
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
  if (!count_term (count, limit, question->rule, error))
    return FALSE;

  for (gsize i = 0; i < question->n_extensions && !count->paused; i++)
    if (question->extensions[i].unit != limit.unit)
      {
        linli_count_tell (count, LINLI_STEP_EXTENDED, count->end);
        linli_trace_get_last (count->trace)->term = question->extensions[i];
        if (!count_term (count, question->extensions[i], LINLI_START_IMMEDIATE, error))
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
        g_set_error_literal (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_UNCOVERED, local->message);
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
      || !linli_work_calendar_count_days_between (calendar, MIN (today, last), MAX (today, last), &days, error))
    return FALSE;

  *remaining = (LinliRemaining) { overdue, minutes, days };
  return TRUE;
}
