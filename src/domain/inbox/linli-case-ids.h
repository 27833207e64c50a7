/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

GPtrArray *linli_case_ids_load (LinliConn *conn,
                                GArray    *pks,
                                GError   **error);

G_END_DECLS
