/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms of returning, ruling, extending and suspending. */

#include "config.h"

#include "linli-handling-dialogs.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-dialogs.h"
#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-date-entry.h"
#include "linli-handling-tables.h"
#include "linli-handling-words.h"
#include "linli-time-words.h"

static void
add_note (LinliActionDialog *dialog,
          const char        *words)
{
  if (words != NULL)
    linli_action_dialog_add_widget (dialog, linli_text_new (words, "dim-label"));
}

static void
add_section (LinliActionDialog *dialog,
             const char        *title,
             const char        *words)
{
  GtkWidget *card = linli_card_new (4);

  gtk_box_append (GTK_BOX (card), linli_text_new (words, NULL));
  linli_action_dialog_add_widget (dialog, linli_section_new (title, card));
}

/* What the units said that gave the case back, above what is to be decided. */
void
linli_handling_add_returns (LinliActionDialog *dialog,
                            LinliCaseSheet    *sheet)
{
  GPtrArray *returns = sheet->detail->handling->returns;
  GtkWidget *card;

  if (returns->len == 0)
    return;
  card = linli_card_new (8);
  for (guint i = 0; i < returns->len; i++)
    {
      g_autofree char *words = linli_return_words (returns->pdata[i]);

      gtk_box_append (GTK_BOX (card), linli_text_new (words, NULL));
    }
  linli_action_dialog_add_widget (dialog, linli_section_new (_("Returned"), card));
}

/* --- 退件, 裁决 --- */

static LinliActionDialog *
new_return (LinliUiContext *context,
            LinliCaseSheet *sheet,
            LinliRow       *part)
{
  LinliActionDialog *dialog = linli_case_dialog_start_part (context, part, "case.return", _("Return"), _("Return"));
  g_autofree char *window = linli_return_window_words (sheet, linli_row_get_id (part), context);
  LinliFormInput *clause;

  add_note (dialog, window);
  clause = linli_action_dialog_add_picker (dialog, "item", _("_Clause of the duty list"), LINLI_PICK_DUTY_ITEM,
                                           sheet->detail->item);
  clause->required = TRUE;
  clause->column = LINLI_DUTY_ITEM_CODE;
  linli_picker_set_hint (LINLI_PICKER (linli_field_get_input (clause->field)),
                         _("The item it is under, or the one it really is"));
  linli_action_dialog_add_area (dialog, "reason", _("_Why it is not the unit’s"), NULL)->required = TRUE;
  linli_action_dialog_add_picker (dialog, "proposed", _("_Unit whose it is instead"), LINLI_PICK_UNIT, NULL);

  return dialog;
}

static LinliActionDialog *
new_rule (LinliUiContext *context,
          LinliCaseSheet *sheet,
          LinliRow       *part)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.rule", _("Rule Whose It Is"),
                                                       _("Rule and Dispatch"));
  LinliRow *item = sheet->detail->item;

  linli_handling_add_returns (dialog, sheet);
  linli_action_dialog_add_picker (dialog, "unit", _("_Unit whose it is"), LINLI_PICK_UNIT, NULL)->required = TRUE;
  linli_action_dialog_add_entry (dialog, "basis", _("_Law and clause"),
                                 item != NULL ? linli_row_get_text (item, LINLI_DUTY_ITEM_LEGAL_BASIS) : NULL)->required = TRUE;
  linli_action_dialog_add_area (dialog, "text", _("_Ruling (the unit cannot return it afterwards)"), NULL)->required = TRUE;
  linli_action_dialog_add_units (dialog, "assist", _("_Assisting units"));

  return dialog;
}

/* --- 延期 --- */

static LinliRow *
find_resolve (LinliCaseSheet *sheet)
{
  GPtrArray *clocks = sheet->detail->clocks;

  for (guint i = clocks->len; i > 0; i--)
    if (g_str_equal (linli_row_get_text (clocks->pdata[i - 1], LINLI_CLOCK_KIND), "resolve"))
      return clocks->pdata[i - 1];

  return NULL;
}

static char *
limit_words (LinliCaseSheet *sheet,
             LinliUiContext *context)
{
  LinliRow *clock = find_resolve (sheet);
  gint64 due = clock != NULL ? linli_row_get_int (clock, LINLI_CLOCK_DUE_AT) : 0;
  g_autofree char *when = NULL;

  if (due == 0)
    return NULL;
  when = linli_moment_full_words (due, linli_ui_context_get_zone (context));
  return g_strdup_printf (_("Limit %s, due %s"), linli_row_get_text (clock, LINLI_CLOCK_LIMIT_TEXT), when);
}

static LinliActionDialog *
new_ask_extension (LinliUiContext *context,
                   LinliCaseSheet *sheet,
                   LinliRow       *part)
{
  LinliActionDialog *dialog = linli_case_dialog_start_part (context, part, "case.ask-extension", _("Ask for an Extension"),
                                                            _("Ask"));
  g_autofree char *limit = limit_words (sheet, context);
  LinliRow *resolve = find_resolve (sheet);
  LinliFormInput *amount;

  add_note (dialog, limit);
  if (resolve != NULL && !linli_row_is_null (resolve, LINLI_CLOCK_DUE_AT) &&
      linli_row_get_int (resolve, LINLI_CLOCK_DUE_AT) < linli_ui_context_now (context))
    linli_action_dialog_say (dialog, _("The limit has run out; an extension is asked for before that."), TRUE);
  amount = linli_action_dialog_add_entry (dialog, "amount", _("_How much longer"), NULL);
  amount->required = TRUE;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (amount->field)), "3工作日");
  linli_action_dialog_add_area (dialog, "reason", _("_Why it takes longer"), NULL)->required = TRUE;

  return dialog;
}

static void
add_request (LinliActionDialog *dialog,
             LinliCaseSheet    *sheet,
             LinliUiContext    *context)
{
  LinliRow *request = sheet->detail->handling->request;
  g_autofree char *what = NULL;
  g_autofree char *when = NULL;
  g_autofree char *words = NULL;
  const char *cause;

  if (request == NULL)
    return;
  what = linli_request_words (request);
  when = linli_moment_full_words (linli_row_get_int (request, LINLI_REQUEST_ASKED_AT), linli_ui_context_get_zone (context));
  cause = linli_row_get_text (request, LINLI_REQUEST_CAUSE);
  words = g_strdup_printf ("%s%s%s\n%s\n%s · %s · %s", what, cause != NULL ? " · " : "",
                           cause != NULL ? linli_suspension_cause_words (cause) : "",
                           linli_row_get_text (request, LINLI_REQUEST_REASON),
                           linli_row_get_text (request, LINLI_REQUEST_UNIT_NAME),
                           linli_row_get_text (request, LINLI_REQUEST_ASKED_BY_NAME), when);
  add_section (dialog, _("What the Unit Asks For"), words);
  if (linli_row_get_text (request, LINLI_REQUEST_ENDORSED_BY_NAME) != NULL)
    {
      g_autofree char *agreed = g_strdup_printf (_("%s agreed for the unit."),
                                                 linli_row_get_text (request, LINLI_REQUEST_ENDORSED_BY_NAME));

      add_note (dialog, agreed);
    }
}

static LinliActionDialog *
new_decide (LinliUiContext *context,
            LinliCaseSheet *sheet,
            const char     *command,
            const char     *title)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, command, title, _("Grant"));
  g_autofree char *limit = limit_words (sheet, context);

  add_request (dialog, sheet, context);
  add_note (dialog, limit);
  linli_action_dialog_add_area (dialog, "note", _("_Note (needed when it is refused)"), NULL);
  linli_action_dialog_add_second (dialog, _("Refuse"), "verdict", "grant", "refuse", "note");

  return dialog;
}

static LinliActionDialog *
new_decide_extension (LinliUiContext *context,
                      LinliCaseSheet *sheet,
                      LinliRow       *part)
{
  return new_decide (context, sheet, "case.decide-extension", _("Decide the Extension"));
}

static LinliActionDialog *
new_decide_suspension (LinliUiContext *context,
                       LinliCaseSheet *sheet,
                       LinliRow       *part)
{
  return new_decide (context, sheet, "case.decide-suspension", _("Decide the Suspension"));
}

/* --- 挂起 --- */

static void
add_suspension (LinliActionDialog *dialog)
{
  const char *words[5] = { NULL };
  LinliFormInput *until = linli_action_dialog_add_entry (dialog, "until", _("_Until (a date)"), NULL);

  for (guint i = 0; i < 4; i++)
    words[i] = linli_suspension_cause_words (linli_suspension_causes[i]);
  until->required = TRUE;
  linli_date_entry_set_up (GTK_ENTRY (linli_field_get_input (until->field)));
  linli_action_dialog_add_choice (dialog, "cause", _("_Cause"), linli_suspension_causes, words, "season");
  linli_action_dialog_add_area (dialog, "reason", _("_Why it cannot go on before"), NULL)->required = TRUE;
}

static LinliActionDialog *
new_ask_suspension (LinliUiContext *context,
                    LinliCaseSheet *sheet,
                    LinliRow       *part)
{
  LinliActionDialog *dialog = linli_case_dialog_start_part (context, part, "case.ask-suspension", _("Ask for a Suspension"),
                                                            _("Ask"));

  add_suspension (dialog);

  return dialog;
}

static LinliActionDialog *
new_suspend (LinliUiContext *context,
             LinliCaseSheet *sheet,
             LinliRow       *part)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.suspend", _("Suspend the Case"), _("Suspend"));

  add_suspension (dialog);

  return dialog;
}

static LinliActionDialog *
new_resume (LinliUiContext *context,
            LinliCaseSheet *sheet,
            LinliRow       *part)
{
  LinliActionDialog *dialog = linli_case_dialog_start (context, sheet, "case.resume", _("Resume the Case"), _("Resume"));
  LinliRow *suspension = sheet->detail->handling->suspension;

  if (suspension != NULL)
    add_section (dialog, linli_suspension_cause_words (linli_row_get_text (suspension, LINLI_SUSPENSION_CAUSE)),
                 linli_row_get_text (suspension, LINLI_SUSPENSION_REASON));
  linli_action_dialog_add_area (dialog, "note", _("_What has changed"), NULL);

  return dialog;
}

/**
 * linli_handling_dialog_new:
 * @part: (nullable): the dispatch an action of a unit is about
 *
 * Returns: (nullable): the form of one of the actions of this theme
 */
LinliActionDialog *
linli_handling_dialog_new (LinliUiContext *context,
                           LinliCaseSheet *sheet,
                           const char     *action,
                           LinliRow       *part)
{
  static const struct
  {
    const char         *action;
    gboolean            takes_part;
    LinliActionDialog *(*make) (LinliUiContext *context,
                                LinliCaseSheet *sheet,
                                LinliRow       *part);
  } forms[] = {
    { "case.return", TRUE, new_return },
    { "case.rule", FALSE, new_rule },
    { "case.ask-extension", TRUE, new_ask_extension },
    { "case.decide-extension", FALSE, new_decide_extension },
    { "case.ask-suspension", TRUE, new_ask_suspension },
    { "case.decide-suspension", FALSE, new_decide_suspension },
    { "case.suspend", FALSE, new_suspend },
    { "case.resume", FALSE, new_resume },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].action, action) && forms[i].takes_part == (part != NULL))
      return forms[i].make (context, sheet, part);

  return NULL;
}
