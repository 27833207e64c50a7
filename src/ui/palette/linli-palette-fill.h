/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-palette.h"
#include "linli-places.h"

G_BEGIN_DECLS

void linli_palette_fill_places (LinliPalette *palette,
                                GtkWidget    *window,
                                LinliPlaces  *places);
void linli_palette_fill_window (LinliPalette *palette,
                                GtkWidget    *window,
                                gboolean      unit);

G_END_DECLS
