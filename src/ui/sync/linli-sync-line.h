/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The one calm line that says how it stands with the hub; it opens the window
 * that says more. */
#define LINLI_TYPE_SYNC_LINE (linli_sync_line_get_type ())
G_DECLARE_FINAL_TYPE (LinliSyncLine, linli_sync_line, LINLI, SYNC_LINE, AdwBin)

void linli_sync_line_set_context (LinliSyncLine  *self,
                                  LinliUiContext *context);

G_END_DECLS
