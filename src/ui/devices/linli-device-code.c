/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-device-code.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-qr.h"
#include "linli-time-words.h"

#define QR_SIZE 240
#define LINK    "link"

static void
copy_cb (GtkWidget  *dialog,
         const char *response)
{
  if (g_str_equal (response, "copy"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (dialog), g_object_get_data (G_OBJECT (dialog), LINK));
}

static void
append_centred (GtkWidget  *box,
                const char *text,
                const char *css_class)
{
  GtkWidget *label = linli_text_new (text, css_class);

  gtk_label_set_xalign (GTK_LABEL (label), .5f);
  gtk_box_append (GTK_BOX (box), label);
}

static void
say_how (AdwMessageDialog      *dialog,
         LinliUiContext        *context,
         const LinliDeviceBook *book,
         gboolean               again)
{
  g_autofree char *until = linli_moment_full_words (book->until, linli_ui_context_get_zone (context));

  if (again) /* Translators: when */
    adw_message_dialog_format_body (dialog, _("This code has let nobody in yet, so it is shown again. On the new computer choose "
                                              "“Join a Hub”, then scan it with a hand scanner, or type the address and the "
                                              "code. It lets one desk in, once, until %s."), until);
  else /* Translators: when */
    adw_message_dialog_format_body (dialog, _("On the new computer choose “Join a Hub”, then scan this with a hand scanner, or "
                                              "type the address and the code. It lets one desk in, once, until %s."), until);
}

/**
 * linli_device_code_show:
 * @again: it was shown before
 *
 * Returns: (transfer none): the dialog
 */
GtkWindow *
linli_device_code_show (LinliUiContext        *context,
                        GtkWindow             *parent,
                        const LinliDeviceBook *book,
                        gboolean               again)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _("One More Desk"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  const char *url = linli_sync_agent_get_url (linli_ui_context_get_sync (context));

  say_how (ADW_MESSAGE_DIALOG (dialog), context, book, again);
  if (book->link != NULL)
    gtk_box_append (GTK_BOX (box), linli_qr_new (book->link, QR_SIZE, _("QR code with the hub's address and this code")));
  append_centred (box, book->code, "title-2");
  if (url != NULL)
    append_centred (box, url, "dim-label");
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "copy", _("_Copy the Link"), "close", _("C_lose"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "close");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_object_set_data_full (G_OBJECT (dialog), LINK, g_strdup (book->link != NULL ? book->link : book->code), g_free);
  g_signal_connect (dialog, "response", G_CALLBACK (copy_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));

  return GTK_WINDOW (dialog);
}
