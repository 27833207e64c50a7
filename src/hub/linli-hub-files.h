/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* What a workspace's rows say of its files. The files themselves lie beside
 * the database, see linli-hub-blobs.h. */

gboolean   linli_hub_files_admit    (LinliConn   *conn,
                                     const char  *device,
                                     const char  *sha256,
                                     const char  *row,
                                     gboolean     brings,
                                     const char **problem,
                                     GError     **error);
const char *linli_hub_files_by_row  (gboolean     for_unit);
GPtrArray *linli_hub_files_referred (LinliConn   *conn,
                                     const char  *unit,
                                     gint64       removed_since,
                                     GError     **error);

gboolean   linli_hub_files_unit     (LinliConn   *conn,
                                     const char  *device,
                                     char       **unit,
                                     GError     **error);

G_END_DECLS
