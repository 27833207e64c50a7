/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How matters come to a good end: supervision, notice, call-back, the centre's
 * own rules about them, and what the people at the desk should know. */

#include "config.h"

#include "linli-closing-room.h"

#include <glib/gi18n.h>

#include "linli-callback-sheet.h"
#include "linli-case-commands-private.h"
#include "linli-closing-tables.h"
#include "linli-closing-undone.h"
#include "linli-closing-verify.h"
#include "linli-desk-notices.h"
#include "linli-evidence.h"
#include "linli-json.h"
#include "linli-policy.h"
#include "linli-rows-query.h"
#include "linli-supervision.h"
#include "linli-unit-scope.h"

static const LinliTable *const tables[] = {
  &linli_table_supervision,
  &linli_table_supervision_rule,
  &linli_table_resident_notice,
  &linli_table_callback,
  &linli_table_policy,
  &linli_table_read_mark,
  NULL
};

static const LinliCommand commands[] = {
  { "policy.set", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, linli_policy_set_args, linli_policy_set_run,
    "Decide a rule of procedure of the centre.",
    .right = LINLI_RIGHT_LISTS },
  { "supervision.rule", 1, LINLI_ROLE_ADMIN | LINLI_ROLE_SUPERVISOR, LINLI_COMMAND_UNDOABLE, linli_supervision_rule_args,
    linli_supervision_rule_run, "Change, add or stop a rule of the supervision ladder.",
    .right = LINLI_RIGHT_LISTS },
  { "notice.read", 1, LINLI_ROLE_ANY, LINLI_COMMAND_LOCAL, linli_notice_read_args, linli_notice_read_run,
    "Somebody at this desk has seen a notice, or all of them." },
  { NULL }
};

static const LinliArgSpec no_args[] = { { NULL } };

static JsonNode *
proposals_to_node (GPtrArray *proposals)
{
  JsonArray *array;

  if (proposals == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < proposals->len; i++)
    {
      LinliLadderProposal *proposal = proposals->pdata[i];
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "case", proposal->case_id);
      linli_json_set_text (object, "case_no", proposal->case_no);
      linli_json_set_text (object, "title", proposal->title);
      linli_json_set_text (object, "unit", proposal->unit);
      linli_json_set_text (object, "dispatch", proposal->dispatch);
      linli_json_set_text (object, "rule", proposal->rule);
      json_object_set_int_member (object, "level", proposal->level);
      linli_json_set_text (object, "clock", proposal->kind);
      linli_json_set_time (object, "due", proposal->due);
      linli_json_set_time (object, "since", proposal->at);
      linli_json_set_text (object, "words", proposal->words);
      linli_json_set_text (object, "reply", proposal->reply);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}

static JsonNode *
query_due (LinliConn               *conn,
           const LinliQueryContext *context,
           JsonObject              *args,
           GError                 **error)
{
  g_autoptr(GPtrArray) proposals = linli_ladder_proposals_load (conn, context->now, error);

  return proposals_to_node (proposals);
}

static JsonNode *
query_try (LinliConn               *conn,
           const LinliQueryContext *context,
           JsonObject              *args,
           GError                 **error)
{
  g_autoptr(GPtrArray) proposals = linli_supervision_try (conn, args, context->now, error);

  return proposals_to_node (proposals);
}

static JsonNode *
query_rules (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(GPtrArray) rules = linli_ladder_rules_load (conn, error);
  JsonArray *array;

  if (rules == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < rules->len; i++)
    {
      LinliLadderRule *rule = rules->pdata[i];
      g_autofree char *clocks = g_strjoinv (" ", rule->clocks);
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "code", rule->code);
      linli_json_set_text (object, "event", linli_ladder_event_to_text (rule->event));
      json_object_set_int_member (object, "level", rule->level);
      linli_json_set_text (object, "clocks", clocks);
      linli_json_set_text (object, "wait", rule->wait_text);
      linli_json_set_text (object, "reply", rule->reply);
      linli_json_set_text (object, "words", rule->words);
      json_object_set_boolean_member (object, "active", rule->active);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}

static JsonNode *
query_standing (LinliConn               *conn,
                const LinliQueryContext *context,
                JsonObject              *args,
                GError                 **error)
{
  return linli_rows_query (conn, &linli_table_supervision, "lifted_at IS NULL ORDER BY level DESC, issued_at", error);
}

static JsonNode *
query_warnings (LinliConn               *conn,
                const LinliQueryContext *context,
                JsonObject              *args,
                GError                 **error)
{
  return linli_rows_query (conn, &linli_table_callback,
                           "satisfaction IN ('dissatisfied', 'very_dissatisfied') ORDER BY called_at DESC LIMIT 1000", error);
}

static const LinliArgSpec case_args[] = {
  { "case", LINLI_ARG_TEXT, TRUE, 60, .doc = "id or number of a case" },
  { NULL }
};

static LinliRow *
find_case (LinliConn  *conn,
           JsonObject *args,
           GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case, error, "id = ?1 OR case_no = ?1 LIMIT 1", "s",
                                                 linli_json_get_text (args, "case"));

  if (rows != NULL && rows->len == 0)
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-case", "case", N_("There is no such case."));
  return rows != NULL && rows->len > 0 ? linli_row_ref (rows->pdata[0]) : NULL;
}

static JsonNode *
query_people (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  g_autoptr(LinliRow) row = find_case (conn, args, error);
  g_autoptr(LinliCallbackSheet) sheet = row != NULL ? linli_callback_sheet_load (conn, row, error) : NULL;
  JsonArray *array;

  if (sheet == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < sheet->people->len; i++)
    {
      LinliCallbackPerson *person = sheet->people->pdata[i];
      LinliRow *valid = person->progress.valid;
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "submission", linli_row_get_id (person->submission));
      linli_json_set_text (object, "receipt_no", linli_row_get_text (person->submission, LINLI_SUBMISSION_RECEIPT_NO));
      json_object_set_boolean_member (object, "reply_wanted",
                                      linli_row_get_int (person->submission, LINLI_SUBMISSION_REPLY_WANTED) != 0);
      json_object_set_boolean_member (object, "contactable", person->contactable);
      json_object_set_boolean_member (object, "told", person->notice != NULL);
      json_object_set_int_member (object, "attempts", person->progress.n_attempts);
      json_object_set_int_member (object, "half_days", person->progress.n_half_days);
      json_object_set_int_member (object, "half_days_needed", sheet->n_half_days);
      json_object_set_boolean_member (object, "reached", person->progress.reached);
      json_object_set_boolean_member (object, "over", person->over);
      linli_json_set_text (object, "solved", valid != NULL ? linli_row_get_text (valid, LINLI_CALLBACK_SOLVED) : NULL);
      linli_json_set_text (object, "satisfaction", valid != NULL ? linli_row_get_text (valid, LINLI_CALLBACK_SATISFACTION) : NULL);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}

static JsonNode *
query_evidence (LinliConn               *conn,
                const LinliQueryContext *context,
                JsonObject              *args,
                GError                 **error)
{
  g_autoptr(LinliRow) row = find_case (conn, args, error);
  g_autoptr(GPtrArray) list = NULL;
  g_autofree char *unit = NULL;
  JsonArray *array;

  if (row == NULL || !linli_unit_scope_open (conn, context->actor, linli_row_get_id (row), &unit, error))
    return NULL;
  list = linli_evidence_load_of_case (conn, linli_row_get_id (row), unit != NULL, error);
  if (list == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      const LinliEvidence *one = list->pdata[i];
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "evidence", one->kind);
      linli_json_set_text (object, "state", linli_evidence_state_to_text (one->state));
      json_object_set_int_member (object, "n", one->n);
      linli_json_set_text (object, "what", one->what);
      linli_json_set_text (object, "entry", one->entry);
      linli_json_set_text (object, "attachment", one->attachment);
      linli_json_set_text (object, "by", one->by);
      if (one->at != 0)
        linli_json_set_time (object, "at", one->at);
      json_array_add_object_element (array, object);
    }
  return linli_json_take_array (array);
}

static JsonNode *
query_case_rows (LinliConn        *conn,
                 const LinliTable *table,
                 JsonObject       *args,
                 GError          **error)
{
  g_autoptr(LinliRow) row = find_case (conn, args, error);
  g_autoptr(GPtrArray) rows = NULL;

  if (row == NULL)
    return NULL;
  rows = linli_conn_select (conn, table, error, "case_id = ?1 ORDER BY id", "s", linli_row_get_id (row));
  return linli_rows_to_node (rows, error);
}

static JsonNode *
query_supervisions (LinliConn               *conn,
                    const LinliQueryContext *context,
                    JsonObject              *args,
                    GError                 **error)
{
  return query_case_rows (conn, &linli_table_supervision, args, error);
}

static JsonNode *
query_callbacks (LinliConn               *conn,
                 const LinliQueryContext *context,
                 JsonObject              *args,
                 GError                 **error)
{
  return query_case_rows (conn, &linli_table_callback, args, error);
}

static JsonNode *
query_told (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  return query_case_rows (conn, &linli_table_resident_notice, args, error);
}

static const LinliQuery queries[] = {
  { "supervision.due", no_args, query_due, "The supervisions that the ladder calls for at this moment, the gravest first." },
  { "supervision.try", linli_supervision_rule_args, query_try,
    "What the ladder would call for at this moment if a rule were so; nothing is changed." },
  { "supervision.rules", no_args, query_rules, "The rules of the ladder, stopped ones too." },
  { "supervision.standing", no_args, query_standing, "Supervisions that stand, the gravest first." },
  { "supervision.list", case_args, query_supervisions, "The supervisions of a case." },
  { "callback.people", case_args, query_people, "Whom a case has to answer to, and how far that is." },
  { "callback.list", case_args, query_callbacks, "The call-backs of a case, every attempt." },
  { "callback.warnings", no_args, query_warnings, "Residents who were not content, latest first." },
  { "case.evidence", case_args, query_evidence, "What should show the result of a case, what does, and what was waived.", TRUE },
  { "resident-notice.list", case_args, query_told, "Who was told what about a case." },
  { "notice.list", linli_notice_list_args, linli_notice_list, "What concerns the person at this desk, newest first.", TRUE },
  { "policy.list", no_args, linli_policy_list, "The centre's rules of procedure and what they may be." },
  { NULL }
};

const LinliRoom linli_closing_room = {
  .name = "closing",
  .tables = tables,
  .commands = commands,
  .queries = queries,
  .undone = linli_closing_undone,
  .verify = linli_closing_verify,
};
