/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers and units as people type them: 5工作日, 三个工作日, 半小时, 2４ h,
 * 3-5天, 1小时30分钟, 立即. */

#include "config.h"

#include "linli-limit-scan.h"

#include <string.h>

/* Amounts are held in thousandths while they may still have a fraction. */
#define ONE  1000
#define HALF 500

/* 1 工作日 = 8 工作时, as the handling standards count; used for half days only. */
#define HOURS_PER_WORKING_DAY 8

typedef struct
{
  const char    *word;
  LinliLimitUnit clock;   /* what it means */
  LinliLimitUnit working; /* and where bare units mean working time */
  int            days;    /* for weeks: days each, in the two readings */
  int            working_days;
} UnitWord;

#define EXACT(word, unit)          { word, unit, unit, 1, 1 }
#define BARE(word, clock, working) { word, clock, working, 1, 1 }
#define WEEK(word)                 { word, LINLI_LIMIT_DAY, LINLI_LIMIT_WORKING_DAY, 7, 5 }

/* A word stands before those it begins with. */
static const UnitWord unit_words[] = {
  EXACT ("紧急工作小时", LINLI_LIMIT_URGENT_HOUR),
  EXACT ("紧急工作时", LINLI_LIMIT_URGENT_HOUR),
  EXACT ("紧急小时", LINLI_LIMIT_URGENT_HOUR),
  EXACT ("紧急分钟", LINLI_LIMIT_URGENT_MINUTE),
  EXACT ("工作小时", LINLI_LIMIT_WORKING_HOUR),
  EXACT ("工作时", LINLI_LIMIT_WORKING_HOUR),
  EXACT ("工时", LINLI_LIMIT_WORKING_HOUR),
  EXACT ("工作日", LINLI_LIMIT_WORKING_DAY),
  EXACT ("工作天", LINLI_LIMIT_WORKING_DAY),
  EXACT ("自然小时", LINLI_LIMIT_HOUR),
  EXACT ("自然时", LINLI_LIMIT_HOUR),
  EXACT ("自然日", LINLI_LIMIT_DAY),
  EXACT ("自然天", LINLI_LIMIT_DAY),
  EXACT ("日历日", LINLI_LIMIT_DAY),
  EXACT ("日历天", LINLI_LIMIT_DAY),
  EXACT ("分钟", LINLI_LIMIT_MINUTE),
  EXACT ("分", LINLI_LIMIT_MINUTE),
  BARE ("小时", LINLI_LIMIT_HOUR, LINLI_LIMIT_WORKING_HOUR),
  BARE ("钟头", LINLI_LIMIT_HOUR, LINLI_LIMIT_WORKING_HOUR),
  BARE ("天", LINLI_LIMIT_DAY, LINLI_LIMIT_WORKING_DAY),
  BARE ("日", LINLI_LIMIT_DAY, LINLI_LIMIT_WORKING_DAY),
  WEEK ("周"),
  WEEK ("星期"),
  WEEK ("礼拜"),
  EXACT ("urgent hours", LINLI_LIMIT_URGENT_HOUR),
  EXACT ("urgent hour", LINLI_LIMIT_URGENT_HOUR),
  EXACT ("urgent minutes", LINLI_LIMIT_URGENT_MINUTE),
  EXACT ("urgent minute", LINLI_LIMIT_URGENT_MINUTE),
  EXACT ("working hours", LINLI_LIMIT_WORKING_HOUR),
  EXACT ("working hour", LINLI_LIMIT_WORKING_HOUR),
  EXACT ("business hours", LINLI_LIMIT_WORKING_HOUR),
  EXACT ("business hour", LINLI_LIMIT_WORKING_HOUR),
  EXACT ("working days", LINLI_LIMIT_WORKING_DAY),
  EXACT ("working day", LINLI_LIMIT_WORKING_DAY),
  EXACT ("business days", LINLI_LIMIT_WORKING_DAY),
  EXACT ("business day", LINLI_LIMIT_WORKING_DAY),
  EXACT ("workdays", LINLI_LIMIT_WORKING_DAY),
  EXACT ("workday", LINLI_LIMIT_WORKING_DAY),
  EXACT ("wd", LINLI_LIMIT_WORKING_DAY),
  EXACT ("calendar days", LINLI_LIMIT_DAY),
  EXACT ("calendar day", LINLI_LIMIT_DAY),
  EXACT ("minutes", LINLI_LIMIT_MINUTE),
  EXACT ("minute", LINLI_LIMIT_MINUTE),
  EXACT ("mins", LINLI_LIMIT_MINUTE),
  EXACT ("min", LINLI_LIMIT_MINUTE),
  BARE ("hours", LINLI_LIMIT_HOUR, LINLI_LIMIT_WORKING_HOUR),
  BARE ("hour", LINLI_LIMIT_HOUR, LINLI_LIMIT_WORKING_HOUR),
  BARE ("hrs", LINLI_LIMIT_HOUR, LINLI_LIMIT_WORKING_HOUR),
  BARE ("hr", LINLI_LIMIT_HOUR, LINLI_LIMIT_WORKING_HOUR),
  BARE ("h", LINLI_LIMIT_HOUR, LINLI_LIMIT_WORKING_HOUR),
  BARE ("days", LINLI_LIMIT_DAY, LINLI_LIMIT_WORKING_DAY),
  BARE ("day", LINLI_LIMIT_DAY, LINLI_LIMIT_WORKING_DAY),
  BARE ("d", LINLI_LIMIT_DAY, LINLI_LIMIT_WORKING_DAY),
  WEEK ("weeks"),
  WEEK ("week"),
};

/* Limits that need no number. */
static const struct
{
  const char *word;
  LinliTerm   clock;
  LinliTerm   working;
} phrases[] = {
  { "立即", { 0, LINLI_LIMIT_URGENT_MINUTE }, { 0, LINLI_LIMIT_URGENT_MINUTE } },
  { "立刻", { 0, LINLI_LIMIT_URGENT_MINUTE }, { 0, LINLI_LIMIT_URGENT_MINUTE } },
  { "即时", { 0, LINLI_LIMIT_URGENT_MINUTE }, { 0, LINLI_LIMIT_URGENT_MINUTE } },
  { "即刻", { 0, LINLI_LIMIT_URGENT_MINUTE }, { 0, LINLI_LIMIT_URGENT_MINUTE } },
  { "马上", { 0, LINLI_LIMIT_URGENT_MINUTE }, { 0, LINLI_LIMIT_URGENT_MINUTE } },
  { "当场", { 0, LINLI_LIMIT_URGENT_MINUTE }, { 0, LINLI_LIMIT_URGENT_MINUTE } },
  { "immediately", { 0, LINLI_LIMIT_URGENT_MINUTE }, { 0, LINLI_LIMIT_URGENT_MINUTE } },
  { "当日", { 0, LINLI_LIMIT_DAY }, { 0, LINLI_LIMIT_WORKING_DAY } },
  { "当天", { 0, LINLI_LIMIT_DAY }, { 0, LINLI_LIMIT_WORKING_DAY } },
  { "次日", { 1, LINLI_LIMIT_DAY }, { 1, LINLI_LIMIT_WORKING_DAY } },
  { "次工作日", { 1, LINLI_LIMIT_WORKING_DAY }, { 1, LINLI_LIMIT_WORKING_DAY } },
  { "下一个工作日", { 1, LINLI_LIMIT_WORKING_DAY }, { 1, LINLI_LIMIT_WORKING_DAY } },
  { "下一工作日", { 1, LINLI_LIMIT_WORKING_DAY }, { 1, LINLI_LIMIT_WORKING_DAY } },
};

static gunichar
fold (gunichar c)
{
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xfee0;

  switch (c)
    {
    case 0x3000: /* ideographic space */
    case 0x00a0: /* no-break space */
    case '\t':
    case '\r':
      return ' ';
    case 0x2010: /* hyphen */
    case 0x2011: /* non-breaking hyphen */
    case 0x2012: /* figure dash */
    case 0x2013: /* en dash */
    case 0x2014: /* em dash */
    case 0x2212: /* minus */
    case 0x301c: /* wave dash */
    case '~':
      return '-';
    default:
      return c < 0x80 ? (gunichar) g_ascii_tolower ((char) c) : c;
    }
}

/* @text must be valid UTF-8 and outlive @scan. */
void
linli_scan_init (LinliScan  *scan,
                 const char *text)
{
  glong n = g_utf8_strlen (text, -1);
  guint i = 0;

  g_assert (n >= 0);

  *scan = (LinliScan) { .text = text, .n = (guint) n };
  scan->c = g_new0 (gunichar, scan->n + 1);
  scan->offset = g_new0 (guint, scan->n + 1);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      scan->c[i] = fold (g_utf8_get_char (p));
      scan->offset[i++] = (guint) (p - text);
    }
  scan->offset[scan->n] = (guint) strlen (text);
}

void
linli_scan_clear (LinliScan *scan)
{
  g_clear_pointer (&scan->c, g_free);
  g_clear_pointer (&scan->offset, g_free);
}

/* Whether @word, already folded, stands at @at. A blank in it matches any number of
 * blanks, and a Latin word must not go on behind it. */
gboolean
linli_scan_match (const LinliScan *scan,
                  guint            at,
                  const char      *word,
                  guint           *end)
{
  gunichar last = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      last = g_utf8_get_char (p);
      if (scan->c[at] != last)
        return FALSE;
      for (at++; last == ' ' && scan->c[at] == ' ';)
        at++;
    }
  if (last < 0x80 && scan->c[at] < 0x80 && g_ascii_isalpha ((char) scan->c[at]))
    return FALSE;

  *end = at;
  return TRUE;
}

static guint
skip_blanks (const LinliScan *scan,
             guint            at)
{
  while (scan->c[at] == ' ')
    at++;

  return at;
}

static int
chinese_digit (gunichar c)
{
  static const char *digits[] = { "零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖" };

  for (guint i = 0; c >= 0x80 && i < G_N_ELEMENTS (digits); i++)
    if (g_utf8_strchr (digits[i], -1, c) != NULL)
      return (int) i;

  return -1;
}

static int
chinese_power (gunichar c)
{
  switch (c)
    {
    case 0x5341: case 0x62fe: /* 十 拾 */
      return 10;
    case 0x767e: case 0x4f70: /* 百 佰 */
      return 100;
    case 0x5343: case 0x4edf: /* 千 仟 */
      return 1000;
    default:
      return 0;
    }
}

/* 十五, 二十, 一百零五, or digit by digit: 一五. */
static gboolean
read_chinese (const LinliScan *scan,
              guint           *at,
              gint64          *value)
{
  gint64 total = 0;
  gint64 digits = -1;
  guint i = *at;

  for (;; i++)
    {
      int digit = chinese_digit (scan->c[i]);
      int power = chinese_power (scan->c[i]);

      if (digit >= 0)
        digits = MAX (digits, 0) * 10 + digit;
      else if (power > 0)
        {
          total += (digits > 0 ? digits : 1) * power;
          digits = -1;
        }
      else
        break;
      if (total > LINLI_TERM_MAX || digits > LINLI_TERM_MAX)
        return FALSE;
    }
  if (i == *at)
    return FALSE;

  *value = total + MAX (digits, 0);
  *at = i;
  return TRUE;
}

/* 24, 1.5, １５. At most three decimals. */
static gboolean
read_arabic (const LinliScan *scan,
             guint           *at,
             gint64          *thousandths)
{
  guint i = *at;
  gint64 value = 0;
  int place = ONE / 10;

  for (; scan->c[i] >= '0' && scan->c[i] <= '9'; i++)
    {
      value = value * 10 + (scan->c[i] - '0');
      if (value > LINLI_TERM_MAX)
        return FALSE;
    }
  if (i == *at)
    return FALSE;

  value *= ONE;
  if (scan->c[i] == '.' && scan->c[i + 1] >= '0' && scan->c[i + 1] <= '9')
    for (i++; scan->c[i] >= '0' && scan->c[i] <= '9'; i++, place /= 10)
      {
        if (place == 0)
          return FALSE;
        value += (gint64) (scan->c[i] - '0') * place;
      }

  *thousandths = value;
  *at = i;
  return TRUE;
}

/* A number and what may stand between it and its unit: 三个, 一个半, 半个. */
static gboolean
read_number (const LinliScan *scan,
             guint           *at,
             gint64          *thousandths)
{
  guint i = *at;
  gint64 value = 0;
  guint end;

  if (linli_scan_match (scan, i, "半", &end))
    {
      i = end;
      value = HALF;
    }
  else if (read_chinese (scan, &i, &value))
    value *= ONE;
  else if (!read_arabic (scan, &i, &value))
    return FALSE;

  i = skip_blanks (scan, i);
  if (linli_scan_match (scan, i, "个", &end))
    i = skip_blanks (scan, end);
  if (value % ONE == 0 && linli_scan_match (scan, i, "半", &end))
    {
      i = skip_blanks (scan, end);
      value += HALF;
    }

  *thousandths = value;
  *at = i;
  return TRUE;
}

static const UnitWord *
read_unit (const LinliScan *scan,
           guint           *at)
{
  for (guint i = 0; i < G_N_ELEMENTS (unit_words); i++)
    if (linli_scan_match (scan, *at, unit_words[i].word, at))
      return &unit_words[i];

  return NULL;
}

/* An amount in whole units; half an hour becomes thirty minutes of the same
 * kind of time, half a day hours. */
static gboolean
make_term (gint64          thousandths,
           const UnitWord *word,
           LinliBareUnit   bare,
           LinliTerm      *term)
{
  gboolean working = bare == LINLI_BARE_IS_WORKING;
  LinliLimitUnit unit = working ? word->working : word->clock;
  gint64 amount = thousandths * (working ? word->working_days : word->days);
  gboolean working_time = linli_limit_unit_is_working (unit);

  if (amount % ONE != 0 && linli_limit_unit_is_days (unit))
    {
      amount *= working_time ? HOURS_PER_WORKING_DAY : 24;
      unit = working_time ? LINLI_LIMIT_WORKING_HOUR : LINLI_LIMIT_HOUR;
    }
  if (amount % ONE != 0 && unit != LINLI_LIMIT_MINUTE && unit != LINLI_LIMIT_URGENT_MINUTE)
    {
      amount *= 60;
      unit = working_time ? LINLI_LIMIT_MINUTE : LINLI_LIMIT_URGENT_MINUTE;
    }
  if (amount % ONE != 0 || amount / ONE > LINLI_TERM_MAX)
    return FALSE;

  *term = (LinliTerm) { amount / ONE, unit };
  return TRUE;
}

/* 一小时三十分钟, 1h30min: minutes right behind hours. */
static void
add_minutes (const LinliScan *scan,
             LinliTerm       *term,
             guint           *at)
{
  gint64 thousandths;
  guint i = skip_blanks (scan, *at);
  const UnitWord *word;

  if (term->unit != LINLI_LIMIT_WORKING_HOUR && term->unit != LINLI_LIMIT_URGENT_HOUR && term->unit != LINLI_LIMIT_HOUR)
    return;
  if (!read_number (scan, &i, &thousandths) || thousandths % ONE != 0)
    return;
  word = read_unit (scan, &i);
  if (word == NULL || word->clock != LINLI_LIMIT_MINUTE || term->amount > LINLI_TERM_MAX / 60 || thousandths >= 60 * ONE)
    return;

  term->amount = term->amount * 60 + thousandths / ONE;
  term->unit = linli_limit_unit_is_working (term->unit) ? LINLI_LIMIT_MINUTE : LINLI_LIMIT_URGENT_MINUTE;
  *at = i;
}

/* Between the two ends of a range: 3-5, 3至5, 3到5. */
static gboolean
skip_range_sign (const LinliScan *scan,
                 guint           *at)
{
  guint i = skip_blanks (scan, *at);
  guint end;

  if (scan->c[i] != '-' && !linli_scan_match (scan, i, "至", &end) && !linli_scan_match (scan, i, "到", &end))
    return FALSE;

  *at = skip_blanks (scan, i + 1);
  return TRUE;
}

static gboolean
continues_number (const LinliScan *scan,
                  guint            start)
{
  gunichar c = scan->c[start];
  gunichar before = start > 0 ? scan->c[start - 1] : 0;

  if (c >= '0' && c <= '9')
    return (before >= '0' && before <= '9') || before == '.';
  return chinese_digit (before) >= 0 || chinese_power (before) > 0;
}

/* -3 has lost what stood before it, while in 塌陷-3 the dash is mere punctuation. */
static gboolean
has_sign (const LinliScan *scan,
          guint            start)
{
  return start > 0 && scan->c[start - 1] == '-' && (start == 1 || !g_unichar_isalpha (scan->c[start - 2]));
}

/* A number that is not an amount: 5月15日 and 第3日 are dates, 3日前 is one too. */
static gboolean
is_date (const LinliScan *scan,
         guint            start,
         guint            end)
{
  static const char *before[] = { "年", "月", "第", "每" };
  static const char *behind[] = { "前", "起" };
  guint ignored;

  for (guint i = 0; start > 0 && i < G_N_ELEMENTS (before); i++)
    if (linli_scan_match (scan, start - 1, before[i], &ignored))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (behind); i++)
    if (linli_scan_match (scan, end, behind[i], &ignored))
      return TRUE;

  return FALSE;
}

static gboolean
scan_phrase (const LinliScan *scan,
             guint            at,
             LinliBareUnit    bare,
             LinliScanHit    *hit)
{
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (linli_scan_match (scan, at, phrases[i].word, &hit->end))
      {
        hit->start = at;
        hit->term = bare == LINLI_BARE_IS_WORKING ? phrases[i].working : phrases[i].clock;
        hit->least = hit->term.amount;
        hit->assumed = phrases[i].clock.unit != phrases[i].working.unit;
        return TRUE;
      }

  return FALSE;
}

/**
 * linli_scan_limit:
 * @at: a character of @scan
 * @hit: (out): the limit that begins there
 *
 * Returns: whether a limit begins at @at
 */
gboolean
linli_scan_limit (const LinliScan *scan,
                  guint            at,
                  LinliBareUnit    bare,
                  LinliScanHit    *hit)
{
  const UnitWord *word;
  gint64 first, second;
  guint i = at;
  guint end;
  LinliTerm least;
  gboolean range;

  if (scan_phrase (scan, at, bare, hit))
    return TRUE;
  if (continues_number (scan, at) || has_sign (scan, at) || !read_number (scan, &i, &first))
    return FALSE;

  second = first;
  word = read_unit (scan, &i);
  end = i;
  range = skip_range_sign (scan, &i) && read_number (scan, &i, &second);
  if (range)
    {
      const UnitWord *upper = read_unit (scan, &i);

      if (upper == NULL || second < first || (word != NULL && word->clock != upper->clock))
        return FALSE;
      word = upper;
      end = i;
    }
  else
    second = first;
  if (word == NULL)
    return FALSE;

  if (linli_scan_match (scan, end, "半", &i) && second % ONE == 0 && !range && read_unit (scan, &i) == NULL)
    {
      first = second += HALF;
      end++;
    }
  if (!make_term (second, word, bare, &hit->term) || !make_term (first, word, bare, &least) || least.unit != hit->term.unit)
    return FALSE;
  if (!range)
    add_minutes (scan, &hit->term, &end);
  if (is_date (scan, at, end))
    return FALSE;

  hit->least = range ? least.amount : hit->term.amount;
  hit->assumed = word->clock != word->working;
  hit->start = at;
  hit->end = end;
  return TRUE;
}
