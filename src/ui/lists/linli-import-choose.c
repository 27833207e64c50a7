/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-choose.h"

#include <glib/gi18n-lib.h>

#include "linli-import-window.h"

typedef struct
{
  GtkWindow      *parent;  /* (owned) */
  LinliUiContext *context; /* (owned) */
  char           *kind;
} Choice;

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->parent);
  g_object_unref (choice->context);
  g_free (choice->kind);
  g_free (choice);
}

static void
chosen_cb (GtkNativeDialog *dialog,
           int              response,
           Choice          *choice)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL)
    linli_import_window_open (choice->parent, choice->context, choice->kind, file);
  choice_free (choice);
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            const char     *patterns)
{
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto(GStrv) list = g_strsplit (patterns, " ", -1);

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; list[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, list[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

/**
 * linli_import_choose:
 * @kind: "cases", "duty", "holidays" or "places"
 *
 * Asks for a file and brings it in.
 */
void
linli_import_choose (GtkWindow      *parent,
                     LinliUiContext *context,
                     const char     *kind)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Choose a File to Import"), parent,
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  Choice *choice = g_new0 (Choice, 1);

  choice->parent = g_object_ref (parent);
  choice->context = g_object_ref (context);
  choice->kind = g_strdup (kind);
  if (g_str_equal (kind, "holidays"))
    add_filter (GTK_FILE_CHOOSER (dialog), _("Holidays (JSON, ICS)"), "*.json *.ics *.JSON *.ICS");
  else
    add_filter (GTK_FILE_CHOOSER (dialog), _("Tables (CSV, XLSX)"), "*.csv *.xlsx *.txt *.tsv *.CSV *.XLSX");
  add_filter (GTK_FILE_CHOOSER (dialog), _("All Files"), "*");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), choice);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
