/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A text of several lines that grows with what is typed. Tab leaves it. */
#define LINLI_TYPE_TEXT_AREA (linli_text_area_get_type ())
G_DECLARE_FINAL_TYPE (LinliTextArea, linli_text_area, LINLI, TEXT_AREA, GtkBox)

GtkWidget *linli_text_area_new       (int            min_height,
                                      int            max_height);
char      *linli_text_area_dup_text  (LinliTextArea *self);
gboolean   linli_text_area_is_empty  (LinliTextArea *self);
void       linli_text_area_set_text  (LinliTextArea *self,
                                      const char    *text);
GtkWidget *linli_text_area_get_view  (LinliTextArea *self);

G_END_DECLS
