/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-calendar-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "linli-calendar-change.h"

static const char *const weekdays[] = { N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"),
                                        N_("Friday"), N_("Saturday"), N_("Sunday") };

static const char *
weekday_words (int weekday)
{
  return g_dgettext (GETTEXT_PACKAGE, weekdays[weekday]);
}

static char *
format_date (LinliDate   date,
             const char *pattern)
{
  g_autoptr(GDateTime) day = NULL;
  int year, month, day_of_month;

  linli_date_split (date, &year, &month, &day_of_month);
  day = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);
  return g_date_time_format (day, pattern);
}

/* Both days and those between. */
char *
linli_days_words (LinliDate from,
                  LinliDate until)
{
  g_autofree char *first = format_date (from, _("%a %-d %b"));
  g_autofree char *last = format_date (until, _("%a %-d %b"));

  return from == until ? g_steal_pointer (&first) : g_strdup_printf (C_("days", "%s to %s"), first, last);
}

static char *
spans_words (const LinliCalendarDay *day,
             LinliWorkCalendar      *calendar)
{
  LinliHours hours = { .n_spans = day->n_spans };

  for (guint i = 0; i < day->n_spans; i++)
    {
      LinliDate date;
      int from, to;

      linli_work_calendar_to_local (calendar, day->spans[i].from * 60 * G_USEC_PER_SEC, &date, &from);
      linli_work_calendar_to_local (calendar, day->spans[i].to * 60 * G_USEC_PER_SEC, &date, &to);
      hours.spans[i] = (LinliSpan) { (gint16) from, (gint16) (to == 0 ? LINLI_MINUTES_PER_DAY : to) };
    }
  return linli_hours_to_text (&hours);
}

static const char *
kind_words (LinliDayKind kind)
{
  switch (kind)
    {
    case LINLI_DAY_MAKE_UP:
      return _("make-up working day");
    case LINLI_DAY_SPECIAL:
      return _("hours of its own");
    case LINLI_DAY_REST:
      return _("day of rest");
    case LINLI_DAY_HOLIDAY:
      return _("holiday");
    case LINLI_DAY_WORKDAY:
    default:
      return _("working day");
    }
}

/* What is written beside the number of such a day. Returns: (transfer none) (nullable) */
const char *
linli_day_mark (LinliDayKind kind)
{
  switch (kind)
    {
    case LINLI_DAY_MAKE_UP:
      return C_("mark of a make-up working day", "w");
    case LINLI_DAY_SPECIAL:
      return C_("mark of a day with hours of its own", "h");
    case LINLI_DAY_HOLIDAY:
      return C_("mark of a holiday", "f");
    case LINLI_DAY_WORKDAY:
    case LINLI_DAY_REST:
    default:
      return NULL;
    }
}

/* The day, what it is, its hours and its name. */
char *
linli_day_words (LinliWorkCalendar *calendar,
                 LinliDate          date)
{
  const LinliCalendarDay *day = linli_work_calendar_get_day (calendar, date, NULL);
  g_autofree char *when = format_date (date, _("%A, %-d %B %Y"));
  g_autofree char *hours = day != NULL && day->n_spans > 0 ? spans_words (day, calendar) : NULL;

  if (day == NULL)
    return g_strdup_printf (_("%s: the holidays of this year are not known"), when);
  return g_strconcat (when, _(": "), kind_words (day->kind), day->name != NULL ? _(", ") : "",
                      day->name != NULL ? day->name : "", hours != NULL ? _(", ") : "", hours != NULL ? hours : "", NULL);
}

/* What it makes of its day. */
char *
linli_exception_words (const LinliDayException *exception)
{
  static const LinliDayKind kinds[] = {
    [LINLI_EXCEPTION_OFF] = LINLI_DAY_HOLIDAY,
    [LINLI_EXCEPTION_WORK] = LINLI_DAY_MAKE_UP,
    [LINLI_EXCEPTION_HOURS] = LINLI_DAY_SPECIAL,
  };
  g_autofree char *hours = exception->kind == LINLI_EXCEPTION_HOURS ? linli_hours_to_text (&exception->hours) : NULL;

  return g_strconcat (kind_words (kinds[exception->kind]), exception->name != NULL ? _(", ") : "",
                      exception->name != NULL ? exception->name : "", hours != NULL ? _(", ") : "",
                      hours != NULL ? hours : "", NULL);
}

static gboolean
same_hours (const LinliHours *a,
            const LinliHours *b)
{
  return a->n_spans == b->n_spans && memcmp (a->spans, b->spans, a->n_spans * sizeof (LinliSpan)) == 0;
}

/* Weekdays with the same hours stand together. */
char *
linli_week_words (LinliWorkCalendar *calendar)
{
  GString *words = g_string_new (NULL);

  for (int from = 0, next; from < 7; from = next)
    {
      const LinliHours *hours = linli_work_calendar_get_week (calendar, from);
      g_autofree char *text = linli_hours_to_text (hours);

      for (next = from + 1; next < 7 && same_hours (hours, linli_work_calendar_get_week (calendar, next)); next++)
        continue;
      g_string_append (words, from > 0 ? _("; ") : "");
      if (next - from > 1)
        g_string_append_printf (words, C_("weekdays", "%s to %s"), weekday_words (from), weekday_words (next - 1));
      else
        g_string_append (words, weekday_words (from));
      g_string_append_printf (words, " %s", hours->n_spans > 0 ? text : _("rest"));
    }
  return g_string_free (words, FALSE);
}
