/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calling back: the number large, what to say, what was tried already, and
 * three questions that a letter answers. Handing the form in takes the step
 * that the answers ask for. */

#include "config.h"

#include "linli-closing-dialogs.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-choice-bar.h"
#include "linli-closing-tables.h"
#include "linli-closing-words.h"
#include "linli-evidence-list.h"
#include "linli-evidence.h"
#include "linli-people-tables.h"
#include "linli-time-words.h"

/* What the form's own callbacks need; lives as long as the form. */
typedef struct
{
  LinliActionDialog  *dialog;   /* (unowned) */
  LinliUiContext     *context;  /* (owned) */
  LinliCaseDetail    *detail;   /* (owned) */
  LinliCallbackSheet *sheet;    /* (owned) */
  GtkBox             *person;   /* (unowned): about whoever is called */
  gboolean            decided;  /* what follows was chosen by hand */
  gboolean            deciding;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->context);
  g_clear_pointer (&call->detail, linli_case_detail_unref);
  linli_callback_sheet_unref (call->sheet);
  g_free (call);
}

static char *
person_name (LinliCallbackPerson *person)
{
  const char *name = person->appellant != NULL ? linli_row_get_text (person->appellant, LINLI_APPELLANT_NAME) : NULL;

  if (name != NULL)
    return g_strdup (name);
  /* Translators: somebody who did not say who they are */
  return g_strdup (person->appellant != NULL && linli_row_get_int (person->appellant, LINLI_APPELLANT_ANONYMOUS)
                     ? _("Anonymous")
                     : _("Unknown"));
}

static char *
attempt_words (LinliRow *attempt,
               Call     *call)
{
  g_autofree char *moment = linli_moment_words (linli_row_get_int (attempt, LINLI_CALLBACK_CALLED_AT),
                                                linli_ui_context_now (call->context),
                                                linli_ui_context_get_zone (call->context));
  const char *reason = linli_row_get_text (attempt, LINLI_CALLBACK_REASON);
  const char *what = linli_row_get_int (attempt, LINLI_CALLBACK_REACHED)
                       ? linli_solved_words (linli_row_get_text (attempt, LINLI_CALLBACK_SOLVED))
                       : _("not reached");

  return g_strdup_printf ("%s · %s%s%s", moment, what != NULL ? what : _("no answer"), reason != NULL ? " · " : "",
                          reason != NULL ? reason : "");
}

static void
append_attempts (GtkBox              *box,
                 LinliCallbackPerson *person,
                 Call                *call)
{
  for (guint i = 0; i < person->attempts->len; i++)
    {
      g_autofree char *words = attempt_words (person->attempts->pdata[i], call);

      gtk_box_append (box, linli_caption_new (words));
    }
  if (person->progress.n_half_days > 0)
    {
      g_autofree char *words =
        g_strdup_printf (_("Not reached on %u of %d half days; then the case may close as unreachable."),
                         person->progress.n_half_days, (int) call->sheet->n_half_days);

      gtk_box_append (box, linli_text_new (words, "caption"));
    }
}

/* What the agent reads out. */
static char *
script (LinliCallbackPerson *person,
        Call                *call)
{
  LinliRow *row = call->detail->case_row;
  const char *told = person->notice != NULL ? linli_row_get_text (person->notice, LINLI_RESIDENT_NOTICE_WORDS)
                                            : linli_row_get_text (row, LINLI_CASE_RESULT);

  return g_strdup (told != NULL ? told : linli_row_get_text (row, LINLI_CASE_TITLE));
}

static void
show_person (Call  *call,
             guint  n)
{
  LinliCallbackPerson *person = call->sheet->people->pdata[n];
  const char *phone = person->appellant != NULL ? linli_row_get_text (person->appellant, LINLI_APPELLANT_PHONE) : NULL;
  g_autofree char *name = person_name (person);
  g_autofree char *who = g_strdup_printf ("%s · %s", name, linli_row_get_text (person->submission, LINLI_SUBMISSION_RECEIPT_NO));
  g_autofree char *words = script (person, call);
  GtkWidget *number = linli_text_new (phone != NULL ? phone : _("No telephone number"), "call-number");
  GtkWidget *card = linli_card_new (6);

  linli_box_clear (call->person);
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (call->person, number);
  gtk_box_append (call->person, linli_caption_new (who));
  if (person->appellant != NULL && linli_row_get_int (person->appellant, LINLI_APPELLANT_CONFIDENTIAL))
    gtk_box_append (call->person,
                    linli_text_new (_("Confidential: the unit does not know who this is. Do not tell it."), "warning"));
  if (!person->contactable)
    gtk_box_append (call->person, linli_text_new (_("This resident left no number or does not want to be called; "
                                                    "the case may close without a call."), "warning"));
  gtk_box_append (GTK_BOX (card), linli_text_new (linli_row_get_text (call->detail->case_row, LINLI_CASE_TITLE), "heading"));
  gtk_box_append (GTK_BOX (card), linli_text_new (words, NULL));
  gtk_box_append (call->person, card);
  append_attempts (call->person, person, call);
}

static guint
selected (Call       *call,
          const char *name)
{
  LinliFormInput *input = linli_action_dialog_find (call->dialog, name);

  return linli_choice_bar_get_selected (LINLI_CHOICE_BAR (linli_field_get_input (input->field)));
}

static void
set_sensitive (Call       *call,
               const char *name,
               gboolean    sensitive)
{
  LinliFormInput *input = linli_action_dialog_find (call->dialog, name);

  if (!sensitive)
    linli_choice_bar_set_selected (LINLI_CHOICE_BAR (linli_field_get_input (input->field)), GTK_INVALID_LIST_POSITION);
  gtk_widget_set_sensitive (GTK_WIDGET (input->field), sensitive);
}

static guint
chosen_person (Call *call)
{
  LinliFormInput *input = linli_action_dialog_find (call->dialog, "submission");

  return input != NULL ? gtk_drop_down_get_selected (GTK_DROP_DOWN (linli_field_get_input (input->field))) : 0;
}

/* Whether anybody but the one being called is still to be called. */
static gboolean
others_wait (Call *call)
{
  for (guint i = 0; i < call->sheet->people->len; i++)
    {
      LinliCallbackPerson *person = call->sheet->people->pdata[i];

      if (i != chosen_person (call) && !person->over && linli_row_get_int (person->submission, LINLI_SUBMISSION_REPLY_WANTED))
        return TRUE;
    }
  return FALSE;
}

/* What the answers ask for, until a person decides otherwise. */
static guint
usual_step (Call *call)
{
  gboolean reached = selected (call, "reached") == 0;
  guint solved = selected (call, "solved");
  LinliCallbackPerson *person = call->sheet->people->pdata[chosen_person (call)];

  if (reached && solved == 2)
    return 2;
  if (others_wait (call))
    return 0;
  if (reached && (solved == 0 || solved == 1))
    return 1;
  return selected (call, "reached") == 1 && person->over ? 1 : 0;
}

static void
answered_cb (Call *call)
{
  LinliFormInput *then = linli_action_dialog_find (call->dialog, "then");

  if (call->deciding)
    return;
  call->deciding = TRUE;
  set_sensitive (call, "solved", selected (call, "reached") != 1);
  set_sensitive (call, "satisfaction", selected (call, "reached") != 1);
  /* Whoever gives a grade was reached. */
  if (selected (call, "reached") == GTK_INVALID_LIST_POSITION &&
      (selected (call, "solved") != GTK_INVALID_LIST_POSITION || selected (call, "satisfaction") != GTK_INVALID_LIST_POSITION))
    linli_form_input_set_text (linli_action_dialog_find (call->dialog, "reached"), "yes");
  if (!call->decided)
    linli_choice_bar_set_selected (LINLI_CHOICE_BAR (linli_field_get_input (then->field)), usual_step (call));
  call->deciding = FALSE;
}

static void
decided_cb (Call *call)
{
  if (!call->deciding)
    call->decided = TRUE;
}

static void
person_cb (Call *call)
{
  show_person (call, chosen_person (call));
  answered_cb (call);
}

static void
add_people (LinliActionDialog *dialog,
            Call              *call,
            guint              first)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) id_list = NULL;
  g_auto(GStrv) name_list = NULL;
  LinliFormInput *input;

  for (guint i = 0; i < call->sheet->people->len; i++)
    {
      LinliCallbackPerson *person = call->sheet->people->pdata[i];
      g_autofree char *name = person_name (person);
      g_autofree char *words = g_strdup_printf ("%s · %s%s", name,
                                                linli_row_get_text (person->submission, LINLI_SUBMISSION_RECEIPT_NO),
                                                person->over ? " ✓" : "");

      g_strv_builder_add (ids, linli_row_get_id (person->submission));
      g_strv_builder_add (names, words);
    }
  id_list = g_strv_builder_end (ids);
  name_list = g_strv_builder_end (names);
  input = linli_action_dialog_add_choice (dialog, "submission", _("R_esident"), (const char *const *) id_list,
                                          (const char *const *) name_list, id_list[first]);
  g_signal_connect_swapped (linli_field_get_input (input->field), "notify::selected", G_CALLBACK (person_cb), call);
}

static void
add_questions (LinliActionDialog *dialog,
               Call              *call)
{
  static const char *const yes_no[] = { "yes", "no", NULL };
  static const char *const steps[] = { "later", "close", "redo", NULL };
  /* Translators: choices of the call-back form; the letter behind the underscore chooses one with Alt */
  const char *reached[] = { _("_Yes"), _("N_ot reached"), NULL };
  const char *solved[] = { _("_Solved"), _("_Partly"), _("_Not solved"), NULL };
  const char *grades[] = { _("_1 Very satisfied"), _("_2 Satisfied"), _("_3 Basically satisfied"), _("_4 Dissatisfied"),
                           _("_5 Very dissatisfied"), NULL };
  const char *then[] = { _("Call again _later"), _("_Close the case"), _("Have it _done again"), NULL };
  const struct { const char *name, *label; const char *const *ids; const char **words; } bars[] = {
    { "reached", _("Reached?"), yes_no, reached },
    { "solved", _("Is it solved?"), linli_solved_answers, solved },
    { "satisfaction", _("How satisfied?"), linli_satisfactions, grades },
    { "then", _("What follows"), steps, then },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    {
      LinliFormInput *input = linli_action_dialog_add_bar (dialog, bars[i].name, bars[i].label, bars[i].ids,
                                                           (const char *const *) bars[i].words);

      g_signal_connect_swapped (linli_field_get_input (input->field), "changed",
                                G_CALLBACK (i + 1 < G_N_ELEMENTS (bars) ? answered_cb : decided_cb), call);
      if (i == 2)
        {
          linli_action_dialog_add_entry (dialog, "reason", _("_Reason (needed when not content)"), NULL);
          linli_action_dialog_add_entry (dialog, "words", _("_What the resident said"), NULL);
        }
    }
  linli_action_dialog_find (dialog, "reached")->required = TRUE;
  answered_cb (call);
}

/* What keeps the case from being closed with the call is seen, and mended, before it is refused. */
static void
add_missing (LinliActionDialog *dialog,
             LinliUiContext    *context,
             LinliCaseSheet    *sheet)
{
  for (guint i = 0; i < sheet->evidence->len; i++)
    if (((const LinliEvidence *) sheet->evidence->pdata[i])->state == LINLI_EVIDENCE_MISSING)
      {
        linli_evidence_list_add_to (dialog, context, sheet, TRUE);
        return;
      }
}

/* Forms the call-back of whoever is to be called next. */
LinliActionDialog *
linli_callback_dialog_new (LinliUiContext *context,
                           LinliCaseSheet *sheet)
{
  const char *id = linli_row_get_id (sheet->detail->case_row);
  LinliActionDialog *dialog;
  Call *call;
  guint first;

  if (sheet->callbacks == NULL || sheet->callbacks->people->len == 0)
    return NULL;
  first = linli_callback_sheet_next (sheet->callbacks);
  dialog = linli_action_dialog_new (context, "case.callback", id, _("Call Back"), _("Record"));
  linli_action_dialog_fix_text (dialog, "case", id);
  call = g_new0 (Call, 1);
  call->dialog = dialog;
  call->context = g_object_ref (context);
  call->detail = linli_case_detail_ref (sheet->detail);
  call->sheet = linli_callback_sheet_ref (sheet->callbacks);
  call->person = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  g_object_set_data_full (G_OBJECT (dialog), "call", call, call_free);

  /* The number, what to say and what is missing stay in view while the questions are asked. */
  linli_action_dialog_add_aside (dialog, GTK_WIDGET (call->person));
  show_person (call, first);
  if (sheet->callbacks->people->len > 1)
    add_people (dialog, call, first);
  else
    linli_action_dialog_fix_text (dialog, "submission",
                                  linli_row_get_id (((LinliCallbackPerson *) sheet->callbacks->people->pdata[0])->submission));
  add_questions (dialog, call);
  add_missing (dialog, context, sheet);

  return dialog;
}
