/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-tx.h"

G_BEGIN_DECLS

gboolean linli_hub_scope_follow   (LinliConn  *conn,
                                   GPtrArray  *changes,
                                   gint64      now,
                                   gint64     *rev,
                                   GError    **error);
gboolean linli_hub_scope_open     (LinliConn  *conn,
                                   const char *unit,
                                   gint64      now,
                                   gint64     *rev,
                                   GError    **error);
gboolean linli_hub_scope_check_named (LinliConn *conn,
                                   const char *unit,
                                   JsonNode   *arguments,
                                   GError    **error);

G_END_DECLS
