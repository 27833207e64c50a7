/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-row.h"

G_BEGIN_DECLS

JsonNode *linli_rows_to_node (GPtrArray        *rows,
                              GError          **error);
JsonNode *linli_rows_query   (LinliConn        *conn,
                              const LinliTable *table,
                              const char       *condition,
                              GError          **error);

G_END_DECLS
