/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-back-up.h"

#include <glib/gi18n-lib.h>

#include "linli-backup.h"
#include "linli-file-words.h"

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(LinliUiContext) context = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliBackupInfo) info = linli_backup_finish (LINLI_STORE (source), result, &error);
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (info != NULL)
    size = g_format_size (info->size);
  if (info != NULL && info->n_absent > 0)
    /* Translators: the size of the backup, then how many files */
    text = g_strdup_printf (ngettext ("Backup written: %s. Without %u file that is not on this computer.",
                                      "Backup written: %s. Without %u files that are not on this computer.",
                                      info->n_absent), size, info->n_absent);
  else if (info != NULL)
    text = g_strdup_printf (_("Backup written and complete: %s"), size);
  else
    text = linli_file_words (error);
  linli_ui_context_toast (context, text);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           LinliUiContext  *context)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    {
      g_autofree char *path = g_file_get_path (file);

      linli_ui_context_toast (context, _("Writing the backup; you can go on working."));
      linli_backup_async (linli_ui_context_get_store (context), path, NULL, written_cb, g_object_ref (context));
    }
  g_object_unref (context);
  g_object_unref (dialog);
}

/**
 * linli_back_up_choose:
 *
 * Asks where to, and writes a backup of the open centre there.
 */
void
linli_back_up_choose (GtkWindow      *parent,
                      LinliUiContext *context)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Back Up the Centre"), parent,
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (linli_ui_context_now (context) / G_USEC_PER_SEC);
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s-%s" LINLI_BACKUP_SUFFIX,
                                           linli_ui_context_get_session (context)->centre, day);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), g_object_ref (context));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
