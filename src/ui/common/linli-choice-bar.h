/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A few words side by side, of which one is chosen, or none yet: seen at once,
 * and chosen by a letter with Alt from anywhere in the form. */
#define LINLI_TYPE_CHOICE_BAR (linli_choice_bar_get_type ())
G_DECLARE_FINAL_TYPE (LinliChoiceBar, linli_choice_bar, LINLI, CHOICE_BAR, GtkBox)

GtkWidget *linli_choice_bar_new          (const char *const *words);
guint      linli_choice_bar_get_selected (LinliChoiceBar    *self);
void       linli_choice_bar_set_selected (LinliChoiceBar    *self,
                                          guint              selected);

G_END_DECLS
