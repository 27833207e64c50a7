/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a text is made of, for counting: Han characters and words (runs of
 * letters and digits) are units; a gram is up to so many units in a row with
 * nothing but white space between them. */
#define LINLI_GRAM_LONGEST 4

typedef void (*LinliGramFunc) (const char *gram,
                               gsize       length,
                               guint       n_units,
                               gpointer    data);

void linli_grams_foreach (const char    *text,
                          guint          longest,
                          LinliGramFunc  func,
                          gpointer       data);

G_END_DECLS
