/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts folded for scanning, and the numbers in them: 24, １.５, 十五, 一百零五,
 * 半, 一个半. */

#include "config.h"

#include "linli-limit-scan.h"

#include <string.h>

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

guint
linli_scan_skip_blanks (const LinliScan *scan,
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
  int place = LINLI_SCAN_ONE / 10;

  for (; scan->c[i] >= '0' && scan->c[i] <= '9'; i++)
    {
      value = value * 10 + (scan->c[i] - '0');
      if (value > LINLI_TERM_MAX)
        return FALSE;
    }
  if (i == *at)
    return FALSE;

  value *= LINLI_SCAN_ONE;
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
gboolean
linli_scan_number (const LinliScan *scan,
                   guint           *at,
                   gint64          *thousandths)
{
  guint i = *at;
  gint64 value = 0;
  guint end;

  if (linli_scan_match (scan, i, "半", &end))
    {
      i = end;
      value = LINLI_SCAN_HALF;
    }
  else if (read_chinese (scan, &i, &value))
    value *= LINLI_SCAN_ONE;
  else if (!read_arabic (scan, &i, &value))
    return FALSE;

  i = linli_scan_skip_blanks (scan, i);
  if (linli_scan_match (scan, i, "个", &end))
    i = linli_scan_skip_blanks (scan, end);
  if (value % LINLI_SCAN_ONE == 0 && linli_scan_match (scan, i, "半", &end))
    {
      i = linli_scan_skip_blanks (scan, end);
      value += LINLI_SCAN_HALF;
    }

  *thousandths = value;
  *at = i;
  return TRUE;
}

/* Whether the character at @start is the tail of a number that began before. */
gboolean
linli_scan_is_in_number (const LinliScan *scan,
                         guint            start)
{
  gunichar c = scan->c[start];
  gunichar before = start > 0 ? scan->c[start - 1] : 0;

  if (c >= '0' && c <= '9')
    return (before >= '0' && before <= '9') || before == '.';
  return chinese_digit (before) >= 0 || chinese_power (before) > 0;
}
