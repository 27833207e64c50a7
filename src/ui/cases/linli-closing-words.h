/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the levels, answers and grades towards the end of a case are called. */

const char *linli_level_words        (int          level);
const char *linli_solved_words       (const char  *answer);
const char *linli_satisfaction_words (const char  *grade);
const char *linli_method_words       (const char  *method);

G_END_DECLS
