/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

gboolean linli_hub_scope_check (LinliConn *conn,
                                guint     *n_units,
                                GPtrArray *problems,
                                GError   **error);

G_END_DECLS
