/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

GPtrArray *linli_unit_search      (LinliConn  *conn,
                                   const char *typed,
                                   guint       limit,
                                   GError    **error);
GPtrArray *linli_place_search     (LinliConn  *conn,
                                   const char *typed,
                                   guint       limit,
                                   GError    **error);
GPtrArray *linli_appellant_search (LinliConn  *conn,
                                   const char *typed,
                                   guint       limit,
                                   GError    **error);

G_END_DECLS
