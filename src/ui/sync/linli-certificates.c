/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-certificates.h"

#include <glib/gi18n-lib.h>

/* Returns: (transfer full): asks for the certificates of a hub that has its own */
GtkFileChooserNative *
linli_certificates_chooser_new (GtkWindow *parent)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Certificates of the Hub"), parent,
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), _("_Cancel"));
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Certificates"));
  gtk_file_filter_add_suffix (filter, "pem");
  gtk_file_filter_add_suffix (filter, "crt");
  gtk_file_filter_add_suffix (filter, "cer");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);

  return dialog;
}
