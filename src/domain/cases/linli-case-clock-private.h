/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

gboolean linli_case_clock_set_rule (LinliRow   *clock,
                                    LinliRow   *item,
                                    const char *kind);
GArray  *linli_case_clock_read_pauses (const char *text);

G_END_DECLS
