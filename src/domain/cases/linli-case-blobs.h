/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* Which files a desk should have, and which it may let go. */

GPtrArray  *linli_case_blobs_wanted (LinliConn *conn,
                                     gint64     max_size,
                                     gint64     limit,
                                     gint64     offset,
                                     GError   **error);
GPtrArray  *linli_case_blobs_at     (LinliConn *conn,
                                     GArray    *pks,
                                     GError   **error);
GPtrArray  *linli_case_blobs_find   (LinliConn  *conn,
                                     const char *name,
                                     GError    **error);
GPtrArray  *linli_case_blobs_live   (LinliConn  *conn,
                                     GError    **error);
GHashTable *linli_case_blobs_needed (LinliConn *conn,
                                     gint64     removed_since,
                                     GError   **error);

G_END_DECLS
