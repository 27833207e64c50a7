/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-focus-enters.h"

#include "linli-cards.h"

/**
 * linli_focus_enters:
 * @page: whose `focus` is asked
 *
 * For a page that knows better than the order of its widgets where somebody
 * begins. Taking the keyboard when the page is mapped would be too soon: the
 * stack that shows it moves on from there to the widget behind.
 *
 * Returns: whether the keyboard comes in from outside
 */
gboolean
linli_focus_enters (GtkWidget        *page,
                    GtkDirectionType  direction)
{
  return direction == GTK_DIR_TAB_FORWARD && !linli_has_keyboard (page);
}
