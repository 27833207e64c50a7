/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

gboolean linli_closing_undone (LinliCommandContext *context,
                               LinliRow            *entry,
                               JsonArray           *changes,
                               GError             **error);

G_END_DECLS
