/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A character is matched by each of its readings: which one a word wants is
 * the reader's affair, and a row too many is better than one that is missed. */

#include "config.h"

#include "linli-pinyin-sound.h"

#include "linli-pinyin-private.h"
#include "linli-text.h"

#include <string.h>

#define MAX_TYPED 60   /* letters; one bit each below */
#define LONGEST   6    /* zhuang */
#define MAX_STEPS 2000 /* so that no word takes long, whatever it is */

typedef struct
{
  const char *typed;
  gsize       size;
  gboolean    met; /* all that was typed is used up */
} Match;

/* The letters of what was typed, without the apostrophe of xi'an.
 * Returns: (nullable): %NULL when it is no pinyin at all */
static char *
clean (const char *typed)
{
  g_autoptr(GString) letters = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isalpha (*p))
      g_string_append_c (letters, g_ascii_tolower (*p));
    else if (*p != '\'')
      return NULL;

  return letters->len >= 2 && letters->len <= MAX_TYPED ? g_string_free (g_steal_pointer (&letters), FALSE) : NULL;
}

/* --- Judging --- */

/* @from and the result: bit i stands for "the first i letters are used up". */
static guint64
take (Match      *match,
      guint64     from,
      const char *sound)
{
  guint64 after = 0;

  for (gsize i = 0; i < match->size; i++)
    {
      const char *rest = match->typed + i;
      gsize common = 0;

      if ((from & ((guint64) 1 << i)) == 0)
        continue;
      while (sound[common] != '\0' && sound[common] == rest[common])
        common++;
      if (common == 0)
        continue;
      if (rest[common] == '\0')
        match->met = TRUE;
      else if (sound[common] == '\0')
        after |= (guint64) 1 << (i + common);
      if (i + 1 < match->size)
        after |= (guint64) 1 << (i + 1);
      if (common >= 2 && sound[1] == 'h' && i + 2 < match->size)
        after |= (guint64) 1 << (i + 2);
    }

  return after;
}

/* Returns: the place of its first entry in the table of further readings */
static guint
find_more (gunichar c)
{
  guint low = 0;
  guint high = linli_pinyin_n_more;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (linli_pinyin_more[middle] >> 9 < c)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* Marks between the characters are passed over, a space ends the word.
 * Returns: what can be used up after @c */
static guint64
take_char (Match    *match,
           guint64   from,
           gunichar  c)
{
  guint64 after = 0;
  guint first = find_more (c);
  gboolean known = first < linli_pinyin_n_more && linli_pinyin_more[first] >> 9 == c;

  if (c < 0x80)
    {
      char letter[] = { (char) c, '\0' };

      return g_ascii_isalnum (c) ? take (match, from, letter) : c == ' ' ? 0 : from;
    }
  for (guint i = first; i < linli_pinyin_n_more && linli_pinyin_more[i] >> 9 == c; i++)
    after |= take (match, from, linli_pinyin_syllables[linli_pinyin_more[i] & 511]);
  if (c >= LINLI_PINYIN_BMP_FIRST && c <= LINLI_PINYIN_BMP_LAST)
    {
      const char *code = linli_pinyin_readings + 2 * (c - LINLI_PINYIN_BMP_FIRST);

      known = TRUE;
      if (*code != '-')
        after |= take (match, from, linli_pinyin_syllables[(code[0] - 'a') * 26 + (code[1] - 'a')]);
    }

  return known ? after : from;
}

/**
 * linli_pinyin_find:
 * @text: a name, as it is shown
 * @typed: letters; the last syllable may be unfinished, and of the others the
 *   initial will do
 *
 * Returns: where in @text a run of characters begins that sounds so, counted
 *   in characters of the folded text; %LINLI_PINYIN_NOT_FOUND when none does or
 *   @typed is no pinyin
 */
int
linli_pinyin_find (const char *text,
                   const char *typed)
{
  g_autofree char *letters = NULL;
  g_autofree char *folded = NULL;
  Match match = { NULL, 0, FALSE };
  int at = 0;

  g_return_val_if_fail (text != NULL && typed != NULL, LINLI_PINYIN_NOT_FOUND);

  letters = clean (typed);
  if (letters == NULL)
    return LINLI_PINYIN_NOT_FOUND;
  folded = linli_text_fold (text, -1);
  match.typed = letters;
  match.size = strlen (letters);

  for (const char *start = folded; *start != '\0'; start = g_utf8_next_char (start), at++)
    {
      guint64 used = 1;

      /* A mark in front is no part of the run. */
      if (take_char (&match, used, g_utf8_get_char (start)) == used && !match.met)
        continue;
      for (const char *p = start; *p != '\0' && used != 0 && !match.met; p = g_utf8_next_char (p))
        used = take_char (&match, used, g_utf8_get_char (p));
      if (match.met)
        return at;
    }

  return LINLI_PINYIN_NOT_FOUND;
}

/* --- Guessing --- */

typedef struct
{
  GString   *initials;
  GPtrArray *found;
  guint      steps;
} Guess;

/* Whether a syllable is @letters, or begins with them. */
static gboolean
is_syllable (const char *letters,
             gsize       size,
             gboolean    begins)
{
  guint low = 0;
  guint high = linli_pinyin_n_syllables;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (strncmp (linli_pinyin_syllables[middle], letters, size) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == linli_pinyin_n_syllables || strncmp (linli_pinyin_syllables[low], letters, size) != 0)
    return FALSE;

  /* Of those that begin with the letters, the shortest comes first. */
  return begins || linli_pinyin_syllables[low][size] == '\0';
}

/* The longest syllables first: they are what is meant most often. */
static void
guess (Guess      *self,
       const char *rest)
{
  gsize left = strlen (rest);

  if (left == 0 && !g_ptr_array_find_with_equal_func (self->found, self->initials->str, g_str_equal, NULL))
    g_ptr_array_add (self->found, g_strdup (self->initials->str));
  for (gsize size = MIN (left, LONGEST); size > 0; size--)
    {
      gboolean shortened = size == 1 || (size == 2 && rest[1] == 'h');

      if (self->found->len == LINLI_PINYIN_GUESSES || self->steps == MAX_STEPS)
        return;
      if (!is_syllable (rest, size, size == left || shortened))
        continue;
      self->steps++;
      g_string_append_c (self->initials, rest[0]);
      guess (self, rest + size);
      g_string_truncate (self->initials, self->initials->len - 1);
    }
}

/**
 * linli_pinyin_guess:
 * @typed: letters, as for linli_pinyin_find()
 *
 * Returns: (transfer full): the initials that may be meant, the likeliest
 *   first, %LINLI_PINYIN_GUESSES at most; empty when @typed is no pinyin or
 *   nothing but initials
 */
char **
linli_pinyin_guess (const char *typed)
{
  g_autofree char *letters = NULL;
  g_autoptr(GString) initials = g_string_new (NULL);
  Guess self = { initials, g_ptr_array_new (), 0 };

  g_return_val_if_fail (typed != NULL, NULL);

  letters = clean (typed);
  if (letters != NULL)
    {
      guint itself;

      guess (&self, letters);
      if (g_ptr_array_find_with_equal_func (self.found, letters, g_str_equal, &itself))
        g_free (g_ptr_array_remove_index (self.found, itself));
    }
  g_ptr_array_add (self.found, NULL);

  return (char **) g_ptr_array_free (self.found, FALSE);
}
