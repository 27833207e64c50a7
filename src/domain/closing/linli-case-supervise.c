/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 督办: a unit is pressed, answers, and is let off; and the rules by which the
 * ladder calls for it. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "linli-closing-tables.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-policy.h"
#include "linli-supervision.h"

static const char *const levels[] = { "1", "2", "3", "4", NULL };

const LinliArgSpec linli_case_supervise_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "level", LINLI_ARG_TEXT, FALSE, 1, .choices = levels,
    .doc = "1 提醒, 2 催办, 3 督办, 4 通报; as the rule says when one is named" },
  { "rule", LINLI_ARG_TEXT, FALSE, 60, .doc = "code of the rule that calls for it; nothing happens when it does not any more" },
  { "dispatch", LINLI_ARG_ID, .doc = "the part; the lead's when absent" },
  { "reason", LINLI_ARG_TEXT, FALSE, 2000, .doc = "the rule's words when absent" },
  { "reply", LINLI_ARG_TEXT, FALSE, 60, .doc = "limit for the unit's answer, as typed; empty for none" },
  { NULL }
};

static LinliRow *
choose_part (LinliCaseFile *file,
             const char    *id,
             GError       **error)
{
  GPtrArray *parts = linli_case_file_get_parts (file, error);
  LinliRow *found = NULL;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];
      gboolean wanted = id != NULL ? g_str_equal (linli_row_get_id (part), id)
                                   : g_str_equal (linli_row_get_text (part, LINLI_DISPATCH_ROLE), "lead");

      if (wanted && linli_row_get_int (part, LINLI_DISPATCH_SEQ) == linli_case_file_get_round (file) &&
          linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE)) & (LINLI_PARTS_LIVE | LINLI_PART_DONE))
        found = part;
    }
  if (found == NULL && parts != NULL)
    linli_refuse_invalid (error, "dispatch", N_("No unit owes this case anything under that dispatch."));
  return found;
}

/* The grave levels are not for whoever sends the cases out. */
static gboolean
check_level (LinliCaseFile *file,
             int            level,
             GError       **error)
{
  if (level > LINLI_LADDER_URGE && !(file->context->roles & (LINLI_ROLE_SUPERVISOR | LINLI_ROLE_REVIEWER)))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "not-allowed", "level",
                    N_("Only the supervisor or the reviewer issues a supervision order or a notice of criticism."));
      return FALSE;
    }
  if (level <= linli_row_get_int (file->row, LINLI_CASE_SUPERVISION_LEVEL))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_DUPLICATE, "already-supervised", "level",
                    N_("The case already stands on this level or a higher one."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
issue_by_hand (LinliCaseFile *file,
               JsonObject    *args,
               GError       **error)
{
  const char *level = linli_json_get_text (args, "level");
  const char *reason = linli_case_get_words (args, "reason", error);
  const char *reply = linli_json_get_text (args, "reply");
  g_autofree char *usual = NULL;
  LinliRow *part;

  if (reason == NULL)
    return FALSE;
  if (level == NULL)
    return linli_refuse_invalid (error, "level", N_("This must be filled in."));
  if (reply == NULL && atoi (level) > LINLI_LADDER_REMIND)
    reply = usual = linli_policy_dup (linli_tx_get_conn (file->context->tx), LINLI_POLICY_REPLY_LIMIT, error);
  part = check_level (file, atoi (level), error) ? choose_part (file, linli_json_get_text (args, "dispatch"), error) : NULL;

  return part != NULL && linli_supervision_issue (file, part, atoi (level), NULL, reason, reply, error) &&
         linli_case_file_save (file, error);
}

/* Two desks may find the same thing due at the same time, and a unit may have
 * acted meanwhile: the second operation then has nothing left to do. */
static gboolean
issue_by_rule (LinliCaseFile *file,
               JsonObject    *args,
               GError       **error)
{
  const char *rule = linli_json_get_text (args, "rule");
  const char *reason = linli_json_get_text (args, "reason");
  LinliLadderProposal *proposal = NULL;
  LinliRow *part;
  gboolean done;

  if (!linli_supervision_call_for (linli_tx_get_conn (file->context->tx), linli_case_file_get_id (file),
                                   linli_command_now (file->context), &proposal, error))
    return FALSE;
  if (proposal == NULL || !g_str_equal (proposal->rule, rule))
    {
      linli_ladder_proposal_free (proposal);
      linli_command_tell_int (file->context, "issued", 0);
      return TRUE;
    }
  part = choose_part (file, proposal->dispatch, error);
  done = part != NULL &&
         linli_supervision_issue (file, part, proposal->level, rule,
                                  reason != NULL && *reason != '\0' ? reason : proposal->words, proposal->reply, error) &&
         linli_case_file_save (file, error);
  linli_ladder_proposal_free (proposal);
  if (done)
    linli_command_tell_int (file->context, "issued", 1);

  return done;
}

gboolean
linli_case_supervise_run (LinliCommandContext *context,
                          JsonObject          *args,
                          GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_open (context, args, NULL, error);

  if (file == NULL)
    return FALSE;
  return linli_json_get_text (args, "rule") != NULL ? issue_by_rule (file, args, error)
                                                    : issue_by_hand (file, args, error);
}

const LinliArgSpec linli_case_explain_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "supervision", LINLI_ARG_ID, .doc = "the newest unanswered one when absent" },
  { "reply", LINLI_ARG_TEXT, TRUE, 8000, .doc = "why, and until when it will be done" },
  { NULL }
};

static LinliRow *
choose_supervision (LinliCaseFile *file,
                    const char    *id,
                    GError       **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  rows = linli_tx_select (file->context->tx, &linli_table_supervision, error,
                          "case_id = ?1 AND lifted_at IS NULL AND replied_at IS NULL AND id = coalesce (?2, id) "
                          "ORDER BY id DESC LIMIT 1", "ss", linli_case_file_get_id (file), id);
  if (rows != NULL && rows->len == 0)
    linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "nothing-to-explain", "supervision",
                  N_("No supervision waits for an answer here."));
  return rows != NULL && rows->len > 0 ? linli_row_copy (rows->pdata[0]) : NULL;
}

static gboolean
check_own_unit (LinliCommandContext *context,
                LinliRow            *supervision,
                GError             **error)
{
  const char *unit = context->account != NULL ? linli_row_get_text (context->account, LINLI_ACCOUNT_UNIT_ID) : NULL;

  if (unit == NULL || context->roles & LINLI_ROLE_DISPATCHER ||
      g_str_equal (unit, linli_row_get_text (supervision, LINLI_SUPERVISION_UNIT_ID)))
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_ALLOWED, "other-unit", "supervision",
                N_("Another unit was asked for this answer."));
  return FALSE;
}

gboolean
linli_case_explain_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  const char *reply = linli_case_get_words (args, "reply", error);
  g_autoptr(LinliCaseFile) file = reply != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(LinliRow) row = file != NULL ? choose_supervision (file, linli_json_get_text (args, "supervision"), error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  LinliCaseEntry entry = { .kind = "explain", .audience = "unit", .body = reply, .payload = payload };

  if (row == NULL || !check_own_unit (context, row, error))
    return FALSE;
  linli_row_set_text (row, LINLI_SUPERVISION_REPLY, reply);
  linli_row_set_text (row, LINLI_SUPERVISION_REPLIED_BY, context->operation->actor);
  linli_row_set_int (row, LINLI_SUPERVISION_REPLIED_AT, linli_command_now (context));
  entry.dispatch = linli_row_get_text (row, LINLI_SUPERVISION_DISPATCH_ID);
  linli_payload_int (payload, "level", linli_row_get_int (row, LINLI_SUPERVISION_LEVEL));
  linli_payload_text (payload, "unit", linli_row_get_text (row, LINLI_SUPERVISION_UNIT_NAME));

  return linli_tx_update (context->tx, row, error) &&
         linli_case_file_add_entry (file, &entry, error) &&
         linli_case_file_save (file, error);
}

const LinliArgSpec linli_case_lift_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

gboolean
linli_case_lift_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "supervise", .audience = "unit", .body = reason, .payload = payload };

  if (file == NULL)
    return FALSE;
  rows = linli_tx_select (context->tx, &linli_table_supervision, error, "case_id = ?1 AND lifted_at IS NULL ORDER BY id",
                          "s", linli_case_file_get_id (file));
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "not-supervised", "case",
                    N_("This case is not under supervision."));
      return FALSE;
    }
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (rows->pdata[i]);

      linli_row_set_int (row, LINLI_SUPERVISION_LIFTED_AT, linli_command_now (context));
      linli_row_set_text (row, LINLI_SUPERVISION_LIFT_REASON, reason);
      if (!linli_tx_update (context->tx, row, error))
        return FALSE;
    }
  linli_payload_int (payload, "level", 0);
  linli_row_set_null (file->row, LINLI_CASE_SUPERVISION_LEVEL);

  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

static const char *const events[] = { "before_due", "overdue", "silent", NULL };

const LinliArgSpec linli_supervision_rule_args[] = {
  { "code", LINLI_ARG_TEXT, TRUE, 60, .doc = "of a rule that supervision.rules lists, or of a new one" },
  { "event", LINLI_ARG_TEXT, FALSE, .choices = events },
  { "level", LINLI_ARG_INT, .doc = "1 to 4" },
  { "clocks", LINLI_ARG_TEXT, FALSE, 60, .doc = "kinds separated by spaces; sign contact resolve when absent" },
  { "wait", LINLI_ARG_TEXT, FALSE, 60, .doc = "working time before or after the event: 1工作时" },
  { "reply", LINLI_ARG_TEXT, FALSE, 60, .doc = "limit for the unit's answer; empty for none" },
  { "words", LINLI_ARG_TEXT, FALSE, 400, .doc = "reason to begin with" },
  { "active", LINLI_ARG_BOOL, .doc = "FALSE stops it at once; active when absent" },
  { NULL }
};

static const LinliLadderRule *
find_rule (GPtrArray  *rules,
           const char *code)
{
  for (guint i = 0; i < rules->len; i++)
    if (g_str_equal (((LinliLadderRule *) rules->pdata[i])->code, code))
      return rules->pdata[i];
  return NULL;
}

static gboolean
check_clocks (const char *clocks,
              GError    **error)
{
  static const char *const kinds[] = { "dispatch", "sign", "contact", "resolve", "callback", NULL };
  g_auto(GStrv) names = g_strsplit (clocks, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (!g_strv_contains (kinds, names[i]))
      return linli_refuse_invalid (error, "clocks", N_("There is no such clock."));
  return TRUE;
}

/* What is not named stays as it was; a new rule must say everything that has
 * no usual value. */
static gboolean
fill_rule (LinliRow              *row,
           const LinliLadderRule *known,
           JsonObject            *args,
           GError               **error)
{
  const char *event = linli_json_get_text (args, "event");
  const char *wait = linli_json_get_text (args, "wait");
  const char *words = linli_json_get_text (args, "words");
  const char *clocks = linli_json_get_text (args, "clocks");
  const char *reply = linli_json_get_text (args, "reply");
  g_autofree char *usual = known != NULL ? g_strjoinv (" ", known->clocks) : NULL;
  gint64 level = known != NULL ? known->level : 0;
  LinliTerm term;

  linli_json_get_int (args, "level", &level);
  event = event == NULL && known != NULL ? linli_ladder_event_to_text (known->event) : event;
  wait = wait == NULL && known != NULL ? known->wait_text : wait;
  words = words == NULL && known != NULL ? known->words : words;
  clocks = clocks != NULL ? clocks : usual;
  reply = reply == NULL && known != NULL ? known->reply : reply;
  if (event == NULL)
    return linli_refuse_invalid (error, "event", N_("This must be filled in."));
  if (words == NULL || *words == '\0')
    return linli_refuse_invalid (error, "words", N_("This must be filled in."));
  if (level < LINLI_LADDER_REMIND || level > LINLI_LADDER_CIRCULATE)
    return linli_refuse_invalid (error, "level", N_("A level is one of 1, 2, 3 and 4."));
  if (!linli_term_from_text (wait, &term) || !linli_limit_unit_is_working (term.unit))
    return linli_refuse_invalid (error, "wait", N_("The ladder counts in working time: write, for instance, 1工作时 or 1工作日."));
  if (reply != NULL && *reply != '\0' && !linli_term_from_text (reply, &term))
    return linli_refuse_invalid (error, "reply", N_("This is no limit; write, for instance, 1工作日 or 4工作时."));
  if (clocks != NULL && !check_clocks (clocks, error))
    return FALSE;

  linli_row_set_text (row, LINLI_SUPERVISION_RULE_EVENT, event);
  linli_row_set_int (row, LINLI_SUPERVISION_RULE_LEVEL, level);
  linli_row_set_text (row, LINLI_SUPERVISION_RULE_WAIT, wait);
  linli_row_set_text (row, LINLI_SUPERVISION_RULE_WORDS, words);
  linli_row_set_text (row, LINLI_SUPERVISION_RULE_CLOCKS, clocks);
  linli_row_set_text (row, LINLI_SUPERVISION_RULE_REPLY, reply != NULL && *reply != '\0' ? reply : NULL);
  linli_row_set_int (row, LINLI_SUPERVISION_RULE_ACTIVE,
                     !json_object_has_member (args, "active") || linli_json_get_bool (args, "active"));
  return TRUE;
}

/**
 * linli_supervision_try:
 * @args: as supervision.rule takes them
 * @error: what that command would refuse, or %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliLadderProposal): what the ladder
 *   would call for at @now if the rule were so
 */
GPtrArray *
linli_supervision_try (LinliConn  *conn,
                       JsonObject *args,
                       gint64      now,
                       GError    **error)
{
  const char *code = linli_json_get_text (args, "code");
  g_autoptr(GPtrArray) rules = linli_ladder_rules_load (conn, error);
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_supervision_rule);

  if (rules == NULL)
    return NULL;
  linli_row_set_text (row, LINLI_SUPERVISION_RULE_CODE, code);
  if (!fill_rule (row, find_rule (rules, code), args, error))
    return NULL;
  linli_ladder_rules_take (rules, row);

  return linli_ladder_proposals_judge (conn, rules, now, error);
}

gboolean
linli_supervision_rule_run (LinliCommandContext *context,
                            JsonObject          *args,
                            GError             **error)
{
  const char *code = linli_json_get_text (args, "code");
  g_autoptr(GPtrArray) rules = linli_ladder_rules_load (linli_tx_get_conn (context->tx), error);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *id = NULL;

  rows = rules != NULL ? linli_tx_select (context->tx, &linli_table_supervision_rule, error, "code = ?1", "s", code) : NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      row = linli_row_copy (rows->pdata[0]);
      return fill_rule (row, find_rule (rules, code), args, error) && linli_tx_update (context->tx, row, error);
    }
  id = linli_command_new_id (context);
  row = linli_row_new (&linli_table_supervision_rule);
  linli_row_set_text (row, LINLI_SUPERVISION_RULE_ID, id);
  linli_row_set_text (row, LINLI_SUPERVISION_RULE_CODE, code);
  return fill_rule (row, find_rule (rules, code), args, error) && linli_tx_insert (context->tx, row, error);
}
