/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-word.h"

#include <glib/gi18n-lib.h>

/**
 * linli_word_find:
 * @words: (array length=n_words)
 * @id: (nullable)
 *
 * Returns: (transfer none) (nullable)
 */
const LinliWord *
linli_word_find (const LinliWord *words,
                 guint            n_words,
                 const char      *id)
{
  for (guint i = 0; id != NULL && i < n_words; i++)
    if (g_str_equal (words[i].id, id))
      return &words[i];

  return NULL;
}

/**
 * linli_word_say:
 * @words: (array length=n_words)
 * @context: which its words were marked with
 * @id: (nullable)
 *
 * Returns: (transfer none) (nullable): the words in the person's language; @id
 *   itself when this version does not know it
 */
const char *
linli_word_say (const LinliWord *words,
                guint            n_words,
                const char      *context,
                const char      *id)
{
  const LinliWord *word = linli_word_find (words, n_words, id);

  return word != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, context, word->words) : id;
}
