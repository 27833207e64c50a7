/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-clock-checks.h"

#include <glib/gi18n-lib.h>

#include "linli-case-words.h"

/* Those a unit owes; dispatching and calling back are the centre's own. */
static const char *const kinds_known[] = { "sign", "contact", "resolve", "dispatch", "callback" };

/* @kinds: (nullable): %NULL for those of a unit */
GtkWidget *
linli_clock_checks_new (char *const *kinds)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < G_N_ELEMENTS (kinds_known); i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (linli_clock_kind_words (kinds_known[i]));

      gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                   kinds != NULL ? g_strv_contains ((const char *const *) kinds, kinds_known[i]) : i < 3);
      gtk_box_append (GTK_BOX (box), check);
    }
  return box;
}

/* Returns: (transfer full) (nullable): as commands take them; %NULL when none is checked */
char *
linli_clock_checks_dup_text (GtkWidget *checks)
{
  GtkWidget *child = gtk_widget_get_first_child (checks);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; child != NULL; i++, child = gtk_widget_get_next_sibling (child))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (child)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", kinds_known[i]);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* @changed (form): swapped, each time one is checked or not */
void
linli_clock_checks_connect (GtkWidget *checks,
                            GCallback  changed,
                            gpointer   form)
{
  for (GtkWidget *child = gtk_widget_get_first_child (checks); child != NULL; child = gtk_widget_get_next_sibling (child))
    g_signal_connect_object (child, "toggled", changed, form, G_CONNECT_SWAPPED);
}

/* Returns: (transfer full): one after the other */
char *
linli_clock_kinds_words (char *const *kinds)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; kinds[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) linli_clock_kind_words (kinds[i]));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (C_("between names", ", "), (char **) words->pdata);
}
