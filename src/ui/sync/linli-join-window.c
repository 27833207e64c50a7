/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-join-window.h"

#include <glib/gi18n-lib.h>

#include "linli-certificates.h"
#include "linli-error-words.h"

struct _LinliJoinWindow
{
  AdwWindow       parent_instance;

  /* Template children */
  AdwEntryRow    *address;
  AdwEntryRow    *code;
  AdwActionRow   *trusted;
  GtkLabel       *trouble;
  GtkButton      *join_button;
  GtkSpinner     *spinner;

  /* Owned */
  LinliSyncAgent *agent;
  GCancellable   *cancellable;
  char           *authority;   /* (nullable): a file of certificates */
};

enum { JOINED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliJoinWindow, linli_join_window, ADW_TYPE_WINDOW)

static gboolean
is_filled (AdwEntryRow *row)
{
  return *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0';
}

/* A link that a hand scanner types or somebody pastes fills in both. */
static gboolean
take_link (LinliJoinWindow *self,
           AdwEntryRow     *row)
{
  g_autofree char *url = NULL;
  g_autofree char *code = NULL;

  if (!linli_sync_read_link (gtk_editable_get_text (GTK_EDITABLE (row)), &url, &code))
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->address), url);
  gtk_editable_set_text (GTK_EDITABLE (self->code), code);
  gtk_widget_grab_focus (GTK_WIDGET (self->code));
  return TRUE;
}

static void
typed_cb (LinliJoinWindow *self)
{
  if (take_link (self, self->address) || take_link (self, self->code))
    return; /* both were typed anew, and this was called for each */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "join.join", is_filled (self->address) && is_filled (self->code));
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
}

static void
set_busy (LinliJoinWindow *self,
          gboolean         busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->code), !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "join.join", !busy);
}

/* What the hub or the way to it said comes in words; the rest is this computer's. */
static char *
trouble_words (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return g_strdup (g_dgettext (GETTEXT_PACKAGE, error->message));
  return linli_error_words (error);
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliJoinWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = linli_sync_agent_join_finish (LINLI_SYNC_AGENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (name == NULL)
    {
      g_autofree char *words = trouble_words (error);

      gtk_label_set_label (self->trouble, words);
      gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->code));
      return;
    }
  g_signal_emit (self, signals[JOINED], 0, name);
  gtk_window_close (GTK_WINDOW (self));
}

static void
join_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  LinliJoinWindow *self = LINLI_JOIN_WINDOW (widget);

  if (!is_filled (self->address) || !is_filled (self->code))
    return;
  gtk_window_set_focus (GTK_WINDOW (self), NULL); /* an insensitive text would keep it */
  set_busy (self, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  linli_sync_agent_join_async (self->agent, gtk_editable_get_text (GTK_EDITABLE (self->address)),
                               gtk_editable_get_text (GTK_EDITABLE (self->code)), self->authority, self->cancellable,
                               joined_cb, g_object_ref (self));
}

static void
trusted_cb (GtkNativeDialog *dialog,
            int              response,
            LinliJoinWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *base = g_file_get_basename (file);
      g_autofree char *name = g_filename_display_name (base);
      g_autofree char *escaped = g_markup_escape_text (name, -1);

      g_free (self->authority);
      self->authority = g_file_get_path (file);
      adw_action_row_set_subtitle (self->trusted, escaped);
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
linli_join_window_dispose (GObject *object)
{
  LinliJoinWindow *self = LINLI_JOIN_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->agent);
  g_clear_pointer (&self->authority, g_free);

  G_OBJECT_CLASS (linli_join_window_parent_class)->dispose (object);
}

static gboolean
linli_join_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (LINLI_JOIN_WINDOW (window)->cancellable);
  gtk_window_set_focus (window, NULL); /* GTK 4.8 lets a text that goes away blink on, and complains of it */

  return GTK_WINDOW_CLASS (linli_join_window_parent_class)->close_request (window);
}

static void
linli_join_window_class_init (LinliJoinWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = linli_join_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = linli_join_window_close_request;

  /**
   * LinliJoinWindow::joined:
   * @name: of the workspace
   */
  signals[JOINED] = g_signal_new ("joined", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/linli_desk/Linli/ui/linli-join-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LinliJoinWindow, address);
  gtk_widget_class_bind_template_child (widget_class, LinliJoinWindow, code);
  gtk_widget_class_bind_template_child (widget_class, LinliJoinWindow, trusted);
  gtk_widget_class_bind_template_child (widget_class, LinliJoinWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, LinliJoinWindow, join_button);
  gtk_widget_class_bind_template_child (widget_class, LinliJoinWindow, spinner);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_install_action (widget_class, "join.join", NULL, join_action);
  gtk_widget_class_install_action (widget_class, "join.trust", NULL, trust_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "join.join", NULL);
}

static void
linli_join_window_init (LinliJoinWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  typed_cb (self);
}

LinliJoinWindow *
linli_join_window_new (GtkWindow      *parent,
                       LinliSyncAgent *agent)
{
  LinliJoinWindow *self = g_object_new (LINLI_TYPE_JOIN_WINDOW, "transient-for", parent, NULL);

  self->agent = g_object_ref (agent);
  if (linli_sync_agent_get_url (agent) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->address), linli_sync_agent_get_url (agent));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->address));

  return self;
}
