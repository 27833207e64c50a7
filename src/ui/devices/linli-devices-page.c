/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-devices-page.h"

#include <glib/gi18n-lib.h>

#include "linli-action-dialog.h"
#include "linli-cards.h"
#include "linli-devices.h"
#include "linli-qr.h"
#include "linli-time-words.h"

#define QR_SIZE 240

struct _LinliDevicesPage
{
  AdwBin           parent_instance;

  /* Template children */
  GtkStack        *stack;
  GtkLabel        *state;
  GtkListBox      *list;

  /* Owned */
  LinliUiContext  *context;
  GCancellable    *cancellable;
  LinliDeviceBook *book;    /* (nullable): rows of the list point into it */
  GtkWindow       *dialog;  /* (nullable) weak */

  /* State */
  gboolean         asking;
  gboolean         online;  /* when the hub was asked last */
};

G_DEFINE_FINAL_TYPE (LinliDevicesPage, linli_devices_page, ADW_TYPE_BIN)

static void ask (LinliDevicesPage *self);

static char *
fault_words (const GError *error)
{
  return g_strdup (g_dgettext (GETTEXT_PACKAGE, linli_devices_fault_words (error)));
}

/* --- Rows --- */

static void
add_moment (GString          *words,
            LinliDevicesPage *self,
            const char       *format,
            gint64            time)
{
  g_autofree char *moment = linli_moment_words (time, linli_ui_context_now (self->context),
                                                linli_ui_context_get_zone (self->context));
  g_auto(GStrv) parts = g_strsplit (format, "%s", 2);

  g_string_append_printf (words, " · %s%s%s", parts[0], moment, parts[1] != NULL ? parts[1] : "");
}

/* When, by whom, how far; and of this desk what waits, which no other can know. */
static char *
device_words (LinliDevicesPage  *self,
              const LinliDevice *device)
{
  const LinliSyncFacts *facts = linli_sync_agent_get_facts (linli_ui_context_get_sync (self->context));
  GString *words = g_string_new (device->prefix);

  if (device->unit_name != NULL)
    g_string_append_printf (words, " · %s", device->unit_name);

  if (device->revoked_at > 0)
    {
      add_moment (words, self, _("ended %s"), device->revoked_at);
      if (device->revoked_by != NULL)
        g_string_append_printf (words, " · %s", device->revoked_by);
      if (device->revoked_reason != NULL)
        g_string_append_printf (words, " · %s", device->revoked_reason);
    }
  else if (device->seen_at > 0)
    add_moment (words, self, _("last seen %s"), device->seen_at);
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
  add_moment (words, self, device->enrolled_by != NULL ? _("enrolled %s") : _("enrolled by whoever runs the hub, %s"),
              device->created_at);
  if (device->enrolled_by != NULL)
    g_string_append_printf (words, " · %s", device->enrolled_by);

  return g_string_free (words, FALSE);
}

/* --- Changing --- */

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliActionDialog) dialog = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliDeviceBook) book = linli_devices_ask_finish (result, &error);
  LinliDevicesPage *self = g_object_get_data (G_OBJECT (dialog), "page");

  if (book == NULL)
    {
      g_autofree char *words = fault_words (error);
      g_autoptr(GError) said = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, words);

      linli_action_dialog_fail (dialog, said);
      return;
    }
  linli_action_dialog_end (dialog, FALSE);
  if (self->context == NULL)
    return;
  linli_ui_context_toast (self->context, _("The hub has changed it."));
  ask (self);
}

/* @wish: (unowned) as linli_devices_ask_async() takes it */
static void
run_cb (LinliActionDialog *dialog,
        LinliRequest      *request,
        gpointer           wish)
{
  LinliDevicesPage *self = g_object_get_data (G_OBJECT (dialog), "page");
  const char *words = linli_request_get_text (request, "name");

  if (words == NULL)
    words = linli_request_get_text (request, "reason");
  linli_devices_ask_async (linli_ui_context_get_sync (self->context), linli_ui_context_get_store (self->context), wish,
                           linli_request_get_text (request, "device"), words, NULL, changed_cb, g_object_ref (dialog));
}

/* The subject is no row here, and not taken for a case. */
static LinliActionDialog *
dialog_new (LinliDevicesPage  *self,
            const LinliDevice *device,
            const char        *wish,
            const char        *title,
            const char        *confirm)
{
  g_autofree char *subject = g_strconcat ("desk ", device->id, NULL);
  LinliActionDialog *dialog = linli_action_dialog_new (self->context, wish, subject, title, confirm);

  linli_action_dialog_fix_text (dialog, "device", device->id);
  linli_action_dialog_set_run (dialog, run_cb, (gpointer) wish, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (self), g_object_unref);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));

  return dialog;
}

static const LinliDevice *
device_of (gpointer widget)
{
  return g_object_get_data (widget, "device");
}

static void
rename_cb (LinliDevicesPage *self,
           GtkWidget        *widget)
{
  LinliActionDialog *dialog;

  if (self->dialog != NULL || device_of (widget) == NULL)
    return;
  dialog = dialog_new (self, device_of (widget), "device-name", _("Rename the Desk"), _("Save"));
  linli_action_dialog_add_entry (dialog, "name", _("_Name"), device_of (widget)->name)->required = TRUE;
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
revoke_cb (LinliDevicesPage *self,
           GtkWidget        *widget)
{
  g_autofree char *title = NULL;
  LinliActionDialog *dialog;

  if (self->dialog != NULL)
    return;
  title = g_strdup_printf (_("End %s"), device_of (widget)->name);
  dialog = dialog_new (self, device_of (widget), "device-revoke", title, _("Let It In No More"));
  linli_action_dialog_add_widget (dialog, linli_text_new (_("It sends and fetches nothing any more. What it brought stays; "
                                                            "what it has not sent stays on it, and it says so there. "
                                                            "It comes back as a new desk only, with a new code."), NULL));
  linli_action_dialog_add_area (dialog, "reason", _("_Reason"), NULL)->required = TRUE;
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
row_activated_cb (LinliDevicesPage *self,
                  GtkListBoxRow    *row)
{
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->list)))
    rename_cb (self, GTK_WIDGET (row));
}

/* --- A code for one more desk --- */

static void
copy_cb (LinliDevicesPage *self,
         const char       *response,
         GtkWidget        *dialog)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), g_object_get_data (G_OBJECT (dialog), "link"));
}

static void
show_code (LinliDevicesPage      *self,
           const LinliDeviceBook *book)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("One More Desk"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *picture = book->link != NULL ? linli_qr_new (book->link, QR_SIZE, _("QR code with the hub's address and this code"))
                                          : NULL;
  GtkWidget *code = linli_text_new (book->code, "title-2");
  g_autofree char *url = g_strdup (linli_sync_agent_get_url (linli_ui_context_get_sync (self->context)));

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("On the new computer choose “Join a Hub”, then scan this with a hand scanner, or type the "
                                    "address and the code. It lets one desk in, once, within %d hours."), (int) book->hours);
  if (picture != NULL)
    gtk_box_append (GTK_BOX (box), picture);
  gtk_label_set_xalign (GTK_LABEL (code), .5f);
  gtk_box_append (GTK_BOX (box), code);
  if (url != NULL)
    {
      GtkWidget *address = linli_text_new (url, "dim-label");

      gtk_label_set_xalign (GTK_LABEL (address), .5f);
      gtk_box_append (GTK_BOX (box), address);
    }
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "copy", _("_Copy the Link"), "close", _("C_lose"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_object_set_data_full (G_OBJECT (dialog), "link", g_strdup (book->link != NULL ? book->link : book->code), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
code_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(LinliDevicesPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliDeviceBook) book = linli_devices_ask_finish (result, &error);
  g_autofree char *words = error != NULL ? fault_words (error) : NULL;

  if (self->context == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (book == NULL || book->code == NULL)
    linli_ui_context_toast (self->context, words != NULL ? words : g_dgettext (GETTEXT_PACKAGE,
                                                                              linli_devices_fault_words (NULL)));
  else if (self->dialog == NULL)
    show_code (self, book);
}

static void
code_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliDevicesPage *self = LINLI_DEVICES_PAGE (widget);

  linli_devices_ask_async (linli_ui_context_get_sync (self->context), linli_ui_context_get_store (self->context),
                           "device-code", NULL, NULL, self->cancellable, code_cb, g_object_ref (self));
}

/* --- A code for a desk of a handling unit --- */

static void
unit_code_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(LinliActionDialog) dialog = user_data;
  g_autoptr(LinliDevicesPage) self = g_object_ref (g_object_get_data (G_OBJECT (dialog), "page"));
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliDeviceBook) book = linli_devices_ask_finish (result, &error);

  if (book == NULL || book->code == NULL)
    {
      g_autofree char *words = fault_words (error);
      g_autoptr(GError) said = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, words);

      linli_action_dialog_fail (dialog, said);
      return;
    }
  linli_action_dialog_end (dialog, FALSE);
  if (self->context == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  g_clear_weak_pointer (&self->dialog);
  show_code (self, book);
}

static void
unit_run_cb (LinliActionDialog *dialog,
             LinliRequest      *request,
             gpointer           unused)
{
  LinliDevicesPage *self = g_object_get_data (G_OBJECT (dialog), "page");

  linli_devices_ask_async (linli_ui_context_get_sync (self->context), linli_ui_context_get_store (self->context),
                           "device-code", NULL, linli_request_get_text (request, "unit"), NULL, unit_code_cb,
                           g_object_ref (dialog));
}

static void
unit_code_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliDevicesPage *self = LINLI_DEVICES_PAGE (widget);
  LinliActionDialog *dialog;

  if (self->dialog != NULL)
    return;
  dialog = linli_action_dialog_new (self->context, "device-code", "desk of a unit", _("One More Desk, at a Unit"),
                                    _("Make a Code"));
  linli_action_dialog_set_run (dialog, unit_run_cb, NULL, NULL);
  g_object_set_data_full (G_OBJECT (dialog), "page", g_object_ref (self), g_object_unref);
  g_set_weak_pointer (&self->dialog, GTK_WINDOW (dialog));
  linli_action_dialog_add_widget (dialog, linli_text_new (_("The hub sends this desk only the cases dispatched to the unit, "
                                                            "and the unit's own people work at it. That holds for as long "
                                                            "as it is a desk."), NULL));
  linli_action_dialog_add_picker (dialog, "unit", _("_Unit"), LINLI_PICK_UNIT, NULL)->required = TRUE;
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)));
}

/* --- Showing --- */

static void
add_button (LinliDevicesPage  *self,
            GtkWidget         *row,
            const LinliDevice *device,
            const char        *label,
            const char        *name,
            GCallback          func)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "device", (gpointer) device);
  g_signal_connect_object (button, "clicked", func, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
row_new (LinliDevicesPage  *self,
         const LinliDevice *device)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *words = device_words (self, device);
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
  g_object_set_data (G_OBJECT (row), "device", (gpointer) device);
  if (device->revoked_at > 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), linli_pill_new (_("ended"), "over"));
  add_button (self, row, device, _("Rename…"), rename_name, G_CALLBACK (rename_cb));
  if (device->revoked_at == 0 && !device->own)
    add_button (self, row, device, _("End…"), end_name, G_CALLBACK (revoke_cb));

  return row;
}

/* @trouble: (nullable): why it is not of now */
static void
show (LinliDevicesPage *self,
      const char       *trouble)
{
  gint64 now = linli_ui_context_now (self->context);
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; self->book != NULL && i < self->book->devices->len; i++)
    gtk_list_box_append (self->list, row_new (self, self->book->devices->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->book != NULL && self->book->devices->len > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), trouble == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.code", trouble == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.unit-code", trouble == NULL);
  if (self->book != NULL && self->book->at > 0)
    moment = linli_moment_words (self->book->at, now, linli_ui_context_get_zone (self->context));
  if (trouble == NULL)
    words = g_strdup_printf (_("As the hub told it %s. A code for one more desk, another name, an end: all are made at the hub."),
                             moment != NULL ? moment : "");
  else if (moment != NULL)
    words = g_strdup_printf (_("%s\nBelow is what the hub told %s; changes have to wait until it answers."), trouble, moment);
  else
    words = g_strdup (trouble);
  gtk_label_set_label (self->state, words);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliDevicesPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliDeviceBook) book = linli_devices_ask_finish (result, &error);
  g_autoptr(LinliDeviceBook) former = NULL;
  g_autofree char *trouble = error != NULL ? fault_words (error) : NULL;

  self->asking = FALSE;
  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  former = g_steal_pointer (&self->book); /* the rows point into it until they are gone */
  self->book = book != NULL ? g_steal_pointer (&book) : linli_device_book_load (linli_ui_context_get_store (self->context));
  show (self, trouble);
}

static void
ask (LinliDevicesPage *self)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);

  gtk_stack_set_visible_child_name (self->stack, linli_sync_agent_get_state (agent) == LINLI_SYNC_NONE ? "none" : "devices");
  if (self->asking || linli_sync_agent_get_state (agent) == LINLI_SYNC_NONE)
    return;
  self->asking = TRUE;
  self->online = linli_sync_agent_get_state (agent) == LINLI_SYNC_ONLINE;
  linli_devices_ask_async (agent, linli_ui_context_get_store (self->context), "devices", NULL, NULL, self->cancellable,
                           asked_cb, g_object_ref (self));
}

/* The hub went, or came back: what is said of it changes. */
static void
line_cb (LinliDevicesPage *self)
{
  if (self->context != NULL &&
      self->online != (linli_sync_agent_get_state (linli_ui_context_get_sync (self->context)) == LINLI_SYNC_ONLINE))
    ask (self);
}

static void
refresh_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ask (LINLI_DEVICES_PAGE (widget));
}

/* --- The object --- */

static void
linli_devices_page_dispose (GObject *object)
{
  LinliDevicesPage *self = LINLI_DEVICES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->dialog != NULL)
    gtk_window_destroy (self->dialog);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (linli_devices_page_parent_class)->dispose (object);
}

static void
linli_devices_page_finalize (GObject *object)
{
  LinliDevicesPage *self = LINLI_DEVICES_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->book, linli_device_book_free);

  G_OBJECT_CLASS (linli_devices_page_parent_class)->finalize (object);
}

static void
linli_devices_page_class_init (LinliDevicesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_devices_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_devices_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-devices-page.ui");
  gtk_widget_class_install_action (widget_class, "devices.code", NULL, code_action);
  gtk_widget_class_install_action (widget_class, "devices.unit-code", NULL, unit_code_action);
  gtk_widget_class_install_action (widget_class, "devices.refresh", NULL, refresh_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, 0, "devices.code", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_SHIFT_MASK, "devices.unit-code", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_bind_template_child (widget_class, LinliDevicesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LinliDevicesPage, state);
  gtk_widget_class_bind_template_child (widget_class, LinliDevicesPage, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
linli_devices_page_init (LinliDevicesPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
linli_devices_page_new (LinliUiContext *context)
{
  LinliDevicesPage *self = g_object_new (LINLI_TYPE_DEVICES_PAGE, NULL);

  self->context = g_object_ref (context);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.code", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.unit-code", FALSE);
  g_signal_connect_object (linli_ui_context_get_sync (context), "changed", G_CALLBACK (line_cb), self, G_CONNECT_SWAPPED);
  ask (self);

  return GTK_WIDGET (self);
}
