/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

gboolean linli_undo_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error);

G_END_DECLS
