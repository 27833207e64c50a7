/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-intake-files.h"

#include <glib/gi18n-lib.h>

#include "linli-attachment-store.h"
#include "linli-attachment-words.h"
#include "linli-case-files.h"

struct _LinliIntakeFiles
{
  GtkBox          parent_instance;

  /* Widgets made here (unowned: their parents own them) */
  GtkBox         *rows;
  GtkLabel       *message;

  /* Owned */
  LinliUiContext *context;
  GPtrArray      *files;   /* LinliStoredFile */
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliIntakeFiles, linli_intake_files, GTK_TYPE_BOX)

static void show_files (LinliIntakeFiles *self);

static void
say (LinliIntakeFiles *self,
     const char       *words)
{
  gtk_label_set_label (self->message, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), words != NULL);
}

static void
remove_cb (GtkButton        *button,
           LinliIntakeFiles *self)
{
  GtkWidget *row = gtk_widget_get_parent (GTK_WIDGET (button));
  guint index = 0;

  while ((row = gtk_widget_get_prev_sibling (row)) != NULL)
    index++;
  g_ptr_array_remove_index (self->files, index);
  show_files (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_files (LinliIntakeFiles *self)
{
  const char *folder = linli_store_get_folder (linli_ui_context_get_store (self->context));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, child);
  for (guint i = 0; i < self->files->len; i++)
    {
      LinliStoredFile *stored = self->files->pdata[i];
      g_autoptr(GFile) file = linli_attachment_get_file (folder, stored->sha256);
      GtkWidget *row = linli_file_row_new (file, stored->name, stored->content_type, stored->size, NULL);
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      g_autofree char *words = g_strdup_printf (_("Remove %s"), stored->name);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
      g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, 0);
      gtk_box_append (GTK_BOX (row), button);
      gtk_box_append (self->rows, row);
    }
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(LinliIntakeFiles) self = user_data;
  g_autoptr(GError) error = NULL;
  LinliStoredFile *stored = linli_attachment_put_finish (result, &error);

  if (self->context == NULL)
    {
      linli_stored_file_free (stored);
      return;
    }
  if (stored == NULL)
    {
      g_autofree char *words = linli_attachment_error_words (error);

      say (self, words);
      return;
    }
  say (self, NULL);
  g_ptr_array_add (self->files, stored);
  show_files (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clicked_cb (LinliIntakeFiles *self)
{
  linli_intake_files_choose (self);
}

static void
linli_intake_files_dispose (GObject *object)
{
  g_clear_object (&LINLI_INTAKE_FILES (object)->context);

  G_OBJECT_CLASS (linli_intake_files_parent_class)->dispose (object);
}

static void
linli_intake_files_finalize (GObject *object)
{
  g_ptr_array_unref (LINLI_INTAKE_FILES (object)->files);

  G_OBJECT_CLASS (linli_intake_files_parent_class)->finalize (object);
}

static void
linli_intake_files_class_init (LinliIntakeFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_intake_files_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_intake_files_finalize;

  /* LinliIntakeFiles::changed: by a person */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_intake_files_init (LinliIntakeFiles *self)
{
  GtkWidget *button = gtk_button_new_with_label (_("Add Files…"));

  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_stored_file_free);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->message = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "visible", FALSE,
                                "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), "caption");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, _("Dropping and pasting works too"));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->rows));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->message));
  gtk_box_append (GTK_BOX (self), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
linli_intake_files_new (LinliUiContext *context)
{
  LinliIntakeFiles *self = g_object_new (LINLI_TYPE_INTAKE_FILES, NULL);

  self->context = g_object_ref (context);

  return GTK_WIDGET (self);
}

static void
chosen_cb (GtkNativeDialog  *dialog,
           int               response,
           LinliIntakeFiles *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr(GFile) file = g_list_model_get_item (files, i);

          linli_intake_files_take_file (self, file);
        }
    }
  g_object_unref (dialog);
}

void
linli_intake_files_choose (LinliIntakeFiles *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Add Files"),
                                                              GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"), _("_Cancel"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
linli_intake_files_take_file (LinliIntakeFiles *self,
                              GFile            *file)
{
  linli_attachment_put_file_async (linli_store_get_folder (linli_ui_context_get_store (self->context)), file, NULL,
                                   stored_cb, g_object_ref (self));
}

void
linli_intake_files_take_texture (LinliIntakeFiles *self,
                                 GdkTexture       *texture)
{
  g_autoptr(GBytes) bytes = gdk_texture_save_to_png_bytes (texture);

  linli_attachment_put_bytes_async (linli_store_get_folder (linli_ui_context_get_store (self->context)), bytes,
                                    _("pasted picture.png"), NULL, stored_cb, g_object_ref (self));
}

/* Adds them to the arguments of case.intake. */
void
linli_intake_files_send (LinliIntakeFiles *self,
                         LinliRequest     *request)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      LinliStoredFile *stored = self->files->pdata[i];
      g_autoptr(LinliRequest) file = linli_request_new ();

      linli_request_set_text (file, "sha256", stored->sha256);
      linli_request_set_text (file, "name", stored->name);
      linli_request_set_text (file, "content_type", stored->content_type);
      linli_request_set_int (file, "size", stored->size);
      linli_request_add_object (request, "attachments", file);
    }
}

/* Returns: (transfer full): for a draft; "" without files. One line each, the
 *   name last because it alone may hold a tab. */
char *
linli_intake_files_dup_text (LinliIntakeFiles *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->files->len; i++)
    {
      LinliStoredFile *stored = self->files->pdata[i];

      g_string_append_printf (text, "%s\t%s\t%" G_GINT64_FORMAT "\t%s\n", stored->sha256, stored->content_type,
                              stored->size, stored->name);
    }

  return g_string_free (text, FALSE);
}

/* @text: (nullable): of a draft */
void
linli_intake_files_restore (LinliIntakeFiles *self,
                            const char       *text)
{
  g_auto(GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  g_ptr_array_set_size (self->files, 0);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (lines[i], "\t", 4);
      LinliStoredFile *stored;

      if (g_strv_length (parts) != 4)
        continue;
      stored = g_new0 (LinliStoredFile, 1);
      stored->sha256 = g_strdup (parts[0]);
      stored->content_type = g_strdup (parts[1]);
      stored->size = g_ascii_strtoll (parts[2], NULL, 10);
      stored->name = g_strdup (parts[3]);
      g_ptr_array_add (self->files, stored);
    }
  say (self, NULL);
  show_files (self);
}
