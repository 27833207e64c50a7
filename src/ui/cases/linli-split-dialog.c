/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of 拆分. */

#include "config.h"

#include "linli-split-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-split-parts.h"

#define MEMORY "made" /* the field that remembers the parts made so far */

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  linli_request_set_text (request, MEMORY, NULL);
  return linli_split_parts_send (LINLI_SPLIT_PARTS (data), request, fault);
}

static void
shown_cb (LinliActionDialog *dialog,
          LinliSplitParts   *parts)
{
  linli_split_parts_focus (parts);
}

LinliActionDialog *
linli_split_dialog_new (LinliUiContext *context,
                        LinliCaseSheet *sheet)
{
  const char *id = linli_row_get_id (sheet->detail->case_row);
  LinliActionDialog *dialog = linli_action_dialog_new (context, "case.split", id, _("Split the Case"), _("Split"));
  LinliFormInput *memory = linli_action_dialog_add_entry (dialog, MEMORY, _("Parts"), NULL);
  GtkWidget *parts = linli_split_parts_new (context, sheet, GTK_ENTRY (linli_field_get_input (memory->field)));

  gtk_widget_set_visible (GTK_WIDGET (memory->field), FALSE);
  linli_action_dialog_fix_text (dialog, "case", id);
  linli_action_dialog_add_widget (dialog, parts);
  linli_action_dialog_set_collect (dialog, collect, parts);
  g_signal_connect_object (dialog, "map", G_CALLBACK (shown_cb), parts, G_CONNECT_AFTER);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 680, 640);

  return dialog;
}
