/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of 并案. */

#include "config.h"

#include "linli-merge-dialog.h"

#include <glib/gi18n-lib.h>

#include "linli-merge-choice.h"

static gboolean
collect (LinliRequest *request,
         gpointer      data,
         char        **fault)
{
  return linli_merge_choice_send (LINLI_MERGE_CHOICE (data), request, fault);
}

static void
shown_cb (LinliActionDialog *dialog,
          LinliMergeChoice  *choice)
{
  linli_merge_choice_focus (choice);
}

/**
 * linli_merge_dialog_new:
 * @ids: (element-type utf8): one case, beside which what is near it is offered,
 *   or all that were marked in a list
 *
 * Returns: (transfer floating)
 */
LinliActionDialog *
linli_merge_dialog_new (LinliUiContext *context,
                        GPtrArray      *ids)
{
  LinliActionDialog *dialog = linli_action_dialog_new (context, "case.merge", ids->pdata[0], _("Merge Cases"), _("Merge"));
  GtkWidget *choice = linli_merge_choice_new (context, ids);

  linli_action_dialog_add_widget (dialog, choice);
  linli_action_dialog_add_entry (dialog, "reason", _("_Reason (the units read it too)"), NULL);
  linli_action_dialog_set_collect (dialog, collect, choice);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 720, -1);
  g_signal_connect_object (dialog, "map", G_CALLBACK (shown_cb), choice, 0);

  return dialog;
}

LinliActionDialog *
linli_merge_dialog_new_for_case (LinliUiContext *context,
                                 LinliCaseSheet *sheet)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (ids, g_strdup (linli_row_get_id (sheet->detail->case_row)));
  return linli_merge_dialog_new (context, ids);
}
