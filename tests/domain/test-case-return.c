/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 退件 and 裁决. A part sent on Friday the 13th, 17:00, may be returned until the
 * Saturday that is worked ends, 18:00. */

#include <string.h>

#include "case-desk.h"
#include "linli-json.h"

#define HOURS(n) (CASE_DESK_NOW + (n) * 60 * CASE_DESK_MINUTE)
#define WINDOW   HOURS (25) /* Saturday 18:00 */

#define RETURN_LEAD   "{\"dispatch\":\"%d\",\"item\":\"06.02\",\"reason\":\"是路灯，不是井盖\",\"proposed\":\"%v\"}"
#define RETURN_ASSIST "{\"dispatch\":\"%e\",\"item\":\"06.01\",\"reason\":\"现场不需要\"}"
#define RULE          "{\"case\":\"%c\",\"unit\":\"%u\",\"basis\":\"《城市道路管理条例》第二十三条\",\"text\":\"按权属由市政负责\"}"

static char *
ask (CaseDesk          *f,
     const char        *sql,
     const CaseSubject *s)
{
  return case_desk_text (f, sql, s->id);
}

#define ASSERT_TOLD(f, s, sql, expected) \
  G_STMT_START { \
    g_autofree char *told_ = ask (f, sql, s); \
    g_assert_cmpstr (told_, ==, expected); \
  } G_STMT_END

/* The words of the refusal, for a person. */
static char *
refusal (CaseDesk          *f,
         const CaseSubject *s,
         const char        *command,
         const char        *args)
{
  g_autofree char *json = case_desk_fill (f, s, args);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = case_desk_try (f, &error, command, "%s", json);

  g_assert_null (outcome);
  return g_strdup (error->message);
}

static void
dispatch_again (CaseDesk    *f,
                CaseSubject *s)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s->id,
                                                  case_desk_unit (f, 0));

  g_free (s->lead);
  s->lead = case_desk_tell (outcome, "lead_dispatch");
}

static void
test_lead_returns (CaseDesk     *f,
                   gconstpointer data)
{
  static const char resolve[] = "SELECT started_at || ' ' || due_at || ' ' || state FROM clock WHERE case_id = ?1 AND kind = 'resolve'";
  CaseSubject s;
  g_autofree char *clock = NULL;

  case_desk_reach (f, &s, "in_progress");
  clock = ask (f, resolve, &s);
  f->clock.time = HOURS (1);
  case_desk_run (f, &s, "case.return", RETURN_LEAD);
  ASSERT_TOLD (f, &s, "SELECT state || ' ' || return_count FROM cases WHERE id = ?1", "registered 1");
  ASSERT_TOLD (f, &s, "SELECT group_concat (told) FROM (SELECT state AS told FROM dispatch WHERE case_id = ?1 ORDER BY pk) AS rows", "returned,recalled");
  ASSERT_TOLD (f, &s, "SELECT item_code || ' ' || proposed_unit_name || ' ' || state FROM return_note WHERE case_id = ?1",
               "06.02 供水公司 back");
  ASSERT_TOLD (f, &s, "SELECT lead_unit_id FROM cases WHERE id = ?1", NULL);
  ASSERT_TOLD (f, &s, resolve, clock); /* the resident has been waiting all the while */
  ASSERT_TOLD (f, &s, "SELECT group_concat (told) FROM (SELECT state AS told FROM clock WHERE case_id = ?1 AND kind = 'dispatch' ORDER BY pk) AS rows", "met,running");
  dispatch_again (f, &s);
  ASSERT_TOLD (f, &s, resolve, clock);
  case_desk_check (f);
  case_subject_clear (&s);
}

static void
test_assistant_returns (CaseDesk     *f,
                        gconstpointer data)
{
  CaseSubject s;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.return", RETURN_ASSIST);
  ASSERT_TOLD (f, &s, "SELECT state || ' ' || return_count FROM cases WHERE id = ?1", "in_progress 0");
  ASSERT_TOLD (f, &s, "SELECT group_concat (told) FROM (SELECT state AS told FROM dispatch WHERE case_id = ?1 ORDER BY pk) AS rows", "signed,returned");
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  ASSERT_TOLD (f, &s, "SELECT state FROM cases WHERE id = ?1", "pending_review");
  case_desk_check (f);
  case_subject_clear (&s);
}

static void
test_window_is_kept (CaseDesk     *f,
                     gconstpointer data)
{
  CaseSubject s;
  g_autofree char *words = NULL;

  case_desk_reach (f, &s, "dispatched");
  f->clock.time = WINDOW + CASE_DESK_MINUTE;
  words = refusal (f, &s, "case.return", RETURN_LEAD);
  g_assert_nonnull (strstr (words, "2026-02-14 18:00"));
  f->clock.time = WINDOW; /* at the end itself it is not over */
  case_desk_run (f, &s, "case.return", RETURN_LEAD);
  case_subject_clear (&s);
}

/* What was sent before a rule changed is judged by what held then. */
static void
test_window_is_dated (CaseDesk     *f,
                      gconstpointer data)
{
  CaseSubject before;
  CaseSubject after;
  g_autoptr(LinliOutcome) set = NULL;
  g_autofree char *words = NULL;

  case_desk_reach (f, &before, "dispatched");
  f->clock.time = HOURS (16); /* Saturday, 9:00 */
  set = case_desk_do (f, "handling.set-rule", "{\"name\":\"return.window\",\"value\":\"2工作时\"}");
  case_desk_reach (f, &after, "dispatched");
  f->clock.time = HOURS (20);
  words = refusal (f, &after, "case.return", RETURN_LEAD);
  g_assert_nonnull (strstr (words, "2026-02-14 11:00"));
  case_desk_run (f, &before, "case.return", RETURN_LEAD);
  case_desk_refused (f, "invalid", "value", "handling.set-rule", "{\"name\":\"return.window\",\"value\":\"很久\"}");
  case_desk_refused (f, "invalid", "value", "handling.set-rule", "{\"name\":\"return.limit\",\"value\":\"99\"}");
  case_desk_refused (f, "invalid", "from", "handling.set-rule",
                     "{\"name\":\"return.limit\",\"value\":\"2\",\"from\":\"2026-02-01T00:00:00+08:00\"}");
  case_subject_clear (&before);
  case_subject_clear (&after);
}

static void
test_second_return_goes_to_ruling (CaseDesk     *f,
                                   gconstpointer data)
{
  CaseSubject s;
  g_autofree char *lead = NULL;
  g_autofree char *words = NULL;

  case_desk_reach (f, &s, "dispatched");
  case_desk_run (f, &s, "case.edit", "{\"case\":\"%c\",\"revision\":%r,\"place\":\"桂园路口\",\"community\":\"桂园社区\"}");
  case_desk_run (f, &s, "case.return", RETURN_LEAD);
  dispatch_again (f, &s);
  case_desk_run (f, &s, "case.return", RETURN_LEAD);
  ASSERT_TOLD (f, &s, "SELECT state || ' ' || return_count FROM cases WHERE id = ?1", "registered 2");
  ASSERT_TOLD (f, &s, "SELECT group_concat (told) FROM (SELECT state AS told FROM return_note WHERE case_id = ?1 ORDER BY pk) AS rows", "back,ruling");
  case_desk_refused (f, "awaits-ruling", "case", "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s.id, case_desk_unit (f, 0));

  case_desk_run (f, &s, "case.rule", RULE);
  ASSERT_TOLD (f, &s, "SELECT state || ' ' || lead_unit_name FROM cases WHERE id = ?1", "dispatched 市政服务中心");
  ASSERT_TOLD (f, &s, "SELECT item_code || ' ' || community || ' ' || place || ' ' || unit_name FROM ruling WHERE case_id = ?1",
               "06.01 桂园社区 桂园路口 市政服务中心");
  ASSERT_TOLD (f, &s, "SELECT group_concat (told) FROM (SELECT state AS told FROM return_note WHERE case_id = ?1 ORDER BY pk) AS rows", "back,ruled");
  lead = ask (f, "SELECT id FROM dispatch WHERE case_id = ?1 AND state = 'sent'", &s);
  g_free (s.lead);
  s.lead = g_steal_pointer (&lead);
  words = refusal (f, &s, "case.return", RETURN_LEAD);
  g_assert_nonnull (strstr (words, "2026-02-13 17:00"));
  g_assert_nonnull (strstr (words, "《城市道路管理条例》第二十三条"));
  g_assert_nonnull (strstr (words, "按权属由市政负责"));
  case_desk_check (f);
  case_subject_clear (&s);
}

/* A ruling may also come while somebody works: then the work goes on, or over. */
static void
test_ruling_on_work_under_way (CaseDesk     *f,
                               gconstpointer data)
{
  CaseSubject s;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.rule", RULE);
  ASSERT_TOLD (f, &s, "SELECT group_concat (told) FROM (SELECT state AS told FROM dispatch WHERE case_id = ?1 ORDER BY pk) AS rows", "signed,sent");
  case_desk_run (f, &s, "case.rule", "{\"case\":\"%c\",\"unit\":\"%v\",\"basis\":\"城市供水条例\",\"text\":\"属供水井\"}");
  ASSERT_TOLD (f, &s, "SELECT group_concat (told) FROM (SELECT unit_name || ' ' || state AS told FROM dispatch WHERE case_id = ?1 ORDER BY pk) AS rows",
               "市政服务中心 recalled,综合执法队 recalled,供水公司 sent");
  ASSERT_TOLD (f, &s, "SELECT state FROM cases WHERE id = ?1", "dispatched");
  case_desk_check (f);
  case_subject_clear (&s);
}

static void
test_withdrawal_ends_the_dispute (CaseDesk     *f,
                                  gconstpointer data)
{
  CaseSubject s;
  g_autoptr(LinliOutcome) set = case_desk_do (f, "handling.set-rule", "{\"name\":\"return.limit\",\"value\":\"0\"}");

  case_desk_reach (f, &s, "dispatched");
  case_desk_run (f, &s, "case.return", RETURN_LEAD);
  ASSERT_TOLD (f, &s, "SELECT state FROM return_note WHERE case_id = ?1", "ruling");
  case_desk_run (f, &s, "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}");
  ASSERT_TOLD (f, &s, "SELECT state FROM return_note WHERE case_id = ?1", "lapsed");
  case_desk_check (f);
  case_subject_clear (&s);
}

/* Neither a merge that is taken back nor a walk to the neighbours lets a case
 * slip past the ruling it waits for. */
static void
test_dispute_outlasts_detours (CaseDesk     *f,
                               gconstpointer data)
{
  CaseSubject s;
  g_autofree char *other = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliOutcome) set = case_desk_do (f, "handling.set-rule", "{\"name\":\"return.limit\",\"value\":\"0\"}");
  g_autoptr(LinliOutcome) merged = NULL;
  g_autoptr(LinliOutcome) parted = NULL;

  case_desk_reach (f, &s, "dispatched");
  case_desk_run (f, &s, "case.return", RETURN_LEAD);
  merged = case_desk_do (f, "case.merge", "{\"sources\":[\"%s\"],\"target\":\"%s\"}", s.id, other);
  ASSERT_TOLD (f, &s, "SELECT state FROM return_note WHERE case_id = ?1", "ruling");
  case_desk_check (f);
  parted = case_desk_do (f, "case.unmerge", "{\"case\":\"%s\"}", s.id);
  case_desk_refused (f, "awaits-ruling", "case", "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s.id, case_desk_unit (f, 0));
  case_desk_run (f, &s, "case.set-lane", "{\"case\":\"%c\",\"lane\":\"minor\",\"reason\":\"先协商\"}");
  ASSERT_TOLD (f, &s, "SELECT state FROM return_note WHERE case_id = ?1", "ruling");
  case_desk_check (f);
  case_desk_run (f, &s, "case.set-lane", "{\"case\":\"%c\",\"lane\":\"major\",\"reason\":\"谈不拢\"}");
  case_desk_refused (f, "awaits-ruling", "case", "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s.id, case_desk_unit (f, 0));
  case_desk_run (f, &s, "case.rule", RULE);
  ASSERT_TOLD (f, &s, "SELECT state FROM return_note WHERE case_id = ?1", "ruled");
  case_desk_check (f);
  case_subject_clear (&s);
}

static void
test_guards (CaseDesk     *f,
             gconstpointer data)
{
  static const CaseGuard cases[] = {
    { "dispatched", "case.return", "{\"dispatch\":\"%d\",\"item\":\"06\",\"reason\":\"x\"}", "invalid", "item" },
    { "dispatched", "case.return", "{\"dispatch\":\"%d\",\"item\":\"77\",\"reason\":\"x\"}", "invalid", "item" },
    { "dispatched", "case.return", "{\"dispatch\":\"%d\",\"item\":\"06.01\",\"reason\":\" \"}", "invalid", "reason" },
    { "dispatched", "case.return", "{\"dispatch\":\"%d\",\"item\":\"06.01\",\"reason\":\"x\",\"proposed\":\"%u\"}", "invalid", "proposed" },
    { "dispatched", "case.return", "{\"dispatch\":\"%d\",\"item\":\"06.01\",\"reason\":\"x\",\"proposed\":\"%c\"}", "not-found", "proposed" },
    { "pending_review", "case.return", RETURN_LEAD, "illegal-transition", "dispatch" },
    { "closed", "case.return", RETURN_LEAD, "illegal-transition", "dispatch" },
    { "received", "case.rule", RULE, "illegal-transition", "case" },
    { "resolved", "case.rule", RULE, "illegal-transition", "case" },
    { "registered", "case.rule", "{\"case\":\"%c\",\"unit\":\"%u\",\"basis\":\" \",\"text\":\"x\"}", "invalid", "basis" },
    { "registered", "case.rule", "{\"case\":\"%c\",\"unit\":\"%u\",\"basis\":\"x\",\"text\":\"\"}", "invalid", "text" },
    { "registered", "case.rule", "{\"case\":\"%c\",\"unit\":\"%c\",\"basis\":\"x\",\"text\":\"x\"}", "not-found", "unit" },
  };

  case_desk_check_guards (f, cases, G_N_ELEMENTS (cases));
}

/* Once work has begun in earnest a part is not returned any more. */
static void
test_work_is_not_returned (CaseDesk     *f,
                           gconstpointer data)
{
  CaseSubject s;
  g_autofree char *json = NULL;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.work", "{\"dispatch\":\"%d\",\"note\":\"已到场\"}");
  json = case_desk_fill (f, &s, RETURN_LEAD);
  case_desk_refused (f, "illegal-transition", "dispatch", "case.return", "%s", json);
  case_subject_clear (&s);
}

static void
test_own_unit_returns (CaseDesk     *f,
                       gconstpointer data)
{
  CaseSubject s;
  g_autofree char *json = NULL;

  case_desk_reach (f, &s, "dispatched");
  json = case_desk_fill (f, &s, RETURN_LEAD);
  case_desk_act_as (f, "handler", case_desk_unit (f, 1));
  case_desk_refused (f, "other-unit", "dispatch", "case.return", "%s", json);
  case_desk_run (f, &s, "case.return", RETURN_ASSIST);
  case_subject_clear (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-return/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("lead-returns", test_lead_returns);
  ADD ("assistant-returns", test_assistant_returns);
  ADD ("window-is-kept", test_window_is_kept);
  ADD ("window-is-dated", test_window_is_dated);
  ADD ("second-return-goes-to-ruling", test_second_return_goes_to_ruling);
  ADD ("ruling-on-work-under-way", test_ruling_on_work_under_way);
  ADD ("withdrawal-ends-the-dispute", test_withdrawal_ends_the_dispute);
  ADD ("dispute-outlasts-detours", test_dispute_outlasts_detours);
  ADD ("guards", test_guards);
  ADD ("work-is-not-returned", test_work_is_not_returned);
  ADD ("own-unit-returns", test_own_unit_returns);
#undef ADD
  return g_test_run ();
}
