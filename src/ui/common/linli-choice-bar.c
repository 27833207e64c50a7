/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-choice-bar.h"

struct _LinliChoiceBar
{
  GtkBox     parent_instance;

  GPtrArray *buttons; /* (unowned elements): in their order */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliChoiceBar, linli_choice_bar, GTK_TYPE_BOX)

/* A second click on the chosen word takes the choice back: nothing is known yet. */
static void
toggled_cb (GtkToggleButton *button,
            LinliChoiceBar  *self)
{
  for (guint i = 0; gtk_toggle_button_get_active (button) && i < self->buttons->len; i++)
    if (self->buttons->pdata[i] != button)
      gtk_toggle_button_set_active (self->buttons->pdata[i], FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
linli_choice_bar_grab_focus (GtkWidget *widget)
{
  LinliChoiceBar *self = LINLI_CHOICE_BAR (widget);
  guint selected = linli_choice_bar_get_selected (self);

  if (self->buttons->len == 0)
    return FALSE;
  return gtk_widget_grab_focus (self->buttons->pdata[selected != GTK_INVALID_LIST_POSITION ? selected : 0]);
}

static void
linli_choice_bar_finalize (GObject *object)
{
  g_clear_pointer (&LINLI_CHOICE_BAR (object)->buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (linli_choice_bar_parent_class)->finalize (object);
}

static void
linli_choice_bar_class_init (LinliChoiceBarClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_choice_bar_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = linli_choice_bar_grab_focus;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  /* Another word, or none, is chosen. */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_choice_bar_init (LinliChoiceBar *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  gtk_box_set_homogeneous (GTK_BOX (self), TRUE);
}

/**
 * linli_choice_bar_new:
 * @words: translated, each with the letter that chooses it behind an underscore
 *
 * Returns: (transfer floating): with nothing chosen
 */
GtkWidget *
linli_choice_bar_new (const char *const *words)
{
  LinliChoiceBar *self = g_object_new (LINLI_TYPE_CHOICE_BAR, NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_mnemonic (words[i]);

      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
      gtk_box_append (GTK_BOX (self), button);
      g_ptr_array_add (self->buttons, button);
    }

  return GTK_WIDGET (self);
}

/* Returns: the index of the chosen word; %GTK_INVALID_LIST_POSITION for none */
guint
linli_choice_bar_get_selected (LinliChoiceBar *self)
{
  g_return_val_if_fail (LINLI_IS_CHOICE_BAR (self), GTK_INVALID_LIST_POSITION);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (self->buttons->pdata[i]))
      return i;
  return GTK_INVALID_LIST_POSITION;
}

void
linli_choice_bar_set_selected (LinliChoiceBar *self,
                               guint           selected)
{
  g_return_if_fail (LINLI_IS_CHOICE_BAR (self));

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (self->buttons->pdata[i], i == selected);
}
