/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-capture-key.h"

/**
 * linli_capture_key:
 * @keys: as gtk_shortcut_trigger_parse_string() reads them
 * @action: run on @widget
 *
 * Before the text that has the focus: a text view takes Ctrl+Enter for a new line.
 */
void
linli_capture_key (GtkWidget  *widget,
                   const char *keys,
                   const char *action)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys),
                                            gtk_named_action_new (action));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (widget, controller);
}
