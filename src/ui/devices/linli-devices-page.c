/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-devices-page.h"

#include <glib/gi18n-lib.h>

#include "linli-action-dialog.h"
#include "linli-cards.h"
#include "linli-device-code.h"
#include "linli-device-row.h"
#include "linli-devices.h"
#include "linli-time-words.h"

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
  LinliDeviceBook *book;    /* (nullable) */
  GtkWindow       *dialog;  /* (nullable) weak */

  /* State */
  char            *hub;     /* (nullable): who is asked; another has other desks */
  char            *trouble; /* (nullable): why the list is not of now */
  gboolean         asking;
  gboolean         coding;  /* a code is being made */
  gboolean         online;  /* when the hub was asked last */
};

G_DEFINE_FINAL_TYPE (LinliDevicesPage, linli_devices_page, ADW_TYPE_BIN)

static void ask (LinliDevicesPage *self);

static char *
fault_words (const GError *error)
{
  return g_strdup (g_dgettext (GETTEXT_PACKAGE, linli_devices_fault_words (error)));
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

/* Returns: (nullable): a desk that may be changed now */
static const LinliDevice *
find_device (LinliDevicesPage *self,
             const char       *id)
{
  for (guint i = 0; self->book != NULL && self->trouble == NULL && self->dialog == NULL && i < self->book->devices->len; i++)
    if (g_strcmp0 (((LinliDevice *) self->book->devices->pdata[i])->id, id) == 0)
      return self->book->devices->pdata[i];
  return NULL;
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliDevicesPage *self = LINLI_DEVICES_PAGE (widget);
  const LinliDevice *device = find_device (self, g_variant_get_string (parameter, NULL));
  LinliActionDialog *dialog;

  if (device == NULL)
    return;
  dialog = dialog_new (self, device, "device-name", _("Rename the Desk"), _("Save"));
  linli_action_dialog_add_entry (dialog, "name", _("_Name"), device->name)->required = TRUE;
  linli_action_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
end_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  LinliDevicesPage *self = LINLI_DEVICES_PAGE (widget);
  const LinliDevice *device = find_device (self, g_variant_get_string (parameter, NULL));
  g_autofree char *title = NULL;
  LinliActionDialog *dialog;

  if (device == NULL)
    return;
  title = g_strdup_printf (_("End %s"), device->name);
  dialog = dialog_new (self, device, "device-revoke", title, _("Let It In No More"));
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
  gtk_widget_activate_action (GTK_WIDGET (self), "devices.rename", "s", linli_device_row_get_id (GTK_WIDGET (row)));
}

/* --- A code for one more desk --- */

static void
show_code (LinliDevicesPage      *self,
           const LinliDeviceBook *book,
           gboolean               again)
{
  GtkWindow *dialog;

  if (self->dialog != NULL)
    return;
  dialog = linli_device_code_show (self->context, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), book, again);
  g_set_weak_pointer (&self->dialog, dialog);
}

static void
set_coding (LinliDevicesPage *self,
            gboolean          coding)
{
  self->coding = coding;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.code", !coding && self->trouble == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "devices.unit-code", !coding && self->trouble == NULL);
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

  if (self->context == NULL)
    return;
  set_coding (self, FALSE);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (book != NULL && book->code != NULL)
    show_code (self, book, FALSE);
  else
    {
      linli_ui_context_toast (self->context, words != NULL ? words : g_dgettext (GETTEXT_PACKAGE,
                                                                                linli_devices_fault_words (NULL)));
      ask (self); /* what is said of the hub above the list */
    }
}

static void
make_code (LinliDevicesPage *self)
{
  linli_devices_ask_async (linli_ui_context_get_sync (self->context), linli_ui_context_get_store (self->context),
                           "device-code", NULL, NULL, self->cancellable, code_cb, g_object_ref (self));
}

/* The list of now says whether a code that was made before has let somebody in. */
static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliDevicesPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliDeviceBook) list = linli_devices_ask_finish (result, &error);
  g_autoptr(LinliDeviceBook) pending = NULL;

  if (self->context == NULL)
    return;
  pending = linli_devices_dup_pending (linli_ui_context_get_sync (self->context), linli_ui_context_get_store (self->context));
  if (list != NULL && pending == NULL)
    {
      make_code (self);
      return;
    }
  set_coding (self, FALSE);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (pending != NULL && list != NULL)
    show_code (self, pending, TRUE);
  else
    {
      g_autofree char *words = fault_words (error);

      linli_ui_context_toast (self->context, words);
      ask (self);
    }
}

/* One at a time, however often it is asked for. */
static void
code_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliDevicesPage *self = LINLI_DEVICES_PAGE (widget);
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);
  LinliStore *store = linli_ui_context_get_store (self->context);
  g_autoptr(LinliDeviceBook) pending = linli_devices_dup_pending (agent, store);

  if (self->coding || self->dialog != NULL)
    return;
  set_coding (self, TRUE);
  if (pending == NULL)
    make_code (self);
  else
    linli_devices_ask_async (agent, store, "devices", NULL, NULL, self->cancellable, looked_cb, g_object_ref (self));
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
  show_code (self, book, FALSE);
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
show_rows (LinliDevicesPage *self)
{
  GtkListBoxRow *row;
  LinliDeviceKeyboard keyboard;

  linli_device_keyboard_find (&keyboard, self->list);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; self->book != NULL && i < self->book->devices->len; i++)
    gtk_list_box_append (self->list, linli_device_row_new (self->context, self->book->devices->pdata[i], self->trouble == NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->book != NULL && self->book->devices->len > 0);
  linli_device_keyboard_return (&keyboard, self->list);
}

/* @book: (transfer full) (nullable); @trouble: (nullable): why it is not of now */
static void
show (LinliDevicesPage *self,
      LinliDeviceBook  *book,
      const char       *trouble)
{
  gint64 now = linli_ui_context_now (self->context);
  g_autofree char *moment = NULL;
  g_autofree char *words = NULL;

  g_clear_pointer (&self->book, linli_device_book_free);
  self->book = book;
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
  show_rows (self);
  set_coding (self, self->coding);
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
  g_autofree char *trouble = error != NULL ? fault_words (error) : NULL;

  if (self->context == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* of a hub that is no longer this desk's, too: another question is under way then */
  self->asking = FALSE;
  if (book == NULL)
    book = linli_device_book_load (linli_ui_context_get_sync (self->context), linli_ui_context_get_store (self->context));
  show (self, g_steal_pointer (&book), trouble);
}

/* The desks of one hub, and what was asked of it, are nothing to another. */
static void
follow_hub (LinliDevicesPage *self)
{
  g_autofree char *hub = linli_devices_dup_hub (linli_ui_context_get_sync (self->context));

  if (g_strcmp0 (hub, self->hub) == 0)
    return;
  g_free (self->hub);
  self->hub = g_steal_pointer (&hub);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->asking = self->coding = FALSE;
  if (self->dialog != NULL)
    gtk_window_close (self->dialog);
  show (self, NULL, _("Asking the hub…"));
}

static void
ask (LinliDevicesPage *self)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);

  follow_hub (self);
  gtk_stack_set_visible_child_name (self->stack, linli_sync_agent_get_state (agent) == LINLI_SYNC_NONE ? "none" : "devices");
  if (self->asking || linli_sync_agent_get_state (agent) == LINLI_SYNC_NONE)
    return;
  self->asking = TRUE;
  self->online = linli_sync_agent_is_connected (agent);
  linli_devices_ask_async (agent, linli_ui_context_get_store (self->context), "devices", NULL, NULL, self->cancellable,
                           asked_cb, g_object_ref (self));
}

/* The hub went, came back, or is another: what is said of it changes. */
static void
line_cb (LinliDevicesPage *self)
{
  g_autofree char *hub = NULL;
  LinliSyncAgent *agent;

  if (self->context == NULL)
    return;
  agent = linli_ui_context_get_sync (self->context);
  hub = linli_devices_dup_hub (agent);
  if (self->online != linli_sync_agent_is_connected (agent) || g_strcmp0 (hub, self->hub) != 0)
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
  g_free (self->hub);
  g_free (self->trouble);

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
  gtk_widget_class_install_action (widget_class, "devices.rename", "s", rename_action);
  gtk_widget_class_install_action (widget_class, "devices.end", "s", end_action);
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
