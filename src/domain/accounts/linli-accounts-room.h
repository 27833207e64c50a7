/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-registry.h"

G_BEGIN_DECLS

extern const LinliRoom linli_accounts_room;

gboolean linli_account_check_login (LinliCommandContext *context,
                                    const char          *account,
                                    const char          *login,
                                    GError             **error);

G_END_DECLS
