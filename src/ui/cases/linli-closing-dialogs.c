/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Informing residents, doing a case again, and pressing units. */

#include "config.h"

#include "linli-closing-dialogs.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-closing-tables.h"
#include "linli-closing-words.h"
#include "linli-people-tables.h"
#include "linli-supervision.h"
#include "linli-time-words.h"

static LinliActionDialog *
new_dialog (LinliUiContext *context,
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

static void
add_card (LinliActionDialog *dialog,
          const char        *title,
          const char        *text)
{
  GtkWidget *card;

  if (text == NULL || *text == '\0')
    return;
  card = linli_card_new (4);
  gtk_box_append (GTK_BOX (card), linli_text_new (text, NULL));
  linli_action_dialog_add_widget (dialog, linli_section_new (title, card));
}

/* --- Informing the residents --- */

static char *
resident_words (LinliCallbackPerson *person)
{
  const char *name = person->appellant != NULL ? linli_row_get_text (person->appellant, LINLI_APPELLANT_NAME) : NULL;

  return g_strdup_printf ("%s · %s%s", name != NULL ? name : _("Resident"),
                          linli_row_get_text (person->submission, LINLI_SUBMISSION_RECEIPT_NO),
                          person->notice != NULL ? " ✓" : "");
}

/* What most residents are told; the clerk changes what is to be changed. */
static char *
draft_notice (LinliCaseSheet *sheet)
{
  LinliRow *row = sheet->detail->case_row;
  const char *result = linli_row_get_text (row, LINLI_CASE_RESULT);
  LinliCallbackPerson *first = sheet->callbacks->people->len == 1 ? sheet->callbacks->people->pdata[0] : NULL;
  const char *name = first != NULL && first->appellant != NULL
                       ? linli_row_get_text (first->appellant, LINLI_APPELLANT_NAME)
                       : NULL;

  /* Translators: the beginning of a notice: whom it is for, what they brought, its number, what came of it */
  return g_strdup_printf (_("%s, your matter “%s” (%s) has been dealt with: %s"), name != NULL ? name : _("Dear resident"),
                          linli_row_get_text (row, LINLI_CASE_TITLE), linli_row_get_text (row, LINLI_CASE_CASE_NO),
                          result != NULL ? result : "");
}

static void
add_residents (LinliActionDialog *dialog,
               LinliCaseSheet    *sheet)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) id_list = NULL;
  g_auto(GStrv) name_list = NULL;

  g_strv_builder_add (ids, "");
  g_strv_builder_add (names, _("Everybody who waits for a reply"));
  for (guint i = 0; i < sheet->callbacks->people->len; i++)
    {
      LinliCallbackPerson *person = sheet->callbacks->people->pdata[i];
      g_autofree char *words = resident_words (person);

      g_strv_builder_add (ids, linli_row_get_id (person->submission));
      g_strv_builder_add (names, words);
    }
  id_list = g_strv_builder_end (ids);
  name_list = g_strv_builder_end (names);
  linli_action_dialog_add_choice (dialog, "submission", _("W_ho is informed"), (const char *const *) id_list,
                                  (const char *const *) name_list, "");
}

static void
add_method (LinliActionDialog *dialog)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) words = NULL;

  for (guint i = 0; linli_contact_methods[i] != NULL; i++)
    g_strv_builder_add (builder, linli_method_words (linli_contact_methods[i]));
  words = g_strv_builder_end (builder);
  linli_action_dialog_add_choice (dialog, "method", _("_How"), linli_contact_methods, (const char *const *) words, "phone");
}

LinliActionDialog *
linli_notify_dialog_new (LinliUiContext *context,
                         LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog;
  g_autofree char *words = NULL;

  if (sheet->callbacks == NULL)
    return NULL;
  dialog = new_dialog (context, sheet, "case.notify-resident", _("Inform the Resident"), _("Note as Told"));
  words = draft_notice (sheet);
  linli_action_dialog_add_area (dialog, "words", _("_What they were told"), words)->required = TRUE;
  add_method (dialog);
  if (sheet->callbacks->people->len > 1)
    add_residents (dialog, sheet);

  return dialog;
}

/* --- Once more --- */

static LinliRow *
last_lead (LinliCaseSheet *sheet)
{
  LinliRow *lead = NULL;

  for (guint i = 0; i < sheet->detail->dispatches->len; i++)
    if (g_strcmp0 (linli_row_get_text (sheet->detail->dispatches->pdata[i], LINLI_DISPATCH_ROLE), "lead") == 0)
      lead = sheet->detail->dispatches->pdata[i];
  return lead;
}

LinliActionDialog *
linli_redo_dialog_new (LinliUiContext *context,
                       LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.redo", _("Have It Done Again"), _("Dispatch Again"));
  LinliRow *last = last_lead (sheet);
  g_autoptr(LinliRow) unit = NULL;

  add_card (dialog, _("Result"), linli_row_get_text (sheet->detail->case_row, LINLI_CASE_RESULT));
  linli_action_dialog_add_area (dialog, "reason", _("_What is still wrong (the unit reads it)"), NULL)->required = TRUE;
  if (last != NULL)
    {
      unit = linli_row_new (&linli_table_unit);
      linli_row_set_text (unit, LINLI_UNIT_ID, linli_row_get_text (last, LINLI_DISPATCH_UNIT_ID));
      linli_row_set_text (unit, LINLI_UNIT_NAME, linli_row_get_text (last, LINLI_DISPATCH_UNIT_NAME));
    }
  linli_action_dialog_add_picker (dialog, "lead", _("_Lead unit"), LINLI_PICK_UNIT, unit)->required = TRUE;
  linli_action_dialog_add_units (dialog, "assist", _("_Assisting units"));

  return dialog;
}

/* --- Supervision --- */

static char *
standing_words (LinliRow       *row,
                LinliUiContext *context)
{
  g_autofree char *moment = linli_moment_words (linli_row_get_int (row, LINLI_SUPERVISION_ISSUED_AT),
                                                linli_ui_context_now (context), linli_ui_context_get_zone (context));

  return g_strdup_printf ("%s · %s · %s", linli_level_words ((int) linli_row_get_int (row, LINLI_SUPERVISION_LEVEL)), moment,
                          linli_row_get_text (row, LINLI_SUPERVISION_REASON));
}

/* The first rule of a level says how it is usually put. */
static const LinliLadderRule *
rule_of (GPtrArray *ladder,
         int        level)
{
  for (guint i = 0; ladder != NULL && i < ladder->len; i++)
    if (((LinliLadderRule *) ladder->pdata[i])->level == level)
      return ladder->pdata[i];
  return NULL;
}

/* Another level has other words, unless somebody wrote their own. */
static void
level_cb (LinliActionDialog *dialog)
{
  LinliFormInput *level = linli_action_dialog_find (dialog, "level");
  GPtrArray *ladder = g_object_get_data (G_OBJECT (dialog), "ladder");
  g_autofree char *chosen = linli_form_input_dup_text (level);
  const LinliLadderRule *rule = rule_of (ladder, atoi (chosen));
  const struct { const char *name; const char *text; } fields[] = {
    { "reason", rule != NULL ? rule->words : NULL }, { "reply", rule != NULL ? rule->reply : NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      LinliFormInput *input = linli_action_dialog_find (dialog, fields[i].name);

      if (linli_form_input_is_touched (input))
        continue;
      linli_form_input_set_text (input, fields[i].text);
      linli_form_input_keep (input);
    }
}

/* What the ladder calls for; else the level above the one that stands. */
static const LinliLadderRule *
next_rule (LinliCaseSheet *sheet,
           gint64          now,
           int            *level)
{
  LinliLadderCall call;

  *level = MIN ((int) linli_row_get_int (sheet->detail->case_row, LINLI_CASE_SUPERVISION_LEVEL) + 1, LINLI_LADDER_CIRCULATE);
  if (sheet->ladder == NULL || sheet->calendar == NULL ||
      !linli_supervision_judge (sheet->detail->clocks, sheet->supervisions, sheet->ladder, sheet->calendar, now, &call))
    return rule_of (sheet->ladder, *level);
  *level = call.rule->level;
  return call.rule;
}

/* Begins with the level that comes next. */
LinliActionDialog *
linli_supervise_dialog_new (LinliUiContext *context,
                            LinliCaseSheet *sheet)
{
  static const char *const ids[] = { "1", "2", "3", "4", NULL };
  const char *words[] = { linli_level_words (1), linli_level_words (2), linli_level_words (3), linli_level_words (4), NULL };
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.supervise", _("Press the Unit"), _("Issue"));
  int level = 1;
  const LinliLadderRule *rule = next_rule (sheet, linli_ui_context_now (context), &level);
  LinliFormInput *input;

  for (guint i = 0; i < sheet->supervisions->len; i++)
    if (linli_row_is_null (sheet->supervisions->pdata[i], LINLI_SUPERVISION_LIFTED_AT))
      {
        g_autofree char *before = standing_words (sheet->supervisions->pdata[i], context);

        linli_action_dialog_add_widget (dialog, linli_caption_new (before));
      }
  input = linli_action_dialog_add_choice (dialog, "level", _("_Level"), ids, words, ids[level - 1]);
  linli_action_dialog_add_area (dialog, "reason", _("_Reason (the unit reads it)"),
                                rule != NULL ? rule->words : NULL)->required = TRUE;
  linli_action_dialog_add_entry (dialog, "reply", _("Ans_wer by (4工作时, 1工作日; empty: as usual)"),
                                 rule != NULL ? rule->reply : NULL);
  if (sheet->ladder != NULL)
    g_object_set_data_full (G_OBJECT (dialog), "ladder", g_ptr_array_ref (sheet->ladder), (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect_swapped (linli_field_get_input (input->field), "notify::selected", G_CALLBACK (level_cb), dialog);

  return dialog;
}

LinliActionDialog *
linli_explain_dialog_new (LinliUiContext *context,
                          LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.explain", _("Answer the Supervision"), _("Answer"));

  for (guint i = sheet->supervisions->len; i > 0; i--)
    {
      LinliRow *row = sheet->supervisions->pdata[i - 1];

      if (!linli_row_is_null (row, LINLI_SUPERVISION_LIFTED_AT) || !linli_row_is_null (row, LINLI_SUPERVISION_REPLIED_AT))
        continue;
      add_card (dialog, linli_level_words ((int) linli_row_get_int (row, LINLI_SUPERVISION_LEVEL)),
                linli_row_get_text (row, LINLI_SUPERVISION_REASON));
      linli_action_dialog_fix_text (dialog, "supervision", linli_row_get_id (row));
      break;
    }
  linli_action_dialog_add_area (dialog, "reply", _("_Why, and until when it will be done"), NULL)->required = TRUE;

  return dialog;
}

LinliActionDialog *
linli_lift_dialog_new (LinliUiContext *context,
                       LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.lift", _("Lift the Supervision"), _("Lift"));

  linli_action_dialog_add_area (dialog, "reason", _("_Reason"), NULL)->required = TRUE;

  return dialog;
}
