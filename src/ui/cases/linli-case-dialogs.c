/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of each action: which fields, filled with what is known already. */

#include "config.h"

#include "linli-case-dialogs.h"

#include <glib/gi18n-lib.h>

#include "linli-case-edit-dialog.h"
#include "linli-case-tables.h"
#include "linli-case-words.h"
#include "linli-attribute-fields.h"
#include "linli-cards.h"
#include "linli-catalogue-tables.h"
#include "linli-closing-dialogs.h"
#include "linli-evidence-list.h"
#include "linli-handling-dialogs.h"
#include "linli-identity-dialogs.h"
#include "linli-item-card.h"
#include "linli-lane-dialogs.h"
#include "linli-leaf-hints.h"
#include "linli-merge-dialog.h"
#include "linli-people-tables.h"
#include "linli-split-dialog.h"
#include "linli-routing-dialogs.h"
#include "linli-unit-chips.h"

#define ROOM_FOR_CARD 470 /* px: suggestions, the item's card and what is asked about it */

/* A form about the whole case, still without fields. */
LinliActionDialog *
linli_case_dialog_start (LinliUiContext *context,
                         LinliCaseSheet *sheet,
                         const char     *command,
                         const char     *title,
                         const char     *confirm)
{
  const char *id = linli_row_get_id (sheet->detail->case_row);
  LinliActionDialog *dialog = linli_action_dialog_new (context, command, id, title, confirm);

  linli_action_dialog_fix_text (dialog, "case", id);

  return dialog;
}

/* A form about one unit's part, still without fields. */
LinliActionDialog *
linli_case_dialog_start_part (LinliUiContext *context,
                              LinliRow       *part,
                              const char     *command,
                              const char     *title,
                              const char     *confirm)
{
  g_autofree char *whole = g_strdup_printf ("%s · %s", title, linli_row_get_text (part, LINLI_DISPATCH_UNIT_NAME));
  LinliActionDialog *dialog = linli_action_dialog_new (context, command, linli_row_get_id (part), whole, confirm);

  linli_action_dialog_fix_text (dialog, "dispatch", linli_row_get_id (part));

  return dialog;
}

/* --- The duty item --- */

static gpointer
read_units (LinliConn *conn,
            gpointer   data,
            GError   **error)
{
  return linli_duty_units_load (conn, data, error);
}

static void
read_units_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(LinliItemCard) card = user_data;
  g_autoptr(LinliDutyUnits) units = linli_store_read_finish (LINLI_STORE (source), result, NULL);
  LinliPicker *picker = g_object_get_data (G_OBJECT (card), "picker");

  if (units != NULL && gtk_widget_get_root (GTK_WIDGET (card)) != NULL)
    linli_item_card_show (card, linli_picker_get_row (picker), units, TRUE);
}

static void
item_cb (LinliPicker   *picker,
         LinliItemCard *card)
{
  LinliUiContext *context = g_object_get_data (G_OBJECT (card), "context");
  LinliRow *item = linli_picker_get_row (picker);

  gtk_widget_set_visible (GTK_WIDGET (card), item != NULL);
  linli_attribute_fields_set_item (g_object_get_data (G_OBJECT (card), "attributes"),
                                   item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_CODE) : NULL);
  if (item == NULL)
    return;
  linli_item_card_show (card, item, NULL, TRUE);
  linli_store_read_async (linli_ui_context_get_store (context), read_units, linli_row_ref (item),
                          (GDestroyNotify) linli_row_unref, (GDestroyNotify) linli_duty_units_free, NULL,
                          read_units_cb, g_object_ref (card));
}

/* What the residents' words sound like, above the picker of anything. */
static void
add_leaf_hints (LinliActionDialog *dialog,
                LinliUiContext    *context,
                LinliCaseDetail   *detail,
                LinliPicker       *picker)
{
  LinliSuggester *suggester = linli_ui_context_get_suggester (context);
  GtkWidget *hints = linli_leaf_hints_new ();
  g_autoptr(GString) text = g_string_new (linli_row_get_text (detail->case_row, LINLI_CASE_TITLE));

  for (guint i = 0; i < detail->submissions->len; i++)
    g_string_append_printf (text, "\n%s", linli_row_get_text (detail->submissions->pdata[i], LINLI_SUBMISSION_TEXT));
  linli_leaf_hints_follow (LINLI_LEAF_HINTS (hints), suggester, picker);
  linli_leaf_hints_set_text (LINLI_LEAF_HINTS (hints), text->str);
  linli_action_dialog_add_widget (dialog, hints);
}

/* A picker of duty items, and below it what the list says about the chosen one. */
static void
add_item (LinliActionDialog *dialog,
          LinliUiContext    *context,
          LinliCaseSheet    *sheet,
          LinliRow          *item)
{
  LinliFormInput *input = linli_action_dialog_add_picker (dialog, "item", _("_Duty item"), LINLI_PICK_DUTY_ITEM, item);
  LinliPicker *picker = LINLI_PICKER (linli_field_get_input (input->field));
  GtkWidget *card = linli_item_card_new ();

  input->required = TRUE;
  input->column = LINLI_DUTY_ITEM_CODE;
  linli_picker_set_hint (picker, _("Name, the resident’s word for it, or pinyin initials"));
  g_object_set_data (G_OBJECT (card), "picker", picker);
  g_object_set_data_full (G_OBJECT (card), "context", g_object_ref (context), g_object_unref);
  g_signal_connect_object (picker, "picked", G_CALLBACK (item_cb), card, 0);
  add_leaf_hints (dialog, context, sheet->detail, picker);
  linli_action_dialog_add_widget (dialog, card);
  input = linli_action_dialog_add_attributes (dialog, context, NULL, sheet->facts->attributes);
  g_object_set_data (G_OBJECT (card), "attributes", linli_field_get_input (input->field));
  item_cb (picker, LINLI_ITEM_CARD (card));
  linli_action_dialog_reserve (dialog, ROOM_FOR_CARD);
}

static LinliActionDialog *
new_accept (LinliUiContext *context,
            LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.accept", _("Register the Case"), _("Register"));

  add_item (dialog, context, sheet, sheet->detail->item);

  return dialog;
}

static LinliActionDialog *
new_classify (LinliUiContext *context,
              LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.classify", _("Put under Another Item"),
                                                       _("Classify"));

  add_item (dialog, context, sheet, NULL);
  linli_action_dialog_add_area (dialog, "reason", _("_Reason (clocks keep the moment they started)"), NULL);

  return dialog;
}

/* --- Units --- */

static void
add_proposed (LinliActionDialog *dialog,
              LinliDutyUnits    *units)
{
  LinliFormInput *input = linli_action_dialog_add_units (dialog, "assist", _("_Assisting units"));
  LinliUnitChips *chips = LINLI_UNIT_CHIPS (linli_field_get_input (input->field));

  for (guint i = 0; units != NULL && i < units->assist->len; i++)
    linli_unit_chips_add (chips, linli_row_get_id (units->assist->pdata[i]),
                          linli_row_get_text (units->assist->pdata[i], LINLI_UNIT_NAME));
}

static LinliActionDialog *
new_dispatch (LinliUiContext *context,
              LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.dispatch", _("Dispatch the Case"),
                                                       _("Dispatch"));
  LinliRow *lead = sheet->proposed != NULL ? sheet->proposed->lead : NULL;
  LinliFormInput *input;

  linli_handling_add_returns (dialog, sheet);
  input = linli_action_dialog_add_picker (dialog, "lead", _("_Lead unit"), LINLI_PICK_UNIT,
                                          sheet->instead != NULL ? sheet->instead : lead);
  input->required = TRUE;
  linli_dispatch_dialog_add_route (dialog, sheet);
  add_proposed (dialog, sheet->proposed);
  linli_action_dialog_add_area (dialog, "instruction", _("_Instruction to the units"),
                                sheet->routing != NULL ? sheet->routing->route->instruction : NULL);

  return dialog;
}

static LinliActionDialog *
new_assist (LinliUiContext *context,
            LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.assist", _("Add Assisting Units"), _("Add"));

  linli_action_dialog_add_units (dialog, "units", _("_Assisting units"))->required = TRUE;
  linli_action_dialog_add_area (dialog, "instruction", _("_Instruction to the units"), NULL);

  return dialog;
}

static LinliActionDialog *
new_part_text (LinliUiContext *context,
               LinliCaseSheet *sheet,
               LinliRow       *part,
               const char     *action)
{
  static const struct
  {
    const char *action;
    const char *title;
    const char *confirm;
    const char *name;
    const char *label;
    gboolean    required;
  } forms[] = {
    { "case.contact", N_("Spoke to the Resident"), N_("Note the Contact"), "note", N_("_What was said"), FALSE },
    { "case.work", N_("Report Progress"), N_("Report"), "note", N_("_What was done so far"), TRUE },
    { "case.done", N_("Report Done"), N_("Report Done"), "result", N_("_Result"), TRUE },
    { "case.recall", N_("Recall"), N_("Recall"), "reason", N_("_Reason"), TRUE },
    { "case.release", N_("Release"), N_("Release"), "reason", N_("_Reason"), TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      LinliActionDialog *dialog;

      if (!g_str_equal (forms[i].action, action))
        continue;
      dialog = linli_case_dialog_start_part (context, part, action, g_dgettext (GETTEXT_PACKAGE, forms[i].title),
                                             g_dgettext (GETTEXT_PACKAGE, forms[i].confirm));
      linli_action_dialog_add_area (dialog, forms[i].name, g_dgettext (GETTEXT_PACKAGE, forms[i].label),
                                    NULL)->required = forms[i].required;
      if (g_str_equal (action, "case.done") && g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead"))
        linli_evidence_list_add_to (dialog, context, sheet, FALSE);
      return dialog;
    }

  return NULL;
}

/* --- Towards the end --- */

/* The result stands above what is to be decided about it. */
static void
add_result (LinliActionDialog *dialog,
            LinliCaseSheet    *sheet)
{
  const char *result = linli_row_get_text (sheet->detail->case_row, LINLI_CASE_RESULT);
  GtkWidget *card;

  if (result == NULL)
    return;
  card = linli_card_new (4);
  gtk_box_append (GTK_BOX (card), linli_text_new (result, NULL));
  linli_action_dialog_add_widget (dialog, linli_section_new (_("Result"), card));
}

static LinliActionDialog *
new_review (LinliUiContext *context,
            LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.review", _("Review the Result"), _("Pass"));

  add_result (dialog, sheet);
  linli_evidence_list_add_to (dialog, context, sheet, FALSE);
  linli_action_dialog_add_area (dialog, "note", _("_Note (needed when it is sent back)"), NULL);
  linli_action_dialog_add_second (dialog, _("Send Back"), "verdict", "pass", "reject", "note");

  return dialog;
}

static LinliActionDialog *
new_close (LinliUiContext *context,
           LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.close", _("Close the Case"), _("Close It"));

  add_result (dialog, sheet);
  linli_evidence_list_add_to (dialog, context, sheet, FALSE);
  linli_action_dialog_add_area (dialog, "reply", _("_What the resident was told"),
                                linli_row_get_text (sheet->detail->case_row, LINLI_CASE_RESULT))->required = TRUE;
  linli_action_dialog_add_area (dialog, "note", _("_Internal note"), NULL);

  return dialog;
}

static const char *
appellant_words (LinliCaseSheet *sheet)
{
  const char *name = linli_row_get_text (sheet->detail->case_row, LINLI_CASE_APPELLANT_NAME);

  /* Translators: how a letter addresses somebody whose name is not known */
  return name != NULL ? name : _("Resident");
}

static void
replace (GString    *text,
         const char *variable,
         const char *value)
{
  if (value != NULL)
    g_string_replace (text, variable, value, 0);
}

/* The words of a reason, as far as the case can fill them in; what is left in
 * braces is for the clerk. */
static void
reason_cb (LinliPicker       *picker,
           LinliActionDialog *dialog)
{
  LinliRow *reason = linli_picker_get_row (picker);
  LinliCaseDetail *detail = g_object_get_data (G_OBJECT (picker), "detail");
  const char *resident = g_object_get_data (G_OBJECT (picker), "resident");
  const char *template = linli_row_get_text (reason, LINLI_REASON_TEMPLATE);
  LinliFormInput *input = linli_action_dialog_find (dialog, "explanation");
  g_autoptr(GString) text = g_string_new (template);

  if (template == NULL || linli_form_input_is_touched (input))
    return;
  replace (text, "{appellant}", resident);
  replace (text, "{case_no}", linli_row_get_text (detail->case_row, LINLI_CASE_CASE_NO));
  replace (text, "{title}", linli_row_get_text (detail->case_row, LINLI_CASE_TITLE));
  replace (text, "{item}", detail->item != NULL ? linli_row_get_text (detail->item, LINLI_DUTY_ITEM_NAME) : NULL);
  linli_form_input_set_text (input, text->str);
  linli_form_input_keep (input); /* another reason may still replace it */
}

/* The resident is not to read {channel}. */
static gboolean
collect_decline (LinliRequest *request,
                 gpointer      data,
                 char        **fault)
{
  const char *text = linli_request_get_text (request, "explanation");
  const char *left = text != NULL ? strchr (text, '{') : NULL;
  const char *end = left != NULL ? strchr (left, '}') : NULL;
  g_autofree char *gap = end != NULL ? g_strndup (left, end - left + 1) : NULL;

  if (gap == NULL)
    return TRUE;
  /* Translators: what stands in a kept text for words that only the clerk knows: {channel} */
  *fault = g_strdup_printf (_("In place of %s belongs what holds in this case."), gap);
  return FALSE;
}

static LinliActionDialog *
new_decline (LinliUiContext *context,
             LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.decline", _("Decline the Case"), _("Decline"));
  LinliFormInput *reason = linli_action_dialog_add_picker (dialog, "reason", _("_Reason"), LINLI_PICK_REASON, NULL);
  GtkWidget *picker = linli_field_get_input (reason->field);

  reason->required = TRUE;
  reason->column = LINLI_REASON_CODE;
  linli_picker_set_hint (LINLI_PICKER (picker), _("Arrow down shows all reasons"));
  linli_action_dialog_add_area (dialog, "explanation", _("_Explanation to the resident"), NULL)->required = TRUE;
  g_object_set_data_full (G_OBJECT (picker), "detail", linli_case_detail_ref (sheet->detail),
                          (GDestroyNotify) linli_case_detail_unref);
  g_object_set_data_full (G_OBJECT (picker), "resident", g_strdup (appellant_words (sheet)), g_free);
  g_signal_connect_object (picker, "picked", G_CALLBACK (reason_cb), dialog, 0);
  linli_action_dialog_set_collect (dialog, collect_decline, NULL);

  return dialog;
}

static gboolean
has_open_parts (LinliCaseSheet *sheet)
{
  GPtrArray *parts = sheet->detail->parts;

  for (guint i = 0; i < parts->len; i++)
    if (!linli_case_state_is_over (linli_row_get_text (parts->pdata[i], LINLI_CASE_STATE)))
      return TRUE;
  return FALSE;
}

static LinliActionDialog *
new_withdraw (LinliUiContext *context,
              LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.withdraw", _("Withdraw the Case"),
                                                       _("Withdraw"));

  linli_action_dialog_add_area (dialog, "reason", _("_Why the resident takes it back"), NULL)->required = TRUE;
  if (has_open_parts (sheet))
    {
      static const char *const ids[] = { "withdraw", "keep", NULL };
      const char *words[] = { _("Withdrawn too"), _("Go on by themselves"), NULL };

      linli_action_dialog_add_choice (dialog, "parts", _("_Parts that are still open"), ids, words, "withdraw");
    }

  return dialog;
}

static LinliActionDialog *
new_assign (LinliUiContext *context,
            LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.assign", _("Who Keeps an Eye on It"),
                                                       _("Assign"));

  linli_action_dialog_add_picker (dialog, "owner", _("_Person (nobody when empty)"), LINLI_PICK_ACCOUNT, NULL);

  return dialog;
}

/**
 * linli_case_dialog_new:
 * @action: "case.close"
 * @part: (nullable): the dispatch an action of a unit is about
 *
 * Returns: (nullable): the form of an action; %NULL for one that needs none
 */
LinliActionDialog *
linli_case_dialog_new (LinliUiContext *context,
                       LinliCaseSheet *sheet,
                       const char     *action,
                       LinliRow       *part)
{
  static const struct
  {
    const char         *action;
    LinliActionDialog *(*make) (LinliUiContext *context,
                                LinliCaseSheet *sheet);
  } forms[] = {
    { "case.accept", new_accept },
    { "case.classify", new_classify },
    { "case.dispatch", new_dispatch },
    { "case.assist", new_assist },
    { "case.review", new_review },
    { "case.close", new_close },
    { "case.notify-resident", linli_notify_dialog_new },
    { "case.callback", linli_callback_dialog_new },
    { "case.redo", linli_redo_dialog_new },
    { "case.again", linli_again_dialog_new },
    { "case.supervise", linli_supervise_dialog_new },
    { "case.explain", linli_explain_dialog_new },
    { "case.lift", linli_lift_dialog_new },
    { "case.decline", new_decline },
    { "case.withdraw", new_withdraw },
    { "case.assign", new_assign },
    { "identity.reveal", linli_reveal_dialog_new },
    { "case.mark-confidential", linli_mark_dialog_new },
    { "case.unmark-confidential", linli_unmark_dialog_new },
    { "case.edit", linli_case_edit_dialog_new },
    { "case.merge", linli_merge_dialog_new_for_case },
    { "case.unmerge", linli_unmerge_dialog_new },
    { "case.split", linli_split_dialog_new },
    { "case.set-attributes", linli_attributes_dialog_new },
    { "case.record-owner", linli_record_owner_dialog_new },
  };
  LinliActionDialog *dialog;

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].action, action))
      return forms[i].make (context, sheet);

  dialog = linli_handling_dialog_new (context, sheet, action, part);
  if (dialog == NULL)
    dialog = linli_lane_dialog_new (context, sheet, action);
  return dialog == NULL && part != NULL ? new_part_text (context, sheet, part, action) : dialog;
}
