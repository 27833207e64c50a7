/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Civil days as numbers, and times of day as minutes. GDate is kept behind
 * this door: a number compares, subtracts and indexes an array. */

#include "config.h"

#include "linli-date.h"

#include <string.h>

#define JULIAN_1970 719163 /* GDate's day number of 1970-01-01 */

/* Four-digit years only: everything that prints or parses a date relies on it. */
#define YEAR_MIN 1000
#define YEAR_MAX 9999

/**
 * linli_date_new:
 * @month: 1 to 12
 * @day: 1 to 31
 *
 * Returns: the day, or %LINLI_DATE_NONE when there is no such day
 */
LinliDate
linli_date_new (int year,
                int month,
                int day)
{
  GDate date;

  if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 || day > 31
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return LINLI_DATE_NONE;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return (LinliDate) g_date_get_julian (&date) - JULIAN_1970;
}

/**
 * linli_date_split:
 * @date: a day, not %LINLI_DATE_NONE
 * @year: (out) (optional):
 * @month: (out) (optional): 1 to 12
 * @day: (out) (optional): 1 to 31
 */
void
linli_date_split (LinliDate date,
                  int      *year,
                  int      *month,
                  int      *day)
{
  GDate gdate;

  g_return_if_fail (date > -JULIAN_1970);

  g_date_clear (&gdate, 1);
  g_date_set_julian (&gdate, (guint32) (date + JULIAN_1970));
  if (year != NULL)
    *year = g_date_get_year (&gdate);
  if (month != NULL)
    *month = g_date_get_month (&gdate);
  if (day != NULL)
    *day = g_date_get_day (&gdate);
}

int
linli_date_get_year (LinliDate date)
{
  int year = 0;

  linli_date_split (date, &year, NULL, NULL);
  return year;
}

/**
 * linli_date_get_weekday:
 *
 * Returns: 0 for Monday to 6 for Sunday, %LINLI_MONDAY to %LINLI_SUNDAY
 */
int
linli_date_get_weekday (LinliDate date)
{
  int since_monday = (date + 3) % 7; /* 1970-01-01 was a Thursday */

  return since_monday < 0 ? since_monday + 7 : since_monday;
}

static gboolean
parse_digits (const char *text,
              guint       n,
              int        *value)
{
  *value = 0;
  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *value = *value * 10 + (text[i] - '0');
    }

  return TRUE;
}

/**
 * linli_date_parse:
 * @text: (nullable): "2026-02-14", nothing before or after it
 *
 * Returns: the day, or %LINLI_DATE_NONE
 */
LinliDate
linli_date_parse (const char *text)
{
  int year, month, day;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-'
      || !parse_digits (text, 4, &year) || !parse_digits (text + 5, 2, &month)
      || !parse_digits (text + 8, 2, &day))
    return LINLI_DATE_NONE;

  return linli_date_new (year, month, day);
}

/**
 * linli_date_to_text:
 *
 * Returns: (transfer full): "2026-02-14"
 */
char *
linli_date_to_text (LinliDate date)
{
  int year = 0, month = 0, day = 0;

  linli_date_split (date, &year, &month, &day);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/**
 * linli_clock_time_parse:
 * @text: (nullable): "09:00", "9:00" or "24:00", nothing before or after it
 *
 * Returns: the minute of the day, 0 to 1440, or -1
 */
int
linli_clock_time_parse (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;
  int hour, minute;

  if (length < 4 || length > 5 || text[length - 3] != ':'
      || !parse_digits (text, (guint) length - 3, &hour)
      || !parse_digits (text + length - 2, 2, &minute))
    return -1;
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0))
    return -1;

  return hour * 60 + minute;
}

/**
 * linli_clock_time_to_text:
 * @minute: 0 to 1440
 *
 * Returns: (transfer full): "09:00"; the end of the day is "24:00"
 */
char *
linli_clock_time_to_text (int minute)
{
  g_return_val_if_fail (minute >= 0 && minute <= LINLI_MINUTES_PER_DAY, NULL);

  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}
