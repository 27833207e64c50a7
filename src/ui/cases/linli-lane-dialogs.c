/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The forms of the three lanes: which way, and what is recorded on it. */

#include "config.h"

#include "linli-lane-dialogs.h"

#include <glib/gi18n-lib.h>

#include "linli-cards.h"
#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-lane-tables.h"
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

/* Returns: (transfer full): the day that is @days from now, where the centre is */
static char *
dup_day (LinliUiContext *context,
         int             days)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (linli_ui_context_now (context) / G_USEC_PER_SEC);
  g_autoptr(GDateTime) there = g_date_time_to_timezone (utc, linli_ui_context_get_zone (context));
  g_autoptr(GDateTime) then = g_date_time_add_days (there, days);

  return g_date_time_format (then, "%Y-%m-%d");
}

static void
add_day (LinliActionDialog *dialog,
         const char        *name,
         const char        *label,
         const char        *day,
         gboolean           required)
{
  LinliFormInput *input = linli_action_dialog_add_entry (dialog, name, label, day);

  input->required = required;
  gtk_entry_set_placeholder_text (GTK_ENTRY (linli_field_get_input (input->field)), "2026-02-14");
}

static void
add_needed (LinliActionDialog *dialog,
            const char        *name,
            const char        *label,
            const char        *text,
            gboolean           is_area)
{
  (is_area ? linli_action_dialog_add_area : linli_action_dialog_add_entry) (dialog, name, label, text)->required = TRUE;
}

/* --- Which way --- */

static LinliActionDialog *
new_set_lane (LinliUiContext *context,
              LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.set-lane", _("Choose the Lane"), _("Choose"));
  GPtrArray *lanes = sheet->lanes->lanes;
  const char *suggested = sheet->detail->item != NULL ? linli_row_get_text (sheet->detail->item, LINLI_DUTY_ITEM_LANE) : NULL;
  const char *current = linli_row_get_text (sheet->detail->case_row, LINLI_CASE_LANE);
  LinliRow *lane = linli_lane_sheet_find (sheet->lanes, suggested);
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lanes->len; i++)
    {
      g_ptr_array_add (ids, (gpointer) linli_row_get_text (lanes->pdata[i], LINLI_LANE_CODE));
      g_ptr_array_add (words, g_strdup_printf ("%s · %s", linli_row_get_text (lanes->pdata[i], LINLI_LANE_NAME),
                                               linli_row_get_text (lanes->pdata[i], LINLI_LANE_LEADS)));
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (words, NULL);
  linli_action_dialog_add_choice (dialog, "lane", _("_Lane"), (const char *const *) ids->pdata,
                                  (const char *const *) words->pdata, current != NULL ? current : suggested);
  if (lane != NULL)
    {
      g_autofree char *hint = g_strdup_printf (_("The duty list suggests %s for this item."),
                                               linli_row_get_text (lane, LINLI_LANE_NAME));

      linli_action_dialog_add_widget (dialog, linli_text_new (hint, "dim-label"));
    }
  add_needed (dialog, "reason", _("_Reason"), NULL, TRUE);

  return dialog;
}

/* --- Before the committee --- */

static LinliActionDialog *
new_put_on_agenda (LinliUiContext *context,
                   LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.put-on-agenda", _("Put on the Agenda"), _("Put On"));
  GPtrArray *agenda = sheet->lanes->agenda;
  LinliRow *last = agenda->len > 0 ? agenda->pdata[agenda->len - 1] : NULL;
  gboolean listed = last != NULL && g_str_equal (linli_row_get_text (last, LINLI_PARTY_AGENDA_STATE), "listed");
  g_autofree char *day = listed ? g_strdup (linli_row_get_text (last, LINLI_PARTY_AGENDA_MEETING_ON)) : dup_day (context, 7);

  add_needed (dialog, "topic", _("_What the committee is asked"),
              listed ? linli_row_get_text (last, LINLI_PARTY_AGENDA_TOPIC)
                     : linli_row_get_text (sheet->detail->case_row, LINLI_CASE_TITLE), TRUE);
  add_day (dialog, "meeting_on", _("_Day of the meeting"), day, TRUE);

  return dialog;
}

static LinliActionDialog *
new_record_decision (LinliUiContext *context,
                     LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.record-decision", _("Record the Decision"), _("Record"));

  add_needed (dialog, "decision", _("_Decision"), NULL, TRUE);
  add_needed (dialog, "responsible", _("_Responsible person"), NULL, FALSE);
  add_day (dialog, "promise_on", _("_Promised by"), NULL, TRUE);

  return dialog;
}

/* --- Among neighbours --- */

static LinliActionDialog *
new_deliberate (LinliUiContext *context,
                LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.deliberate", _("Record a Meeting of Neighbours"), _("Record"));
  g_autofree char *today = dup_day (context, 0);

  add_day (dialog, "held_on", _("_Day"), today, TRUE);
  linli_action_dialog_add_entry (dialog, "place", _("P_lace"), NULL);
  linli_action_dialog_add_entry (dialog, "host", _("Who led _it"), NULL);
  add_needed (dialog, "participants", _("_Who came"), NULL, TRUE);
  add_needed (dialog, "options", _("What was _put forward, one a line"), NULL, TRUE);
  linli_action_dialog_add_area (dialog, "notes", _("_Notes"), NULL);

  return dialog;
}

static LinliActionDialog *
new_agree (LinliUiContext *context,
           LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.agree", _("The Neighbours Agreed"), _("Agreed"));

  add_needed (dialog, "agreement", _("_What was agreed"), NULL, TRUE);
  linli_action_dialog_add_entry (dialog, "follow_up", _("What is still to be _done"), NULL);
  linli_action_dialog_add_entry (dialog, "responsible", _("By w_hom"), NULL);
  add_day (dialog, "follow_up_on", _("By whe_n"), NULL, FALSE);
  add_needed (dialog, "reply", _("What the resident was _told"), NULL, TRUE);

  return dialog;
}

static LinliActionDialog *
new_fail_to_agree (LinliUiContext *context,
                   LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.fail-to-agree", _("It Cannot Be Settled Here"), _("Pass It Up"));
  const char *const ids[] = { "", "major", NULL };
  LinliRow *major = linli_lane_sheet_find (sheet->lanes, "major");
  const char *words[] = { _("To be dispatched to a unit"),
                          major != NULL ? linli_row_get_text (major, LINLI_LANE_LEADS) : _("Before the committee"), NULL };

  add_needed (dialog, "reason", _("_Reason"), NULL, TRUE);
  linli_action_dialog_add_choice (dialog, "lane", _("_Where it goes now"), ids, words, "");
  linli_action_dialog_add_widget (dialog, linli_text_new (_("Its first clock goes on."), "dim-label"));

  return dialog;
}

/* --- Mutual help --- */

static LinliActionDialog *
new_ask_aid (LinliUiContext *context,
             LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.ask-aid", _("Ask for Help"), _("Ask"));
  /* What the store holds, and what is read. */
  const char *const kinds[] = { "陪伴", "代办", "维修", "照看", "调解", "教学", "借用", "其他", NULL };
  const char *kind_words[] = { C_("help", "Company"), C_("help", "Errand"), C_("help", "Repair"), C_("help", "Looking after"),
                               C_("help", "Mediation"), C_("help", "Teaching"), C_("help", "Lending"), C_("help", "Other"), NULL };
  const char *const yes_no[] = { "yes", "no", NULL };
  const char *yes_no_words[] = { C_("field", "yes"), C_("field", "no"), NULL };

  linli_action_dialog_add_choice (dialog, "kind", _("_Kind"), kinds, kind_words, kinds[0]);
  add_needed (dialog, "need", _("_What help is wanted"), linli_row_get_text (sheet->detail->case_row, LINLI_CASE_TITLE), TRUE);
  add_needed (dialog, "wanted", _("Whe_n"), NULL, FALSE);
  add_needed (dialog, "place", _("Whe_re"), linli_row_get_text (sheet->detail->case_row, LINLI_CASE_PLACE), FALSE);
  linli_action_dialog_add_choice (dialog, "contact_ok", _("The helper may be told how to _reach the resident"),
                                  yes_no, yes_no_words, "no");
  return dialog;
}

static LinliActionDialog *
new_aid_done (LinliUiContext *context,
              LinliCaseSheet *sheet)
{
  LinliActionDialog *dialog = new_dialog (context, sheet, "case.aid-done", _("Help Was Given"), _("Settled"));

  add_needed (dialog, "helper", _("_Who helped"), NULL, FALSE);
  add_needed (dialog, "result", _("W_hat was done"), NULL, TRUE);
  linli_action_dialog_add_entry (dialog, "minutes", _("_Minutes of service"), NULL);
  add_needed (dialog, "reply", _("What the resident was _told"), NULL, TRUE);

  return dialog;
}

/* Returns: (transfer full) (nullable): the form of an action of a lane */
LinliActionDialog *
linli_lane_dialog_new (LinliUiContext *context,
                       LinliCaseSheet *sheet,
                       const char     *action)
{
  static const struct
  {
    const char         *action;
    LinliActionDialog *(*make) (LinliUiContext *context,
                                LinliCaseSheet *sheet);
  } forms[] = {
    { "case.set-lane", new_set_lane },
    { "case.put-on-agenda", new_put_on_agenda },
    { "case.record-decision", new_record_decision },
    { "case.deliberate", new_deliberate },
    { "case.agree", new_agree },
    { "case.fail-to-agree", new_fail_to_agree },
    { "case.ask-aid", new_ask_aid },
    { "case.aid-done", new_aid_done },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].action, action))
      return forms[i].make (context, sheet);
  return NULL;
}
