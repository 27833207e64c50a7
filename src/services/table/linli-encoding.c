/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which bytes are which text. Files come from old Excel (GB18030), new Excel
 * and web platforms (UTF-8, UTF-16) and from people who pasted one into the
 * other. Line ends, commas and quotes are the same bytes in UTF-8 and GB18030
 * and never part of a longer character, so each line can be judged alone. */

#include "config.h"

#include "linli-encoding.h"

#include <string.h>

/* Random bytes hold one control character in ten; tables hold next to none. */
#define CONTROLS_PER_THOUSAND 20
#define STRANGE_PER_THOUSAND  50

/* What one line looks like under both readings. */
typedef struct
{
  gboolean utf8;   /* valid UTF-8 without NUL */
  gboolean gb;     /* valid GB18030 structure without NUL */
  gboolean ascii;
  gsize    narrow; /* two-byte UTF-8 characters: Latin, Greek, Cyrillic */
  gsize    wide;   /* three and four bytes: Chinese */
  gsize    pairs;  /* GB18030 characters of two or four bytes */
  gsize    common; /* those among the everyday hanzi and punctuation */
} Evidence;

const char *
linli_encoding_get_name (LinliEncoding encoding)
{
  static const char *names[] = { "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE" };

  g_return_val_if_fail (encoding < G_N_ELEMENTS (names), NULL);
  return names[encoding];
}

static inline gboolean
is_tail (guint8 byte)
{
  return (byte & 0xc0) == 0x80;
}

/* Bytes of the valid character at @p, which is not ASCII, or 0. */
static inline gsize
utf8_character (const guint8 *p,
                gsize         left)
{
  guint8 c = p[0];

  if (c >= 0xe0 && c < 0xf0)
    {
      if (left < 3 || !is_tail (p[1]) || !is_tail (p[2]))
        return 0;
      if ((c == 0xe0 && p[1] < 0xa0) || (c == 0xed && p[1] >= 0xa0))
        return 0; /* too long for its value; half of a surrogate pair */
      return 3;
    }
  if (c >= 0xc2 && c < 0xe0)
    return left >= 2 && is_tail (p[1]) ? 2 : 0;
  if (c >= 0xf0 && c < 0xf5)
    {
      if (left < 4 || !is_tail (p[1]) || !is_tail (p[2]) || !is_tail (p[3]))
        return 0;
      return (c == 0xf0 && p[1] < 0x90) || (c == 0xf4 && p[1] >= 0x90) ? 0 : 4;
    }
  return 0;
}

/* Eight bytes at once while all are ASCII and none is NUL. */
static inline gsize
skip_ascii (const guint8 *text,
            gsize         at,
            gsize         length)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  const guint64 highs = ones << 7;

  while (at + 8 <= length)
    {
      guint64 word;

      memcpy (&word, text + at, sizeof word);
      if (((word | ((word - ones) & ~word)) & highs) != 0)
        break;
      at += 8;
    }
  while (at < length && text[at] != 0 && text[at] < 0x80)
    at++;

  return at;
}

/**
 * linli_utf8_valid_prefix:
 * @text: any bytes
 * @is_ascii: (out) (optional): whether the prefix is ASCII only
 *
 * Returns: how many bytes from the start are valid UTF-8 without NUL
 */
gsize
linli_utf8_valid_prefix (const guint8 *text,
                         gsize         length,
                         gboolean     *is_ascii)
{
  gsize at = 0;
  gboolean ascii = TRUE;

  g_return_val_if_fail (text != NULL || length == 0, 0);

  while (at < length)
    {
      gsize n;

      if (text[at] < 0x80)
        {
          gsize next = skip_ascii (text, at, length);

          if (next == at)
            break;
          at = next;
          continue;
        }
      n = utf8_character (text + at, length - at);
      if (n == 0)
        break;
      ascii = FALSE;
      at += n;
    }

  if (is_ascii != NULL)
    *is_ascii = ascii;
  return at;
}

static void
weigh_utf8 (const guint8 *text,
            gsize         length,
            Evidence     *evidence)
{
  gsize at = 0;

  while (at < length)
    {
      gsize n = text[at] == 0 ? 0 : text[at] < 0x80 ? 1 : utf8_character (text + at, length - at);

      if (n == 0)
        return;
      evidence->narrow += n == 2;
      evidence->wide += n > 2;
      at += n;
    }
  evidence->utf8 = TRUE;
}

static void
weigh_gb18030 (const guint8 *text,
               gsize         length,
               Evidence     *evidence)
{
  gsize at = 0;

  while (at < length)
    {
      guint8 lead = text[at], next = at + 1 < length ? text[at + 1] : 0;

      if (lead == 0 || lead == 0x80 || lead == 0xff)
        return;
      if (lead < 0x80)
        {
          at++;
          continue;
        }
      evidence->pairs++;
      if (next >= 0x40 && next != 0x7f && next != 0xff)
        {
          /* Rows 1-3 are punctuation and full-width letters, 16-55 the
           * hanzi that make up nearly all text. UTF-8 misread as GB18030
           * mostly falls outside. */
          if (next >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa3) || (lead >= 0xb0 && lead <= 0xd7)))
            evidence->common++;
          at += 2;
        }
      else if (g_ascii_isdigit (next) && at + 3 < length && text[at + 2] >= 0x81 &&
               text[at + 2] != 0xff && g_ascii_isdigit (text[at + 3]))
        at += 4;
      else
        return;
    }
  evidence->gb = TRUE;
}

/**
 * linli_encoding_judge_line:
 * @line: bytes of one line
 * @prior: what the lines before it were, for a line that could be both
 *
 * A line of UTF-8 is often valid GB18030 by accident, hardly ever the other
 * way round; a line of GB18030 with one or two characters may be valid UTF-8.
 * So: valid in one only, that one; in both, the neighbours' unless the other
 * reading is plain Chinese; UTF-8 with a bad byte is not taken for GB18030
 * unless that reads as everyday Chinese.
 */
LinliLineVerdict
linli_encoding_judge_line (const guint8  *line,
                           gsize          length,
                           LinliEncoding  prior)
{
  Evidence evidence = { 0 };
  gboolean plausible_gb;

  g_return_val_if_fail (line != NULL || length == 0, LINLI_LINE_DAMAGED);

  if (linli_utf8_valid_prefix (line, length, &evidence.ascii) == length && evidence.ascii)
    return LINLI_LINE_ASCII;

  weigh_utf8 (line, length, &evidence);
  if (evidence.utf8 && prior != LINLI_ENCODING_GB18030)
    return LINLI_LINE_UTF8;

  weigh_gb18030 (line, length, &evidence);
  plausible_gb = evidence.gb && evidence.common * 2 >= evidence.pairs;
  if (evidence.utf8 && evidence.gb)
    return evidence.wide > evidence.narrow && !plausible_gb ? LINLI_LINE_UTF8 : LINLI_LINE_GB18030;
  if (evidence.utf8)
    return LINLI_LINE_UTF8;
  if (evidence.gb && (plausible_gb || prior == LINLI_ENCODING_GB18030))
    return LINLI_LINE_GB18030;
  return LINLI_LINE_DAMAGED;
}

/**
 * linli_encoding_line_end:
 * @text: bytes that start a line
 * @whole: whether nothing follows @text in the file
 *
 * LF, CRLF and a lone CR all end a line.
 *
 * Returns: bytes of the first line with its end, or 0 when more must be read
 */
gsize
linli_encoding_line_end (const guint8  *text,
                         gsize          length,
                         LinliEncoding  encoding,
                         gboolean       whole)
{
  gboolean utf16 = encoding == LINLI_ENCODING_UTF16LE || encoding == LINLI_ENCODING_UTF16BE;
  gsize unit = utf16 ? 2 : 1;
  gsize low = encoding == LINLI_ENCODING_UTF16BE ? 1 : 0;

  g_return_val_if_fail (text != NULL || length == 0, 0);

  for (gsize at = 0; at + unit <= length; at += unit)
    {
      guint8 c = text[at + low];

      if ((c != '\n' && c != '\r') || (utf16 && text[at + 1 - low] != 0))
        continue;
      if (c == '\n')
        return at + unit;
      if (at + 2 * unit <= length)
        {
          gboolean lf = text[at + unit + low] == '\n' && (!utf16 || text[at + unit + 1 - low] == 0);

          return at + (lf ? 2 : 1) * unit;
        }
      return whole ? length : 0;
    }

  return whole ? length : 0;
}

static gboolean
is_strange_unit (guint16 unit)
{
  if (unit >= 0xd800 && unit < 0xe000)
    return FALSE; /* pairs are checked when decoding */
  return unit == 0 || (unit < 0x20 && unit != '\t' && unit != '\n' && unit != '\r') ||
         !g_unichar_isdefined (unit) || g_unichar_type (unit) == G_UNICODE_PRIVATE_USE;
}

static gboolean
check_utf16_head (const guint8 *head,
                  gsize         length,
                  gboolean      big_endian,
                  GError      **error)
{
  gsize strange = 0, units = length / 2;

  for (gsize i = 1; i < units; i++)
    {
      guint16 unit = (guint16) (big_endian ? head[2 * i] << 8 | head[2 * i + 1]
                                           : head[2 * i + 1] << 8 | head[2 * i]);

      strange += is_strange_unit (unit);
    }
  if (strange * 1000 > units * STRANGE_PER_THOUSAND)
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_ENCODING,
                           "The file begins like UTF-16 text but holds other data");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_controls (const guint8 *head,
                gsize         length,
                GError      **error)
{
  gsize controls = 0;

  for (gsize i = 0; i < length; i++)
    controls += head[i] < 0x20 ? strchr ("\t\n\v\f\r\x1a\x1b", head[i]) == NULL || head[i] == 0
                               : head[i] == 0x7f;
  if (controls * 1000 > length * CONTROLS_PER_THOUSAND)
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_ENCODING,
                           "The file is not a table of text: it is full of control characters");
      return FALSE;
    }
  return TRUE;
}

/**
 * linli_encoding_detect:
 * @head: the first bytes of a file
 * @whole: whether @head is all of it
 * @encoding: (out): the prevailing encoding
 * @bom_length: (out): bytes of the mark at the start, not part of the text
 * @error: %LINLI_TABLE_ERROR_ENCODING when this is no text at all
 *
 * UTF-16 needs its mark. Otherwise the lines of the head vote.
 */
gboolean
linli_encoding_detect (const guint8  *head,
                       gsize          length,
                       gboolean       whole,
                       LinliEncoding *encoding,
                       gsize         *bom_length,
                       GError       **error)
{
  gsize votes[LINLI_LINE_DAMAGED + 1] = { 0 };
  gsize n;

  g_return_val_if_fail (head != NULL || length == 0, FALSE);
  g_return_val_if_fail (encoding != NULL && bom_length != NULL, FALSE);

  if (length >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff)))
    {
      *encoding = head[0] == 0xff ? LINLI_ENCODING_UTF16LE : LINLI_ENCODING_UTF16BE;
      *bom_length = 2;
      return check_utf16_head (head, length, head[0] == 0xfe, error);
    }

  *bom_length = length >= 3 && memcmp (head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (!check_controls (head, length, error))
    return FALSE;

  for (gsize at = *bom_length;
       at < length &&
       (n = linli_encoding_line_end (head + at, length - at, LINLI_ENCODING_UTF8, whole)) > 0;
       at += n)
    votes[linli_encoding_judge_line (head + at, n, LINLI_ENCODING_UTF8)]++;

  if (votes[LINLI_LINE_DAMAGED] > 8 &&
      votes[LINLI_LINE_DAMAGED] > votes[LINLI_LINE_UTF8] + votes[LINLI_LINE_GB18030])
    {
      g_set_error_literal (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_ENCODING,
                           "The text of the file is neither UTF-8 nor GB18030");
      return FALSE;
    }
  *encoding = *bom_length == 0 && votes[LINLI_LINE_GB18030] > votes[LINLI_LINE_UTF8]
              ? LINLI_ENCODING_GB18030 : LINLI_ENCODING_UTF8;
  return TRUE;
}
