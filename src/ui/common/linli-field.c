/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-field.h"

#include "linli-picker.h"
#include "linli-text-area.h"
#include "linli-unit-chips.h"

struct _LinliField
{
  GtkBox     parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkLabel  *label;
  GtkLabel  *words; /* an error or a hint */
  GtkWidget *input;
};

G_DEFINE_FINAL_TYPE (LinliField, linli_field, GTK_TYPE_BOX)

static gboolean
linli_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (LINLI_FIELD (widget)->input);
}

static void
linli_field_class_init (LinliFieldClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = linli_field_grab_focus;
}

static void
linli_field_init (LinliField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
  self->label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "use-underline", TRUE, NULL);
  self->words = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "field-name");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "caption");
}

/* The widget inside @input that the keyboard reaches. */
static GtkWidget *
inner (GtkWidget *input)
{
  if (LINLI_IS_TEXT_AREA (input))
    return linli_text_area_get_view (LINLI_TEXT_AREA (input));
  if (LINLI_IS_PICKER (input))
    return linli_picker_get_entry (LINLI_PICKER (input));
  if (LINLI_IS_UNIT_CHIPS (input))
    return linli_unit_chips_get_entry (LINLI_UNIT_CHIPS (input));

  return input;
}

/* @label: with a mnemonic; screen readers name @input by it */
GtkWidget *
linli_field_new (const char *label,
                 GtkWidget  *input)
{
  LinliField *self = g_object_new (LINLI_TYPE_FIELD, NULL);

  self->input = input;
  gtk_label_set_label (self->label, label);
  gtk_label_set_mnemonic_widget (self->label, inner (input));
  if (GTK_IS_DROP_DOWN (input)) /* the button inside takes the focus, and has no name of its own */
    gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (input)),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (self->label), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self), input);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->words));

  return GTK_WIDGET (self);
}

GtkWidget *
linli_field_get_input (LinliField *self)
{
  return self->input;
}

/* @words: (nullable): what is wrong; %NULL when nothing is */
void
linli_field_set_error (LinliField *self,
                       const char *words)
{
  g_return_if_fail (LINLI_IS_FIELD (self));

  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->words), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "error");
  if (words != NULL)
    gtk_widget_add_css_class (self->input, "error");
  else
    gtk_widget_remove_css_class (self->input, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (inner (self->input)), GTK_ACCESSIBLE_STATE_INVALID,
                               words != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* @words: (nullable): said quietly below; a later error takes its place */
void
linli_field_set_hint (LinliField *self,
                      const char *words)
{
  g_return_if_fail (LINLI_IS_FIELD (self));

  linli_field_set_error (self, NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->words), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->words), "dim-label");
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
}
