/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The few shapes that pages are put together from. All results are floating. */

GtkWidget *linli_section_new   (const char *title,
                                GtkWidget  *content);
GtkWidget *linli_card_new      (int         spacing);
GtkWidget *linli_text_new      (const char *text,
                                const char *css_class);
GtkWidget *linli_caption_new   (const char *text);
GtkWidget *linli_pill_new      (const char *text,
                                const char *css_class);
GtkWidget *linli_fact_row_new  (const char *name,
                                const char *value);
GtkWidget *linli_expander_new  (const char *label,
                                GtkWidget  *child);
GtkWidget *linli_icon_new      (const char *icon_name);
void       linli_icon_show     (GtkImage   *image,
                                const char *icon_name);
GtkWidget *linli_check_new     (const char *label);
void       linli_drop_down_name (GtkDropDown *drop_down,
                                 const char  *name);
void       linli_box_clear     (GtkBox     *box);
void       linli_form_freeze   (GtkWidget  *form,
                                gboolean    frozen);
gboolean   linli_has_keyboard  (GtkWidget  *widget);
gboolean   linli_is_typing     (GtkWidget  *widget);

G_END_DECLS
