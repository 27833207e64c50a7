/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

gboolean   linli_bulk_count_done  (LinliConn  *conn,
                                   const char *bulk,
                                   gint64     *n,
                                   GError    **error);
gboolean   linli_bulk_acting_unit (LinliConn  *conn,
                                   const char *actor,
                                   char      **unit,
                                   GError    **error);
LinliStmt *linli_bulk_refused     (LinliConn  *conn,
                                   const char *bulk,
                                   GError    **error);

G_END_DECLS
