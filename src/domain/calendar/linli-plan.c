/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How each unit, under each start rule, becomes minutes to count. */

#include "config.h"

#include "linli-plan.h"
#include "linli-calendar-private.h"

#define USEC_PER_MINUTE (60 * G_USEC_PER_SEC)

typedef struct
{
  LinliWorkCalendar *calendar; /* (unowned) */
  gint64             start;    /* in minutes */
  LinliDate          date;     /* the day of it at the desk */
  int                minute;   /* and the minute of that day */
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

/* The minute at which the desk's clock shows the time of the start on @date. */
static gint64
from_local (const Start *start,
            LinliDate    date)
{
  return linli_work_calendar_from_local (start->calendar, date, start->minute) / USEC_PER_MINUTE;
}

/* The last working moment of @day up to @moment, or the opening where there is none. */
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

/* Moves a start outside working hours to the next opening. */
static gboolean
move_to_opening (Start   *start,
                 GError **error)
{
  LinliWorkCalendar *calendar = start->calendar;
  const LinliCalendarDay *day = linli_work_calendar_get_day (calendar, start->date, error);
  LinliDate date;

  if (day == NULL)
    return FALSE;
  for (guint i = 0; i < day->n_spans; i++)
    if (start->start <= day->spans[i].to)
      {
        start_init (start, calendar, MAX (start->start, day->spans[i].from));
        return TRUE;
      }

  if (!linli_work_calendar_find_working_day (calendar, start->date + 1, 0, &date, error))
    return FALSE;
  start_init (start, calendar, linli_work_calendar_get_day (calendar, date, NULL)->spans[0].from);
  return TRUE;
}

/* Moves a start outside working hours to the closing before it. */
static gboolean
move_to_closing (Start   *start,
                 GError **error)
{
  LinliWorkCalendar *calendar = start->calendar;
  const LinliCalendarDay *day = linli_work_calendar_get_day (calendar, start->date, error);
  LinliDate date;

  if (day == NULL)
    return FALSE;
  if (day->n_spans > 0 && start->start >= day->spans[0].from)
    {
      start_init (start, calendar, fit_into_hours (day, start->start));
      return TRUE;
    }

  if (!linli_work_calendar_find_working_day (calendar, start->date, -1, &date, error))
    return FALSE;
  start_init (start, calendar, closing (linli_work_calendar_get_day (calendar, date, NULL)));
  return TRUE;
}

/* Same time of day, @n working days away. */
static gboolean
find_same_time (Start    *start,
                int       n,
                gint64   *end,
                gboolean *opening,
                GError  **error)
{
  const LinliCalendarDay *day;
  LinliDate date;

  if (!(n < 0 ? move_to_closing (start, error) : move_to_opening (start, error))
      || !linli_work_calendar_find_working_day (start->calendar, start->date, n, &date, error))
    return FALSE;

  day = linli_work_calendar_get_day (start->calendar, date, error);
  *end = fit_into_hours (day, from_local (start, date));
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
  if (!linli_work_calendar_find_working_day (start->calendar, start->date + 1, MAX (n, 1) - 1,
                                             &date, error))
    return FALSE;

  *end = closing (linli_work_calendar_get_day (start->calendar, date, error));
  return TRUE;
}

static gboolean
plan_working_days (Start         *start,
                   int            n,
                   LinliStartRule rule,
                   LinliPlan     *plan,
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
           LinliPlan     *plan,
           GError       **error)
{
  LinliDate first;

  if (rule == LINLI_START_IMMEDIATE)
    {
      plan->minutes = from_local (start, start->date + n) - plan->begin;
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
              LinliPlan     *plan,
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
  gboolean minutes = term.unit == LINLI_LIMIT_MINUTE || term.unit == LINLI_LIMIT_URGENT_MINUTE;

  return minutes ? term.amount : term.amount * 60;
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
      *end = from_local (start, start->date + (int) term.amount);
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

/* Brings a limit that is not negative, counted from the minute @start, to a plan. */
gboolean
linli_plan_forward (LinliWorkCalendar *calendar,
                    gint64             start,
                    LinliTerm          term,
                    LinliStartRule     rule,
                    LinliPlan         *plan,
                    GError           **error)
{
  Start from;

  start_init (&from, calendar, start);
  *plan = (LinliPlan) { .begin = start, .working = linli_limit_unit_is_working (term.unit) };

  switch (term.unit)
    {
    case LINLI_LIMIT_WORKING_DAY:
      return plan_working_days (&from, (int) term.amount, rule, plan, error);
    case LINLI_LIMIT_DAY:
      return plan_days (&from, (int) term.amount, rule, plan, error);
    case LINLI_LIMIT_MINUTE:
    case LINLI_LIMIT_WORKING_HOUR:
    case LINLI_LIMIT_URGENT_MINUTE:
    case LINLI_LIMIT_URGENT_HOUR:
    case LINLI_LIMIT_HOUR:
      return plan_minutes (&from, term_minutes (term), rule, plan, error);
    default:
      g_assert_not_reached ();
    }
}

/* Brings a negative limit to a plan that begins where the limit ends and
 * counts back up to the minute @start. */
gboolean
linli_plan_backwards (LinliWorkCalendar *calendar,
                      gint64             start,
                      LinliTerm          term,
                      LinliPlan         *plan,
                      GError           **error)
{
  Start from;

  start_init (&from, calendar, start);
  *plan = (LinliPlan) { .working = linli_limit_unit_is_working (term.unit) };
  if (!find_backwards (&from, term, &plan->begin, error))
    return FALSE;

  plan->minutes = start - plan->begin;
  if (plan->working)
    plan->minutes = linli_work_calendar_count_before (calendar, start)
                  - linli_work_calendar_count_before (calendar, plan->begin);
  return TRUE;
}
