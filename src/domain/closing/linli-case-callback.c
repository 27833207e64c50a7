/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 回访: was the resident reached, is it solved, are they satisfied: three
 * answers kept apart. Each submission is called back by itself. */

#include "config.h"

#include "linli-closing-private.h"

#include <glib/gi18n.h>

#include "linli-callback-sheet.h"
#include "linli-json.h"
#include "linli-policy.h"

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const decisions[] = { "later", "close", "redo", NULL };

#define MAX_UNITS 20

const LinliArgSpec linli_case_callback_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "submission", LINLI_ARG_ID, .doc = "who is called; the first one still to be called when absent" },
  { "method", LINLI_ARG_TEXT, FALSE, 20, linli_contact_methods, .doc = "phone when absent" },
  { "reached", LINLI_ARG_TEXT, TRUE, 20, yes_no, .doc = "联系上" },
  { "solved", LINLI_ARG_TEXT, FALSE, 20, linli_solved_answers, .doc = "whether the resident holds it solved" },
  { "satisfaction", LINLI_ARG_TEXT, FALSE, 20, linli_satisfactions, .doc = "非常满意 ... 非常不满意" },
  { "reason", LINLI_ARG_TEXT, FALSE, 2000, .doc = "why unsolved, dissatisfied, or without an answer" },
  { "words", LINLI_ARG_TEXT, FALSE, 4000, .doc = "what the resident said" },
  { "then", LINLI_ARG_TEXT, FALSE, 20, decisions, .doc = "what follows: later, close or redo; later when absent" },
  { "reply", LINLI_ARG_TEXT, FALSE, 8000, .doc = "to close: what the resident was told; the last notice when absent" },
  { "lead", LINLI_ARG_ID, .doc = "to redo: 主办单位; the last one when absent" },
  { "assist", LINLI_ARG_TEXTS, FALSE, MAX_UNITS, .doc = "to redo: 协办单位, ids" },
  { NULL }
};

static gboolean
is_reached (JsonObject *args)
{
  return g_strcmp0 (linli_json_get_text (args, "reached"), "yes") == 0;
}

static gboolean
check_answers (JsonObject *args,
               GError    **error)
{
  gboolean reached = is_reached (args);
  const char *solved = linli_json_get_text (args, "solved");
  const char *satisfaction = linli_json_get_text (args, "satisfaction");
  gboolean bad = g_strcmp0 (solved, "no") == 0 || linli_satisfaction_rank (satisfaction) >= 3;
  gboolean open = reached && (solved == NULL || satisfaction == NULL);

  if (!reached && solved != NULL)
    return linli_refuse_invalid (error, "solved", N_("Whoever was not reached has said nothing about this."));
  if (!reached && satisfaction != NULL)
    return linli_refuse_invalid (error, "satisfaction", N_("Whoever was not reached has said nothing about this."));
  if (bad && linli_json_get_text (args, "reason") == NULL)
    return linli_refuse_invalid (error, "reason", N_("Say why the resident is not content."));
  if (open && linli_json_get_text (args, "reason") == NULL)
    return linli_refuse_invalid (error, solved == NULL ? "solved" : "satisfaction",
                                 N_("Ask this too, or say under Reason why there is no answer."));
  return TRUE;
}

static gboolean
add_row (LinliCaseFile *file,
         LinliRow      *submission,
         JsonObject    *args,
         gint64         attempt,
         GError       **error)
{
  LinliCommandContext *context = file->context;
  const char *method = linli_json_get_text (args, "method");
  const char *solved = linli_json_get_text (args, "solved");
  const char *satisfaction = linli_json_get_text (args, "satisfaction");
  gboolean reached = is_reached (args);
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_callback);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_text (row, LINLI_CALLBACK_ID, id);
  linli_row_set_text (row, LINLI_CALLBACK_CASE_ID, linli_case_file_get_id (file));
  linli_row_set_text (row, LINLI_CALLBACK_SUBMISSION_ID, linli_row_get_id (submission));
  linli_row_set_int (row, LINLI_CALLBACK_ROUND, linli_row_get_int (file->row, LINLI_CASE_REDO_COUNT));
  linli_row_set_int (row, LINLI_CALLBACK_ATTEMPT_NO, attempt);
  linli_row_set_text (row, LINLI_CALLBACK_METHOD, method != NULL ? method : "phone");
  linli_row_set_int (row, LINLI_CALLBACK_REACHED, reached);
  linli_row_set_text (row, LINLI_CALLBACK_SOLVED, solved);
  linli_row_set_text (row, LINLI_CALLBACK_SATISFACTION, satisfaction);
  linli_row_set_text (row, LINLI_CALLBACK_REASON, linli_json_get_text (args, "reason"));
  linli_row_set_text (row, LINLI_CALLBACK_WORDS, linli_json_get_text (args, "words"));
  linli_row_set_int (row, LINLI_CALLBACK_VALID, reached && solved != NULL && satisfaction != NULL);
  linli_row_set_text (row, LINLI_CALLBACK_CALLER_ID, context->operation->actor);
  linli_row_set_int (row, LINLI_CALLBACK_CALLED_AT, linli_command_now (context));

  return linli_tx_insert (context->tx, row, error);
}

/* What a resident says about a unit is for the centre: the unit reads what is
 * still wrong in the redo, never who complained of what in which tone. */
static gboolean
add_entry (LinliCaseFile *file,
           LinliRow      *submission,
           JsonObject    *args,
           gint64         attempt,
           GError       **error)
{
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "callback", .audience = "internal", .payload = payload,
                                 .body = linli_json_get_text (args, "words"),
                                 .submission = linli_row_get_id (submission) };

  linli_payload_text (payload, "receipt_no", linli_row_get_text (submission, LINLI_SUBMISSION_RECEIPT_NO));
  linli_payload_int (payload, "attempt", attempt);
  linli_payload_text (payload, "reached", is_reached (args) ? "1" : "0");
  linli_payload_text (payload, "solved", linli_json_get_text (args, "solved"));
  linli_payload_text (payload, "satisfaction", linli_json_get_text (args, "satisfaction"));
  linli_payload_text (payload, "why", linli_json_get_text (args, "reason"));

  return linli_case_file_add_entry (file, &entry, error);
}

/* The case is as solved, and as pleasing, as its least content resident holds it. */
gboolean
linli_sum_up_callbacks (LinliCaseFile *file,
                        GError       **error)
{
  g_autoptr(LinliCallbackSheet) sheet = linli_callback_sheet_load (linli_tx_get_conn (file->context->tx), file->row, error);
  int solved = -1;
  int satisfaction = -1;

  if (sheet == NULL)
    return FALSE;
  for (guint i = 0; i < sheet->people->len; i++)
    {
      LinliRow *valid = ((LinliCallbackPerson *) sheet->people->pdata[i])->progress.valid;

      if (valid == NULL)
        continue;
      solved = MAX (solved, linli_solved_rank (linli_row_get_text (valid, LINLI_CALLBACK_SOLVED)));
      satisfaction = MAX (satisfaction, linli_satisfaction_rank (linli_row_get_text (valid, LINLI_CALLBACK_SATISFACTION)));
    }
  linli_row_set_text (file->row, LINLI_CASE_SOLVED, solved >= 0 ? linli_solved_answers[solved] : NULL);
  linli_row_set_text (file->row, LINLI_CASE_SATISFACTION, satisfaction >= 0 ? linli_satisfactions[satisfaction] : NULL);
  return TRUE;
}

/**
 * linli_check_called_back:
 * @all: whether everybody who wants a reply must have been called
 * @error: when somebody holds the matter unsolved, or is still to be called
 */
gboolean
linli_check_called_back (LinliCaseFile *file,
                         gboolean       all,
                         GError       **error)
{
  g_autoptr(LinliCallbackSheet) sheet = NULL;

  if (g_strcmp0 (linli_row_get_text (file->row, LINLI_CASE_SOLVED), "no") == 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "unsolved", "case",
                    N_("A resident holds this unsolved: send it back to be done again instead of closing it."));
      return FALSE;
    }
  if (!all)
    return TRUE;
  sheet = linli_callback_sheet_load (linli_tx_get_conn (file->context->tx), file->row, error);
  if (sheet == NULL)
    return FALSE;
  for (guint i = 0; i < sheet->people->len; i++)
    {
      LinliCallbackPerson *person = sheet->people->pdata[i];

      if (person->over || !linli_row_get_int (person->submission, LINLI_SUBMISSION_REPLY_WANTED))
        continue;
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "callback-left", "case",
                    N_("Somebody who wants a reply was not called back yet, or not tried often enough."));
      return FALSE;
    }
  return TRUE;
}

/* The row's own words are replaced while they are written: they are copied. */
static gboolean
close_now (LinliCaseFile *file,
           JsonObject    *args,
           GError       **error)
{
  const char *given = linli_json_get_text (args, "reply");
  g_autofree char *reply = NULL;

  if (given == NULL || *given == '\0')
    given = linli_row_get_text (file->row, LINLI_CASE_RESIDENT_REPLY);
  if (given == NULL)
    given = linli_row_get_text (file->row, LINLI_CASE_RESULT);
  if (given == NULL)
    return linli_refuse_invalid (error, "reply", N_("This must be filled in."));
  reply = g_strdup (given);
  return linli_check_called_back (file, TRUE, error) &&
         linli_case_refuse_catch_all (file, error) && linli_check_evidence (file, NULL, error) &&
         linli_close_case (file, reply, error);
}

static gboolean
redo_now (LinliCaseFile *file,
          JsonObject    *args,
          GError       **error)
{
  const char *reason = linli_case_get_words (args, "reason", error);

  if (reason == NULL)
    return FALSE;
  if (g_strcmp0 (linli_row_get_text (file->row, LINLI_CASE_SOLVED), "yes") == 0)
    {
      linli_refuse_invalid (error, "solved", N_("Everybody holds it solved: there is nothing to do again."));
      return FALSE;
    }
  return linli_redo_case (file, args, reason, error);
}

static gboolean
refuse_second (GError **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "already-called-back", "submission",
                N_("This resident has already answered. Take the earlier call-back back if it was wrong."));
  return FALSE;
}

/* Whom the call was for. */
static LinliCallbackPerson *
choose_person (LinliCallbackSheet *sheet,
               const char         *id,
               GError            **error)
{
  for (guint i = 0; id != NULL && i < sheet->people->len; i++)
    {
      LinliCallbackPerson *person = sheet->people->pdata[i];

      if (g_str_equal (linli_row_get_id (person->submission), id))
        return person;
    }
  if (id != NULL)
    linli_refuse_invalid (error, "submission", N_("That submission belongs to another case."));
  else if (sheet->people->len == 0)
    linli_refuse_invalid (error, "submission", N_("Nobody brought this case, so nobody can be called back."));
  else
    return sheet->people->pdata[linli_callback_sheet_next (sheet)];
  return NULL;
}

gboolean
linli_case_callback_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  const char *then = linli_json_get_text (args, "then");
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, then != NULL ? then : "later", error);
  g_autoptr(LinliCallbackSheet) sheet = NULL;
  LinliCallbackPerson *person;

  if (file == NULL || !check_answers (args, error) || !linli_check_four_eyes (file, error))
    return FALSE;
  sheet = linli_callback_sheet_load (linli_tx_get_conn (context->tx), file->row, error);
  person = sheet != NULL ? choose_person (sheet, linli_json_get_text (args, "submission"), error) : NULL;
  if (person == NULL)
    return FALSE;
  if (person->progress.valid != NULL)
    return refuse_second (error);
  if (!add_row (file, person->submission, args, person->progress.n_attempts + 1, error) ||
      !add_entry (file, person->submission, args, person->progress.n_attempts + 1, error) ||
      !linli_sum_up_callbacks (file, error))
    return FALSE;
  linli_command_tell_int (context, "attempt", person->progress.n_attempts + 1);
  if (g_strcmp0 (then, "close") == 0 && !close_now (file, args, error))
    return FALSE;
  if (g_strcmp0 (then, "redo") == 0 && !redo_now (file, args, error))
    return FALSE;

  return linli_case_file_save (file, error);
}
