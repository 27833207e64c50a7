/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-migrate.h"

G_BEGIN_DECLS

gboolean linli_complete (LinliConn              *conn,
                         const LinliStoreSchema *schema,
                         GError                **error);

G_END_DECLS
