/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* One place in a list: a key at once, the record behind it when it has been
 * read. Belongs to the main thread. */
#define LINLI_TYPE_LIST_ROW (linli_list_row_get_type ())
G_DECLARE_FINAL_TYPE (LinliListRow, linli_list_row, LINLI, LIST_ROW, GObject)

LinliListRow *linli_list_row_new      (gint64        pk,
                                       GHashTable   *living);
gint64        linli_list_row_get_pk   (LinliListRow *self);
gpointer      linli_list_row_get_item (LinliListRow *self);
void          linli_list_row_set_item (LinliListRow *self,
                                       gpointer      item);

G_END_DECLS
