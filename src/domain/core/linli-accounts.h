/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

GPtrArray *linli_account_search (LinliConn  *conn,
                                 const char *typed,
                                 guint       limit,
                                 GError    **error);

G_END_DECLS
