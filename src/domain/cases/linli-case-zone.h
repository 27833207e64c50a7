/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

GTimeZone *linli_case_zone_load (LinliConn *conn,
                                 GError   **error);

G_END_DECLS
