/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "linli-row.h"

G_BEGIN_DECLS

/* A place in a tree of lists; belongs to the main thread. */
#define LINLI_TYPE_PLACE_ITEM (linli_place_item_get_type ())
G_DECLARE_FINAL_TYPE (LinliPlaceItem, linli_place_item, LINLI, PLACE_ITEM, GObject)

LinliPlaceItem *linli_place_item_new        (LinliRow       *row);
LinliRow       *linli_place_item_get_row    (LinliPlaceItem *self);
GListStore     *linli_place_item_get_inside (LinliPlaceItem *self);
GListStore     *linli_place_items_to_tree   (GPtrArray      *rows);

G_END_DECLS
