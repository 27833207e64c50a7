/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes of a known encoding as UTF-8. What is no text becomes U+FFFD, and is
 * told: nothing is dropped silently, nothing invalid gets through. */

#include "config.h"

#include "linli-encoding.h"

#include <errno.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/**
 * linli_utf8_append_repaired:
 * @out: where to write
 * @text: any bytes
 *
 * Appends @text with U+FFFD in place of each stretch that is not UTF-8.
 *
 * Returns: whether nothing had to be replaced
 */
gboolean
linli_utf8_append_repaired (GString      *out,
                            const guint8 *text,
                            gsize         length)
{
  gboolean clean = TRUE;

  g_return_val_if_fail (out != NULL, FALSE);

  while (length > 0)
    {
      gsize n = linli_utf8_valid_prefix (text, length, NULL);

      g_string_append_len (out, (const char *) text, (gssize) n);
      if (n == length)
        break;
      clean = FALSE;
      g_string_append (out, REPLACEMENT);
      do
        n++;
      while (n < length && (text[n] & 0xc0) == 0x80);
      text += n;
      length -= n;
    }

  return clean;
}

/**
 * linli_utf16_append:
 * @text: UTF-16, possibly with lone surrogates or an odd byte at the end
 *
 * Returns: whether nothing had to be replaced by U+FFFD
 */
gboolean
linli_utf16_append (GString      *out,
                    const guint8 *text,
                    gsize         length,
                    gboolean      big_endian)
{
  gboolean clean = TRUE;

  g_return_val_if_fail (out != NULL, FALSE);

  for (gsize at = 0; at < length; at += 2)
    {
      gunichar c = 0, low;

      if (at + 1 < length)
        c = (gunichar) (big_endian ? text[at] << 8 | text[at + 1] : text[at + 1] << 8 | text[at]);
      if (c >= 0xd800 && c < 0xdc00 && at + 3 < length)
        {
          low = (gunichar) (big_endian ? text[at + 2] << 8 | text[at + 3]
                                       : text[at + 3] << 8 | text[at + 2]);
          if (low >= 0xdc00 && low < 0xe000)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
              at += 2;
            }
        }
      if (c == 0 || (c >= 0xd800 && c < 0xe000))
        {
          c = 0xfffd;
          clean = FALSE;
        }
      g_string_append_unichar (out, c);
    }

  return clean;
}

/**
 * linli_gb18030_append:
 * @converter: from GB18030 to UTF-8
 * @text: any bytes
 *
 * Returns: whether nothing had to be replaced by U+FFFD
 */
gboolean
linli_gb18030_append (GString      *out,
                      GIConv        converter,
                      const guint8 *text,
                      gsize         length)
{
  char *in = (char *) text;
  gsize left = length;
  gboolean clean = TRUE;

  g_return_val_if_fail (out != NULL, FALSE);

  while (left > 0)
    {
      gsize used = out->len;
      const char *nul = memchr (in, 0, left);
      gsize piece = nul != NULL ? (gsize) (nul - in) : left, todo = piece;
      gsize room = piece * 2 + 8;
      char *to;
      gsize result;

      /* Two bytes become three, four become at most four. */
      g_string_set_size (out, used + room);
      to = out->str + used;
      result = g_iconv (converter, &in, &todo, &to, &room);
      g_string_truncate (out, (gsize) (to - out->str));
      left -= piece - todo;
      if (result == (gsize) -1 && errno == E2BIG)
        continue;
      if (left > 0) /* a NUL, a bad byte, or a character cut off */
        {
          g_iconv (converter, NULL, NULL, NULL, NULL);
          g_string_append (out, REPLACEMENT);
          clean = FALSE;
          in++;
          left--;
        }
    }

  return clean;
}
