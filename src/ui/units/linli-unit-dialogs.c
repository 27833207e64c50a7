/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A handling unit as a form; closing it, with what that means; opening it again. */

#include "config.h"

#include "linli-unit-dialogs.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-people-tables.h"

static LinliFormInput *
add (LinliActionDialog *dialog,
     LinliRow          *row,
     const char        *name,
     const char        *label,
     guint              column,
     const char        *hint)
{
  LinliFormInput *input = linli_action_dialog_add_entry (dialog, name, label, row != NULL ? linli_row_get_text (row, column)
                                                                                         : NULL);

  input->edits = row != NULL;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), hint);

  return input;
}

/**
 * linli_unit_dialog_new:
 * @unit: (nullable): %NULL for a new one
 * @parent: (nullable): the unit above
 */
LinliActionDialog *
linli_unit_dialog_new (LinliUiContext       *context,
                       const LinliUnitFacts *unit,
                       LinliRow             *parent)
{
  LinliRow *row = unit != NULL ? unit->row : NULL;
  LinliActionDialog *dialog = linli_action_dialog_new (context, "unit.save", row != NULL ? linli_row_get_id (row) : "new",
                                                       row != NULL ? _("Edit the Unit") : _("New Unit"), _("Save"));
  LinliFormInput *input;

  if (row != NULL)
    linli_action_dialog_fix_text (dialog, "code", linli_row_get_text (row, LINLI_UNIT_CODE));
  input = add (dialog, row, "name", _("_Name"), LINLI_UNIT_NAME, _("In full, as on its seal"));
  input->required = TRUE;
  input->edits = FALSE;
  if (row == NULL)
    add (dialog, NULL, "code", _("C_ode"), LINLI_UNIT_CODE, _("Short; it stays when the name changes"))->required = TRUE;
  add (dialog, row, "short_name", _("_Short name"), LINLI_UNIT_SHORT_NAME, _("As people here say it"));
  add (dialog, row, "kind", _("_Kind"), LINLI_UNIT_KIND, _("Such as 街道部门, 社区, 管线企业"));
  add (dialog, row, "contact", _("Contact _person"), LINLI_UNIT_CONTACT, _("Whom one asks for"));
  add (dialog, row, "phone", _("_Telephone"), LINLI_UNIT_PHONE, NULL);
  input = linli_action_dialog_add_picker (dialog, "parent", _("Unit _above"), LINLI_PICK_UNIT, parent);
  input->column = LINLI_UNIT_CODE;
  input->edits = row != NULL;
  linli_picker_set_hint (LINLI_PICKER (linli_field_get_input (input->field)), _("Name or pinyin initials; empty: none"));

  return dialog;
}

static void
add_words (LinliActionDialog *dialog,
           const char        *words)
{
  linli_action_dialog_add_widget (dialog, linli_text_new (words, NULL));
}

/* Of a unit that owes no case. */
LinliActionDialog *
linli_unit_close_dialog_new (LinliUiContext       *context,
                             const LinliUnitFacts *unit)
{
  g_autofree char *title = g_strdup_printf (_("Close %s"), linli_row_get_text (unit->row, LINLI_UNIT_NAME));
  LinliActionDialog *dialog = linli_action_dialog_new (context, "unit.close", linli_row_get_id (unit->row), title,
                                                       _("Close the Unit"));

  linli_action_dialog_fix_text (dialog, "unit", linli_row_get_id (unit->row));
  add_words (dialog, _("Nothing is sent to it any more. What it did keeps its name, and it can be opened again."));
  if (unit->n_items > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("It leads %u duty item, which then proposes no unit.",
                                                          "It leads %u duty items, which then propose no unit.",
                                                          unit->n_items), unit->n_items);

      add_words (dialog, words);
    }
  if (unit->n_accounts > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u person still has an account for it.",
                                                          "%u people still have an account for it.",
                                                          unit->n_accounts), unit->n_accounts);

      add_words (dialog, words);
    }
  linli_action_dialog_add_area (dialog, "reason", _("_Reason"), NULL)->required = TRUE;

  return dialog;
}

LinliActionDialog *
linli_unit_reopen_dialog_new (LinliUiContext       *context,
                              const LinliUnitFacts *unit)
{
  g_autofree char *title = g_strdup_printf (_("Reopen %s"), linli_row_get_text (unit->row, LINLI_UNIT_NAME));
  const char *reason = linli_row_get_text (unit->row, LINLI_UNIT_CLOSED_REASON);
  g_autofree char *words = reason != NULL ? g_strdup_printf (_("It was closed because: %s"), reason) : NULL;
  LinliActionDialog *dialog = linli_action_dialog_new (context, "unit.reopen", linli_row_get_id (unit->row), title,
                                                       _("Reopen"));

  linli_action_dialog_fix_text (dialog, "unit", linli_row_get_id (unit->row));
  if (words != NULL)
    add_words (dialog, words);
  linli_action_dialog_add_area (dialog, "reason", _("_Reason"), NULL);

  return dialog;
}
