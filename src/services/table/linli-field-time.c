/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates and times as people type them, in the order year, month, day; any
 * other order is ambiguous and refused. */

#include "config.h"

#include "linli-field-parse.h"

#include "linli-text.h"

#include <math.h>
#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR  2199

/* Days since 30 December 1899, 1954 to 2119: what a spreadsheet's date is
 * when its format was lost. */
#define FIRST_SERIAL 20000
#define LAST_SERIAL  80000
#define UNIX_SERIAL  25569

typedef struct
{
  int                year;
  int                month;
  int                day;
  int                hour;
  int                minute;
  double             second;
  int                offset;     /* seconds east */
  gboolean           has_offset;
  LinliTimePrecision precision;
} Moment;

static gboolean
take_number (const char **text,
             guint        min_digits,
             guint        max_digits,
             int         *value)
{
  guint n = 0;
  int v = 0;

  while (n < max_digits && g_ascii_isdigit ((*text)[n]))
    v = v * 10 + ((*text)[n++] - '0');
  if (n < min_digits || g_ascii_isdigit ((*text)[n]))
    return FALSE;
  *text += n;
  *value = v;
  return TRUE;
}

static gboolean
take_word (const char **text,
           const char  *word)
{
  if (!g_str_has_prefix (*text, word))
    return FALSE;
  *text += strlen (word);
  return TRUE;
}

static gboolean
take_any (const char       **text,
          const char *const *words)
{
  for (; *words != NULL; words++)
    if (take_word (text, *words))
      return TRUE;
  return FALSE;
}

static void
skip_spaces (const char **text)
{
  while (**text == ' ')
    (*text)++;
}

static gboolean
take_day (const char **text,
          Moment      *moment)
{
  gboolean spaced;
  char mark;

  if (!take_number (text, 4, 4, &moment->year))
    return FALSE;
  skip_spaces (text);
  if (take_word (text, "年"))
    {
      skip_spaces (text);
      if (!take_number (text, 1, 2, &moment->month))
        return FALSE;
      skip_spaces (text);
      if (!take_word (text, "月"))
        return FALSE;
      skip_spaces (text);
      if (!take_number (text, 1, 2, &moment->day))
        return FALSE;
      spaced = **text == ' ' || **text == '\0';
      skip_spaces (text);
      return take_word (text, "日") || take_word (text, "号") || spaced;
    }

  mark = **text;
  if (mark != '-' && mark != '/' && mark != '.')
    return FALSE;
  ++*text;
  if (!take_number (text, 1, 2, &moment->month) || **text != mark)
    return FALSE;
  ++*text;
  return take_number (text, 1, 2, &moment->day);
}

static void
skip_weekday (const char **text)
{
  static const char *const weeks[] = { "(星期", "(周", "星期", "周", NULL };
  static const char *const days[] = { "一", "二", "三", "四", "五", "六", "日", "天", NULL };

  if (take_any (text, weeks) && take_any (text, days))
    take_word (text, ")");
}

typedef enum { HALF_UNSAID, HALF_MORNING, HALF_AFTERNOON, HALF_EVENING } Half;

static Half
take_half (const char **text)
{
  static const char *const morning[] = { "上午", "早上", "凌晨", "清晨", "am", "a.m.", NULL };
  static const char *const afternoon[] = { "下午", "中午", "傍晚", "pm", "p.m.", NULL };
  static const char *const evening[] = { "晚上", "深夜", NULL };

  skip_spaces (text);
  if (take_any (text, morning))
    return HALF_MORNING;
  if (take_any (text, afternoon))
    return HALF_AFTERNOON;
  return take_any (text, evening) ? HALF_EVENING : HALF_UNSAID;
}

static gboolean
take_seconds (const char **text,
              Moment      *moment)
{
  int whole;

  if (!take_number (text, 1, 2, &whole))
    return FALSE;
  moment->second = whole;
  if (**text == '.' && g_ascii_isdigit ((*text)[1]))
    {
      char *end;

      moment->second += g_ascii_strtod (*text, &end);
      *text = end;
    }
  moment->precision = LINLI_TIME_SECOND;
  return TRUE;
}

static gboolean
take_clock (const char **text,
            Moment      *moment)
{
  gboolean words;

  if (!take_number (text, 1, 2, &moment->hour))
    return FALSE;
  moment->precision = LINLI_TIME_MINUTE;
  words = take_word (text, "时") || take_word (text, "点");
  if (!words && !take_word (text, ":"))
    return FALSE;
  skip_spaces (text);
  if (words && !g_ascii_isdigit (**text))
    {
      if (take_word (text, "半"))
        moment->minute = 30;
      else
        take_word (text, "整");
      return TRUE;
    }

  if (!take_number (text, words ? 1 : 2, 2, &moment->minute))
    return FALSE;
  if (take_word (text, "分"))
    return !g_ascii_isdigit (**text) || (take_seconds (text, moment) && take_word (text, "秒"));
  return !take_word (text, ":") || take_seconds (text, moment);
}

/* 下午 5:00 is 17:00, 下午 17:00 says it twice, 晚上 12:00 ends the day. */
static gboolean
apply_half (Moment *moment,
            Half    half)
{
  if (half == HALF_UNSAID)
    return TRUE;
  if (moment->hour > 12)
    return half != HALF_MORNING;
  if (half == HALF_MORNING)
    moment->hour %= 12;
  else if (moment->hour == 0)
    return FALSE;
  else if (moment->hour < 12)
    moment->hour += 12;
  else if (half == HALF_EVENING)
    moment->hour = 24;
  return TRUE;
}

static gboolean
take_offset (const char **text,
             Moment      *moment)
{
  int sign, hours = 0, minutes = 0;

  if (take_word (text, "z"))
    {
      moment->has_offset = TRUE;
      return TRUE;
    }
  if (**text != '+' && **text != '-')
    return TRUE;
  sign = *(*text)++ == '+' ? 1 : -1;
  if (g_ascii_isdigit ((*text)[0]) && g_ascii_isdigit ((*text)[1]))
    hours = ((*text)[0] - '0') * 10 + (*text)[1] - '0';
  else
    return FALSE;
  *text += 2;
  if ((take_word (text, ":") || g_ascii_isdigit (**text)) && !take_number (text, 2, 2, &minutes))
    return FALSE;
  if (hours > 14 || minutes > 59)
    return FALSE;
  moment->has_offset = TRUE;
  moment->offset = sign * (hours * 3600 + minutes * 60);
  return TRUE;
}

static gboolean
read_written (const char *text,
              Moment     *moment)
{
  Half half;

  if (!take_day (&text, moment))
    return FALSE;
  skip_spaces (&text);
  skip_weekday (&text);
  skip_spaces (&text);
  if (*text == '\0')
    return TRUE;

  if (take_word (&text, "t"))
    skip_spaces (&text);
  half = take_half (&text);
  skip_spaces (&text);
  if (!take_clock (&text, moment))
    return FALSE;
  if (half == HALF_UNSAID)
    half = take_half (&text);
  skip_spaces (&text);
  return apply_half (moment, half) && take_offset (&text, moment) && *text == '\0';
}

static gboolean
read_digits (const char *text,
             Moment     *moment)
{
  gsize n = strspn (text, "0123456789");
  int values[6] = { 0 };

  if (text[n] != '\0' || (n != 8 && n != 12 && n != 14))
    return FALSE;
  for (guint i = 0, at = 0; at < n; i++)
    {
      guint width = i == 0 ? 4 : 2;

      for (guint end = at + width; at < end; at++)
        values[i] = values[i] * 10 + (text[at] - '0');
    }
  moment->year = values[0];
  moment->month = values[1];
  moment->day = values[2];
  moment->hour = values[3];
  moment->minute = values[4];
  moment->second = values[5];
  moment->precision = n == 8 ? LINLI_TIME_DAY : n == 12 ? LINLI_TIME_MINUTE : LINLI_TIME_SECOND;
  return TRUE;
}

static gboolean
read_serial (const char *text,
             Moment     *moment)
{
  char *end;
  double serial = g_ascii_strtod (text, &end);
  g_autoptr(GDateTime) utc = NULL;
  gint64 seconds;

  if (*end != '\0' || strspn (text, "0123456789") != 5 || serial < FIRST_SERIAL ||
      serial > LAST_SERIAL)
    return FALSE;
  seconds = llround ((serial - UNIX_SERIAL) * 86400);
  utc = g_date_time_new_from_unix_utc (seconds);
  moment->year = g_date_time_get_year (utc);
  moment->month = g_date_time_get_month (utc);
  moment->day = g_date_time_get_day_of_month (utc);
  moment->hour = g_date_time_get_hour (utc);
  moment->minute = g_date_time_get_minute (utc);
  moment->second = g_date_time_get_second (utc);
  moment->precision = seconds % 86400 == 0 ? LINLI_TIME_DAY : LINLI_TIME_SECOND;
  return TRUE;
}

static gboolean
is_possible (const Moment *moment)
{
  return moment->year >= FIRST_YEAR && moment->year <= LAST_YEAR &&
         g_date_valid_dmy ((GDateDay) moment->day, (GDateMonth) moment->month,
                           (GDateYear) moment->year) &&
         moment->minute < 60 && moment->second < 60 &&
         (moment->hour < 24 || (moment->hour == 24 && moment->minute == 0 && moment->second == 0));
}

static gint64
to_utc (const Moment *moment,
        GTimeZone    *zone)
{
  g_autoptr(GTimeZone) fixed = moment->has_offset ? g_time_zone_new_offset (moment->offset) : NULL;
  gboolean midnight = moment->hour == 24;
  g_autoptr(GDateTime) local = g_date_time_new (fixed != NULL ? fixed : zone, moment->year,
                                                moment->month,
                                                moment->day, midnight ? 0 : moment->hour,
                                                    moment->minute,
                                                floor (moment->second));
  g_autoptr(GDateTime) day = g_date_time_add_days (local, midnight ? 1 : 0);
  double fraction = moment->second - floor (moment->second);

  return g_date_time_to_unix (day) * G_USEC_PER_SEC + (gint64) (fraction * G_USEC_PER_SEC + 0.5);
}

/**
 * linli_field_parse_time:
 * @text: a date, with or without a time
 * @zone: where it was typed; an offset in @text goes before it
 * @time: (out): microseconds since the epoch, UTC; midnight when only a day is given
 * @precision: (out) (optional): how exact @text is
 * @error: %LINLI_FIELD_ERROR
 *
 * Reads 2018-07-04 17:24:41, 2019/4/24 16:03, 2019.4.24, 20260101,
 * 2026年2月14日 下午5点半, 2018-07-04T17:24:41.5+08:00, and 43285.73, the
 * number a spreadsheet leaves when a date loses its format.
 */
gboolean
linli_field_parse_time (const char          *text,
                        GTimeZone           *zone,
                        gint64              *time,
                        LinliTimePrecision  *precision,
                        GError             **error)
{
  g_autofree char *folded = NULL;
  Moment moment = { .precision = LINLI_TIME_DAY };

  g_return_val_if_fail (text != NULL && zone != NULL && time != NULL, FALSE);

  if (linli_field_is_blank (text))
    {
      g_set_error_literal (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_EMPTY, "No date is given");
      return FALSE;
    }
  folded = g_strstrip (linli_text_fold (text, -1));
  if (!read_digits (folded, &moment) && !read_serial (folded, &moment) &&
      !read_written (folded, &moment))
    {
      g_set_error (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_UNREADABLE,
                   "“%s” is no date that can be read: write it like 2026-02-14 17:00", text);
      return FALSE;
    }
  if (!is_possible (&moment))
    {
      g_set_error (error, LINLI_FIELD_ERROR, LINLI_FIELD_ERROR_IMPOSSIBLE,
                   "“%s” is no possible date or time", text);
      return FALSE;
    }

  *time = to_utc (&moment, zone);
  if (precision != NULL)
    *precision = moment.precision;
  return TRUE;
}
