/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-sync-agent.h"

G_BEGIN_DECLS

/* Asks for the address of a hub and the code it gave, and joins it. */
#define LINLI_TYPE_JOIN_WINDOW (linli_join_window_get_type ())
G_DECLARE_FINAL_TYPE (LinliJoinWindow, linli_join_window, LINLI, JOIN_WINDOW, AdwWindow)

LinliJoinWindow *linli_join_window_new (GtkWindow      *parent,
                                        LinliSyncAgent *agent);

G_END_DECLS
