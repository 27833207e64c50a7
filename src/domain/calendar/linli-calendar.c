/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The working calendar as a value: days written out once, then only looked up.
 *
 * A year without published holidays is not a year without holidays. Every
 * question about such a year fails with LINLI_CALENDAR_ERROR_UNCOVERED. */

#include "config.h"

#include "linli-calendar.h"
#include "linli-calendar-private.h"

#define USEC_PER_MINUTE (60 * G_USEC_PER_SEC)

G_DEFINE_QUARK (linli-calendar-error-quark, linli_calendar_error)

LinliWorkCalendar *
linli_work_calendar_ref (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, NULL);

  return g_atomic_rc_box_acquire (calendar);
}

static void
calendar_clear (gpointer data)
{
  LinliWorkCalendar *calendar = data;

  linli_calendar_rules_clear (&calendar->rules);
  g_free (calendar->days);
  g_free (calendar->spans);
  g_free (calendar->opened);
  g_free (calendar->working);
  g_free (calendar->worked);
}

void
linli_work_calendar_unref (LinliWorkCalendar *calendar)
{
  g_return_if_fail (calendar != NULL);

  g_atomic_rc_box_release_full (calendar, calendar_clear);
}

const char *
linli_work_calendar_get_name (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, NULL);

  return calendar->rules.name;
}

int
linli_work_calendar_get_version (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, 0);

  return calendar->rules.version;
}

/**
 * linli_work_calendar_get_source:
 *
 * Returns: (transfer none) (nullable): where the holidays were published
 */
const char *
linli_work_calendar_get_source (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, NULL);

  return calendar->rules.source;
}

const char *
linli_work_calendar_get_zone (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, NULL);

  return calendar->rules.zone;
}

/**
 * linli_work_calendar_get_covered_from:
 *
 * Returns: the first year whose holidays are known
 */
int
linli_work_calendar_get_covered_from (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, 0);

  return calendar->rules.covered_from;
}

/**
 * linli_work_calendar_get_covered_until:
 *
 * Returns: the last year whose holidays are known
 */
int
linli_work_calendar_get_covered_until (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, 0);

  return calendar->rules.covered_until;
}

/* @weekday: %LINLI_MONDAY to %LINLI_SUNDAY. Returns: (transfer none): what the week says of it */
const LinliHours *
linli_work_calendar_get_week (LinliWorkCalendar *calendar,
                              int                weekday)
{
  g_return_val_if_fail (calendar != NULL && weekday >= LINLI_MONDAY && weekday <= LINLI_SUNDAY, NULL);

  return &calendar->rules.week[weekday];
}

/* Returns: (transfer none): of make-up days; without a span: those of the first working weekday */
const LinliHours *
linli_work_calendar_get_make_up (LinliWorkCalendar *calendar)
{
  g_return_val_if_fail (calendar != NULL, NULL);

  return &calendar->rules.make_up;
}

/* Returns: (transfer none) (array length=n): the days that are not as the week says, ascending */
const LinliDayException *
linli_work_calendar_get_exceptions (LinliWorkCalendar *calendar,
                                    guint             *n)
{
  g_return_val_if_fail (calendar != NULL && n != NULL, NULL);

  *n = calendar->rules.exceptions->len;
  return (const LinliDayException *) (gpointer) calendar->rules.exceptions->data;
}

gboolean
linli_work_calendar_covers (LinliWorkCalendar *calendar,
                            LinliDate          date)
{
  g_return_val_if_fail (calendar != NULL, FALSE);

  return date >= calendar->first && date < calendar->first + (LinliDate) calendar->n_days;
}

static gboolean
fail_uncovered (LinliWorkCalendar *calendar,
                int                year,
                GError           **error)
{
  g_set_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED,
               "The holidays of %d are not known; calendar \"%s\" covers %d to %d",
               year, calendar->rules.name, calendar->rules.covered_from, calendar->rules.covered_until);
  return FALSE;
}

/**
 * linli_work_calendar_get_day:
 * @date: a day
 * @error: %LINLI_CALENDAR_ERROR_UNCOVERED
 *
 * Returns: (transfer none): the day, alive as long as @calendar, or %NULL
 */
const LinliCalendarDay *
linli_work_calendar_get_day (LinliWorkCalendar *calendar,
                             LinliDate          date,
                             GError           **error)
{
  g_return_val_if_fail (calendar != NULL, NULL);

  if (!linli_work_calendar_covers (calendar, date))
    {
      fail_uncovered (calendar, linli_date_get_year (date), error);
      return NULL;
    }

  return &calendar->days[date - calendar->first];
}

/**
 * linli_work_calendar_find_working_day:
 * @date: where to count from
 * @n: 0 for @date itself, or the next working day when @date is none; 1 for
 *   the first working day after that, -1 for the one before it, and so on
 * @found: (out): the day
 * @error: %LINLI_CALENDAR_ERROR_UNCOVERED
 */
gboolean
linli_work_calendar_find_working_day (LinliWorkCalendar *calendar,
                                      LinliDate          date,
                                      int                n,
                                      LinliDate         *found,
                                      GError           **error)
{
  gint64 index;

  g_return_val_if_fail (calendar != NULL && found != NULL, FALSE);

  if (linli_work_calendar_get_day (calendar, date, error) == NULL)
    return FALSE;

  index = (gint64) calendar->worked[date - calendar->first] + n;
  if (index < 0)
    return fail_uncovered (calendar, calendar->rules.covered_from - 1, error);
  if (index >= calendar->n_working)
    return fail_uncovered (calendar, calendar->rules.covered_until + 1, error);

  *found = calendar->working[index];
  return TRUE;
}

/**
 * linli_work_calendar_count_working_days:
 * @year: a year
 * @error: %LINLI_CALENDAR_ERROR_UNCOVERED
 *
 * Returns: the number of working days of @year, or -1
 */
int
linli_work_calendar_count_working_days (LinliWorkCalendar *calendar,
                                        int                year,
                                        GError           **error)
{
  LinliDate first;
  LinliDate next;

  g_return_val_if_fail (calendar != NULL, -1);

  if (year < calendar->rules.covered_from || year > calendar->rules.covered_until)
    {
      fail_uncovered (calendar, year, error);
      return -1;
    }

  first = linli_date_new (year, 1, 1) - calendar->first;
  next = linli_date_new (year + 1, 1, 1) - calendar->first;
  return (int) (calendar->worked[next] - calendar->worked[first]);
}

/**
 * linli_work_calendar_count_days_between:
 * @days: (out): working days after @from up to and including @to; negative
 *   when @to comes first
 * @error: %LINLI_CALENDAR_ERROR_UNCOVERED
 */
gboolean
linli_work_calendar_count_days_between (LinliWorkCalendar *calendar,
                                        LinliDate          from,
                                        LinliDate          to,
                                        int               *days,
                                        GError           **error)
{
  g_return_val_if_fail (calendar != NULL && days != NULL, FALSE);

  if (linli_work_calendar_get_day (calendar, from, error) == NULL
      || linli_work_calendar_get_day (calendar, to, error) == NULL)
    return FALSE;

  from -= calendar->first;
  to -= calendar->first;
  *days = (int) calendar->worked[to + 1] - (int) calendar->worked[from + 1];
  return TRUE;
}

/* Working minutes from the first covered moment to @minute. */
gint64
linli_work_calendar_count_before (LinliWorkCalendar *calendar,
                                  gint64             minute)
{
  const LinliOpenSpan *span;
  guint low = 0;
  guint high = calendar->n_spans;

  while (low < high) /* the first span that starts at @minute or later */
    {
      guint middle = low + (high - low) / 2;

      if (calendar->spans[middle].from < minute)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0)
    return 0;

  span = &calendar->spans[low - 1];
  return calendar->opened[low - 1] + MIN (minute, span->to) - span->from;
}

/* The last minute before which @counted working minutes have passed: at the
 * seam of two spans the opening, not the closing. @counted is not negative and
 * less than all there are. */
gint64
linli_work_calendar_find_counted (LinliWorkCalendar *calendar,
                                  gint64             counted)
{
  guint low = 0;
  guint high = calendar->n_spans;

  g_assert (counted >= 0 && counted < calendar->opened[calendar->n_spans]);

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (calendar->opened[middle] <= counted)
        low = middle;
      else
        high = middle;
    }

  return calendar->spans[low].from + counted - calendar->opened[low];
}

static gint64
floor_minute (gint64 time)
{
  return time >= 0 ? time / USEC_PER_MINUTE : -((USEC_PER_MINUTE - 1 - time) / USEC_PER_MINUTE);
}

/**
 * linli_work_calendar_count_minutes:
 * @from: microseconds since the epoch
 * @to: microseconds since the epoch
 * @minutes: (out): working minutes between the two; 0 when @to is before @from
 * @error: %LINLI_CALENDAR_ERROR_UNCOVERED
 */
gboolean
linli_work_calendar_count_minutes (LinliWorkCalendar *calendar,
                                   gint64             from,
                                   gint64             to,
                                   gint64            *minutes,
                                   GError           **error)
{
  LinliDate first, last;

  g_return_val_if_fail (calendar != NULL && minutes != NULL, FALSE);

  if (to <= from)
    {
      *minutes = 0;
      return TRUE;
    }

  linli_work_calendar_to_local (calendar, from, &first, NULL);
  linli_work_calendar_to_local (calendar, to - 1, &last, NULL);
  if (!linli_work_calendar_covers (calendar, first))
    return fail_uncovered (calendar, linli_date_get_year (first), error);
  if (!linli_work_calendar_covers (calendar, last))
    return fail_uncovered (calendar, linli_date_get_year (last), error);

  *minutes = linli_work_calendar_count_before (calendar, floor_minute (to))
           - linli_work_calendar_count_before (calendar, floor_minute (from));
  return TRUE;
}

/* Minutes by which the desk's clock is ahead of UTC at the minute @utc. */
static int
offset_at (LinliWorkCalendar *calendar,
           gint64             utc)
{
  GTimeZone *tz = calendar->rules.tz;

  return g_time_zone_get_offset (tz, g_time_zone_find_interval (tz, G_TIME_TYPE_UNIVERSAL, utc * 60)) / 60;
}

/**
 * linli_work_calendar_to_local:
 * @time: microseconds since the epoch
 * @date: (out) (optional): the day it is at the desk then
 * @minute: (out) (optional): and the minute of that day, seconds dropped
 *
 * Works for any year: the zone is known also where the holidays are not.
 */
void
linli_work_calendar_to_local (LinliWorkCalendar *calendar,
                              gint64             time,
                              LinliDate         *date,
                              int               *minute)
{
  gint64 local;
  gint64 day;

  g_return_if_fail (calendar != NULL);

  local = floor_minute (time) + offset_at (calendar, floor_minute (time));
  day = local / LINLI_MINUTES_PER_DAY - (local % LINLI_MINUTES_PER_DAY < 0);

  if (date != NULL)
    *date = (LinliDate) day;
  if (minute != NULL)
    *minute = (int) (local - day * LINLI_MINUTES_PER_DAY);
}

/**
 * linli_work_calendar_from_local:
 * @date: a day at the desk
 * @minute: minute of that day, 0 to 1440
 *
 * A minute that the clocks skip is the moment they skip it; one that they
 * show twice is the first of the two. So later local times never come earlier.
 *
 * Returns: microseconds since the epoch
 */
gint64
linli_work_calendar_from_local (LinliWorkCalendar *calendar,
                                LinliDate          date,
                                int                minute)
{
  gint64 seconds = ((gint64) date * LINLI_MINUTES_PER_DAY + minute) * 60;
  int interval;

  g_return_val_if_fail (calendar != NULL, 0);

  interval = g_time_zone_adjust_time (calendar->rules.tz, G_TIME_TYPE_DAYLIGHT, &seconds);
  return (seconds - g_time_zone_get_offset (calendar->rules.tz, interval)) * G_USEC_PER_SEC;
}

/**
 * linli_work_calendar_format_time:
 * @time: microseconds since the epoch
 *
 * Returns: (transfer full): "2026-02-14T10:00+08:00", the desk's local time
 */
char *
linli_work_calendar_format_time (LinliWorkCalendar *calendar,
                                 gint64             time)
{
  g_autofree char *date_text = NULL;
  LinliDate date;
  int minute;
  int offset;

  g_return_val_if_fail (calendar != NULL, NULL);

  linli_work_calendar_to_local (calendar, time, &date, &minute);
  offset = offset_at (calendar, floor_minute (time));
  date_text = linli_date_to_text (date);

  return g_strdup_printf ("%sT%02d:%02d%c%02d:%02d", date_text, minute / 60, minute % 60,
                          offset < 0 ? '-' : '+', ABS (offset) / 60, ABS (offset) % 60);
}
