/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

extern const LinliArgSpec linli_duty_import_args[];

gboolean linli_duty_import_run (LinliCommandContext *context,
                                JsonObject          *args,
                                GError             **error);

G_END_DECLS
