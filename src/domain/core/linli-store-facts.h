/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

gboolean   linli_store_has_projections  (LinliConn *conn);
char      *linli_store_dup_centre_name  (LinliConn *conn,
                                         GError   **error);
GPtrArray *linli_store_list_attachments (LinliConn *conn,
                                         GError   **error);

gboolean   linli_store_find_account     (LinliConn  *conn,
                                         const char *id_or_name,
                                         char      **id,
                                         GError    **error);

G_END_DECLS
