/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whole pinyin syllables, as an input method knows them: yezhu finds 业主, and
 * so do yezh and yzhu. Lists keep initials only, so a search goes two ways:
 * linli_pinyin_guess() says which initials may be meant, linli_pinyin_find()
 * judges what those found. */

#define LINLI_PINYIN_NOT_FOUND (-1)
#define LINLI_PINYIN_GUESSES   12

int    linli_pinyin_find  (const char *text,
                           const char *typed);
char **linli_pinyin_guess (const char *typed);

G_END_DECLS
