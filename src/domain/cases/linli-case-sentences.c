/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-sentences.h"

static gboolean
ends_sentence (gunichar c)
{
  return c == 0x3002 /* 。 */ || c == 0xFF01 /* ！ */ || c == 0xFF1F /* ？ */ || c == 0xFF1B /* ； */ || c == '!' ||
         c == '?' || c == ';' || c == '\n';
}

/* Marks that belong to the sentence they follow. */
static gboolean
trails (gunichar c)
{
  return ends_sentence (c) || c == 0x201D /* ” */ || c == 0x2019 /* ’ */ || c == 0x300D /* 」 */ || c == 0xFF09 /* ） */;
}

/**
 * linli_case_sentences:
 * @text: a resident's words
 *
 * Returns: (transfer full) (element-type utf8): its sentences in order, without
 *   the white space around them
 */
GPtrArray *
linli_case_sentences (const char *text)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  const char *start = text;
  const char *p = text;

  g_return_val_if_fail (text != NULL, sentences);

  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);
      gboolean ends = ends_sentence (c);

      p = g_utf8_next_char (p);
      /* A full stop ends a sentence unless it stands in a number. */
      if (c == '.')
        ends = *p == '\0' || g_ascii_isspace (*p);
      while (ends && *p != '\0' && trails (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      if (ends || *p == '\0')
        {
          char *sentence = g_strstrip (g_strndup (start, (gsize) (p - start)));

          if (*sentence != '\0')
            g_ptr_array_add (sentences, sentence);
          else
            g_free (sentence);
          start = p;
        }
    }

  return sentences;
}
