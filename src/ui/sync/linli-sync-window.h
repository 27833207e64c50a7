/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* How it stands with the hub, and 待处理: what it refused or merged waits here
 * until a person has decided. */
#define LINLI_TYPE_SYNC_WINDOW (linli_sync_window_get_type ())
G_DECLARE_FINAL_TYPE (LinliSyncWindow, linli_sync_window, LINLI, SYNC_WINDOW, AdwWindow)

LinliSyncWindow *linli_sync_window_new (GtkWindow      *parent,
                                        LinliUiContext *context);

G_END_DECLS
