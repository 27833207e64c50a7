/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

gboolean linli_sync_state_find   (LinliConn  *conn,
                                  LinliRow  **state,
                                  GError    **error);
gboolean linli_sync_state_get_index_from (LinliConn  *conn,
                                          gint64     *from,
                                          GError    **error);
gboolean linli_sync_state_enrol  (LinliTx    *tx,
                                  const char *workspace,
                                  const char *device,
                                  const char *prefix,
                                  const char *epoch,
                                  GError    **error);

G_END_DECLS
