/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* How many cases are in each state, and between which times the cases of a
 * stretch of keys arrived; see linli-case-index.h. */

gboolean linli_case_tally_project (LinliTx   *tx,
                                   GError   **error);
gboolean linli_case_tally_rebuild (LinliConn *conn,
                                   GError   **error);

G_END_DECLS
