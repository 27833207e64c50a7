/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-device-row.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-time-words.h"

#define ID "linli-device"

static void
add_moment (GString        *words,
            LinliUiContext *context,
            const char     *format,
            gint64          time)
{
  g_autofree char *moment = linli_moment_words (time, linli_ui_context_now (context), linli_ui_context_get_zone (context));
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);

  g_string_append_printf (words, " · %s%s%s", parts[0], moment, parts[1] != NULL ? parts[1] : "");
}

/* When, by whom, how far; and of this desk what waits, which no other can know. */
static char *
device_words (LinliUiContext    *context,
              const LinliDevice *device)
{
  const LinliSyncFacts *facts = linli_sync_agent_get_facts (linli_ui_context_get_sync (context));
  GString *words = g_string_new (device->prefix);

  if (device->revoked_at > 0)
    {
      add_moment (words, context, _("ended %s"), device->revoked_at);
      if (device->revoked_by != NULL)
        g_string_append_printf (words, " · %s", device->revoked_by);
      if (device->revoked_reason != NULL)
        g_string_append_printf (words, " · %s", device->revoked_reason);
    }
  else if (device->seen_at > 0)
    add_moment (words, context, _("last seen %s"), device->seen_at);
  if (device->own && facts->outbox.n_queued > 0)
    {
      g_autofree char *waits = g_strdup_printf (ngettext ("%d waits to be sent", "%d wait to be sent",
                                                          (gulong) facts->outbox.n_queued), (int) facts->outbox.n_queued);

      g_string_append_printf (words, " · %s", waits);
    }
  g_string_append (words, " · ");
  g_string_append_printf (words, ngettext ("%d operation taken", "%d operations taken", (gulong) device->last_seq),
                          (int) device->last_seq);
  if (device->version != NULL)
    {
      g_string_append (words, " · ");
      g_string_append_printf (words, _("version %s"), device->version);
    }
  add_moment (words, context, device->enrolled_by != NULL ? _("enrolled %s") : _("enrolled by whoever runs the hub, %s"),
              device->created_at);
  if (device->enrolled_by != NULL)
    g_string_append_printf (words, " · %s", device->enrolled_by);

  return g_string_free (words, FALSE);
}

static void
add_button (GtkWidget         *row,
            const LinliDevice *device,
            gboolean           changeable,
            const char        *label,
            const char        *name,
            const char        *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (changeable)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", device->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), changeable ? action : NULL);
  gtk_widget_set_sensitive (button, changeable);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* @changeable: whether its buttons do something now */
GtkWidget *
linli_device_row_new (LinliUiContext    *context,
                      const LinliDevice *device,
                      gboolean           changeable)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = device_words (context, device);
  g_autofree char *title = device->own ? g_strdup_printf (_("%s (this desk)"), device->name) : g_strdup (device->name);
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_words = g_markup_escape_text (words, -1);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, words);
  g_autofree char *rename_name = g_strdup_printf (_("Rename %s"), device->name);
  g_autofree char *end_name = g_strdup_printf (_("End %s"), device->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), ID, g_strdup (device->id), g_free);
  if (device->revoked_at > 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), linli_pill_new (_("ended"), "over"));
  add_button (row, device, changeable, _("Rename…"), rename_name, "devices.rename");
  if (device->revoked_at == 0 && !device->own)
    add_button (row, device, changeable, _("End…"), end_name, "devices.end");

  return row;
}

const char *
linli_device_row_get_id (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), ID);
}

/* --- The keyboard --- */

/* @self: (out) */
void
linli_device_keyboard_find (LinliDeviceKeyboard *self,
                            GtkListBox          *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

  *self = (LinliDeviceKeyboard) { 0 };
  if (row == NULL || !gtk_widget_is_ancestor (row, GTK_WIDGET (list)))
    return;
  self->device = g_strdup (linli_device_row_get_id (row));
  self->label = GTK_IS_BUTTON (focus) ? g_strdup (gtk_button_get_label (GTK_BUTTON (focus))) : NULL;
  self->index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
}

static GtkWidget *
find_button (GtkWidget  *within,
             const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (within) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (within)), label) == 0)
    return within;
  for (GtkWidget *child = gtk_widget_get_first_child (within); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* Back to the same button of the same desk, else to its row, else to the row that stands in its place. */
void
linli_device_keyboard_return (LinliDeviceKeyboard *self,
                              GtkListBox          *list)
{
  g_autofree char *device = g_steal_pointer (&self->device);
  g_autofree char *label = g_steal_pointer (&self->label);
  GtkListBoxRow *row = NULL;
  GtkWidget *button;

  if (device == NULL)
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (g_strcmp0 (linli_device_row_get_id (GTK_WIDGET (row)), device) == 0)
      break;
  for (int i = self->index; row == NULL && i >= 0; i--)
    row = gtk_list_box_get_row_at_index (list, i);
  if (row == NULL)
    return;
  button = label != NULL ? find_button (GTK_WIDGET (row), label) : NULL;
  if (button == NULL || !gtk_widget_get_sensitive (button) || !gtk_widget_grab_focus (button))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}
