/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* 并案 makes a tree of cases: every merged one points at the case it went
 * into, and the one at the root is where the matter lives. */

gboolean   linli_case_find_root    (LinliConn  *conn,
                                    const char *id,
                                    char      **root,
                                    GError    **error);
GPtrArray *linli_case_find_members (LinliConn  *conn,
                                    const char *id,
                                    GError    **error);

G_END_DECLS
