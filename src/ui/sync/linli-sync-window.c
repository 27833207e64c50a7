/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-window.h"

#include <glib/gi18n-lib.h>

#include "linli-blob-words.h"
#include "linli-cards.h"
#include "linli-certificates.h"
#include "linli-error-words.h"
#include "linli-join-window.h"
#include "linli-parked-row.h"
#include "linli-sync-words.h"

struct _LinliSyncWindow
{
  AdwWindow            parent_instance;

  /* Template children */
  AdwActionRow        *state_row;
  GtkImage            *state_icon;
  AdwActionRow        *hub_row;
  AdwActionRow        *files_row;
  GtkButton           *files_button;
  GtkButton           *trust_button;
  GtkButton           *join_button;
  GtkButton           *now_button;
  AdwPreferencesGroup *parked_group;
  GtkBox              *parked;

  /* Owned */
  LinliUiContext      *context;
  GCancellable        *cancellable;
  char                *shown;       /* (nullable): which operations the list shows */
};

G_DEFINE_FINAL_TYPE (LinliSyncWindow, linli_sync_window, ADW_TYPE_WINDOW)

/* --- 待处理 --- */

static void load_parked (LinliSyncWindow *self);

static void
say (LinliSyncWindow *self,
     const GError    *error)
{
  g_autofree char *words = linli_error_words (error);

  linli_ui_context_toast (self->context, words);
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliSyncWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  if (self->context == NULL)
    return;
  if (reply == NULL)
    say (self, error);
  load_parked (self);
  linli_sync_agent_wake (linli_ui_context_get_sync (self->context));
}

static void
settle (LinliSyncWindow *self,
        const char      *operation,
        const char      *decision,
        const char      *reason)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "id", operation);
  linli_request_set_text (request, "decision", decision);
  if (reason != NULL && *reason != '\0')
    linli_request_set_text (request, "reason", reason);
  linli_store_run_async (linli_ui_context_get_store (self->context), "parked.settle", request, NULL, settled_cb,
                         g_object_ref (self));
}

typedef struct
{
  LinliSyncWindow *window; /* (owned) */
  char            *operation;
} Again;

static void
done_again_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Again *again = user_data;
  g_autoptr(LinliSyncWindow) self = again->window;
  g_autofree char *operation = again->operation;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliReply) reply = linli_store_run_finish (LINLI_STORE (source), result, &error);

  g_free (again);
  if (self->context == NULL)
    return;
  if (reply != NULL)
    settle (self, operation, "again", NULL);
  else
    say (self, error); /* it still does not fit: it stays here */
}

static void
do_again (LinliSyncWindow *self,
          LinliParkedRow  *row)
{
  g_autoptr(LinliRequest) request = linli_request_parse (linli_parked_row_get_args (row));
  Again *again;

  if (request == NULL)
    return;
  again = g_new0 (Again, 1);
  again->window = g_object_ref (self);
  again->operation = g_strdup (linli_parked_row_get_operation (row));
  linli_store_run_async (linli_ui_context_get_store (self->context), linli_parked_row_get_kind (row), request, NULL,
                         done_again_cb, again);
}

static void
decided_cb (LinliParkedRow  *row,
            const char      *decision,
            const char      *reason,
            LinliSyncWindow *self)
{
  if (g_str_equal (decision, "again"))
    do_again (self, row);
  else
    settle (self, linli_parked_row_get_operation (row), decision, reason);
}

static gpointer
read_parked (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  return linli_parked_load (conn, error);
}

static void
read_parked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(LinliSyncWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) parked = linli_store_read_finish (LINLI_STORE (source), result, &error);
  g_autoptr(GString) ids = g_string_new (NULL);

  if (self->context == NULL || parked == NULL)
    return;
  /* The agent has news every second; a reason that is being typed stays. */
  for (guint i = 0; i < parked->len; i++)
    {
      LinliParked *one = parked->pdata[i];

      g_string_append_printf (ids, "%s %s ", one->operation, one->result);
    }
  if (g_strcmp0 (ids->str, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_strdup (ids->str);
  linli_box_clear (self->parked);
  for (guint i = 0; i < parked->len; i++)
    {
      LinliParkedRow *row = linli_parked_row_new (parked->pdata[i], self->context);

      g_signal_connect_object (row, "decided", G_CALLBACK (decided_cb), self, 0);
      gtk_box_append (self->parked, GTK_WIDGET (row));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->parked_group), parked->len > 0);
}

static void
load_parked (LinliSyncWindow *self)
{
  linli_store_read_async (linli_ui_context_get_store (self->context), read_parked, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, read_parked_cb, g_object_ref (self));
}

/* --- How it stands --- */

static void
show_files (LinliSyncWindow *self,
            LinliSyncAgent  *agent)
{
  LinliBlobAgent *blobs = linli_sync_agent_get_blobs (agent);
  g_autofree char *words = linli_blobs_words (agent);
  LinliBlobCount count;

  linli_blob_agent_count (blobs, &count);
  gtk_widget_set_visible (GTK_WIDGET (self->files_row), linli_sync_agent_get_url (agent) != NULL);
  adw_action_row_set_subtitle (self->files_row, words);
  gtk_widget_set_visible (GTK_WIDGET (self->files_button), count.n_waiting_for_line > 0 || count.n_refused > 0);
  gtk_button_set_label (self->files_button, count.n_refused > 0 ? _("Try Again") : _("Transfer Now"));
}

static void
show (LinliSyncWindow *self)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);
  LinliSyncState state = linli_sync_agent_get_state (agent);
  gint64 now = linli_ui_context_now (self->context);
  GTimeZone *zone = linli_ui_context_get_zone (self->context);
  g_autofree char *short_words = linli_sync_short_words (agent, now, zone);
  g_autofree char *long_words = linli_sync_long_words (agent, now, zone);
  const char *url = linli_sync_agent_get_url (agent);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), short_words);
  adw_action_row_set_subtitle (self->state_row, long_words);
  gtk_image_set_from_icon_name (self->state_icon, linli_sync_icon (agent));
  gtk_widget_set_visible (GTK_WIDGET (self->hub_row), url != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->trust_button), url != NULL && g_str_has_prefix (url, "https:"));
  adw_action_row_set_subtitle (self->hub_row, url != NULL ? url : "");
  show_files (self, agent);
  gtk_widget_set_visible (GTK_WIDGET (self->join_button), state == LINLI_SYNC_NONE || state == LINLI_SYNC_SIGN_IN ||
                                                            state == LINLI_SYNC_BLOCKED);
  gtk_widget_set_visible (GTK_WIDGET (self->now_button), linli_sync_agent_is_connected (agent) || state == LINLI_SYNC_OFFLINE);
}

static void
agent_changed_cb (LinliSyncWindow *self)
{
  show (self);
  load_parked (self);
}

static void
now_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  linli_sync_agent_wake (linli_ui_context_get_sync (LINLI_SYNC_WINDOW (widget)->context));
}

static void
files_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (LINLI_SYNC_WINDOW (widget)->context);

  linli_blob_agent_retry (linli_sync_agent_get_blobs (agent));
}

static void
trusted_cb (GtkNativeDialog *dialog,
            int              response,
            LinliSyncWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->context != NULL)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);
      g_autoptr(GError) error = NULL;

      if (!linli_sync_agent_set_authority (linli_ui_context_get_sync (self->context), path != NULL ? path : "", &error))
        linli_ui_context_toast (self->context, g_dgettext (GETTEXT_PACKAGE, error->message));
    }
  g_object_unref (dialog);
}

static void
trust_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  GtkFileChooserNative *dialog = linli_certificates_chooser_new (GTK_WINDOW (widget));

  g_signal_connect_object (dialog, "response", G_CALLBACK (trusted_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
join_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliSyncWindow *self = LINLI_SYNC_WINDOW (widget);
  LinliJoinWindow *dialog = linli_join_window_new (GTK_WINDOW (self), linli_ui_context_get_sync (self->context));

  /* What the hub has takes the store's place, and this window with it. */
  g_signal_connect_object (dialog, "joined", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
linli_sync_window_dispose (GObject *object)
{
  LinliSyncWindow *self = LINLI_SYNC_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->shown, g_free);

  G_OBJECT_CLASS (linli_sync_window_parent_class)->dispose (object);
}

static void
linli_sync_window_class_init (LinliSyncWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_sync_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-sync-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, state_row);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, hub_row);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, files_row);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, files_button);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, trust_button);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, join_button);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, now_button);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, parked_group);
  gtk_widget_class_bind_template_child (widget_class, LinliSyncWindow, parked);
  gtk_widget_class_install_action (widget_class, "sync.now", NULL, now_action);
  gtk_widget_class_install_action (widget_class, "sync.files", NULL, files_action);
  gtk_widget_class_install_action (widget_class, "sync.trust", NULL, trust_action);
  gtk_widget_class_install_action (widget_class, "sync.join", NULL, join_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
linli_sync_window_init (LinliSyncWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* @context: of a store that is open for writing */
LinliSyncWindow *
linli_sync_window_new (GtkWindow      *parent,
                       LinliUiContext *context)
{
  LinliSyncWindow *self = g_object_new (LINLI_TYPE_SYNC_WINDOW, "transient-for", parent, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (linli_ui_context_get_sync (context), "changed", G_CALLBACK (agent_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (linli_sync_agent_get_blobs (linli_ui_context_get_sync (context)), "changed",
                           G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
  load_parked (self);

  return self;
}
