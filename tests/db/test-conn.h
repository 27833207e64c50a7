/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

gboolean   test_conn_is_postgres (void);
LinliConn *test_conn_new         (void);

G_END_DECLS
