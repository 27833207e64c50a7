/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 三事分流: each lane from the choice to the end, what each step asks, and what
 * holds whatever is tried in whatever order. */

#include "case-desk.h"

#ifdef __SANITIZE_ADDRESS__
#define N_COMMANDS 400
#else
#define N_COMMANDS 1500
#endif

#define LANE(lane) "{\"case\":\"%s\",\"lane\":\"" lane "\",\"reason\":\"按清单\"}"
#define MEETING  "{\"case\":\"%s\",\"held_on\":\"2026-02-14\",\"participants\":\"李姨 王叔\",\"options\":\"移棚\\n降音量\"}"
#define AGREE    "{\"case\":\"%s\",\"agreement\":\"九点收场\",\"responsible\":\"李姨\",\"follow_up_on\":\"2026-03-01\",\"reply\":\"已商定\"}"
#define FAIL     "{\"case\":\"%s\",\"reason\":\"谈不拢\"}"
#define ASK      "{\"case\":\"%s\",\"kind\":\"陪伴\",\"need\":\"陪看病\",\"wanted\":\"周六上午\",\"place\":\"3栋\",\"contact_ok\":\"yes\"}"
#define DONE     "{\"case\":\"%s\",\"helper\":\"张姐\",\"result\":\"陪到医院\",\"minutes\":\"120\",\"reply\":\"已陪同\"}"
#define AGENDA   "{\"case\":\"%s\",\"topic\":\"加装电梯\",\"meeting_on\":\"2026-02-25\"}"
#define DECIDE   "{\"case\":\"%s\",\"decision\":\"先做两栋\",\"responsible\":\"赵书记\",\"promise_on\":\"2026-04-30\"}"

static void
set_up (CaseDesk     *f,
        gconstpointer data)
{
  static const char *const names[][3] = { { "major", "公事" }, { "minor", "共事" }, { "private", "家事" } };

  case_desk_set_up (f, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(LinliOutcome) outcome = case_desk_do (f, "lane.save", "{\"code\":\"%s\",\"name\":\"%s\",\"leads\":\"社区\"}", names[i][0], names[i][1]);

      g_assert_nonnull (outcome);
    }
}

static void
tear_down (CaseDesk     *f,
           gconstpointer data)
{
  case_desk_check (f);
  case_desk_tear_down (f, NULL);
}

#define DO(command, format, ...) \
  g_clear_pointer (&last, linli_outcome_free); \
  last = case_desk_do (f, command, format, __VA_ARGS__)

static void
expect (CaseDesk   *f,
        const char *id,
        const char *state,
        const char *lane)
{
  g_autofree char *got = case_desk_text (f, "SELECT state || ' ' || coalesce(lane, '-') FROM cases WHERE id = ?1", id);
  g_autofree char *wanted = g_strdup_printf ("%s %s", state, lane);

  g_assert_cmpstr (got, ==, wanted);
}

static gint64
clock_start (CaseDesk   *f,
             const char *id)
{
  return case_desk_int (f, "SELECT min(started_at) FROM clock WHERE case_id = ?1 AND kind = 'resolve'", id);
}

static void
test_neighbours_agree (CaseDesk     *f,
                       gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *words = NULL;
  g_autoptr(LinliOutcome) last = NULL;
  gint64 start = f->clock.time + CASE_DESK_MINUTE;

  case_desk_refused (f, "illegal-transition", "case", "case.deliberate", MEETING, id);
  case_desk_refused (f, "invalid", "reason", "case.set-lane", "{\"case\":\"%s\",\"lane\":\"minor\",\"reason\":\" \"}", id);
  f->clock.time += CASE_DESK_MINUTE;
  DO ("case.set-lane", LANE ("minor"), id);
  expect (f, id, "deliberating", "minor");
  words = case_desk_text (f, "SELECT payload FROM entry WHERE case_id = ?1 AND kind = 'lane'", id);
  g_assert_cmpstr (words, ==, "{\"lane\":[null,\"共事\"]}"); /* by the name it has here */
  g_assert_cmpint (clock_start (f, id), ==, start);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE case_id = ?1 AND kind = 'dispatch' AND state = 'met'", id), ==, 1);

  case_desk_refused (f, "not-deliberated", "case", "case.agree", AGREE, id);
  case_desk_refused (f, "invalid", "participants", "case.deliberate", "{\"case\":\"%s\",\"held_on\":\"2026-02-14\",\"participants\":\"\",\"options\":\"x\"}", id);
  case_desk_refused (f, "invalid", "held_on", "case.deliberate", "{\"case\":\"%s\",\"held_on\":\"昨天\",\"participants\":\"x\",\"options\":\"x\"}", id);
  DO ("case.deliberate", MEETING, id);
  case_desk_refused (f, "invalid", "reply", "case.agree", "{\"case\":\"%s\",\"agreement\":\"九点收场\",\"reply\":\"\"}", id);
  f->clock.time += CASE_DESK_MINUTE;
  DO ("case.agree", AGREE, id);
  expect (f, id, "resolved", "minor");
  g_assert_cmpint (case_desk_int (f, "SELECT met_at FROM clock WHERE case_id = ?1 AND kind = 'resolve'", id), ==, f->clock.time);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE case_id = ?1 AND kind = 'callback' AND state = 'running'", id), ==, 1);
  DO ("case.close", "{\"case\":\"%s\",\"reply\":\"已商定\"}", id);
  expect (f, id, "closed", "minor");
}

/* 升格: the first clock goes on, whatever the way. */
static void
test_no_agreement (CaseDesk     *f,
                   gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) last = NULL;
  gint64 start;

  DO ("case.set-lane", LANE ("minor"), id);
  start = clock_start (f, id);
  DO ("case.deliberate", MEETING, id);
  f->clock.time += 10 * CASE_DESK_MINUTE;
  DO ("case.fail-to-agree", "{\"case\":\"%s\",\"reason\":\"谈不拢\",\"lane\":\"major\"}", id);
  expect (f, id, "registered", "major");
  case_desk_refused (f, "invalid", "lane", "case.set-lane", LANE ("major"), id);
  DO ("case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0));
  g_assert_cmpint (clock_start (f, id), ==, start);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE case_id = ?1 AND kind = 'resolve'", id), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM deliberation WHERE case_id = ?1 AND state = 'failed'", id), ==, 1);
}

static void
test_committee_decides (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autofree char *day = NULL;
  g_autoptr(LinliOutcome) last = NULL;

  case_desk_refused (f, "other-lane", "case", "case.put-on-agenda", AGENDA, id);
  DO ("case.set-lane", LANE ("major"), id);
  expect (f, id, "registered", "major");
  case_desk_refused (f, "not-on-agenda", "case", "case.record-decision", DECIDE, id);
  DO ("case.put-on-agenda", AGENDA, id);
  DO ("case.put-on-agenda", "{\"case\":\"%s\",\"topic\":\"加装电梯\",\"meeting_on\":\"2026-03-04\"}", id); /* put off */
  day = case_desk_text (f, "SELECT group_concat(meeting_on) FROM party_agenda WHERE case_id = ?1", id);
  g_assert_cmpstr (day, ==, "2026-03-04");
  case_desk_refused (f, "invalid", "promise_on", "case.record-decision", "{\"case\":\"%s\",\"decision\":\"做\",\"responsible\":\"赵\",\"promise_on\":\"尽快\"}", id);
  DO ("case.record-decision", DECIDE, id);
  case_desk_refused (f, "not-on-agenda", "case", "case.record-decision", DECIDE, id);

  /* The committee leads, a unit does it; it may come before the committee again. */
  DO ("case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 0));
  DO ("case.put-on-agenda", AGENDA, id);
  expect (f, id, "dispatched", "major");
  case_desk_refused (f, "illegal-transition", "case", "case.set-lane", LANE ("minor"), id);
}

static void
test_help_is_given (CaseDesk     *f,
                    gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) last = NULL;

  DO ("case.set-lane", LANE ("private"), id);
  expect (f, id, "aiding", "private");
  case_desk_refused (f, "not-asked", "case", "case.aid-done", DONE, id);
  DO ("case.ask-aid", ASK, id);
  case_desk_refused (f, "already-asked", "case", "case.ask-aid", ASK, id);
  case_desk_refused (f, "invalid", "minutes", "case.aid-done", "{\"case\":\"%s\",\"helper\":\"x\",\"result\":\"x\",\"minutes\":\"两小时\",\"reply\":\"x\"}", id);
  DO ("case.aid-done", DONE, id);
  expect (f, id, "resolved", "private");
  g_assert_cmpint (case_desk_int (f, "SELECT minutes FROM mutual_aid WHERE case_id = ?1 AND state = 'done'", id), ==, 120);
}

/* A request nobody will answer any more is over when the lane is another. */
static void
test_lane_changes (CaseDesk     *f,
                   gconstpointer data)
{
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) last = NULL;

  DO ("case.set-lane", LANE ("private"), id);
  DO ("case.ask-aid", ASK, id);
  DO ("case.set-lane", LANE ("minor"), id);
  expect (f, id, "deliberating", "minor");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM mutual_aid WHERE state = 'asked'", NULL), ==, 0);
  {
    g_autoptr(LinliOutcome) undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", last->operation);

    g_assert_nonnull (undone);
  }
  expect (f, id, "aiding", "private");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM mutual_aid WHERE state = 'asked'", NULL), ==, 1);
}

/* Every step taken back leaves what was there before it. */
static void
test_every_step_is_undone (CaseDesk     *f,
                           gconstpointer data)
{
  static const struct { const char *command, *args; } steps[] = {
    { "case.set-lane", LANE ("private") }, { "case.ask-aid", ASK }, { "case.fail-to-agree", FAIL },
    { "case.set-lane", LANE ("minor") }, { "case.deliberate", MEETING }, { "case.fail-to-agree", "{\"case\":\"%s\",\"reason\":\"x\",\"lane\":\"major\"}" },
    { "case.put-on-agenda", AGENDA }, { "case.record-decision", DECIDE }, { "case.set-lane", LANE ("minor") },
    { "case.deliberate", MEETING }, { "case.agree", AGREE },
  };
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_auto(GStrv) parts = g_strsplit (steps[i].args, "%s", 2);
      g_autofree char *args = g_strjoinv (id, parts);
      g_autofree char *before = case_desk_digest (f, "audit outbox entry");
      g_autofree char *after = NULL;
      g_autoptr(LinliOutcome) done = case_desk_do (f, steps[i].command, "%s", args);
      g_autoptr(LinliOutcome) back = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", done->operation);
      g_autoptr(LinliOutcome) again = NULL;

      after = case_desk_digest (f, "audit outbox entry");
      g_assert_cmpstr (before, ==, after);
      case_desk_check (f);
      again = case_desk_do (f, steps[i].command, "%s", args);
      g_assert_nonnull (again);
    }
}

/* --- Whatever is tried --- */

static const struct { const char *command, *args; } any[] = {
  { "case.set-lane", LANE ("major") }, { "case.set-lane", LANE ("minor") }, { "case.set-lane", LANE ("private") },
  { "case.deliberate", MEETING }, { "case.agree", AGREE }, { "case.fail-to-agree", FAIL }, { "case.ask-aid", ASK },
  { "case.aid-done", DONE }, { "case.put-on-agenda", AGENDA }, { "case.record-decision", DECIDE },
  { "case.withdraw", "{\"case\":\"%s\",\"reason\":\"不再反映\"}" },
  { "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%u\"}" },
  { "case.classify", "{\"case\":\"%s\",\"item\":\"06.02\"}" },
  { "case.close", "{\"case\":\"%s\",\"reply\":\"好\"}" },
};

/* What holds after every step, beside what verify says. */
static const char *const never[] = {
  "SELECT case_no FROM cases c WHERE state IN ('deliberating', 'aiding') AND (SELECT count(*) FROM clock WHERE case_id = c.id "
  "AND kind = 'resolve' AND state IN ('running', 'unknown')) <> 1",
  "SELECT case_no FROM cases c WHERE state IN ('deliberating', 'aiding') AND EXISTS (SELECT 1 FROM clock WHERE case_id = c.id "
  "AND kind = 'dispatch' AND state IN ('running', 'unknown'))",
  "SELECT case_no FROM cases c WHERE state IN ('resolved', 'closed') AND EXISTS (SELECT 1 FROM clock WHERE case_id = c.id "
  "AND kind = 'resolve' AND state IN ('running', 'unknown'))",
  "SELECT case_id FROM clock WHERE kind = 'resolve' GROUP BY case_id HAVING count(*) > 1",
  "SELECT case_no FROM cases c WHERE due_at IS DISTINCT FROM (SELECT min(due_at) FROM clock WHERE case_id = c.id AND state = 'running')",
  "SELECT case_no FROM cases c WHERE state = 'resolved' AND lane = 'minor' AND NOT EXISTS (SELECT 1 FROM deliberation "
  "WHERE case_id = c.id AND state = 'agreed') AND NOT EXISTS (SELECT 1 FROM dispatch WHERE case_id = c.id)",
  "SELECT case_no FROM cases c WHERE state = 'resolved' AND resident_reply IS NULL AND NOT EXISTS (SELECT 1 FROM dispatch WHERE case_id = c.id)",
  "SELECT case_no FROM mutual_aid AS a JOIN cases AS c ON c.id = case_id WHERE a.state = 'asked' AND c.state NOT IN ('aiding', 'withdrawn')",
};

static void
test_whatever_is_tried (CaseDesk     *f,
                        gconstpointer data)
{
  g_autoptr(GPtrArray) operations = g_ptr_array_new_with_free_func (g_free);
  guint done = 0;

  for (guint n = 1; n <= N_COMMANDS; n++)
    {
      guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (any));
      g_autofree char *id = case_desk_text (f, "SELECT id FROM cases WHERE state NOT IN ('closed', 'withdrawn') ORDER BY pk DESC LIMIT 1", NULL);
      g_autoptr(GString) args = g_string_new (any[i].args);
      g_autoptr(LinliOutcome) outcome = NULL;
      g_autoptr(GError) error = NULL;

      if (id == NULL || g_test_rand_int_range (0, 30) == 0)
        {
          g_free (id);
          id = case_desk_accepted (f, CASE_DESK_LEAF);
        }
      g_string_replace (args, "%s", id, 0);
      g_string_replace (args, "%u", case_desk_unit (f, 0), 0);
      if (operations->len > 0 && g_test_rand_int_range (0, 6) == 0)
        outcome = case_desk_try (f, &error, "core.undo", "{\"operation\":\"%s\"}", (char *) operations->pdata[operations->len - 1]);
      else
        outcome = case_desk_try (f, &error, any[i].command, "%s", args->str);
      g_assert_true (outcome != NULL || error->domain == LINLI_DOMAIN_ERROR);
      if (outcome != NULL)
        {
          g_ptr_array_add (operations, g_strdup (outcome->operation));
          done++;
        }
      for (guint r = 0; r < G_N_ELEMENTS (never); r++)
        {
          g_autofree char *broken = case_desk_text (f, never[r], NULL);

          if (broken != NULL)
            g_error ("%s breaks: %s", broken, never[r]);
        }
      if (n % 100 == 0)
        case_desk_check (f);
      f->clock.time += g_test_rand_int_range (0, 30) * CASE_DESK_MINUTE;
    }
  g_assert_cmpuint (done, >, N_COMMANDS / 6);
}

#define ADD(name, func) g_test_add ("/case-lanes/" name, CaseDesk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("neighbours-agree", test_neighbours_agree);
  ADD ("no-agreement", test_no_agreement);
  ADD ("committee-decides", test_committee_decides);
  ADD ("help-is-given", test_help_is_given);
  ADD ("lane-changes", test_lane_changes);
  ADD ("every-step-is-undone", test_every_step_is_undone);
  ADD ("whatever-is-tried", test_whatever_is_tried);
  return g_test_run ();
}
