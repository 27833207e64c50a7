/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-identity-dialogs.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-dialogs.h"
#include "linli-identity.h"

/* Nothing is chosen before: whoever looks says why. */
LinliActionDialog *
linli_reveal_dialog_new (LinliUiContext *context,
                         LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "identity.reveal", _("Look Up Who Came"), _("Look Up"));
  const char *words[] = {
    C_("look", "_Contact them"), C_("look", "_Verify facts"), C_("look", "_Same person?"), C_("look", "C_omplaint"),
    C_("look", "_Audit"), C_("look", "O_ther"), NULL
  };

  linli_action_dialog_add_bar (dialog, "why", _("What for"), linli_identity_whys, words)->required = TRUE;
  linli_action_dialog_add_entry (dialog, "reason", _("_In words (needed for “Other”)"), NULL);
  linli_action_dialog_add_widget (dialog, linli_text_new (
                                    _("Names, telephones and addresses of this case are shown until you choose another one, a "
                                      "quarter of an hour at most. Who looked, when and why is recorded, and nobody can take "
                                      "the record away."), "dim-label"));
  return dialog;
}

static LinliActionDialog *
new_mark (LinliUiContext *context,
          LinliCaseSheet *sheet,
          const char     *command,
          const char     *title,
          const char     *confirm,
          const char     *explained)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, command, title, confirm);

  linli_action_dialog_add_area (dialog, "reason", _("_Reason"), NULL)->required = TRUE;
  linli_action_dialog_add_widget (dialog, linli_text_new (explained, "dim-label"));
  return dialog;
}

LinliActionDialog *
linli_mark_dialog_new (LinliUiContext *context,
                       LinliCaseSheet *sheet)
{
  return new_mark (context, sheet, "case.mark-confidential", _("Mark the Case Confidential"), _("Mark"),
                   _("Whoever has no right to confidential cases finds it no more. The unit that has it in hand works on and "
                     "does not learn who came."));
}

LinliActionDialog *
linli_unmark_dialog_new (LinliUiContext *context,
                         LinliCaseSheet *sheet)
{
  return new_mark (context, sheet, "case.unmark-confidential", _("The Case Is No Longer Confidential"), _("Remove the Mark"),
                   _("Everybody who sees the centre’s cases finds it again. Residents who asked for silence themselves stay "
                     "unknown to the unit."));
}
