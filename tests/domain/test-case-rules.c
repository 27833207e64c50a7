/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which command is possible in which state, for whom, and what else it asks. */

#include <string.h>

#include "case-desk.h"
#include "linli-registry.h"
#include "linli-case-commands.h"
#include "linli-case-rules.h"
#include "linli-json.h"

/* A column a state: + possible, - refused, . there is nothing to do it to. */
static const struct { const char *command, *args, *possible; } matrix[] = {
  { "case.accept",   "{\"case\":\"%c\",\"item\":\"06.01\"}",                        "+--------" },
  { "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\"}",                        "++++++---" },
  { "case.edit",     "{\"case\":\"%c\",\"revision\":%r,\"title\":\"新标题\"}",      "++++++---" },
  { "case.assign",   "{\"case\":\"%c\",\"owner\":\"%a\"}",                          "++++++---" },
  { "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\"}",                           "-+-------" },
  { "case.assist",   "{\"case\":\"%c\",\"units\":[\"%v\"]}",                        "--++-----" },
  { "case.recall",   "{\"dispatch\":\"%d\",\"reason\":\"派错\"}",                   "..++---.." },
  { "case.release",  "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}",                 "..++---.." },
  { "case.sign",     "{\"dispatch\":\"%d\"}",                                       "..+----.." },
  { "case.contact",  "{\"dispatch\":\"%d\"}",                                       "..-+---.." },
  { "case.work",     "{\"dispatch\":\"%d\",\"note\":\"已到场\"}",                   "..-+---.." },
  { "case.done",     "{\"dispatch\":\"%d\",\"result\":\"已修好\"}",                 "..-+---.." },
  { "case.review",   "{\"case\":\"%c\",\"verdict\":\"pass\"}",                      "----+----" },
  { "case.review",   "{\"case\":\"%c\",\"verdict\":\"reject\",\"note\":\"缺照片\"}", "----+----" },
  { "case.close",    "{\"case\":\"%c\",\"reply\":\"已修好\"}",                      "-----+---" },
  { "case.notify-resident", "{\"case\":\"%c\",\"method\":\"phone\",\"words\":\"已修好\"}", "-----+---" },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"no\"}",                      "-----+---" },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"satisfied\",\"then\":\"close\"}", "-----+---" },
  { "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"no\",\"satisfaction\":\"basically_satisfied\",\"reason\":\"还在漏\",\"then\":\"redo\"}", "-----+---" },
  { "case.redo",     "{\"case\":\"%c\",\"reason\":\"还在漏\"}",                 "-----++--" },
  { "case.supervise", "{\"case\":\"%c\",\"level\":\"2\",\"reason\":\"超期\"}",  "--++-----" },
  { "case.decline",  "{\"case\":\"%c\",\"reason\":\"D01\",\"explanation\":\"已诉讼\"}", "+--------" },
  { "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}",                   "+++++----" },
  { "case.set-attributes", "{\"case\":\"%c\",\"attributes\":{}}",                "++++++---" },
  { "case.record-owner", "{\"case\":\"%c\",\"unit\":\"%u\",\"basis\":\"开井认线\"}", "-++++++--" },
  { "case.note",     "{\"case\":\"%c\",\"body\":\"记一笔\",\"audience\":\"internal\"}", "+++++++++" },
  { "case.attach",   "{\"case\":\"%c\",\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
                     "\"name\":\"a.jpg\",\"content_type\":\"image/jpeg\",\"size\":1,\"audience\":\"unit\"}", "+++++++++" },
};

static void
try_states (CaseDesk *f,
            guint     m)
{
  for (guint s = 0; s < CASE_DESK_N_STATES; s++)
    {
      CaseSubject subject;
      g_autofree char *json = NULL;
      g_autofree char *found = NULL;

      if (matrix[m].possible[s] == '.')
        continue;
      case_desk_reach (f, &subject, case_desk_states[s]);
      found = case_desk_text (f, "SELECT state FROM cases WHERE id = ?1", subject.id);
      g_assert_cmpstr (found, ==, case_desk_states[s]);
      g_test_message ("%s in %s: %c", matrix[m].command, case_desk_states[s], matrix[m].possible[s]);
      json = case_desk_fill (f, &subject, matrix[m].args);
      if (matrix[m].possible[s] == '+')
        case_desk_run (f, &subject, matrix[m].command, matrix[m].args);
      else
        case_desk_refused (f, "illegal-transition", strstr (json, "dispatch\"") != NULL ? "dispatch" : "case",
                           matrix[m].command, "%s", json);
      case_subject_clear (&subject);
    }
}

/* A desk of its own for each command: what is compared stays small. */
static void
test_matrix (void)
{
  for (guint m = 0; m < G_N_ELEMENTS (matrix); m++)
    {
      CaseDesk desk = { 0 };

      case_desk_set_up (&desk, NULL);
      try_states (&desk, m);
      case_desk_tear_down (&desk, NULL);
    }
}
/* The buttons promise what the commands keep. */
static void
test_actions_agree (CaseDesk     *f,
                    gconstpointer data)
{
  for (guint s = 0; s < CASE_DESK_N_STATES; s++)
    for (guint m = 0; m < G_N_ELEMENTS (matrix); m++)
      {
        LinliCasePart parts[2] = { { TRUE, LINLI_PART_SENT }, { FALSE, LINLI_PART_SENT } };
        guint n_parts = s >= 2 && s <= 6 ? 2 : 0;
        g_autofree const char **actions = NULL;
        LinliCaseState state;
        gboolean offered;

        if (s >= 3)
          parts[0].state = LINLI_PART_SIGNED;
        if (s >= 4)
          {
            parts[0].state = LINLI_PART_DONE;
            parts[1].state = LINLI_PART_RELEASED;
          }
        if (g_str_equal (matrix[m].command, "case.sign") && s == 3)
          continue; /* the assisting unit may still sign */
        g_assert_true (linli_case_state_from_id (case_desk_states[s], &state));
        actions = linli_case_allowed_actions (state, parts, n_parts, LINLI_ROLE_ANY);
        offered = g_strv_contains (actions, matrix[m].command);
        g_test_message ("%s in %s: %d", matrix[m].command, case_desk_states[s], offered);
        g_assert_cmpint (offered, ==, matrix[m].possible[s] == '+');
      }
}

/* What the registry says of a command's roles is what its rules say. */
static void
test_roles_agree (CaseDesk     *f,
                  gconstpointer data)
{
  for (const LinliCaseTransition *row = linli_case_transitions (); row->command != NULL; row++)
    {
      const LinliCommand *command = linli_registry_find_command (row->command);

      g_assert_nonnull (command);
      g_assert_cmpint (linli_case_roles (command->name), ==, command->roles);
    }
}

static void
test_state_follows_parts (CaseDesk     *f,
                          gconstpointer data)
{
  static const struct { const char *lead, *assist, *state; } cases[] = {
    { "recalled", NULL, "registered" },
    { "sent", NULL, "dispatched" },
    { "sent", "sent", "dispatched" },
    { "sent", "signed", "in_progress" },
    { "sent", "done", "in_progress" },
    { "sent", "released", "dispatched" },
    { "working", "recalled", "in_progress" },
    { "done", "sent", "in_progress" },
    { "done", "done", "pending_review" },
    { "done", "released", "pending_review" },
    { "done", NULL, "pending_review" },
    { "recalled", "done", "registered" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LinliCasePart parts[] = {
        { TRUE, linli_part_state_from_text (cases[i].lead) },
        { FALSE, linli_part_state_from_text (cases[i].assist) },
      };

      g_assert_cmpstr (linli_case_state_to_id (linli_case_state_of_parts (parts, cases[i].assist != NULL ? 2 : 1)), ==,
                       cases[i].state);
    }
}

static void
test_roles_are_kept (CaseDesk     *f,
                     gconstpointer data)
{
  static const struct { const char *roles, *state, *command, *args; gboolean may; } cases[] = {
    { "handler", "received", "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}", FALSE },
    { "clerk", "received", "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}", TRUE },
    { "clerk", "registered", "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\"}", FALSE },
    { "clerk", "pending_review", "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}", FALSE },
    { "reviewer", "pending_review", "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}", TRUE },
    { "auditor", "received", "case.note", "{\"case\":\"%c\",\"body\":\"x\",\"audience\":\"internal\"}", FALSE },
    { "callback", "resolved", "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CaseSubject subject;
      g_autofree char *json = NULL;

      linli_desk_set_actor (f->desk, f->chief);
      case_desk_reach (f, &subject, cases[i].state);
      json = case_desk_fill (f, &subject, cases[i].args);
      case_desk_act_as (f, cases[i].roles, NULL);
      if (cases[i].may)
        case_desk_run (f, &subject, cases[i].command, cases[i].args);
      else
        case_desk_refused (f, "not-allowed", NULL, cases[i].command, "%s", json);
      case_subject_clear (&subject);
    }
}

/* A handler with a desk at a unit signs for that unit alone. */
static void
test_unit_acts_for_itself (CaseDesk     *f,
                           gconstpointer data)
{
  CaseSubject subject;
  g_autofree char *json = NULL;

  case_desk_reach (f, &subject, "dispatched");
  json = case_desk_fill (f, &subject, "{\"dispatch\":\"%e\"}");
  case_desk_act_as (f, "handler", case_desk_unit (f, 0));
  case_desk_refused (f, "other-unit", "dispatch", "case.sign", "%s", json);
  case_desk_run (f, &subject, "case.sign", "{\"dispatch\":\"%d\"}");
  case_subject_clear (&subject);
}

static void
test_guards (CaseDesk     *f,
             gconstpointer data)
{
  static const struct { const char *state, *command, *args, *reason, *field; } cases[] = {
    { "received", "case.accept", "{\"case\":\"%c\",\"item\":\"06\"}", "invalid", "item" },
    { "received", "case.accept", "{\"case\":\"%c\",\"item\":\"99.99\"}", "invalid", "item" },
    { "received", "case.decline", "{\"case\":\"%c\",\"reason\":\"D77\",\"explanation\":\"x\"}", "invalid", "reason" },
    { "received", "case.decline", "{\"case\":\"%c\",\"reason\":\"D01\",\"explanation\":\"  \"}", "invalid", "explanation" },
    { "registered", "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"%u\"]}", "invalid", "assist" },
    { "registered", "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"%v\",\"%v\"]}", "invalid", "assist" },
    { "registered", "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%c\"}", "not-found", "lead" },
    { "registered", "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"x\"]}", "not-found", "assist" },
    { "registered", "case.classify", "{\"case\":\"%c\",\"item\":\"06.01\"}", "invalid", "item" },
    { "dispatched", "case.assist", "{\"case\":\"%c\",\"units\":[]}", "invalid", "units" },
    { "dispatched", "case.assist", "{\"case\":\"%c\",\"units\":[\"%u\"]}", "invalid", "units" },
    { "dispatched", "case.release", "{\"dispatch\":\"%d\",\"reason\":\"x\"}", "lead-stays", "dispatch" },
    { "dispatched", "case.recall", "{\"dispatch\":\"%d\",\"reason\":\" \"}", "invalid", "reason" },
    { "in_progress", "case.done", "{\"dispatch\":\"%d\",\"result\":\"　\"}", "invalid", "result" },
    { "in_progress", "case.edit", "{\"case\":\"%c\",\"revision\":1,\"title\":\"x\"}", "changed-since", "revision" },
    { "in_progress", "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"title\":\"\"}", "invalid", "title" },
    /* one part of a change that cannot be saved keeps all of it back */
    { "in_progress", "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"title\":\"新标题\",\"urgency\":\"often\"}", "invalid", "urgency" },
    { "in_progress", "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"title\":\"新标题\",\"place_id\":\"%u\"}", "not-found", "place_id" },
    { "in_progress", "case.note", "{\"case\":\"%c\",\"body\":\" \",\"audience\":\"unit\"}", "invalid", "body" },
    { "in_progress", "case.note", "{\"case\":\"%c\",\"body\":\"x\",\"audience\":\"all\"}", "invalid", "audience" },
    { "pending_review", "case.review", "{\"case\":\"%c\",\"verdict\":\"reject\"}", "invalid", "note" },
    { "pending_review", "case.review", "{\"case\":\"%c\",\"verdict\":\"maybe\"}", "invalid", "verdict" },
    { "resolved", "case.close", "{\"case\":\"%c\",\"reply\":\"\"}", "invalid", "reply" },
    { "closed", "case.redo", "{\"case\":\"%c\",\"reason\":\" \"}", "invalid", "reason" },
    { "received", "case.attach", "{\"case\":\"%c\",\"sha256\":\"E3\",\"name\":\"a\",\"content_type\":\"b\",\"size\":1,"
      "\"audience\":\"unit\"}", "invalid", "sha256" },
    { "received", "case.attach", "{\"case\":\"%c\",\"sha256\":"
      "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"name\":\"a\",\"content_type\":\"b\","
      "\"size\":52428801,\"audience\":\"unit\"}", "invalid", "size" },
    { "received", "case.assign", "{\"case\":\"%c\",\"owner\":\"%c\"}", "not-found", "owner" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CaseSubject subject;
      g_autofree char *json = NULL;

      case_desk_reach (f, &subject, cases[i].state);
      json = case_desk_fill (f, &subject, cases[i].args);
      g_test_message ("%s %s", cases[i].command, json);
      case_desk_refused (f, cases[i].reason, cases[i].field, cases[i].command, "%s", json);
      case_subject_clear (&subject);
    }
}

/* Filed under "other" it may be worked on, but not be over. */
static void
test_catch_all_is_reclassified (CaseDesk     *f,
                                gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_CATCH_ALL, &lead);
  const CaseSubject subject = { id, lead, NULL };

  case_desk_run (f, &subject, "case.sign", "{\"dispatch\":\"%d\"}");
  case_desk_run (f, &subject, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已处理\"}");
  case_desk_refused (f, "catch-all", "item", "case.review", "{\"case\":\"%s\",\"verdict\":\"pass\"}", id);
  case_desk_run (f, &subject, "case.classify", "{\"case\":\"%c\",\"item\":\"06.01\"}");
  case_desk_run (f, &subject, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  case_desk_run (f, &subject, "case.classify", "{\"case\":\"%c\",\"item\":\"06.99\"}");
  case_desk_refused (f, "catch-all", "item", "case.close", "{\"case\":\"%s\",\"reply\":\"x\"}", id);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-rules/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  g_test_add_func ("/case-rules/matrix", test_matrix);
  ADD ("actions-agree", test_actions_agree);
  ADD ("roles-agree", test_roles_agree);
  ADD ("state-follows-parts", test_state_follows_parts);
  ADD ("roles-are-kept", test_roles_are_kept);
  ADD ("unit-acts-for-itself", test_unit_acts_for_itself);
  ADD ("guards", test_guards);
  ADD ("catch-all-is-reclassified", test_catch_all_is_reclassified);
#undef ADD
  return g_test_run ();
}
