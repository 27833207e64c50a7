/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

/* Everything that can be done to a case; ends with a NULL name. */
extern const LinliCommand linli_case_commands[];

gboolean linli_case_undone (LinliCommandContext *context,
                            LinliRow            *entry,
                            JsonArray           *changes,
                            GError             **error);

G_END_DECLS
