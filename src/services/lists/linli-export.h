/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-schema.h"

G_BEGIN_DECLS

gboolean linli_export_table (LinliConn         *conn,
                             const LinliTable  *table,
                             GArray            *pks,
                             GFile             *file,
                             GCancellable      *cancellable,
                             guint64           *n_rows,
                             GError           **error);

G_END_DECLS
