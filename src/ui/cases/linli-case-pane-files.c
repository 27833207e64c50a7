/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of the case shown: added from a dialog, by dropping or by pasting;
 * opened, saved elsewhere and taken out. */

#include "config.h"

#include "linli-case-pane-private.h"

#include <glib/gi18n-lib.h>

#include "linli-attachment-store.h"
#include "linli-attachment-words.h"
#include "linli-case-tables.h"
#include "linli-cards.h"
#include "linli-error-words.h"
#include "linli-paste.h"

/* A file on its way into the store. Another case may be shown once it is there. */
typedef struct
{
  LinliCasePane *pane;     /* (owned) */
  char          *case_id;
  const char    *audience; /* static */
} Arrival;

static void
arrival_free (Arrival *self)
{
  g_object_unref (self->pane);
  g_free (self->case_id);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

/* For everybody whom the composer addresses. */
static Arrival *
arrival_new (LinliCasePane *pane,
             const char    *case_id)
{
  Arrival *self = g_new0 (Arrival, 1);

  self->pane = g_object_ref (pane);
  self->case_id = g_strdup (case_id);
  self->audience = linli_composer_get_audience (pane->composer);
  return self;
}

static void
file_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(Arrival) arrival = user_data;
  LinliCasePane *self = arrival->pane;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliStoredFile) stored = linli_attachment_put_finish (result, &error);
  g_autoptr(LinliRequest) request = NULL;

  if (self->context == NULL)
    return;
  if (stored == NULL)
    {
      g_autofree char *words = linli_attachment_error_words (error);

      linli_ui_context_toast (self->context, words);
      return;
    }
  request = linli_request_new ();
  linli_request_set_text (request, "case", arrival->case_id);
  linli_request_set_text (request, "sha256", stored->sha256);
  linli_request_set_text (request, "name", stored->name);
  linli_request_set_text (request, "content_type", stored->content_type);
  linli_request_set_int (request, "size", stored->size);
  linli_request_set_text (request, "audience", arrival->audience);
  linli_case_pane_run (self, "case.attach", request, FALSE);
}

static void
take_file (LinliCasePane *self,
           const char    *case_id,
           GFile         *file)
{
  linli_attachment_put_file_async (linli_store_get_folder (linli_ui_context_get_store (self->context)), file, NULL,
                                   file_stored_cb, arrival_new (self, case_id));
}

/* Returns: (transfer none) (nullable): the case shown, if files may be added to it */
static const char *
case_for_files (LinliCasePane *self)
{
  LinliRow *row = linli_case_pane_get_case_row (self);

  return row != NULL && linli_case_sheet_allows (self->sheet, "case.attach") ? linli_row_get_id (row) : NULL;
}

static void
take_texture (LinliCasePane *self,
              GdkTexture    *texture)
{
  const char *case_id = case_for_files (self);
  g_autoptr(GBytes) bytes = case_id != NULL ? gdk_texture_save_to_png_bytes (texture) : NULL;

  if (case_id != NULL)
    linli_attachment_put_bytes_async (linli_store_get_folder (linli_ui_context_get_store (self->context)), bytes,
                                      _("pasted picture.png"), NULL, file_stored_cb, arrival_new (self, case_id));
}

static void
files_chosen_cb (GtkNativeDialog *dialog,
                 int              response,
                 LinliCasePane   *self)
{
  if (response == GTK_RESPONSE_ACCEPT && self->context != NULL)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(GFile) file = g_list_model_get_item (files, i);

          take_file (self, g_object_get_data (G_OBJECT (dialog), "case"), file);
        }
    }
  g_object_unref (dialog);
}

static void
attach_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  const char *case_id = case_for_files (self);
  GtkFileChooserNative *dialog;

  if (case_id == NULL)
    return;
  dialog = gtk_file_chooser_native_new (_("Add Files"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));
  g_object_set_data_full (G_OBJECT (dialog), "case", g_strdup (case_id), g_free);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (files_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static LinliRow *
find_attachment (LinliCasePane *self,
                 const char    *id)
{
  GPtrArray *attachments = self->sheet != NULL ? self->sheet->detail->attachments : NULL;

  for (guint i = 0; attachments != NULL && i < attachments->len; i++)
    if (g_str_equal (linli_row_get_id (attachments->pdata[i]), id))
      return attachments->pdata[i];
  for (guint m = 0; self->sheet != NULL && m < self->sheet->detail->members->len; m++)
    {
      LinliCaseMember *member = self->sheet->detail->members->pdata[m];

      for (guint i = 0; i < member->attachments->len; i++)
        if (g_str_equal (linli_row_get_id (member->attachments->pdata[i]), id))
          return member->attachments->pdata[i];
    }

  return NULL;
}

static GFile *
stored_file (LinliCasePane *self,
             LinliRow      *attachment)
{
  return linli_attachment_get_file (linli_store_get_folder (linli_ui_context_get_store (self->context)),
                                    linli_row_get_text (attachment, LINLI_ATTACHMENT_SHA256));
}

static void
say_absent (LinliCasePane *self,
            LinliRow      *attachment)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);
  const char *name = linli_row_get_text (attachment, LINLI_ATTACHMENT_NAME);
  g_autofree char *words = NULL;

  if (agent == NULL || linli_sync_agent_get_state (agent) == LINLI_SYNC_NONE)
    words = g_strdup_printf (_("“%s” is no longer on this computer; a backup may have it."), name);
  else if (linli_blob_agent_is_ready (linli_sync_agent_get_blobs (agent)))
    words = g_strdup_printf (_("“%s” is being fetched from the hub."), name);
  else
    words = g_strdup_printf (_("“%s” is not here yet and the hub does not answer. It comes as soon as it does."), name);
  linli_ui_context_toast (self->context, words);
}

/* Returns: whether the file is here; if not, it is fetched, and whoever wants
 * to see it is told */
static gboolean
have_file (LinliCasePane *self,
           LinliRow      *attachment)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);
  g_autoptr(GFile) file = stored_file (self, attachment);

  if (g_file_query_exists (file, NULL))
    return TRUE;
  if (agent != NULL && linli_sync_agent_get_state (agent) != LINLI_SYNC_NONE)
    linli_blob_agent_fetch (linli_sync_agent_get_blobs (agent), linli_row_get_text (attachment, LINLI_ATTACHMENT_SHA256),
                            linli_row_get_id (attachment), linli_row_get_int (attachment, LINLI_ATTACHMENT_SIZE));
  say_absent (self, attachment);
  return FALSE;
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliCasePane) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!g_file_copy_finish (G_FILE (source), result, &error) && self->context != NULL)
    linli_ui_context_toast (self->context, error->message);
}

static void
save_chosen_cb (GtkNativeDialog *dialog,
                int              response,
                LinliCasePane   *self)
{
  LinliRow *attachment = find_attachment (self, g_object_get_data (G_OBJECT (dialog), "attachment"));

  if (response == GTK_RESPONSE_ACCEPT && attachment != NULL)
    {
      g_autoptr(GFile) from = stored_file (self, attachment);
      g_autoptr(GFile) to = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_file_copy_async (from, to, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT, NULL,
                         NULL, NULL, copied_cb, g_object_ref (self));
    }
  g_object_unref (dialog);
}

static void
save_file_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  LinliRow *attachment = find_attachment (self, g_variant_get_string (parameter, NULL));
  GtkFileChooserNative *dialog;

  if (attachment == NULL || !have_file (self, attachment))
    return;
  dialog = gtk_file_chooser_native_new (_("Save As"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), linli_row_get_text (attachment, LINLI_ATTACHMENT_NAME));
  g_object_set_data_full (G_OBJECT (dialog), "attachment", g_variant_dup_string (parameter, NULL), g_free);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* Under its own name, where the session removes it: the store's copy is named
 * by its content and is not for other programs to write to. */
static void
to_open_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GFile) copy = user_data;
  g_autofree char *uri = g_file_get_uri (copy);
  g_autoptr(GError) error = NULL;

  if (!g_file_copy_finish (G_FILE (source), result, &error))
    g_warning ("A file cannot be opened: %s", error->message);
  else
    gtk_show_uri_full (NULL, uri, GDK_CURRENT_TIME, NULL, NULL, NULL);
}

static void
open_file (LinliCasePane *self,
           LinliRow      *attachment)
{
  g_autoptr(GFile) from = NULL;
  g_autoptr(GFile) copy = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *base = NULL;

  from = stored_file (self, attachment);
  folder = g_build_filename (g_get_user_runtime_dir (), "linli", linli_row_get_text (attachment, LINLI_ATTACHMENT_SHA256),
                             NULL);
  base = g_path_get_basename (linli_row_get_text (attachment, LINLI_ATTACHMENT_NAME));
  g_mkdir_with_parents (folder, 0700);
  copy = g_file_new_build_filename (folder, base, NULL);
  g_file_copy_async (from, copy, G_FILE_COPY_OVERWRITE, G_PRIORITY_DEFAULT, NULL, NULL, NULL, to_open_cb,
                     g_object_ref (copy));
}

/* The file somebody wanted to see has come; unless they have gone on to
 * another case meanwhile. */
static void
carried_cb (LinliBlobAgent *blobs,
            const char     *sha256,
            LinliCasePane  *self)
{
  LinliRow *attachment = self->opening != NULL ? find_attachment (self, self->opening) : NULL;
  g_autoptr(GFile) file = attachment != NULL ? stored_file (self, attachment) : NULL;

  if (attachment != NULL && !g_file_query_exists (file, NULL))
    return;
  g_clear_pointer (&self->opening, g_free);
  g_signal_handlers_disconnect_by_func (blobs, carried_cb, self);
  if (attachment != NULL)
    open_file (self, attachment);
}

static void
open_when_here (LinliCasePane *self,
                LinliRow      *attachment)
{
  LinliSyncAgent *agent = linli_ui_context_get_sync (self->context);

  if (agent == NULL)
    return;
  if (self->opening == NULL)
    g_signal_connect_object (linli_sync_agent_get_blobs (agent), "changed", G_CALLBACK (carried_cb), self, 0);
  g_free (self->opening);
  self->opening = g_strdup (linli_row_get_id (attachment));
}

static void
open_file_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  LinliCasePane *self = LINLI_CASE_PANE (widget);
  LinliRow *attachment = find_attachment (self, g_variant_get_string (parameter, NULL));

  if (attachment == NULL)
    return;
  if (have_file (self, attachment))
    open_file (self, attachment);
  else
    open_when_here (self, attachment);
}

static void
detach_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  g_autoptr(LinliRequest) request = linli_request_new ();

  linli_request_set_text (request, "attachment", g_variant_get_string (parameter, NULL));
  linli_case_pane_run (LINLI_CASE_PANE (widget), "case.detach", request, TRUE);
}

static void
dropped_cb (gpointer form,
            GFile   *file)
{
  const char *case_id = case_for_files (form);

  if (case_id != NULL)
    take_file (form, case_id, file);
}

static void
pasted_cb (gpointer    form,
           GdkTexture *texture)
{
  take_texture (form, texture);
}

/* Files and pictures may be dropped anywhere on the pane, and pasted. */
void
linli_case_pane_add_drop (LinliCasePane *self)
{
  linli_paste_accept (GTK_WIDGET (self), dropped_cb, pasted_cb);
}

void
linli_case_pane_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "case.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "case.open-file", "s", open_file_action);
  gtk_widget_class_install_action (widget_class, "case.save-file", "s", save_file_action);
  gtk_widget_class_install_action (widget_class, "case.detach", "s", detach_action);
}
