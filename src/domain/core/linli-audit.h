/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-operation.h"
#include "linli-tx.h"

G_BEGIN_DECLS

gboolean linli_audit_append  (LinliTx              *tx,
                              const LinliOperation *operation,
                              const char           *result,
                              gboolean              bulk,
                              GError              **error);
gboolean linli_audit_verify  (LinliConn            *conn,
                              gint64               *n_entries,
                              char                **broken,
                              GError              **error);
gboolean linli_audit_get_latest (LinliConn         *conn,
                                 gint64            *at,
                                 GError           **error);

G_END_DECLS
