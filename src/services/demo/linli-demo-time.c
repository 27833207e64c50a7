/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plausible moments: nobody files a note at three in the morning unless it
 * burns, and nobody reviews on New Year's Day. */

#include "config.h"

#include "linli-demo-time.h"

/* Of a day of duty, in minutes; the desk is staffed into the evening. */
#define DUTY_FROM  450
#define DUTY_TO    1350
#define FIELD_FROM 475
#define FIELD_TO   1185
#define LOOK_DAYS 60

/* Where the calendar knows nothing the plain week has to do. */
static const LinliHours plain_day = { 2, { { 540, 720 }, { 840, 1080 } } };

static void
get_hours (const LinliDemoTime *self,
           LinliDate            date,
           LinliDemoHours       hours,
           LinliHours          *open)
{
  const LinliCalendarDay *day;
  gint64 midnight;

  if (hours != LINLI_DEMO_OFFICE)
    {
      *open = (LinliHours) { 1, { { 0, LINLI_MINUTES_PER_DAY } } };
      if (hours == LINLI_DEMO_DUTY)
        open->spans[0] = (LinliSpan) { DUTY_FROM, DUTY_TO };
      else if (hours == LINLI_DEMO_FIELD)
        open->spans[0] = (LinliSpan) { FIELD_FROM, FIELD_TO };
      return;
    }
  open->n_spans = 0;
  if (!linli_work_calendar_covers (self->calendar, date))
    {
      if (linli_date_get_weekday (date) < LINLI_SATURDAY)
        *open = plain_day;
      return;
    }
  day = linli_work_calendar_get_day (self->calendar, date, NULL);
  midnight = linli_work_calendar_from_local (self->calendar, date, 0) / LINLI_DEMO_MINUTE;
  for (guint i = 0; day != NULL && i < day->n_spans; i++)
    open->spans[open->n_spans++] = (LinliSpan) { (gint16) (day->spans[i].from - midnight),
                                                 (gint16) (day->spans[i].to - midnight) };
}

/* The local day and minute of @at. */
void
linli_demo_time_split (const LinliDemoTime *self,
                       gint64               at,
                       LinliDate           *date,
                       int                 *minute)
{
  linli_work_calendar_to_local (self->calendar, at, date, minute);
}

static gint64
join (const LinliDemoTime *self,
      LinliDate            date,
      int                  minute)
{
  return linli_work_calendar_from_local (self->calendar, date, minute);
}

gboolean
linli_demo_time_is_workday (const LinliDemoTime *self,
                            LinliDate            date)
{
  LinliHours open;

  get_hours (self, date, LINLI_DEMO_OFFICE, &open);
  return open.n_spans > 0;
}

/* Whether somebody is there at @at. */
gboolean
linli_demo_time_is_open (const LinliDemoTime *self,
                         gint64               at,
                         LinliDemoHours       hours)
{
  return linli_demo_time_forward (self, at, hours, 0) == at;
}

/**
 * linli_demo_time_forward:
 * @jitter: minutes that somebody takes to get to it after opening
 *
 * Returns: @at, or when it is outside @hours a while after the next opening
 */
gint64
linli_demo_time_forward (const LinliDemoTime *self,
                         gint64               at,
                         LinliDemoHours       hours,
                         int                  jitter)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (self, at, &date, &minute);
  for (guint n = 0; n < LOOK_DAYS; n++, date++, minute = -1)
    {
      LinliHours open;

      get_hours (self, date, hours, &open);
      for (guint i = 0; i < open.n_spans; i++)
        {
          if (minute >= open.spans[i].from && minute < open.spans[i].to)
            return at;
          if (minute < open.spans[i].from)
            return join (self, date, MIN (open.spans[i].from + jitter, open.spans[i].to - 1));
        }
    }

  return at;
}

/* Returns: @at, or when it is outside @hours a while before the last closing */
gint64
linli_demo_time_back (const LinliDemoTime *self,
                      gint64               at,
                      LinliDemoHours       hours,
                      int                  jitter)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (self, at, &date, &minute);
  for (guint n = 0; n < LOOK_DAYS; n++, date--, minute = LINLI_MINUTES_PER_DAY)
    {
      LinliHours open;

      get_hours (self, date, hours, &open);
      for (guint i = open.n_spans; i > 0; i--)
        {
          LinliSpan span = open.spans[i - 1];

          if (minute >= span.from && minute < span.to)
            return at;
          if (minute >= span.to)
            return join (self, date, MAX (span.to - 1 - jitter, span.from));
        }
    }

  return at;
}

/**
 * linli_demo_time_add:
 *
 * Returns: the moment when @minutes of @hours have passed since @at
 */
gint64
linli_demo_time_add (const LinliDemoTime *self,
                     gint64               at,
                     double               minutes,
                     LinliDemoHours       hours)
{
  int left = (int) minutes;
  LinliDate date;
  int minute;

  if (hours == LINLI_DEMO_ANY)
    return at + (gint64) (minutes * LINLI_DEMO_MINUTE);
  linli_demo_time_split (self, at, &date, &minute);
  for (guint n = 0; n < LOOK_DAYS * 4; n++, date++, minute = -1)
    {
      LinliHours open;

      get_hours (self, date, hours, &open);
      for (guint i = 0; i < open.n_spans; i++)
        {
          int from = MAX (minute, open.spans[i].from);

          if (from >= open.spans[i].to)
            continue;
          if (left < open.spans[i].to - from)
            return join (self, date, from + left);
          left -= open.spans[i].to - from;
        }
    }

  return at;
}

/**
 * linli_demo_time_due:
 *
 * Returns: when a limit that begins at @at runs out, 0 when the calendar does
 *   not reach so far
 */
gint64
linli_demo_time_due (const LinliDemoTime *self,
                     gint64               at,
                     LinliTerm            term,
                     LinliStartRule       rule)
{
  const LinliDeadlineQuestion question = { .start = at, .limit = term, .rule = rule, .calendar = self->calendar };
  g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&question, NULL);

  return deadline != NULL ? deadline->due : 0;
}
