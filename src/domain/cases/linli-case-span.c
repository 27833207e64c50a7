/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates as people type them into a search line: a day, a month, a year, a
 * word, or two of them with ".." between; either end may be missing. */

#include "config.h"

#include "linli-case-span.h"

#include <stdio.h>
#include <string.h>

typedef enum
{
  UNIT_DAY,
  UNIT_WEEK,
  UNIT_MONTH,
  UNIT_YEAR,
} SpanUnit;

static const struct
{
  const char *word;
  SpanUnit    unit;
  int         shift; /* units from the current one */
} words[] = {
  { "today", UNIT_DAY, 0 },       { "今天", UNIT_DAY, 0 },   { "今日", UNIT_DAY, 0 },
  { "yesterday", UNIT_DAY, -1 },  { "昨天", UNIT_DAY, -1 },  { "昨日", UNIT_DAY, -1 },
  { "tomorrow", UNIT_DAY, 1 },    { "明天", UNIT_DAY, 1 },   { "明日", UNIT_DAY, 1 },
  { "week", UNIT_WEEK, 0 },       { "本周", UNIT_WEEK, 0 },  { "这周", UNIT_WEEK, 0 },
  { "last-week", UNIT_WEEK, -1 }, { "上周", UNIT_WEEK, -1 },
  { "next-week", UNIT_WEEK, 1 },  { "下周", UNIT_WEEK, 1 },
  { "month", UNIT_MONTH, 0 },     { "本月", UNIT_MONTH, 0 }, { "这个月", UNIT_MONTH, 0 },
  { "last-month", UNIT_MONTH, -1 }, { "上月", UNIT_MONTH, -1 }, { "上个月", UNIT_MONTH, -1 },
  { "year", UNIT_YEAR, 0 },       { "今年", UNIT_YEAR, 0 },  { "本年", UNIT_YEAR, 0 },
  { "last-year", UNIT_YEAR, -1 }, { "去年", UNIT_YEAR, -1 },
};

static GDateTime *
shift (GDateTime *at,
       SpanUnit   unit,
       int        n)
{
  switch (unit)
    {
    case UNIT_DAY:   return g_date_time_add_days (at, n);
    case UNIT_WEEK:  return g_date_time_add_weeks (at, n);
    case UNIT_MONTH: return g_date_time_add_months (at, n);
    case UNIT_YEAR:
    default:         return g_date_time_add_years (at, n);
    }
}

static gint64
to_usec (GDateTime *at)
{
  return g_date_time_to_unix (at) * G_USEC_PER_SEC;
}

/* Midnight at the beginning of the unit that holds @year-@month-@day. */
static gboolean
span_of (int            year,
         int            month,
         int            day,
         SpanUnit       unit,
         GTimeZone     *zone,
         LinliTimeSpan *span)
{
  g_autoptr(GDateTime) start = g_date_time_new (zone, year, month, day, 0, 0, 0);
  g_autoptr(GDateTime) end = NULL;

  if (start == NULL)
    return FALSE;
  if (unit == UNIT_WEEK)
    {
      GDateTime *monday = g_date_time_add_days (start, 1 - g_date_time_get_day_of_week (start));

      g_date_time_unref (start);
      start = monday;
    }
  end = shift (start, unit, 1);
  if (end == NULL)
    return FALSE;
  span->from = to_usec (start);
  span->before = to_usec (end);

  return TRUE;
}

static gboolean
word_span (const char    *typed,
           gint64         now,
           GTimeZone     *zone,
           LinliTimeSpan *span)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, typed))
      {
        g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
        g_autoptr(GDateTime) here = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
        g_autoptr(GDateTime) first = NULL;
        g_autoptr(GDateTime) there = NULL;
        SpanUnit unit = words[i].unit;

        if (here == NULL)
          return FALSE;
        /* The first of the month, so that a month back from the 31st exists. */
        first = unit == UNIT_MONTH || unit == UNIT_YEAR
                  ? g_date_time_add_days (here, 1 - g_date_time_get_day_of_month (here))
                  : g_date_time_ref (here);
        there = shift (first, unit, words[i].shift);
        return there != NULL &&
               span_of (g_date_time_get_year (there), unit == UNIT_YEAR ? 1 : g_date_time_get_month (there),
                        g_date_time_get_day_of_month (there), unit, zone, span);
      }
  return FALSE;
}

/* 2026, 2026-02, 2026-02-14, and with / . or 年月日 between. */
static gboolean
date_span (const char    *typed,
           GTimeZone     *zone,
           LinliTimeSpan *span)
{
  g_autoptr(GString) plain = g_string_new (typed);
  int year = 0, month = 1, day = 1;
  char rest;

  g_string_replace (plain, "年", "-", 0);
  g_string_replace (plain, "月", "-", 0);
  g_string_replace (plain, "日", "", 0);
  g_string_replace (plain, "号", "", 0);
  g_strdelimit (plain->str, "/.", '-');
  if (g_str_has_suffix (plain->str, "-"))
    g_string_truncate (plain, plain->len - 1);

  if (strspn (plain->str, "0123456789-") != plain->len || plain->len < 4)
    return FALSE;
  if (sscanf (plain->str, "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3)
    return span_of (year, month, day, UNIT_DAY, zone, span);
  if (sscanf (plain->str, "%4d-%2d%c", &year, &month, &rest) == 2)
    return span_of (year, month, 1, UNIT_MONTH, zone, span);
  if (plain->len == 8 && sscanf (plain->str, "%4d%2d%2d%c", &year, &month, &day, &rest) == 3)
    return span_of (year, month, day, UNIT_DAY, zone, span);
  return plain->len == 4 && sscanf (plain->str, "%4d%c", &year, &rest) == 1 &&
         span_of (year, 1, 1, UNIT_YEAR, zone, span);
}

static gboolean
simple_span (const char    *typed,
             gint64         now,
             GTimeZone     *zone,
             LinliTimeSpan *span)
{
  return word_span (typed, now, zone, span) || date_span (typed, zone, span);
}

/**
 * linli_time_span_from_text:
 * @typed: folded, see linli_text_fold()
 * @now: microseconds UTC, for "today"
 * @zone: where a day begins
 * @span: (out): what is meant
 *
 * Both ends of a range belong to it: ..2026-02-14 ends when that day does.
 *
 * Returns: whether @typed was understood
 */
gboolean
linli_time_span_from_text (const char    *typed,
                           gint64         now,
                           GTimeZone     *zone,
                           LinliTimeSpan *span)
{
  const char *dots;
  g_autofree char *left = NULL;
  LinliTimeSpan first = { 0 };
  LinliTimeSpan last = { 0 };

  g_return_val_if_fail (typed != NULL && zone != NULL && span != NULL, FALSE);

  dots = strstr (typed, "..");
  if (dots == NULL)
    return simple_span (typed, now, zone, span);

  left = g_strndup (typed, (gsize) (dots - typed));
  while (*dots == '.')
    dots++;
  if ((*left == '\0' && *dots == '\0') ||
      (*left != '\0' && !simple_span (left, now, zone, &first)) ||
      (*dots != '\0' && !simple_span (dots, now, zone, &last)))
    return FALSE;
  span->from = first.from;
  span->before = last.before;

  return TRUE;
}
