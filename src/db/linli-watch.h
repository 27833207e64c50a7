/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* For what is kept in memory of a connection's rows: how it learns that they
 * have changed, by this connection or by another, or are seen otherwise. */

/* @row: (nullable): as it was, or as it is now; %NULL: any row may have changed */
typedef void (*LinliTxWatcher) (LinliRow *row,
                                gpointer  data);

void     linli_tx_watch       (LinliConn     *conn,
                               LinliTxWatcher func,
                               gpointer       data);
void     linli_tx_doubt       (LinliConn     *conn);
gboolean linli_conn_get_stamp (LinliConn     *conn,
                               gint64        *stamp,
                               GError       **error);

G_END_DECLS
