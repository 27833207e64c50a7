/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-place.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The places of the sidebar with their live numbers: a GListModel of
 * LinliPlace that follows the store. */
#define LINLI_TYPE_PLACES (linli_places_get_type ())
G_DECLARE_FINAL_TYPE (LinliPlaces, linli_places, LINLI, PLACES, GObject)

LinliPlaces *linli_places_new     (LinliUiContext *context);
LinliPlace  *linli_places_find    (LinliPlaces    *self,
                                   const char     *id);
void         linli_places_refresh (LinliPlaces    *self);
void         linli_places_stop    (LinliPlaces    *self);

G_END_DECLS
