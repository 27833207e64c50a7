/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* What is derived from the rows of the cases room and stands beside them on a
 * desk: how many cases are in each state. */

extern const char linli_case_index_sql[];

gboolean linli_case_index_project (LinliTx   *tx,
                                   GError   **error);
gboolean linli_case_index_rebuild (LinliConn *conn,
                                   GError   **error);

G_END_DECLS
