/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* A whole row as JSON: how it is kept beside the store and how it travels. */

char     *linli_row_to_json   (LinliRow         *row);
LinliRow *linli_row_from_json (const LinliTable *table,
                               JsonObject       *object,
                               GError          **error);
LinliRow *linli_row_from_text (const LinliTable *table,
                               const char       *json,
                               GError          **error);

G_END_DECLS
