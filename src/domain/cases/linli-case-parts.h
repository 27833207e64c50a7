/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

/* 拆分 makes parts of a case. Parts are cases of their own, with a unit, a
 * leaf and clocks; the whole waits for them. A part that was merged into
 * another case is finished when that one is. */

gboolean linli_case_has_parts          (LinliCommandContext *context,
                                        const char          *id,
                                        gboolean            *has_parts,
                                        GError             **error);
gboolean linli_case_parts_are_finished (LinliCommandContext *context,
                                        const char          *id,
                                        gboolean            *finished,
                                        GError             **error);
gboolean linli_case_parts_check_waiting (LinliCaseFile      *file,
                                        GError             **error);

G_END_DECLS
