/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A macro never sends what somebody is still writing: it asks first. */

#include "config.h"

#include "linli-case-pane-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  LinliCasePane  *pane;
  GSourceFunc     go_on;
  gpointer        data;
  GDestroyNotify  data_free;
  char           *case_id;
  gint64          until; /* monotonic: a note handed in later than this is another one */
  gulong          sent_handler;
} Settling;

#define PATIENCE_US (10 * G_USEC_PER_SEC)

static void
settling_free (Settling *self)
{
  g_clear_signal_handler (&self->sent_handler, self->pane->composer);
  g_object_unref (self->pane);
  g_free (self->case_id);
  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

static void
go_on (Settling *self)
{
  self->go_on (self->data);
  settling_free (self);
}

static void
sent_cb (LinliComposer *composer,
         Settling      *self)
{
  if (g_get_monotonic_time () <= self->until && g_strcmp0 (self->case_id, self->pane->case_id) == 0)
    go_on (self);
  else
    settling_free (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Settling         *self)
{
  if (g_str_equal (response, "keep"))
    go_on (self);
  else if (g_str_equal (response, "send"))
    {
      self->case_id = g_strdup (self->pane->case_id);
      self->until = g_get_monotonic_time () + PATIENCE_US;
      self->sent_handler = g_signal_connect (self->pane->composer, "sent", G_CALLBACK (sent_cb), self);
      gtk_widget_activate_action (GTK_WIDGET (self->pane->composer), "composer.send", NULL);
    }
  else
    settling_free (self);
}

/**
 * linli_case_pane_settle_draft:
 * @go_on: called once nothing is in the way, perhaps at once; its result means nothing
 *
 * When a note is half written about the case shown, asks what is to become of
 * it before something else is done to the case.
 */
void
linli_case_pane_settle_draft (LinliCasePane *self,
                              GSourceFunc    func,
                              gpointer       data,
                              GDestroyNotify data_free)
{
  Settling *settling = g_new0 (Settling, 1);
  GtkWidget *dialog;

  g_return_if_fail (LINLI_IS_CASE_PANE (self));

  settling->pane = g_object_ref (self);
  settling->go_on = func;
  settling->data = data;
  settling->data_free = data_free;
  if (!linli_composer_has_words (self->composer))
    {
      go_on (settling);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _("A Note Is Half Written"),
                                   _("The words below the case were not handed in yet. A macro never sends them by itself."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "send", _("_Hand It In First"),
                                    "keep", _("_Keep It as a Draft"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), settling);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: key of the case shown, 0 for none and while it is being read */
gint64
linli_case_pane_get_pk (LinliCasePane *self)
{
  LinliRow *row = linli_case_pane_get_case_row (self);

  return row != NULL ? linli_row_get_pk (row) : 0;
}
