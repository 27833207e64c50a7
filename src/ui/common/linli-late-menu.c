/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-late-menu.h"

static void
open_cb (GtkMenuButton *button,
         gpointer       user_data)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, user_data);
}

/**
 * linli_late_menu_set:
 * @button: has no menu yet
 * @menu: (transfer none)
 *
 * Gives @button its menu when somebody opens it. The property `menu-model`
 * makes every item at once, some milliseconds of a start for a menu that few
 * starts look at.
 */
void
linli_late_menu_set (GtkMenuButton *button,
                     GMenuModel    *menu)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (menu));

  gtk_menu_button_set_create_popup_func (button, open_cb, g_object_ref (menu), g_object_unref);
}
