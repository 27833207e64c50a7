/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-query-date.h"

#include "linli-text.h"

#include <string.h>

#define MAX_PARTS 3
#define MAX_DAYS  3660 /* "last n days" */

typedef struct
{
  GDate from;
  GDate to;
} Days;

static void
one_day (Days        *days,
         const GDate *day,
         int          offset)
{
  days->from = *day;
  if (offset < 0)
    g_date_subtract_days (&days->from, (guint) -offset);
  else
    g_date_add_days (&days->from, (guint) offset);
  days->to = days->from;
}

static void
one_month (Days       *days,
           GDateYear   year,
           GDateMonth  month)
{
  g_date_set_dmy (&days->from, 1, month, year);
  g_date_set_dmy (&days->to, g_date_get_days_in_month (month, year), month, year);
}

static void
one_year (Days     *days,
          GDateYear year)
{
  g_date_set_dmy (&days->from, 1, G_DATE_JANUARY, year);
  g_date_set_dmy (&days->to, 31, G_DATE_DECEMBER, year);
}

/* Weeks begin on Monday (GB/T 7408). */
static void
one_week (Days        *days,
          const GDate *today,
          guint        back)
{
  one_day (days, today, -(int) (g_date_get_weekday (today) - G_DATE_MONDAY + 7 * back));
  g_date_add_days (&days->to, 6);
}

static gboolean
is_one_of (const char *text,
           const char *words)
{
  g_auto(GStrv) list = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) list, text);
}

static gboolean
parse_named (const char  *text,
             const GDate *today,
             Days        *days)
{
  GDate month = *today;

  if (is_one_of (text, "今天 今日 当天 today"))
    one_day (days, today, 0);
  else if (is_one_of (text, "明天 明日 tomorrow"))
    one_day (days, today, 1);
  else if (is_one_of (text, "后天"))
    one_day (days, today, 2);
  else if (is_one_of (text, "昨天 昨日 yesterday"))
    one_day (days, today, -1);
  else if (is_one_of (text, "前天 前日"))
    one_day (days, today, -2);
  else if (is_one_of (text, "本周 这周 本星期 这星期 this-week thisweek"))
    one_week (days, today, 0);
  else if (is_one_of (text, "上周 上星期 last-week lastweek"))
    one_week (days, today, 1);
  else if (is_one_of (text, "本月 这个月 this-month thismonth"))
    one_month (days, g_date_get_year (today), g_date_get_month (today));
  else if (is_one_of (text, "上月 上个月 last-month lastmonth"))
    {
      g_date_subtract_months (&month, 1);
      one_month (days, g_date_get_year (&month), g_date_get_month (&month));
    }
  else if (is_one_of (text, "今年 本年 this-year thisyear"))
    one_year (days, g_date_get_year (today));
  else if (is_one_of (text, "去年 上年 last-year lastyear"))
    one_year (days, (GDateYear) (g_date_get_year (today) - 1));
  else
    return FALSE;

  return TRUE;
}

/* 近7天, 最近7天, 7天内, 7d: today and the days before it, n in all. */
static gboolean
parse_last_days (const char  *text,
                 const GDate *today,
                 Days        *days)
{
  const char *p = g_str_has_prefix (text, "最近") ? text + strlen ("最近")
                  : g_str_has_prefix (text, "近") ? text + strlen ("近") : text;
  char *end;
  guint64 n;

  if (!g_ascii_isdigit (*p))
    return FALSE;
  n = g_ascii_strtoull (p, &end, 10);
  if (n < 1 || n > MAX_DAYS ||
      !(is_one_of (end, "天内 日内 d") || (p > text && is_one_of (end, "天 日"))))
    return FALSE;

  one_day (days, today, -(int) (n - 1));
  days->to = *today;
  return TRUE;
}

/* The numbers of a date and how they were divided: "y-m-d" in any spelling. */
static guint
split_numbers (const char *text,
               guint       numbers[MAX_PARTS],
               guint       digits[MAX_PARTS])
{
  static const char *const dividers[] = { "-", "/", ".", "年", "月", "日", "号" };
  guint n = 0;

  while (*text != '\0')
    {
      const char *p = text;

      if (n == MAX_PARTS || !g_ascii_isdigit (*p))
        return 0;
      for (numbers[n] = 0; g_ascii_isdigit (*p) && p - text < 9; p++)
        numbers[n] = numbers[n] * 10 + (guint) g_ascii_digit_value (*p);
      digits[n++] = (guint) (p - text);
      text = p;
      for (guint i = 0; i < G_N_ELEMENTS (dividers); i++)
        if (g_str_has_prefix (text, dividers[i]))
          {
            text += strlen (dividers[i]);
            break;
          }
      if (text == p && *p != '\0')
        return 0;
    }

  return n;
}

static gboolean
set_day (Days *days,
         guint year,
         guint month,
         guint day)
{
  if (year < 1 || year > 9999 || day > 31 || month > 12 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;

  g_date_set_dmy (&days->from, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  days->to = days->from;
  return TRUE;
}

/* 2月14日 without a year is the last one that has been. */
static gboolean
set_recent_day (Days        *days,
                const GDate *today,
                guint        month,
                guint        day)
{
  guint year = g_date_get_year (today);

  for (guint back = 0; back < 8; back++)
    if (set_day (days, year - back, month, day) && g_date_compare (&days->from, today) <= 0)
      return TRUE;

  return FALSE;
}

static gboolean
parse_numbers (const char  *text,
               const GDate *today,
               Days        *days)
{
  guint numbers[MAX_PARTS];
  guint digits[MAX_PARTS];
  guint n = split_numbers (text, numbers, digits);

  if (n == 0 || g_str_has_suffix (text, "-") || g_str_has_suffix (text, "/") ||
      g_str_has_suffix (text, "."))
    return FALSE;
  if (n == 3)
    return digits[0] == 4 && set_day (days, numbers[0], numbers[1], numbers[2]);
  if (n == 1 && digits[0] == 8)
    return set_day (days, numbers[0] / 10000, numbers[0] / 100 % 100, numbers[0] % 100);
  if (n == 2 && digits[0] <= 2)
    return set_recent_day (days, today, numbers[0], numbers[1]);
  if (digits[0] != 4 || numbers[0] < 1)
    return FALSE;
  if (n == 2 && (numbers[1] < 1 || numbers[1] > 12))
    return FALSE;

  if (n == 2)
    one_month (days, (GDateYear) numbers[0], (GDateMonth) numbers[1]);
  else
    one_year (days, (GDateYear) numbers[0]);
  return TRUE;
}

static gboolean
parse_days (const char  *text,
            const GDate *today,
            Days        *days)
{
  return parse_named (text, today, days) || parse_last_days (text, today, days) ||
         parse_numbers (text, today, days);
}

/* Cuts @text at the sign of a range. Two dots or more, as … folds to three. */
static gboolean
cut_range (char  *text,
           char **second)
{
  static const char *const signs[] = { "..", "~", "至", "到" };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      char *at = strstr (text, signs[i]);

      if (at == NULL)
        continue;
      *at = '\0';
      *second = at + strlen (signs[i]);
      while (i == 0 && **second == '.')
        (*second)++;
      g_strchomp (text);
      g_strchug (*second);
      return TRUE;
    }

  return FALSE;
}

static void
write_day (char         day[LINLI_DAY_SIZE],
           const GDate *date)
{
  g_snprintf (day, LINLI_DAY_SIZE, "%04u-%02u-%02u", g_date_get_year (date) % 10000,
              g_date_get_month (date) % 100, g_date_get_day (date) % 100);
}

/**
 * linli_query_date_parse:
 * @text: one day, month or year, a name such as 上周, or two of them with
 *   ".." between, of which one may be missing
 * @today: what the names count from
 * @range: (out caller-allocates): the days meant
 * @reversed: (out): whether the later end came first; @range is in order
 *
 * Returns: %FALSE when @text is no date, also for days that do not exist
 */
gboolean
linli_query_date_parse (const char    *text,
                        const GDate   *today,
                        LinliDayRange *range,
                        gboolean      *reversed)
{
  g_autofree char *first = NULL;
  char *second = NULL;
  Days from;
  Days to;

  g_return_val_if_fail (text != NULL && range != NULL && reversed != NULL, FALSE);
  g_return_val_if_fail (today != NULL && g_date_valid (today), FALSE);

  memset (range, 0, sizeof *range);
  *reversed = FALSE;
  first = linli_text_fold (text, -1);

  if (!cut_range (first, &second))
    {
      if (!parse_days (first, today, &from))
        return FALSE;
      write_day (range->from, &from.from);
      write_day (range->to, &from.to);
      return TRUE;
    }

  if ((*first == '\0' && *second == '\0') ||
      (*first != '\0' && !parse_days (first, today, &from)) ||
      (*second != '\0' && !parse_days (second, today, &to)))
    return FALSE;
  if (*first != '\0' && *second != '\0' && g_date_compare (&from.from, &to.to) > 0)
    {
      Days swap = from;

      from = to;
      to = swap;
      *reversed = TRUE;
    }
  if (*first != '\0')
    write_day (range->from, &from.from);
  if (*second != '\0')
    write_day (range->to, &to.to);

  return TRUE;
}
