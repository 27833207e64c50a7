/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"
#include "linli-wire-page.h"

G_BEGIN_DECLS

gboolean linli_sync_read_row (const LinliWireRow *news,
                              const LinliTable  **table,
                              LinliRow          **row,
                              GError            **error);

G_END_DECLS
