/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-palette-entry.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Everything that can be done and everywhere one can go, by typing: actions,
 * views, cases, residents, units. */
#define LINLI_TYPE_PALETTE (linli_palette_get_type ())
G_DECLARE_FINAL_TYPE (LinliPalette, linli_palette, LINLI, PALETTE, AdwWindow)

LinliPalette *linli_palette_new  (LinliUiContext *context,
                                  GtkWindow      *parent);
void          linli_palette_take (LinliPalette      *self,
                                  LinliPaletteEntry *entry);
void          linli_palette_close_store (LinliPalette *self,
                                  const char        *title);
void          linli_palette_open (LinliPalette      *self);

G_END_DECLS
