/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

gboolean linli_local_copy (LinliConn *from,
                           LinliTx   *to,
                           GError   **error);

G_END_DECLS
