/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *linli_case_state_words   (const char *state);
const char *linli_case_state_class   (const char *state);
gboolean    linli_case_state_is_over (const char *state);
const char *linli_case_standing_words (const char *state,
                                       const char *part);
const char *linli_case_standing_class (const char *state,
                                       const char *part);
const char *linli_part_state_words   (const char *state);
const char *linli_case_urgency_words (const char *urgency);
const char *linli_clock_kind_words   (const char *kind);

G_END_DECLS
