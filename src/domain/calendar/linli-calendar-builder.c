/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "linli-calendar-builder.h"
#include "linli-calendar-private.h"

/* Enough for any archive and any plan, small enough to write out day by day. */
#define YEARS_MAX 100
#define YEAR_MIN  1980
#define YEAR_MAX  2200

#define LAST_MINUTE (LINLI_MINUTES_PER_DAY - 1)

struct _LinliCalendarBuilder
{
  LinliCalendarRules rules;
};

LinliCalendarBuilder *
linli_calendar_builder_new (void)
{
  LinliCalendarBuilder *builder = g_new0 (LinliCalendarBuilder, 1);

  linli_calendar_rules_init (&builder->rules);
  return builder;
}

/**
 * linli_calendar_builder_new_from:
 * @calendar: a calendar to make the next version of
 *
 * Returns: (transfer full): a builder that knows all @calendar says
 */
LinliCalendarBuilder *
linli_calendar_builder_new_from (LinliWorkCalendar *calendar)
{
  LinliCalendarBuilder *builder;

  g_return_val_if_fail (calendar != NULL, NULL);

  builder = g_new0 (LinliCalendarBuilder, 1);
  linli_calendar_rules_copy (&builder->rules, &calendar->rules);
  return builder;
}

void
linli_calendar_builder_free (LinliCalendarBuilder *builder)
{
  if (builder == NULL)
    return;

  linli_calendar_rules_clear (&builder->rules);
  g_free (builder);
}

static void
set_text (char      **field,
          const char *text)
{
  char *copy = g_strdup (text);

  g_free (*field);
  *field = copy;
}

void
linli_calendar_builder_set_name (LinliCalendarBuilder *builder,
                                 const char           *name)
{
  g_return_if_fail (builder != NULL && name != NULL);

  set_text (&builder->rules.name, name);
}

void
linli_calendar_builder_set_version (LinliCalendarBuilder *builder,
                                    int                   version)
{
  g_return_if_fail (builder != NULL);

  builder->rules.version = version;
}

/**
 * linli_calendar_builder_set_source:
 * @source: (nullable): where the holidays were published
 */
void
linli_calendar_builder_set_source (LinliCalendarBuilder *builder,
                                   const char           *source)
{
  g_return_if_fail (builder != NULL);

  set_text (&builder->rules.source, source);
}

/**
 * linli_calendar_builder_set_zone:
 * @zone: "Asia/Shanghai" or "+08:00"
 * @error: %LINLI_CALENDAR_ERROR_ZONE
 */
gboolean
linli_calendar_builder_set_zone (LinliCalendarBuilder *builder,
                                 const char           *zone,
                                 GError              **error)
{
  GTimeZone *tz;

  g_return_val_if_fail (builder != NULL && zone != NULL, FALSE);

  if (g_str_equal (zone, builder->rules.zone))
    return TRUE;

  tz = *zone != '\0' ? g_time_zone_new_identifier (zone) : NULL;
  if (tz == NULL)
    {
      g_set_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_ZONE,
                   "Unknown time zone \"%s\"", zone);
      return FALSE;
    }

  g_time_zone_unref (builder->rules.tz);
  builder->rules.tz = tz;
  set_text (&builder->rules.zone, zone);
  return TRUE;
}

/**
 * linli_calendar_builder_set_covered:
 * @from: first year whose holidays are known
 * @until: last such year
 * @error: %LINLI_CALENDAR_ERROR_YEARS
 */
gboolean
linli_calendar_builder_set_covered (LinliCalendarBuilder *builder,
                                    int                   from,
                                    int                   until,
                                    GError              **error)
{
  g_return_val_if_fail (builder != NULL, FALSE);

  if (from < YEAR_MIN || until > YEAR_MAX || until < from || until - from >= YEARS_MAX)
    {
      g_set_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_YEARS,
                   "A calendar cannot cover the years %d to %d: at most %d years within %d to %d",
                   from, until, YEARS_MAX, YEAR_MIN, YEAR_MAX);
      return FALSE;
    }

  builder->rules.covered_from = from;
  builder->rules.covered_until = until;
  return TRUE;
}

static gboolean
fail_span (int         from,
           int         to,
           const char *why,
           GError    **error)
{
  g_set_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_SPAN,
               "Working hours %d:%02d-%d:%02d %s", from / 60, ABS (from % 60), to / 60, ABS (to % 60), why);
  return FALSE;
}

/**
 * linli_hours_add:
 * @hours: the hours of a day, left alone on failure
 * @from: minute of the day
 * @to: minute of the day, after @from; 23:59 means the end of the day, as
 *   programs that cannot write 24:00 put it
 * @error: %LINLI_CALENDAR_ERROR_SPAN
 */
gboolean
linli_hours_add (LinliHours *hours,
                 int         from,
                 int         to,
                 GError    **error)
{
  guint at = 0;

  g_return_val_if_fail (hours != NULL, FALSE);

  if (from < 0 || to > LINLI_MINUTES_PER_DAY)
    return fail_span (from, to, "leave the day", error);
  if (to <= from)
    return fail_span (from, to, "end before they start; the end of the day is written 24:00", error);
  if (hours->n_spans == LINLI_SPANS_PER_DAY)
    return fail_span (from, to, "are one span too many for one day", error);
  if (to == LAST_MINUTE)
    to = LINLI_MINUTES_PER_DAY;

  while (at < hours->n_spans && hours->spans[at].from < from)
    at++;
  if ((at > 0 && hours->spans[at - 1].to > from) || (at < hours->n_spans && hours->spans[at].from < to))
    return fail_span (from, to, "overlap other hours of the same day", error);

  for (guint i = hours->n_spans; i > at; i--)
    hours->spans[i] = hours->spans[i - 1];
  hours->spans[at] = (LinliSpan) { (gint16) from, (gint16) to };
  hours->n_spans++;
  return TRUE;
}

void
linli_calendar_builder_clear_week (LinliCalendarBuilder *builder)
{
  g_return_if_fail (builder != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (builder->rules.week); i++)
    builder->rules.week[i].n_spans = 0;
}

/**
 * linli_calendar_builder_add_span:
 * @weekday: %LINLI_MONDAY to %LINLI_SUNDAY
 * @from: minute of the day
 * @to: minute of the day
 * @error: %LINLI_CALENDAR_ERROR_WEEK for another weekday,
 *   %LINLI_CALENDAR_ERROR_SPAN
 */
gboolean
linli_calendar_builder_add_span (LinliCalendarBuilder *builder,
                                 int                   weekday,
                                 int                   from,
                                 int                   to,
                                 GError              **error)
{
  g_return_val_if_fail (builder != NULL, FALSE);

  if (weekday < LINLI_MONDAY || weekday > LINLI_SUNDAY)
    {
      g_set_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_WEEK,
                   "There is no weekday %d: they run from 0, Monday, to 6, Sunday", weekday);
      return FALSE;
    }

  return linli_hours_add (&builder->rules.week[weekday], from, to, error);
}

/**
 * linli_calendar_builder_add_make_up_span:
 * @error: %LINLI_CALENDAR_ERROR_SPAN
 *
 * Gives make-up days hours of their own. Without any they have those of the
 * first working weekday.
 */
gboolean
linli_calendar_builder_add_make_up_span (LinliCalendarBuilder *builder,
                                         int                   from,
                                         int                   to,
                                         GError              **error)
{
  g_return_val_if_fail (builder != NULL, FALSE);

  return linli_hours_add (&builder->rules.make_up, from, to, error);
}

/* Make-up days have the hours of the first working weekday again. */
void
linli_calendar_builder_clear_make_up (LinliCalendarBuilder *builder)
{
  g_return_if_fail (builder != NULL);

  builder->rules.make_up.n_spans = 0;
}

/* Where the exception of @date is, or would be. */
static gboolean
find_exception (GArray   *exceptions,
                LinliDate date,
                guint    *at)
{
  guint low = 0;
  guint high = exceptions->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (exceptions, LinliDayException, middle).date < date)
        low = middle + 1;
      else
        high = middle;
    }

  *at = low;
  return low < exceptions->len && g_array_index (exceptions, LinliDayException, low).date == date;
}

/**
 * linli_calendar_builder_set_exception:
 * @date: the day, in the place of what was said of it before
 * @hours: (nullable): for %LINLI_EXCEPTION_HOURS
 * @name: (nullable): what people call it: 春节
 * @error: %LINLI_CALENDAR_ERROR_DATE, %LINLI_CALENDAR_ERROR_SPAN
 *
 * Days outside the covered years are kept, and tell nothing about their year.
 */
gboolean
linli_calendar_builder_set_exception (LinliCalendarBuilder *builder,
                                      LinliDate             date,
                                      LinliExceptionKind    kind,
                                      const LinliHours     *hours,
                                      const char           *name,
                                      GError              **error)
{
  LinliDayException exception = { .date = date, .kind = kind };
  guint at;

  g_return_val_if_fail (builder != NULL, FALSE);

  if (date == LINLI_DATE_NONE)
    {
      g_set_error_literal (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_DATE,
                           "There is no such day");
      return FALSE;
    }
  if (kind == LINLI_EXCEPTION_HOURS && (hours == NULL || hours->n_spans == 0))
    {
      g_set_error_literal (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_SPAN,
                           "A day with hours of its own needs at least one span");
      return FALSE;
    }

  if (kind == LINLI_EXCEPTION_HOURS)
    exception.hours = *hours;
  exception.name = g_strdup (name);

  if (find_exception (builder->rules.exceptions, date, &at))
    g_array_remove_index (builder->rules.exceptions, at);
  g_array_insert_val (builder->rules.exceptions, at, exception);
  return TRUE;
}

/**
 * linli_calendar_builder_remove_exception:
 *
 * Makes @date an ordinary day of the week again.
 */
void
linli_calendar_builder_remove_exception (LinliCalendarBuilder *builder,
                                         LinliDate             date)
{
  guint at;

  g_return_if_fail (builder != NULL);

  if (find_exception (builder->rules.exceptions, date, &at))
    g_array_remove_index (builder->rules.exceptions, at);
}

/**
 * linli_calendar_builder_build:
 * @error: %LINLI_CALENDAR_ERROR_WEEK when nobody ever works,
 *   %LINLI_CALENDAR_ERROR_YEARS when no year is covered, %LINLI_CALENDAR_ERROR_ZONE
 *
 * Returns: (transfer full): the calendar; the builder can go on being used
 */
LinliWorkCalendar *
linli_calendar_builder_build (LinliCalendarBuilder *builder,
                              GError              **error)
{
  gboolean works = FALSE;

  g_return_val_if_fail (builder != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (builder->rules.week); i++)
    works = works || builder->rules.week[i].n_spans > 0;
  if (!works)
    {
      g_set_error_literal (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_WEEK,
                           "A calendar needs working hours on at least one day of the week");
      return NULL;
    }
  if (builder->rules.covered_from == 0)
    {
      g_set_error_literal (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_YEARS,
                           "A calendar must say which years' holidays it knows");
      return NULL;
    }

  return linli_work_calendar_compile (&builder->rules, error);
}
