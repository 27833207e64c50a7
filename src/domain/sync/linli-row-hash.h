/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* Whether two machines hold the same rows, without sending them: per table the
 * number of rows and the sum of their hashes. A sum can be kept as rows come
 * and go, and does not ask for an order. */

guint64  linli_row_hash        (const char       *body);
gboolean linli_row_hash_table  (LinliConn        *conn,
                                const LinliTable *table,
                                gint64           *n,
                                guint64          *sum,
                                GError          **error);

G_END_DECLS
