/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

char **linli_case_actions_new (const char *state,
                               GPtrArray  *dispatches,
                               LinliRole   roles);

G_END_DECLS
