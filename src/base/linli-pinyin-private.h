/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The generated table, one letter per code point, '-' where none is known. */
#define LINLI_PINYIN_BMP_FIRST   0x4e00
#define LINLI_PINYIN_BMP_LAST    0x9fff
#define LINLI_PINYIN_EXT_A_FIRST 0x3400
#define LINLI_PINYIN_EXT_A_LAST  0x4dbf

extern const char    linli_pinyin_bmp[];
extern const char    linli_pinyin_ext_a[];
extern const guint32 linli_pinyin_rare[];
extern const guint   linli_pinyin_n_rare;

/* Whole readings, see linli-pinyin-readings.c. */
extern const char    linli_pinyin_syllables[][7];
extern const guint   linli_pinyin_n_syllables;
extern const char    linli_pinyin_readings[];
extern const guint32 linli_pinyin_more[];
extern const guint   linli_pinyin_n_more;

/* Words in which a character does not read as it does alone. */
typedef struct
{
  const char *word;
  const char *initials; /* one letter per character */
} LinliPinyinWord;

extern const LinliPinyinWord linli_pinyin_words[];
extern const guint           linli_pinyin_n_words;
extern const LinliPinyinWord linli_pinyin_surnames[];
extern const guint           linli_pinyin_n_surnames;

G_END_DECLS
