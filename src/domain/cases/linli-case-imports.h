/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-row.h"

G_BEGIN_DECLS

GPtrArray *linli_case_imports_load      (LinliConn  *conn,
                                         GError    **error);
LinliRow  *linli_case_imports_find_torn (LinliConn  *conn,
                                         GError    **error);

G_END_DECLS
