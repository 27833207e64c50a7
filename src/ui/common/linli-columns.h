/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Two parts of a page: side by side where there is room, else one above the other. */
#define LINLI_TYPE_COLUMNS (linli_columns_get_type ())
G_DECLARE_FINAL_TYPE (LinliColumns, linli_columns, LINLI, COLUMNS, GtkWidget)

void linli_columns_set_children (LinliColumns *self,
                                 GtkWidget    *first,
                                 GtkWidget    *second);

G_END_DECLS
