/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the store holds, and what a person calls it. */
typedef struct
{
  const char *id;
  const char *words; /* untranslated */
  const char *more;  /* (nullable): a style class, an icon, or a longer form */
} LinliWord;

const LinliWord *linli_word_find (const LinliWord *words,
                                  guint            n_words,
                                  const char      *id);
const char      *linli_word_say  (const LinliWord *words,
                                  guint            n_words,
                                  const char      *context,
                                  const char      *id);

G_END_DECLS
