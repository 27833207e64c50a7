/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking a command back: every row as it was, and a line that says so. */

#include "case-desk.h"
#include "linli-audit.h"
#include "linli-json.h"

/* What stays when something is undone: who did what, and what was said. */
#define KEPT "audit entry counter outbox setting"

static const struct { const char *state, *command, *args; } cases[] = {
  { "received", "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}" },
  { "received", "case.decline", "{\"case\":\"%c\",\"reason\":\"D01\",\"explanation\":\"已诉讼\"}" },
  { "received", "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}" },
  { "registered", "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\"}" },
  { "registered", "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"title\":\"新\",\"summary\":\"摘要\",\"place\":\"桂园路\"}" },
  { "registered", "case.assign", "{\"case\":\"%c\",\"owner\":\"%a\"}" },
  { "registered", "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\",\"assist\":[\"%v\"]}" },
  { "dispatched", "case.assist", "{\"case\":\"%c\",\"units\":[\"%v\"]}" },
  { "dispatched", "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"派错\"}" },
  { "dispatched", "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}" },
  { "dispatched", "case.sign", "{\"dispatch\":\"%d\"}" },
  { "in_progress", "case.contact", "{\"dispatch\":\"%d\",\"note\":\"已联系\"}" },
  { "in_progress", "case.work", "{\"dispatch\":\"%d\",\"note\":\"已到场\"}" },
  { "in_progress", "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}" },
  { "in_progress", "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\"}" },
  { "in_progress", "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}" },
  { "pending_review", "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}" },
  { "pending_review", "case.review", "{\"case\":\"%c\",\"verdict\":\"reject\",\"note\":\"缺照片\"}" },
  { "resolved", "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\",\"note\":\"满意\"}" },
};

static LinliOutcome *
undo (CaseDesk     *f,
      LinliOutcome *outcome)
{
  return case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
}

static void
test_rows_go_back (CaseDesk     *f,
                   gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CaseSubject subject;
      g_autoptr(LinliOutcome) done = NULL;
      g_autoptr(LinliOutcome) undone = NULL;
      g_autofree char *before = NULL;
      g_autofree char *between = NULL;
      g_autofree char *after = NULL;
      g_autofree char *json = NULL;
      gint64 n_entries;
      gint64 revision;

      case_desk_reach (f, &subject, cases[i].state);
      g_test_message ("%s in %s", cases[i].command, cases[i].state);
      json = case_desk_fill (f, &subject, cases[i].args);
      before = case_desk_digest (f, KEPT);
      f->clock.time += CASE_DESK_MINUTE;
      done = case_desk_do (f, cases[i].command, "%s", json);
      between = case_desk_digest (f, KEPT);
      n_entries = case_desk_int (f, "SELECT count(*) FROM entry WHERE case_id = ?1", subject.id);
      revision = case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", subject.id);
      f->clock.time += CASE_DESK_MINUTE;
      undone = undo (f, done);
      after = case_desk_digest (f, KEPT);

      if (!g_str_equal (cases[i].command, "case.work")) /* it only says something */
        g_assert_cmpstr (before, !=, between);
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE case_id = ?1", subject.id), ==, n_entries + 1);
      g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'undo' AND case_id = ?1", subject.id), ==, 1);
      g_assert_cmpint (case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", subject.id), >, revision);
      case_subject_clear (&subject);
    }
}

/* What was built on it would fall with it. */
static void
test_later_work_is_safe (CaseDesk     *f,
                         gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) sent = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0));
  g_autofree char *lead = case_desk_tell (sent, "lead_dispatch");
  g_autoptr(LinliOutcome) noted = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"x\",\"audience\":\"unit\"}", id);
  g_autoptr(LinliOutcome) signed_for = case_desk_do (f, "case.sign", "{\"dispatch\":\"%s\"}", lead);
  g_autoptr(LinliOutcome) first = NULL;
  g_autoptr(LinliOutcome) second = NULL;

  case_desk_refused (f, "changed-since", NULL, "core.undo", "{\"operation\":\"%s\"}", sent->operation);
  first = undo (f, signed_for);
  second = undo (f, sent); /* a note in between changes no row of it */
  case_desk_refused (f, "changed-since", NULL, "core.undo", "{\"operation\":\"%s\"}", sent->operation);
}

/* What was left empty and filled in by somebody since would go with the row. */
static void
test_later_words_are_safe (CaseDesk     *f,
                           gconstpointer data)
{
  g_autoptr(LinliOutcome) made = case_desk_do (f, "unit.save", "{\"code\":\"Z9\",\"name\":\"水务站\"}");
  g_autoptr(LinliOutcome) edited = case_desk_do (f, "unit.save", "{\"code\":\"Z9\",\"name\":\"水务站\",\"phone\":\"82230001\"}");
  g_autoptr(LinliOutcome) first = NULL;
  g_autoptr(LinliOutcome) second = NULL;

  case_desk_refused (f, "changed-since", NULL, "core.undo", "{\"operation\":\"%s\"}", made->operation);
  first = undo (f, edited);
  second = undo (f, made);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM unit WHERE code = 'Z9'", NULL), ==, 0);
}

/* A list that cases were filed under is in use. */
static void
test_lists_in_use_stay (CaseDesk     *f,
                        gconstpointer data)
{
  g_autoptr(LinliOutcome) list = case_desk_do (f, "duty.import", "{\"source\":\"x\",\"items\":[{\"code\":\"08.01\",\"name\":\"x\",\"leaf\":true}]}");
  g_autofree char *id = case_desk_accepted (f, "08.01");
  g_autoptr(LinliOutcome) unused = NULL;
  g_autoptr(LinliOutcome) undone = NULL;

  case_desk_refused (f, "in-use", NULL, "core.undo", "{\"operation\":\"%s\"}", list->operation);
  unused = case_desk_do (f, "duty.import", "{\"source\":\"x\",\"items\":[{\"code\":\"08.02\",\"name\":\"x\",\"leaf\":true}]}");
  undone = undo (f, unused);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM duty_item WHERE code = '08.02'", NULL), ==, 0);
}

static void
test_words_are_not_undone (CaseDesk     *f,
                           gconstpointer data)
{
  g_autofree char *id = case_desk_intake (f, "井盖破了");
  g_autoptr(LinliOutcome) noted = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"x\",\"audience\":\"unit\"}", id);

  case_desk_refused (f, "not-undoable", "operation", "core.undo", "{\"operation\":\"%s\"}", noted->operation);
}

static void
test_only_who_may_do_may_undo (CaseDesk     *f,
                               gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) sent = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0));

  case_desk_act_as (f, "handler", NULL);
  case_desk_refused (f, "not-allowed", NULL, "core.undo", "{\"operation\":\"%s\"}", sent->operation);
}

static LinliOutcome *
classify (CaseDesk   *f,
          const char *id,
          const char *item)
{
  return case_desk_do (f, "case.classify", "{\"case\":\"%s\",\"item\":\"%s\"}", id, item);
}

static void
refused_undo (CaseDesk     *f,
              const char   *reason,
              const char   *field,
              LinliOutcome *outcome)
{
  case_desk_refused (f, reason, field, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
}

/* The clock that went with a merged case must not come back beside the one that
 * the case got for itself since. */
static void
test_no_second_clock (CaseDesk     *f,
                      gconstpointer data)
{
  CaseSubject source;
  g_autofree char *target = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) merged = NULL;
  g_autoptr(LinliOutcome) parted = NULL;
  g_autoptr(LinliOutcome) sent = NULL;

  case_desk_reach (f, &source, "dispatched");
  merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", source.id, target);
  parted = case_desk_do (f, "case.unmerge", "{\"case\":\"%s\"}", source.id);
  sent = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", target, case_desk_unit (f, 0));
  refused_undo (f, "changed-since", NULL, parted);
  case_subject_clear (&source);
}

/* Nobody waits for a unit to speak to the resident once it has reported its result. */
static void
test_no_clock_of_what_is_done (CaseDesk     *f,
                               gconstpointer data)
{
  CaseSubject s;
  g_autoptr(LinliOutcome) spoken = NULL;
  g_autofree char *args = NULL;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.work", "{\"dispatch\":\"%d\",\"note\":\"已到场\"}");
  args = case_desk_fill (f, &s, "{\"dispatch\":\"%d\",\"note\":\"已联系\"}");
  spoken = case_desk_do (f, "case.contact", "%s", args);
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  refused_undo (f, "changed-since", NULL, spoken);
  case_subject_clear (&s);
}

/* One request of a case is open at a time: the first does not come back beside the second. */
static void
test_place_is_taken (CaseDesk     *f,
                     gconstpointer data)
{
#define ASK "{\"dispatch\":\"%d\",\"amount\":\"1工作日\",\"reason\":\"等配件\"}"
  CaseSubject s;
  g_autoptr(LinliOutcome) withdrawn = NULL;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.ask-extension", ASK);
  withdrawn = case_desk_do (f, "case.withdraw-request", "{\"case\":\"%s\"}", s.id);
  case_desk_run (f, &s, "case.ask-extension", ASK);
  refused_undo (f, "changed-since", NULL, withdrawn);
  case_subject_clear (&s);
#undef ASK
}

/* A part that was let off comes back only to the round it belongs to. */
static void
test_rounds_are_not_mixed (CaseDesk     *f,
                           gconstpointer data)
{
  CaseSubject s;
  g_autoptr(LinliOutcome) released = NULL;
  g_autoptr(LinliOutcome) again = NULL;
  g_autofree char *args = NULL;

  case_desk_reach (f, &s, "dispatched");
  args = case_desk_fill (f, &s, "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  released = case_desk_do (f, "case.release", "%s", args);
  case_desk_run (f, &s, "case.recall", "{\"dispatch\":\"%d\",\"reason\":\"派错\"}");
  refused_undo (f, "changed-since", NULL, released);
  again = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s.id, case_desk_unit (f, 3));
  refused_undo (f, "changed-since", NULL, released);
  case_subject_clear (&s);
}

/* Brought again it waits for dispatch: nothing of the last round sets it going. */
static void
test_waiting_goes_on (CaseDesk     *f,
                      gconstpointer data)
{
  CaseSubject s;
  g_autoptr(LinliOutcome) released = NULL;
  g_autoptr(LinliOutcome) brought = NULL;
  g_autofree char *args = NULL;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.sign", "{\"dispatch\":\"%e\"}");
  args = case_desk_fill (f, &s, "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  released = case_desk_do (f, "case.release", "%s", args);
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_desk_run (f, &s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  case_desk_run (f, &s, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
  brought = case_desk_do (f, "case.intake", "{\"text\":\"又坏了\",\"channel\":\"DH01\",\"again_of\":\"%s\"}", s.id);
  case_desk_run (f, &s, "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}");
  refused_undo (f, "changed-since", NULL, released);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE state = 'registered' AND id = ?1", s.id), ==, 1);
  case_subject_clear (&s);
}

/* What an item was chosen for may have happened since. */
static void
test_item_stays_where_it_is_needed (CaseDesk     *f,
                                    gconstpointer data)
{
  CaseSubject s = { NULL };
  g_autofree char *received = case_desk_intake (f, "井盖破了");
  g_autoptr(LinliOutcome) first = classify (f, received, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) accepted = case_desk_do (f, "case.accept", "{\"case\":\"%s\",\"item\":\"06.01\"}", received);
  g_autoptr(LinliOutcome) sent = NULL;
  g_autoptr(LinliOutcome) second = NULL;

  refused_undo (f, "changed-since", NULL, first);

  s.id = case_desk_accepted (f, CASE_DESK_CATCH_ALL);
  sent = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s.id, case_desk_unit (f, 0));
  s.lead = case_desk_tell (sent, "lead_dispatch");
  case_desk_run (f, &s, "case.sign", "{\"dispatch\":\"%d\"}");
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  second = classify (f, s.id, CASE_DESK_LEAF);
  case_desk_run (f, &s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  refused_undo (f, "catch-all", "item", second);
  case_desk_run (f, &s, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
  refused_undo (f, "catch-all", "item", second);
  case_subject_clear (&s);
}

/* A unit released by mistake and asked again since is not asked twice. */
static void
test_released_and_asked_again (CaseDesk     *f,
                               gconstpointer data)
{
  CaseSubject s;
  g_autoptr(LinliOutcome) asked = NULL, released = NULL, again = NULL;

  case_desk_reach (f, &s, "in_progress");
  asked = case_desk_do (f, "case.assist", "{\"case\":\"%s\",\"units\":[\"%s\"]}", s.id, case_desk_unit (f, 2));
  {
    g_autofree char *part = case_desk_text (f, "SELECT id FROM dispatch WHERE case_id = ?1 ORDER BY pk DESC LIMIT 1", s.id);

    released = case_desk_do (f, "case.release", "{\"dispatch\":\"%s\",\"reason\":\"不需要\"}", part);
  }
  again = case_desk_do (f, "case.assist", "{\"case\":\"%s\",\"units\":[\"%s\"]}", s.id, case_desk_unit (f, 2));
  case_desk_refused (f, "changed-since", NULL, "core.undo", "{\"operation\":\"%s\"}", released->operation);
  case_subject_clear (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-undo/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("rows-go-back", test_rows_go_back);
  ADD ("later-work-is-safe", test_later_work_is_safe);
  ADD ("later-words-are-safe", test_later_words_are_safe);
  ADD ("lists-in-use-stay", test_lists_in_use_stay);
  ADD ("words-are-not-undone", test_words_are_not_undone);
  ADD ("only-who-may-do-may-undo", test_only_who_may_do_may_undo);
  ADD ("no-second-clock", test_no_second_clock);
  ADD ("no-clock-of-what-is-done", test_no_clock_of_what_is_done);
  ADD ("place-is-taken", test_place_is_taken);
  ADD ("rounds-are-not-mixed", test_rounds_are_not_mixed);
  ADD ("waiting-goes-on", test_waiting_goes_on);
  ADD ("item-stays-where-it-is-needed", test_item_stays_where_it_is_needed);
  ADD ("released-and-asked-again", test_released_and_asked_again);
#undef ADD
  return g_test_run ();
}
