/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pinyin initials, by which names and duty items are found: 下水井盖 is xsjg,
 * 曾小贤 is zxx. */

char  linli_pinyin_char_initial  (gunichar    c);
char *linli_pinyin_initials      (const char *text);
char *linli_pinyin_name_initials (const char *name);

G_END_DECLS
