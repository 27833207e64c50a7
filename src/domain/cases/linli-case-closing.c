/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways a case ends. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-case-clocks.h"
#include "linli-closing-private.h"
#include "linli-json.h"
#include "linli-policy.h"

static const char *const verdicts[] = { "pass", "reject", NULL };

const LinliArgSpec linli_case_review_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "verdict", LINLI_ARG_TEXT, TRUE, .choices = verdicts },
  { "note", LINLI_ARG_TEXT, FALSE, 4000, .doc = "why; needed to reject" },
  { NULL }
};

const LinliArgSpec linli_case_close_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reply", LINLI_ARG_TEXT, TRUE, 8000, .doc = "what the resident was told" },
  { "note", LINLI_ARG_TEXT, FALSE, 4000, .doc = "for the centre alone" },
  { NULL }
};

const LinliArgSpec linli_case_decline_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 60, .doc = "code of a reason of kind decline" },
  { "explanation", LINLI_ARG_TEXT, TRUE, 8000, .doc = "what the resident is told" },
  { NULL }
};

static const char *const part_choices[] = { "withdraw", "keep", NULL };

const LinliArgSpec linli_case_withdraw_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { "parts", LINLI_ARG_TEXT, .choices = part_choices,
    .doc = "of a split case with open parts: withdraw them too, or keep them as cases of their own" },
  { NULL }
};

/* The lead takes its part up again where it left it. */
static gboolean
reopen_lead (LinliCaseFile *file,
             GError       **error)
{
  GPtrArray *parts = linli_case_file_get_parts (file, error);
  gint64 round;

  if (parts == NULL)
    return FALSE;
  round = linli_case_file_get_round (file);
  for (guint i = 0; i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];

      if (linli_row_get_int (part, LINLI_DISPATCH_SEQ) != round ||
          !g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead") ||
          !g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_STATE), "done"))
        continue;
      linli_row_set_text (part, LINLI_DISPATCH_STATE, "working");
      linli_row_set_null (part, LINLI_DISPATCH_DONE_AT);
      return linli_tx_update (file->context->tx, part, error);
    }

  return TRUE;
}

/* How often the review has sent the case back, this time included. */
static gboolean
count_reject (LinliCaseFile *file,
              LinliPayload  *payload,
              GError       **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (file->context->tx), &n, error,
                           "SELECT count(*) FROM entry WHERE case_id = ?1 AND kind = 'reject'", "s",
                           linli_case_file_get_id (file)))
    return FALSE;
  linli_payload_int (payload, "reject_count", n + 1);
  return TRUE;
}

gboolean
linli_case_review_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  const char *verdict = linli_json_get_text (args, "verdict");
  gboolean pass = g_str_equal (verdict, "pass");
  const char *note = pass ? linli_json_get_text (args, "note") : linli_case_get_words (args, "note", error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = pass ? "review" : "reject", .audience = pass ? "internal" : "unit",
                                 .body = note, .payload = payload };
  g_autoptr(LinliCaseFile) file = NULL;

  if (!pass && note == NULL)
    return FALSE;
  file = linli_case_file_open (context, args, verdict, error);

  return file != NULL &&
         linli_check_four_eyes (file, error) &&
         (pass ? linli_case_refuse_catch_all (file, error) && linli_check_evidence (file, NULL, error)
               : reopen_lead (file, error) && count_reject (file, payload, error)) &&
         linli_case_file_advance (file, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}

/**
 * linli_close_case:
 * @reply: what the resident was told
 *
 * Ends a case that is open under a rule that leads to "closed". The file is
 * saved by the caller.
 */
gboolean
linli_close_case (LinliCaseFile *file,
                  const char    *reply,
                  GError       **error)
{
  const LinliCaseEntry told = { .kind = "close", .audience = "resident", .body = reply };

  linli_row_set_text (file->row, LINLI_CASE_RESIDENT_REPLY, reply);
  linli_row_set_int (file->row, LINLI_CASE_CLOSED_AT, linli_command_now (file->context));
  return linli_case_file_advance (file, error) && linli_case_file_add_entry (file, &told, error);
}

gboolean
linli_case_close_run (LinliCommandContext *context,
                      JsonObject          *args,
                      GError             **error)
{
  const char *reply = linli_case_get_words (args, "reply", error);
  const char *note = linli_json_get_text (args, "note");
  const LinliCaseEntry kept = { .kind = "note", .audience = "internal", .body = note };
  g_autoptr(LinliCaseFile) file = reply != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  gboolean all = FALSE;

  if (file == NULL || !linli_case_refuse_catch_all (file, error) || !linli_check_evidence (file, NULL, error) ||
      !linli_policy_is (linli_tx_get_conn (context->tx), LINLI_POLICY_CALLBACK_REQUIRED, "yes", &all, error) ||
      !linli_check_called_back (file, all, error))
    return FALSE;

  return linli_close_case (file, reply, error) &&
         (note == NULL || *note == '\0' || linli_case_file_add_entry (file, &kept, error)) &&
         linli_case_file_save (file, error);
}

static gboolean
check_decline_reason (LinliCommandContext *context,
                      const char          *code,
                      GError             **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &n, error,
                           "SELECT 1 FROM reason WHERE kind = 'decline' AND code = ?1 AND active = 1", "s", code))
    return FALSE;
  return n == 1 || linli_refuse_invalid (error, "reason", N_("There is no such reason."));
}

gboolean
linli_case_decline_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  const char *reason = linli_json_get_text (args, "reason");
  const char *explanation = linli_case_get_words (args, "explanation", error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "decline", .audience = "resident", .body = explanation, .payload = payload };
  g_autoptr(LinliCaseFile) file = NULL;

  if (explanation == NULL || !check_decline_reason (context, reason, error))
    return FALSE;
  file = linli_case_file_open (context, args, NULL, error);
  if (file == NULL)
    return FALSE;
  linli_payload_text (payload, "reason", reason);
  linli_row_set_text (file->row, LINLI_CASE_DECLINE_REASON, reason);
  linli_row_set_text (file->row, LINLI_CASE_RESIDENT_REPLY, explanation);
  linli_row_set_int (file->row, LINLI_CASE_CLOSED_AT, linli_command_now (context));

  return linli_case_file_advance (file, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}

/* Units need not go on with what nobody asks for any more. */
static gboolean
recall_parts (LinliCaseFile *file,
              const char    *reason,
              GError       **error)
{
  GPtrArray *parts = linli_case_file_get_parts (file, error);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];

      if (!(linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE)) & LINLI_PARTS_LIVE))
        continue;
      linli_row_set_text (part, LINLI_DISPATCH_STATE, linli_part_state_to_text (LINLI_PART_RECALLED));
      linli_row_set_text (part, LINLI_DISPATCH_CLOSE_REASON, reason);
      if (!linli_tx_update (file->context->tx, part, error))
        return FALSE;
    }
  return parts != NULL;
}

/* @file: under no rule of its own when it ends with its whole */
static gboolean
withdraw (LinliCaseFile *file,
          const char    *reason,
          GError       **error)
{
  const LinliCaseEntry entry = { .kind = "withdraw", .audience = "unit", .body = reason };
  LinliCaseState from = linli_case_file_get_state (file);

  if (!recall_parts (file, reason, error))
    return FALSE;
  linli_row_set_int (file->row, LINLI_CASE_CLOSED_AT, linli_command_now (file->context));
  linli_case_file_set_state (file, LINLI_CASE_STATE_WITHDRAWN);

  return linli_case_clocks_follow (file, from, LINLI_CASE_STATE_WITHDRAWN, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}

/* The parts that are still open, merged ones left out: they are another case's. */
static GPtrArray *
find_open_parts (LinliCaseFile *whole,
                 GError       **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (whole->context->tx, &linli_table_case, error, "parent_id = ?1 ORDER BY id",
                                               "s", linli_case_file_get_id (whole));
  g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (linli_case_state_is_open (linli_row_get_text (rows->pdata[i], LINLI_CASE_STATE)))
      g_ptr_array_add (open, linli_row_ref (rows->pdata[i]));
  return rows != NULL ? g_steal_pointer (&open) : NULL;
}

gboolean
linli_case_withdraw_run (LinliCommandContext *context,
                         JsonObject          *args,
                         GError             **error)
{
  const char *reason = linli_case_get_words (args, "reason", error);
  const char *choice = linli_json_get_text (args, "parts");
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(GPtrArray) parts = file != NULL ? find_open_parts (file, error) : NULL;

  if (parts == NULL)
    return FALSE;
  if (parts->len > 0 && choice == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "open-parts", "parts",
                    N_("The case was split, and parts of it are still open: say whether they are withdrawn too."));
      return FALSE;
    }
  if (!withdraw (file, reason, error))
    return FALSE;
  for (guint i = 0; g_strcmp0 (choice, "withdraw") == 0 && i < parts->len; i++)
    {
      g_autoptr(LinliCaseFile) part = linli_case_file_load (context, linli_row_get_id (parts->pdata[i]), "parts", error);

      if (part == NULL || !withdraw (part, reason, error))
        return FALSE;
    }

  return TRUE;
}
