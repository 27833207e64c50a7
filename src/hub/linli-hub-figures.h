/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-conn.h"

G_BEGIN_DECLS

/* The figures of one workspace for its district, counted by the desks' own
 * query. A hub's database has no measures of its cases; a reading connection
 * makes itself some, in its own temporary tables. */

JsonObject *linli_hub_figures       (LinliConn  *conn,
                                     JsonObject *args,
                                     gint64      now,
                                     GError    **error);
JsonArray  *linli_hub_figures_cases (LinliConn  *conn,
                                     JsonObject *args,
                                     gint64      now,
                                     GError    **error);

G_END_DECLS
