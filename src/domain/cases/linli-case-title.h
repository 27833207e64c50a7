/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LINLI_CASE_TITLE_MAX 30 /* characters of a title made from a text */

char *linli_case_title_from_text (const char *text);

G_END_DECLS
