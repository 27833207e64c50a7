/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-duty-units.h"

G_BEGIN_DECLS

/* What the duty list says about one item. */
#define LINLI_TYPE_ITEM_CARD (linli_item_card_get_type ())
G_DECLARE_FINAL_TYPE (LinliItemCard, linli_item_card, LINLI, ITEM_CARD, GtkBox)

GtkWidget *linli_item_card_new  (void);
char      *linli_item_limits_words (LinliRow    *item);
void       linli_item_card_show (LinliItemCard  *self,
                                 LinliRow       *item,
                                 LinliDutyUnits *units,
                                 gboolean        expanded);

G_END_DECLS
