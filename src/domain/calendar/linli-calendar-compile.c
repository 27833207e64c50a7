/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the rules of a calendar to its days, written out one by one. */

#include "config.h"

#include "linli-calendar-private.h"

#define DEFAULT_ZONE "Asia/Shanghai"

void
linli_day_exception_clear (LinliDayException *exception)
{
  g_clear_pointer (&exception->name, g_free);
}

static GArray *
exceptions_new (void)
{
  GArray *exceptions = g_array_new (FALSE, FALSE, sizeof (LinliDayException));

  g_array_set_clear_func (exceptions, (GDestroyNotify) linli_day_exception_clear);
  return exceptions;
}

/* No name, no hours, no years yet; the zone of the country this is made for. */
void
linli_calendar_rules_init (LinliCalendarRules *rules)
{
  *rules = (LinliCalendarRules) { .name = g_strdup (""), .exceptions = exceptions_new () };
  rules->zone = g_strdup (DEFAULT_ZONE);
  rules->tz = g_time_zone_new_identifier (DEFAULT_ZONE);

  /* A machine without zone data: China has kept this offset since 1991. */
  if (rules->tz == NULL)
    rules->tz = g_time_zone_new_offset (8 * 60 * 60);
}

void
linli_calendar_rules_copy (LinliCalendarRules       *to,
                           const LinliCalendarRules *from)
{
  *to = *from;
  to->name = g_strdup (from->name);
  to->source = g_strdup (from->source);
  to->zone = g_strdup (from->zone);
  to->tz = g_time_zone_ref (from->tz);
  to->exceptions = exceptions_new ();
  g_array_append_vals (to->exceptions, from->exceptions->data, from->exceptions->len);
  for (guint i = 0; i < to->exceptions->len; i++)
    {
      LinliDayException *exception = &g_array_index (to->exceptions, LinliDayException, i);

      exception->name = g_strdup (exception->name);
    }
}

void
linli_calendar_rules_clear (LinliCalendarRules *rules)
{
  g_clear_pointer (&rules->name, g_free);
  g_clear_pointer (&rules->source, g_free);
  g_clear_pointer (&rules->zone, g_free);
  g_clear_pointer (&rules->tz, g_time_zone_unref);
  g_clear_pointer (&rules->exceptions, g_array_unref);
}

/* A make-up day stands in for an ordinary working day, not for the shorter
 * Saturday that some desks keep anyway. */
static const LinliHours *
make_up_hours (const LinliCalendarRules *rules)
{
  if (rules->make_up.n_spans > 0)
    return &rules->make_up;

  for (guint weekday = 0; weekday < G_N_ELEMENTS (rules->week); weekday++)
    if (rules->week[weekday].n_spans > 0)
      return &rules->week[weekday];

  g_assert_not_reached ();
}

/* What kind of day @date is, and the hours it has. */
static LinliDayKind
classify (const LinliCalendarRules *rules,
          LinliDate                 date,
          const LinliDayException  *exception,
          const LinliHours        **hours)
{
  static const LinliHours none = { 0 };
  const LinliHours *by_week = &rules->week[linli_date_get_weekday (date)];

  if (exception == NULL)
    {
      *hours = by_week;
      return by_week->n_spans > 0 ? LINLI_DAY_WORKDAY : LINLI_DAY_REST;
    }

  switch (exception->kind)
    {
    case LINLI_EXCEPTION_OFF:
      *hours = &none;
      return LINLI_DAY_HOLIDAY;
    case LINLI_EXCEPTION_WORK:
      *hours = make_up_hours (rules);
      return by_week->n_spans > 0 ? LINLI_DAY_WORKDAY : LINLI_DAY_MAKE_UP;
    case LINLI_EXCEPTION_HOURS:
      *hours = &exception->hours;
      return LINLI_DAY_SPECIAL;
    default:
      g_assert_not_reached ();
    }
}

/* Appends the spans of a day in UTC. A span that the clocks skip altogether
 * has no minute and is left out. Returns how many were appended. */
static guint
append_spans (LinliWorkCalendar *calendar,
              GArray            *spans,
              LinliDate          date,
              const LinliHours  *hours)
{
  guint n = 0;

  for (guint i = 0; i < hours->n_spans; i++)
    {
      LinliOpenSpan span = {
        linli_work_calendar_from_local (calendar, date, hours->spans[i].from) / (60 * G_USEC_PER_SEC),
        linli_work_calendar_from_local (calendar, date, hours->spans[i].to) / (60 * G_USEC_PER_SEC),
      };

      if (span.from < span.to)
        {
          g_array_append_val (spans, span);
          n++;
        }
    }

  return n;
}

static void
fill_days (LinliWorkCalendar *calendar,
           GArray            *spans,
           GArray            *working)
{
  const LinliCalendarRules *rules = &calendar->rules;
  guint at = 0; /* the first exception of this day or a later one */

  for (guint i = 0; i < calendar->n_days; i++)
    {
      LinliCalendarDay *day = &calendar->days[i];
      const LinliDayException *exception = NULL;
      const LinliHours *hours;

      day->date = calendar->first + (LinliDate) i;
      for (; at < rules->exceptions->len; at++)
        {
          const LinliDayException *next = &g_array_index (rules->exceptions, LinliDayException, at);

          if (next->date == day->date)
            exception = next;
          if (next->date >= day->date)
            break;
        }

      day->kind = classify (rules, day->date, exception, &hours);
      day->name = exception != NULL ? exception->name : NULL;
      day->n_spans = append_spans (calendar, spans, day->date, hours);

      calendar->worked[i] = working->len;
      if (day->n_spans > 0)
        g_array_append_val (working, day->date);
    }
  calendar->worked[calendar->n_days] = working->len;
}

/* The array of spans has stopped moving: hand every day its slice, and add up. */
static void
link_spans (LinliWorkCalendar *calendar)
{
  const LinliOpenSpan *next = calendar->spans;
  gint64 opened = 0;

  for (guint i = 0; i < calendar->n_days; i++)
    {
      calendar->days[i].spans = next;
      next += calendar->days[i].n_spans;
    }

  calendar->opened = g_new (gint64, calendar->n_spans + 1);
  for (guint i = 0; i < calendar->n_spans; i++)
    {
      calendar->opened[i] = opened;
      opened += calendar->spans[i].to - calendar->spans[i].from;
    }
  calendar->opened[calendar->n_spans] = opened;
}

/* Minutes are the unit of everything here, so the zone must keep to them. */
static gboolean
check_zone (const LinliCalendarRules *rules,
            gint64                    from,
            gint64                    until,
            GError                  **error)
{
  int first = g_time_zone_find_interval (rules->tz, G_TIME_TYPE_UNIVERSAL, from);
  int last = g_time_zone_find_interval (rules->tz, G_TIME_TYPE_UNIVERSAL, until);

  for (int i = first; i <= last; i++)
    if (g_time_zone_get_offset (rules->tz, i) % 60 != 0)
      {
        g_set_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_ZONE,
                     "Time zone \"%s\" is not a whole number of minutes away from UTC", rules->zone);
        return FALSE;
      }

  return TRUE;
}

/* @rules must be sound: the builder has checked hours and years. */
LinliWorkCalendar *
linli_work_calendar_compile (const LinliCalendarRules *rules,
                             GError                  **error)
{
  g_autoptr(GArray) spans = g_array_new (FALSE, FALSE, sizeof (LinliOpenSpan));
  g_autoptr(GArray) working = g_array_new (FALSE, FALSE, sizeof (LinliDate));
  LinliDate first = linli_date_new (rules->covered_from, 1, 1);
  LinliDate end = linli_date_new (rules->covered_until + 1, 1, 1);
  LinliWorkCalendar *calendar;
  gsize n_spans, n_working;

  if (!check_zone (rules, (gint64) first * 86400, (gint64) end * 86400, error))
    return NULL;

  calendar = g_atomic_rc_box_new0 (LinliWorkCalendar);
  linli_calendar_rules_copy (&calendar->rules, rules);
  calendar->first = first;
  calendar->n_days = (guint) (end - first);
  calendar->days = g_new0 (LinliCalendarDay, calendar->n_days);
  calendar->worked = g_new (guint, calendar->n_days + 1);

  fill_days (calendar, spans, working);

  calendar->spans = g_array_steal (spans, &n_spans);
  calendar->working = g_array_steal (working, &n_working);
  calendar->n_spans = (guint) n_spans;
  calendar->n_working = (guint) n_working;
  link_spans (calendar);

  return calendar;
}
