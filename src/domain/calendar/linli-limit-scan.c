/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One limit as people type it: 5工作日, 半小时, 2４ h, 3-5天, 1小时30分钟, 立即. */

#include "config.h"

#include "linli-limit-scan.h"

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

static const UnitWord *
read_unit (const LinliScan *scan,
           guint           *at)
{
  for (guint i = 0; i < G_N_ELEMENTS (unit_words); i++)
    if (linli_scan_match (scan, *at, unit_words[i].word, at))
      return &unit_words[i];

  return NULL;
}

/* Minutes in which the same time passes as in @unit. */
static LinliLimitUnit
minutes_like (LinliLimitUnit unit)
{
  return linli_limit_unit_is_working (unit) ? LINLI_LIMIT_MINUTE : LINLI_LIMIT_URGENT_MINUTE;
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

  if (amount % LINLI_SCAN_ONE != 0 && linli_limit_unit_is_days (unit))
    {
      amount *= working_time ? HOURS_PER_WORKING_DAY : 24;
      unit = working_time ? LINLI_LIMIT_WORKING_HOUR : LINLI_LIMIT_HOUR;
    }
  if (amount % LINLI_SCAN_ONE != 0 && unit != LINLI_LIMIT_MINUTE && unit != LINLI_LIMIT_URGENT_MINUTE)
    {
      amount *= 60;
      unit = minutes_like (unit);
    }
  if (amount % LINLI_SCAN_ONE != 0 || amount / LINLI_SCAN_ONE > LINLI_TERM_MAX)
    return FALSE;

  *term = (LinliTerm) { amount / LINLI_SCAN_ONE, unit };
  return TRUE;
}

/* 一小时三十分钟, 1h30min: minutes right behind hours. */
static void
add_minutes (const LinliScan *scan,
             LinliTerm       *term,
             guint           *at)
{
  gint64 thousandths;
  guint i = linli_scan_skip_blanks (scan, *at);
  const UnitWord *word;

  if (term->unit != LINLI_LIMIT_WORKING_HOUR && term->unit != LINLI_LIMIT_URGENT_HOUR
      && term->unit != LINLI_LIMIT_HOUR)
    return;
  if (term->amount > LINLI_TERM_MAX / 60 || !linli_scan_number (scan, &i, &thousandths)
      || thousandths % LINLI_SCAN_ONE != 0 || thousandths >= 60 * LINLI_SCAN_ONE)
    return;
  word = read_unit (scan, &i);
  if (word == NULL || word->clock != LINLI_LIMIT_MINUTE)
    return;

  term->amount = term->amount * 60 + thousandths / LINLI_SCAN_ONE;
  term->unit = minutes_like (term->unit);
  *at = i;
}

/* Between the two ends of a range: 3-5, 3至5, 3到5. */
static gboolean
skip_range_sign (const LinliScan *scan,
                 guint           *at)
{
  guint i = linli_scan_skip_blanks (scan, *at);
  guint end;

  if (scan->c[i] != '-' && !linli_scan_match (scan, i, "至", &end)
      && !linli_scan_match (scan, i, "到", &end))
    return FALSE;

  *at = linli_scan_skip_blanks (scan, i + 1);
  return TRUE;
}

/* -3 has lost what stood before it, while in 塌陷-3 the dash is mere punctuation. */
static gboolean
has_sign (const LinliScan *scan,
          guint            start)
{
  return start > 0 && scan->c[start - 1] == '-'
      && (start == 1 || !g_unichar_isalpha (scan->c[start - 2]));
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

typedef struct
{
  gint64          from; /* in thousandths; equal to @to where there is no range */
  gint64          to;
  const UnitWord *word;
  guint           end;
} Amount;

/* The upper end of a range whose lower end has been read. */
static gboolean
read_upper (const LinliScan *scan,
            guint            at,
            Amount          *amount)
{
  const UnitWord *word = read_unit (scan, &at);

  if (word == NULL || amount->to < amount->from
      || (amount->word != NULL && amount->word->clock != word->clock))
    return FALSE;

  amount->word = word;
  amount->end = at;
  return TRUE;
}

/* 3天, 3-5天, 3天-5天, 两天半. */
static gboolean
read_amount (const LinliScan *scan,
             guint            at,
             Amount          *amount)
{
  guint behind;

  if (!linli_scan_number (scan, &at, &amount->from))
    return FALSE;

  amount->word = read_unit (scan, &at);
  amount->end = at;
  if (skip_range_sign (scan, &at) && linli_scan_number (scan, &at, &amount->to))
    return read_upper (scan, at, amount);

  if (amount->word != NULL && amount->from % LINLI_SCAN_ONE == 0
      && linli_scan_match (scan, amount->end, "半", &behind) && read_unit (scan, &behind) == NULL)
    {
      amount->from += LINLI_SCAN_HALF;
      amount->end = behind;
    }
  amount->to = amount->from;
  return amount->word != NULL;
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
  Amount amount;
  LinliTerm least;

  if (scan_phrase (scan, at, bare, hit))
    return TRUE;
  if (linli_scan_is_in_number (scan, at) || has_sign (scan, at) || !read_amount (scan, at, &amount))
    return FALSE;
  if (!make_term (amount.to, amount.word, bare, &hit->term)
      || !make_term (amount.from, amount.word, bare, &least) || least.unit != hit->term.unit)
    return FALSE;

  hit->least = least.amount;
  if (amount.from == amount.to)
    {
      add_minutes (scan, &hit->term, &amount.end);
      hit->least = hit->term.amount;
    }
  hit->assumed = amount.word->clock != amount.word->working;
  hit->start = at;
  hit->end = amount.end;
  return !is_date (scan, at, hit->end);
}
