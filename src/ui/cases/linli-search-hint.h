/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

gpointer linli_search_hint_read (LinliConn *conn,
                                 gpointer   line,
                                 GError   **error);

G_END_DECLS
