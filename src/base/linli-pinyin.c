/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "linli-pinyin.h"

#include "linli-pinyin-private.h"
#include "linli-text.h"

#include <string.h>

static char
rare_initial (gunichar c)
{
  guint low = 0;
  guint high = linli_pinyin_n_rare;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      gunichar found = linli_pinyin_rare[middle] >> 5;

      if (found == c)
        return (char) ('a' + (linli_pinyin_rare[middle] & 31));
      if (found < c)
        low = middle + 1;
      else
        high = middle;
    }

  return '\0';
}

/**
 * linli_pinyin_char_initial:
 * @c: a character
 *
 * Returns: the first letter of the commonest Mandarin reading of @c, in lower
 *   case, or NUL when none is known
 */
char
linli_pinyin_char_initial (gunichar c)
{
  char letter = '\0';

  if (c >= LINLI_PINYIN_BMP_FIRST && c <= LINLI_PINYIN_BMP_LAST)
    letter = linli_pinyin_bmp[c - LINLI_PINYIN_BMP_FIRST];
  else if (c >= LINLI_PINYIN_EXT_A_FIRST && c <= LINLI_PINYIN_EXT_A_LAST)
    letter = linli_pinyin_ext_a[c - LINLI_PINYIN_EXT_A_FIRST];
  else if (c == 0x3007)
    letter = 'l';
  else if (c > 0xffff)
    letter = rare_initial (c);

  return letter == '-' ? '\0' : letter;
}

#define BUCKETS 64

/* Words that begin with a character of the same last byte, which is where most
 * differ, hang together: each names the next, counted from 1. */
typedef struct
{
  guint16 first[BUCKETS];
  guint16 next[]; /* of each word */
} WordIndex;

static guint
bucket_of (const char *character)
{
  return (guchar) character[2] % BUCKETS;
}

static gpointer
index_words (gpointer unused)
{
  WordIndex *self = g_malloc0 (sizeof (WordIndex) + linli_pinyin_n_words * sizeof (guint16));

  for (guint i = 0; i < linli_pinyin_n_words; i++)
    {
      guint bucket = bucket_of (linli_pinyin_words[i].word);

      self->next[i] = self->first[bucket];
      self->first[bucket] = (guint16) (i + 1);
    }

  return self;
}

/* Every character takes its letter from the longest word that covers it; of
 * two as long, from the later: in 道路长期 it is 长期, not 路长. */
static void
apply_words (const char *folded,
             char       *letters)
{
  static GOnce once = G_ONCE_INIT;
  const WordIndex *words = g_once (&once, index_words, NULL);
  glong n = g_utf8_strlen (folded, -1);
  g_autofree guint8 *best = g_malloc0 ((gsize) n + 1);
  gsize at = 0;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p), at++)
    {
      if ((guchar) *p < 0xe0)
        continue; /* no word begins with a character of less than three bytes */
      for (guint i = words->first[bucket_of (p)]; i != 0; i = words->next[i - 1])
        {
          const LinliPinyinWord *word = &linli_pinyin_words[i - 1];
          gsize size = strlen (word->initials);

          if (!g_str_has_prefix (p, word->word))
            continue;
          for (gsize j = 0; j < size; j++)
            if (size >= best[at + j])
              {
                letters[at + j] = word->initials[j];
                best[at + j] = (guint8) size;
              }
        }
    }
}

/* One byte per character of @folded: a letter, an ASCII letter or digit as it
 * stands, a space for everything else. */
static char *
letters_of (const char *folded)
{
  GString *letters = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      char letter = c < 0x80 ? (char) c : linli_pinyin_char_initial (c);

      /* 々 repeats the character before it. */
      if (c == 0x3005 && letters->len > 0)
        letter = letters->str[letters->len - 1];
      g_string_append_c (letters, g_ascii_isalnum (letter) ? letter : ' ');
    }

  return g_string_free (letters, FALSE);
}

static char *
without_spaces (const char *letters)
{
  GString *out = g_string_new (NULL);

  for (const char *p = letters; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (out, *p);

  return g_string_free (out, FALSE);
}

/**
 * linli_pinyin_initials:
 * @text: any text
 *
 * The initials of a duty item, a street, a unit. Latin letters and digits are
 * kept, anything else is left out. Words whose characters read otherwise than
 * alone are known: 重复 cf, 银行 yh.
 *
 * Returns: (transfer full): lower-case ASCII, maybe empty
 */
char *
linli_pinyin_initials (const char *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *letters = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  folded = linli_text_fold (text, -1);
  letters = letters_of (folded);
  apply_words (folded, letters);

  return without_spaces (letters);
}

static void
apply_surname (const char *folded,
               char       *letters)
{
  for (guint i = 0; i < linli_pinyin_n_surnames; i++)
    {
      const LinliPinyinWord *surname = &linli_pinyin_surnames[i];

      if (g_str_has_prefix (folded, surname->word))
        {
          memcpy (letters, surname->initials, strlen (surname->initials));
          return;
        }
    }
}

/* John Smith is js, but 李A is la. */
static void
shorten_latin (char *letters,
               const char *folded)
{
  gboolean inside = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p), letters++)
    {
      gboolean latin = g_ascii_isalpha (*p);

      if (latin && inside)
        *letters = ' ';
      inside = latin;
    }
}

/**
 * linli_pinyin_name_initials:
 * @name: the name of a person
 *
 * Like linli_pinyin_initials(), with the readings surnames have (曾 z, 单 s,
 * 尉迟 yc). Of a Latin word the first letter counts.
 *
 * Returns: (transfer full): lower-case ASCII, maybe empty
 */
char *
linli_pinyin_name_initials (const char *name)
{
  g_autofree char *folded = NULL;
  g_autofree char *letters = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  folded = linli_text_fold (name, -1);
  letters = letters_of (folded);
  shorten_latin (letters, folded);
  apply_surname (folded, letters);

  return without_spaces (letters);
}
