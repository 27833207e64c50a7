/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which step comes next. The commands judge for themselves; this table only
 * puts first what the state of a case waits for. */

#include "config.h"

#include "linli-case-steps.h"

#include <glib/gi18n-lib.h>

#include "linli-case-tables.h"
#include "linli-closing-tables.h"

static const LinliCaseStep all_steps[] = {
  { "case.accept", N_("Register…"), N_("Registered."), "a", FALSE },
  { "case.dispatch", N_("Dispatch…"), N_("Dispatched."), "d", FALSE },
  { "case.sign", N_("Sign For"), N_("Signed for."), "s", TRUE },
  { "case.contact", N_("Spoke to Resident…"), N_("The contact is noted."), "t", TRUE },
  { "case.work", N_("Report Progress…"), N_("The progress is noted."), "p", TRUE },
  { "case.done", N_("Report Done…"), N_("Reported done."), "e", TRUE },
  { "case.return", N_("Return…"), N_("Returned."), "<Shift>r", TRUE },
  { "case.rule", N_("Rule Whose It Is…"), N_("Ruled and dispatched."), "<Shift>l", FALSE },
  { "case.ask-extension", N_("Ask for Extension…"), N_("The extension is asked for."), "<Shift>e", TRUE },
  { "case.decide-extension", N_("Decide the Extension…"), N_("The extension is decided."), "<Shift>y", FALSE },
  { "case.ask-suspension", N_("Ask for Suspension…"), N_("The suspension is asked for."), "h", TRUE },
  { "case.decide-suspension", N_("Decide the Suspension…"), N_("The suspension is decided."), "<Shift>h", FALSE },
  { "case.withdraw-request", N_("Take the Request Back"), N_("The request was taken back."), "", FALSE },
  { "case.suspend", N_("Suspend…"), N_("Suspended."), "w", FALSE },
  { "case.resume", N_("Resume…"), N_("Resumed."), "z", FALSE },
  { "case.review", N_("Review…"), N_("Reviewed."), "v", FALSE },
  { "case.notify-resident", N_("Inform the Resident…"), N_("The notice is noted."), "i", FALSE },
  { "case.callback", N_("Call Back…"), N_("The call-back is noted."), "l", FALSE },
  { "case.close", N_("Close…"), N_("Closed."), "x", FALSE },
  { "case.redo", N_("Have It Done Again…"), N_("Dispatched again."), "r", FALSE },
  { "case.again", N_("Same Matter Again…"), N_("Taken in again."), "", FALSE },
  { "case.supervise", N_("Press the Unit…"), N_("The unit is pressed."), "o", FALSE },
  { "case.explain", N_("Answer the Supervision…"), N_("Answered."), "q", FALSE },
  { "case.lift", N_("Lift the Supervision…"), N_("The supervision is lifted."), "", FALSE },
  { "case.assist", N_("Add Assisting Units…"), N_("The units were added."), "u", FALSE },
  { "case.classify", N_("Classify…"), N_("Put under another item."), "c", FALSE },
  { "case.edit", N_("Edit…"), N_("Corrected."), "m", FALSE },
  { "case.set-lane", N_("Choose the Lane…"), N_("The lane is chosen."), "<Shift>w", FALSE },
  { "case.deliberate", N_("Record a Meeting…"), N_("The meeting is recorded."), "", FALSE },
  { "case.agree", N_("Agreed…"), N_("Settled among neighbours."), "", FALSE },
  { "case.ask-aid", N_("Ask for Help…"), N_("Help is asked for."), "", FALSE },
  { "case.aid-done", N_("Help Given…"), N_("Settled by mutual help."), "", FALSE },
  { "case.fail-to-agree", N_("Pass It Up…"), N_("Passed up."), "", FALSE },
  { "case.put-on-agenda", N_("Put on the Agenda…"), N_("Put on the agenda."), "", FALSE },
  { "case.record-decision", N_("Record the Decision…"), N_("The decision is recorded."), "", FALSE },
  { "case.set-attributes", N_("Answer What Is Asked…"), N_("The answers are kept."), "", FALSE },
  { "case.record-owner", N_("Record the Owner…"), N_("The owner is recorded."), "", FALSE },
  { "identity.reveal", N_("Look Up Who Came…"),
    N_("Shown until you choose another case. Your look is recorded."), "<Shift>i", FALSE },
  { "case.mark-confidential", N_("Mark Confidential…"), N_("Marked confidential."), "", FALSE },
  { "case.unmark-confidential", N_("No Longer Confidential…"), N_("The mark was removed."), "", FALSE },
  { "case.assign", N_("Assign…"), N_("Assigned."), "g", FALSE },
  { "case.merge", N_("Merge…"), N_("Merged."), "<Shift>m", FALSE },
  { "case.split", N_("Split…"), N_("Split."), "<Shift>s", FALSE },
  { "case.unmerge", N_("Undo the Merge…"), N_("The merge is undone."), "", FALSE },
  { "case.recall", N_("Recall…"), N_("Recalled."), "b", TRUE },
  { "case.release", N_("Release…"), N_("Released."), "", TRUE },
  { "case.decline", N_("Decline…"), N_("Declined."), "", FALSE },
  { "case.withdraw", N_("Withdraw…"), N_("Withdrawn."), "", FALSE },
};

static const struct
{
  const char *state;
  const char *actions[6];
} orders[] = {
  { "received", { "case.accept", "case.edit", "case.decline", "case.withdraw" } },
  { "registered", { "case.dispatch", "case.set-lane", "case.classify", "case.edit" } },
  { "deliberating", { "case.agree", "case.deliberate", "case.fail-to-agree", "case.set-lane" } },
  { "aiding", { "case.aid-done", "case.ask-aid", "case.fail-to-agree", "case.set-lane" } },
  { "dispatched", { "case.explain", "case.sign", "case.return", "case.assist", "case.recall", "case.edit" } },
  { "in_progress", { "case.explain", "case.sign", "case.done", "case.work", "case.contact", "case.assist" } },
  { "suspended", { "case.resume", "case.classify", "case.edit", "case.withdraw" } },
  { "pending_review", { "case.review", "case.classify", "case.edit" } },
  { "resolved", { "case.notify-resident", "case.callback", "case.close", "case.redo", "case.classify" } },
  { "closed", { "case.again", "case.redo" } },
  { "declined", { "case.again" } },
};

/* Which state of a dispatch an action is about. */
static const struct
{
  const char *action;
  const char *states;
} part_states[] = {
  { "case.sign", "sent" },
  { "case.contact", "signed working" },
  { "case.work", "signed working" },
  { "case.done", "signed working" },
  { "case.return", "sent signed" },
  { "case.ask-extension", "signed working" },
  { "case.ask-suspension", "signed working" },
  { "case.recall", "sent signed working" },
  { "case.release", "sent signed working" },
};

/* Returns: (transfer none): all of them */
const LinliCaseStep *
linli_case_steps (guint *n_steps)
{
  *n_steps = G_N_ELEMENTS (all_steps);
  return all_steps;
}

const LinliCaseStep *
linli_case_step_find (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (all_steps); i++)
    if (g_str_equal (all_steps[i].action, action))
      return &all_steps[i];

  return NULL;
}

/* Returns: (transfer none): the button's label */
const char *
linli_case_step_words (const LinliCaseStep *step)
{
  return g_dgettext (GETTEXT_PACKAGE, step->words);
}

static gboolean
is_about (const char *action,
          LinliRow   *part)
{
  const char *state = linli_row_get_text (part, LINLI_DISPATCH_STATE);
  gboolean is_lead = g_strcmp0 (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead") == 0;

  if (is_lead && g_str_equal (action, "case.release"))
    return FALSE; /* a lead is recalled, never released */
  if (!is_lead && (g_str_equal (action, "case.ask-extension") || g_str_equal (action, "case.ask-suspension")))
    return FALSE; /* the lead answers for the limit */
  for (guint i = 0; i < G_N_ELEMENTS (part_states); i++)
    if (g_str_equal (part_states[i].action, action))
      {
        g_auto(GStrv) states = g_strsplit (part_states[i].states, " ", -1);

        return g_strv_contains ((const char *const *) states, state);
      }

  return FALSE;
}

/**
 * linli_case_steps_find_part:
 * @dispatch: (nullable): its id; %NULL or empty for the one the action is about
 *
 * Returns: (transfer none) (nullable): the dispatch an action is for; of several
 *   the lead unit's
 */
LinliRow *
linli_case_steps_find_part (LinliCaseSheet *sheet,
                            const char     *action,
                            const char     *dispatch)
{
  GPtrArray *parts = sheet->detail->dispatches;
  LinliRow *found = NULL;

  for (guint i = 0; i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];

      if (!is_about (action, part) || !linli_case_detail_is_own (sheet->detail, part))
        continue;
      if (dispatch != NULL && *dispatch != '\0')
        {
          if (g_str_equal (linli_row_get_id (part), dispatch))
            return part;
          continue;
        }
      if (found == NULL || g_strcmp0 (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead") == 0)
        found = part;
    }

  return found;
}

/* Whether anything is there for an action that state and roles allow. */
static gboolean
has_matter (LinliCaseSheet *sheet,
            const char     *action)
{
  gboolean explain = g_str_equal (action, "case.explain");

  if (g_str_equal (action, "case.notify-resident"))
    {
      for (guint i = 0; sheet->callbacks != NULL && i < sheet->callbacks->people->len; i++)
        if (((LinliCallbackPerson *) sheet->callbacks->people->pdata[i])->notice == NULL)
          return TRUE;
      return FALSE;
    }
  if (!explain && !g_str_equal (action, "case.lift"))
    return TRUE;
  for (guint i = 0; i < sheet->supervisions->len; i++)
    if (linli_row_is_null (sheet->supervisions->pdata[i], LINLI_SUPERVISION_LIFTED_AT) &&
        (!explain || linli_row_is_null (sheet->supervisions->pdata[i], LINLI_SUPERVISION_REPLIED_AT)))
      return TRUE;
  return FALSE;
}

/* Whether the case has had its answer, so that coming back to it is news. */
static gboolean
is_settled (LinliCaseSheet *sheet)
{
  const char *state = linli_row_get_text (sheet->detail->case_row, LINLI_CASE_STATE);

  return g_str_equal (state, "closed") || g_str_equal (state, "declined");
}

/* Whether @step can be taken now. */
gboolean
linli_case_step_is_open (LinliCaseSheet      *sheet,
                         const LinliCaseStep *step)
{
  if (g_str_equal (step->action, "case.again")) /* an intake that names the case; the clerk's roles are judged there */
    return is_settled (sheet) && linli_case_sheet_allows (sheet, "case.note");
  return linli_case_sheet_allows (sheet, step->action) && has_matter (sheet, step->action) &&
         (!step->takes_part || linli_case_steps_find_part (sheet, step->action, NULL) != NULL);
}

/* What is open between a unit and its counterpart comes before everything else. */
static const LinliCaseStep *
find_urgent (LinliCaseSheet *sheet)
{
  static const char *const decisions[] = { "case.decide-extension", "case.decide-suspension" };

  if (sheet->detail->handling->dispute != NULL && linli_case_sheet_allows (sheet, "case.rule"))
    return linli_case_step_find ("case.rule");
  for (guint i = 0; i < G_N_ELEMENTS (decisions); i++)
    if (linli_case_sheet_allows (sheet, decisions[i]))
      return linli_case_step_find (decisions[i]);

  return NULL;
}

/**
 * linli_case_steps_next:
 * @steps: (out caller-allocates): room for %LINLI_CASE_STEPS_SHOWN
 *
 * Returns: how many; the first is what the case waits for
 */
guint
linli_case_steps_next (LinliCaseSheet       *sheet,
                       const LinliCaseStep **steps)
{
  const char *state = linli_row_get_text (sheet->detail->case_row, LINLI_CASE_STATE);
  const LinliCaseStep *urgent = find_urgent (sheet);
  guint n = 0;

  if (urgent != NULL)
    steps[n++] = urgent;
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (!g_str_equal (orders[i].state, state))
        continue;
      for (guint j = 0; j < G_N_ELEMENTS (orders[i].actions) && n < LINLI_CASE_STEPS_SHOWN; j++)
        {
          const LinliCaseStep *step =
            orders[i].actions[j] != NULL ? linli_case_step_find (orders[i].actions[j]) : NULL;

          if (step != NULL && linli_case_step_is_open (sheet, step))
            steps[n++] = step;
        }
    }

  return n;
}
