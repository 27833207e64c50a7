/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figure-tile.h"

#include <glib/gi18n-lib.h>

static GtkWidget *
make_text (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* @role: (nullable): what the number is of the figure, for who hears it */
static GtkWidget *
make_number (const LinliFigureTile *tile,
             const char            *number,
             const char            *line,
             const char            *role)
{
  GtkWidget *button = gtk_button_new_with_label (number);
  g_autofree char *name = g_strjoin (" ", tile->label, number, role, NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "tile-number");
  gtk_widget_add_css_class (button, "numeric");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.search-for");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", line);
  gtk_widget_set_tooltip_text (button, _("Open these cases"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return button;
}

/* Returns: (transfer floating) */
GtkWidget *
linli_figure_tile_new (const LinliFigureTile *tile)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *numbers = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *change;

  gtk_box_append (GTK_BOX (box), make_text (tile->label, "tile-label"));
  gtk_box_append (GTK_BOX (box), make_text (tile->value, "tile-value"));
  if (tile->part != NULL)
    gtk_box_append (GTK_BOX (numbers), make_number (tile, tile->part, tile->part_line, tile->whole != NULL ? _("part") : NULL));
  if (tile->whole != NULL)
    {
      gtk_box_append (GTK_BOX (numbers), make_text ("/", "dim-label"));
      gtk_box_append (GTK_BOX (numbers), make_number (tile, tile->whole, tile->whole_line, _("whole")));
    }
  gtk_box_append (GTK_BOX (box), numbers);
  if (tile->change != NULL)
    {
      change = make_text (tile->change, "caption");
      gtk_widget_add_css_class (change, tile->tone > 0 ? "success" : tile->tone < 0 ? "warning" : "dim-label");
      gtk_box_append (GTK_BOX (box), change);
    }
  gtk_widget_set_tooltip_text (box, tile->basis);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "figure-tile");

  return box;
}
