/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-places.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The saved views: to look at, change, order and remove. */
#define LINLI_TYPE_VIEWS_WINDOW (linli_views_window_get_type ())
G_DECLARE_FINAL_TYPE (LinliViewsWindow, linli_views_window, LINLI, VIEWS_WINDOW, AdwWindow)

void linli_views_window_open (GtkWindow      *parent,
                              LinliUiContext *context,
                              LinliPlaces    *places);

G_END_DECLS
