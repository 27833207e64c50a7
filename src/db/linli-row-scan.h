/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

LinliRow *linli_row_scan (const LinliTable *table,
                          const char       *json);

G_END_DECLS
