/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 办结要件: what the report of a result must be able to show beside words. A
 * duty item names any of them, separated by spaces. */

#define LINLI_EVIDENCE_N_KINDS 5

extern const char *const linli_evidence_kinds[]; /* NULL-terminated, in the order they are shown */

gboolean     linli_evidence_kinds_parse    (const char       *text,
                                            const char      **kinds,
                                            guint            *n_kinds);
char        *linli_evidence_kinds_normal   (const char       *text);
const char  *linli_evidence_kind_words     (const char       *kind);
char        *linli_evidence_kinds_words    (const char       *text,
                                            const char     *(*translate) (const char *sentence));

G_END_DECLS
