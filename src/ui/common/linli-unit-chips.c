/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-unit-chips.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-people-tables.h"
#include "linli-picker.h"

struct _LinliUnitChips
{
  GtkBox       parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  LinliPicker *picker;
  GtkFlowBox  *chips;

  /* Owned */
  GPtrArray   *ids;
  GPtrArray   *names;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliUnitChips, linli_unit_chips, GTK_TYPE_BOX)

static void show_chips (LinliUnitChips *self);

static void
remove_cb (GtkButton      *button,
           LinliUnitChips *self)
{
  guint index = gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (gtk_widget_get_parent (GTK_WIDGET (button))));

  g_ptr_array_remove_index (self->ids, index);
  g_ptr_array_remove_index (self->names, index);
  gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  show_chips (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_chips (LinliUnitChips *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_flow_box_remove (self->chips, child);
  for (guint i = 0; i < self->names->len; i++)
    {
      GtkWidget *button = gtk_button_new ();
      GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      g_autofree char *words = g_strdup_printf (_("Remove %s"), (char *) self->names->pdata[i]);

      gtk_box_append (GTK_BOX (content), gtk_label_new (self->names->pdata[i]));
      gtk_box_append (GTK_BOX (content), linli_icon_new ("window-close-symbolic"));
      gtk_button_set_child (GTK_BUTTON (button), content);
      gtk_widget_add_css_class (button, "chip");
      gtk_widget_set_tooltip_text (button, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
      gtk_flow_box_insert (self->chips, button, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->chips), self->names->len > 0);
}

static void
picked_cb (LinliUnitChips *self)
{
  g_autoptr(LinliRow) unit = linli_row_ref (linli_picker_get_row (self->picker));

  linli_picker_set_row (self->picker, NULL);
  linli_unit_chips_add (self, linli_row_get_id (unit), linli_row_get_text (unit, LINLI_UNIT_NAME));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
linli_unit_chips_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (LINLI_UNIT_CHIPS (widget)->picker));
}

static void
linli_unit_chips_finalize (GObject *object)
{
  LinliUnitChips *self = LINLI_UNIT_CHIPS (object);

  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->names);

  G_OBJECT_CLASS (linli_unit_chips_parent_class)->finalize (object);
}

static void
linli_unit_chips_class_init (LinliUnitChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_unit_chips_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = linli_unit_chips_grab_focus;

  /* LinliUnitChips::changed: by a person */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_unit_chips_init (LinliUnitChips *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
linli_unit_chips_new (LinliUiContext *context)
{
  LinliUnitChips *self = g_object_new (LINLI_TYPE_UNIT_CHIPS, NULL);

  self->chips = g_object_new (GTK_TYPE_FLOW_BOX, "selection-mode", GTK_SELECTION_NONE, "visible", FALSE,
                              "column-spacing", 6, "row-spacing", 6, "max-children-per-line", 6, NULL);
  self->picker = LINLI_PICKER (linli_picker_new (context, LINLI_PICK_UNIT, FALSE));
  linli_picker_set_hint (self->picker, _("Add a unit: name or initials"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Chosen Units"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->chips));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->picker));
  g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

/* Returns: (transfer none): what has the focus and is named for screen readers */
GtkWidget *
linli_unit_chips_get_entry (LinliUnitChips *self)
{
  return linli_picker_get_entry (self->picker);
}

/* A unit that is there already stays once. */
void
linli_unit_chips_add (LinliUnitChips *self,
                      const char     *id,
                      const char     *name)
{
  g_return_if_fail (LINLI_IS_UNIT_CHIPS (self));

  for (guint i = 0; i < self->ids->len; i++)
    if (g_str_equal (self->ids->pdata[i], id))
      return;
  g_ptr_array_add (self->ids, g_strdup (id));
  g_ptr_array_add (self->names, g_strdup (name));
  show_chips (self);
}

/* Returns: (transfer none) (element-type utf8) */
GPtrArray *
linli_unit_chips_get_ids (LinliUnitChips *self)
{
  return self->ids;
}

/* Returns: (transfer none) (element-type utf8): in the order of the ids */
GPtrArray *
linli_unit_chips_get_names (LinliUnitChips *self)
{
  return self->names;
}

void
linli_unit_chips_clear (LinliUnitChips *self)
{
  g_return_if_fail (LINLI_IS_UNIT_CHIPS (self));

  g_ptr_array_set_size (self->ids, 0);
  g_ptr_array_set_size (self->names, 0);
  show_chips (self);
}
