/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-cards.h"

/* @content under a heading; read as a group of that name. */
GtkWidget *
linli_section_new (const char *title,
                   GtkWidget  *content)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  GtkWidget *heading = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "section-heading");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), content);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return box;
}

GtkWidget *
linli_card_new (int spacing)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, spacing);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "case-card");

  return card;
}

/* Running text that can be selected and copied. @css_class: (nullable) */
GtkWidget *
linli_text_new (const char *text,
                const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* For the mouse; Tab goes on to what can be done. A selectable label that is merely
   * not focusable takes the Tab and keeps it (GTK 4.8). */
  gtk_widget_set_can_focus (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

GtkWidget *
linli_caption_new (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");

  return label;
}

/* @css_class: (nullable) */
GtkWidget *
linli_pill_new (const char *text,
                const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "pill-label");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

/* A name in small print and a text of any length beside it. */
GtkWidget *
linli_fact_row_new (const char *name,
                    const char *value)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *caption = linli_caption_new (name);
  GtkWidget *text = linli_text_new (value, NULL);

  gtk_label_set_width_chars (GTK_LABEL (caption), 9);
  gtk_widget_set_valign (caption, GTK_ALIGN_BASELINE);
  gtk_widget_set_valign (text, GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (GTK_BOX (box), text);

  return box;
}

GtkWidget *
linli_expander_new (const char *label,
                    GtkWidget  *child)
{
  GtkWidget *expander = gtk_expander_new (label);

  gtk_expander_set_child (GTK_EXPANDER (expander), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (expander), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return expander;
}

/* An icon whose meaning is said in words beside it. */
GtkWidget *
linli_icon_new (const char *icon_name)
{
  return g_object_new (GTK_TYPE_IMAGE, "icon-name", icon_name, "valign", GTK_ALIGN_CENTER,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

/* An image that is told what it shows already lays the window out and draws it
 * again (GTK 4.8); a desk that is left alone is to sleep. */
void
linli_icon_show (GtkImage   *image,
                 const char *icon_name)
{
  if (g_strcmp0 (gtk_image_get_icon_name (image), icon_name) != 0)
    gtk_image_set_from_icon_name (image, icon_name);
}

/* @label: with a mnemonic, whose underscore GTK 4.8 would read out in the name */
GtkWidget *
linli_check_new (const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (label);
  GtkWidget *words = gtk_widget_get_last_child (check);

  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_text (GTK_LABEL (words)), -1);

  return check;
}

/* What one reaches in a drop-down is a button inside it, which GTK 4.8 leaves
 * without a name. */
void
linli_drop_down_name (GtkDropDown *drop_down,
                      const char  *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
linli_box_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* No more typing while a form is handed in. A text that has the focus is left
 * properly first, and found again afterwards. */
void
linli_form_freeze (GtkWidget *form,
                   gboolean   frozen)
{
  GtkRoot *root = gtk_widget_get_root (form);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (frozen)
    {
      if (focus != NULL && gtk_widget_is_ancestor (focus, form))
        {
          g_object_set_data_full (G_OBJECT (form), "linli-focus", g_object_ref (focus), g_object_unref);
          gtk_root_set_focus (root, NULL);
        }
      gtk_widget_set_sensitive (form, FALSE);
      return;
    }
  gtk_widget_set_sensitive (form, TRUE);
  focus = g_object_get_data (G_OBJECT (form), "linli-focus");
  if (focus != NULL && root != NULL)
    gtk_widget_grab_focus (focus);
  g_object_set_data (G_OBJECT (form), "linli-focus", NULL);
}

/* Whether the keyboard is on something in @widget. Focus children are not asked:
 * they are behind while widgets come and go. */
gboolean
linli_has_keyboard (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

/* Whether a key pressed in @widget's window would write something. */
gboolean
linli_is_typing (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus));
}
