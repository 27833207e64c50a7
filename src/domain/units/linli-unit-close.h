/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

/* A unit is closed (停用), never removed: what it did keeps its name. It takes
 * no more cases, and is closed only when it owes none. */

gboolean linli_unit_set_active   (LinliCommandContext *context,
                                  LinliRow            *unit,
                                  gboolean             active,
                                  const char          *reason,
                                  GError             **error);
gboolean linli_unit_check_closed (LinliCommandContext *context,
                                  const char          *unit,
                                  GError             **error);

G_END_DECLS
