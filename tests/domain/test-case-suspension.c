/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 挂起: what a pause costs, when it ends, and what it leaves alone. The desk's
 * calendar: 9:00-12:00 and 14:00-18:00; Saturday 14 February 2026 is worked,
 * then the festival until the 23rd. */

#include "case-desk.h"
#include "linli-json.h"

#define SUSPEND "{\"case\":\"%%c\",\"until\":\"%s\",\"cause\":\"works\",\"reason\":\"道路开挖未完\"}"
#define RESUME  "{\"case\":\"%c\"}"

static gint64
at_time (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("%s:00+08:00", text);
  gint64 time = 0;

  g_assert_true (linli_time_from_text (whole, &time));
  return time;
}

static char *
due (CaseDesk          *f,
     const CaseSubject *s)
{
  return case_desk_text (f, "SELECT strftime ('%Y-%m-%dT%H:%M', due_at / 1000000, 'unixepoch', '+8 hours') FROM clock "
                            "WHERE kind = 'resolve' AND case_id = ?1", s->id);
}

static char *
state (CaseDesk          *f,
       const CaseSubject *s)
{
  return case_desk_text (f, "SELECT state FROM cases WHERE id = ?1", s->id);
}

#define ASSERT_DUE(f, s, expected) \
  G_STMT_START { \
    g_autofree char *due_ = due (f, s); \
    g_assert_cmpstr (due_, ==, expected); \
  } G_STMT_END

#define ASSERT_STATE(f, s, expected) \
  G_STMT_START { \
    g_autofree char *state_ = state (f, s); \
    g_assert_cmpstr (state_, ==, expected); \
  } G_STMT_END

static void
suspend (CaseDesk          *f,
         const CaseSubject *s,
         const char        *until)
{
  g_autofree char *args = g_strdup_printf (SUSPEND, until);

  case_desk_run (f, s, "case.suspend", args);
}

/* A case under a limit of one's own, signed for at @start. */
static void
begin (CaseDesk    *f,
       CaseSubject *s,
       const char  *limit,
       const char  *start)
{
  g_autoptr(LinliOutcome) list = case_desk_do (f, "duty.import", "{\"source\":\"x\",\"items\":[{\"code\":\"09.01\",\"name\":\"x\","
                                               "\"leaf\":true,\"start_rule\":\"next_working_day\",\"limits\":{\"resolve\":\"%s\"}}]}",
                                               limit);

  f->clock.time = at_time (start);
  s->id = case_desk_dispatched (f, "09.01", &s->lead);
  case_desk_run (f, s, "case.sign", "{\"dispatch\":\"%d\"}");
  g_assert_nonnull (list);
}

typedef struct
{
  const char *name;
  const char *limit;
  const char *start;
  const char *from[2]; /* pauses, by hand */
  const char *to[2];
  const char *due;
} Pause;

static void
try_pause (const Pause *pause,
           const char  *calendar)
{
  CaseDesk desk = { 0 };
  CaseDesk *f = &desk;
  CaseSubject s = { 0 };

  case_desk_set_up (f, NULL);
  if (calendar != NULL)
    {
      g_autoptr(LinliOutcome) saved = case_desk_do (f, "calendar.save", "%s", calendar);

      g_assert_nonnull (saved);
    }
  begin (f, &s, pause->limit, pause->start);
  for (guint i = 0; i < 2 && pause->from[i] != NULL; i++)
    {
      f->clock.time = at_time (pause->from[i]);
      suspend (f, &s, "2026-12-01");
      ASSERT_DUE (f, &s, NULL);
      f->clock.time = at_time (pause->to[i]);
      case_desk_run (f, &s, "case.resume", RESUME);
    }
  g_test_message ("%s", pause->name);
  ASSERT_DUE (f, &s, pause->due);
  case_desk_check (f);
  case_subject_clear (&s);
  case_desk_tear_down (f, NULL);
}

static void
test_pauses (void)
{
  static const Pause pauses[] = {
    { "Friday 17:00 and 2 hours end on the Saturday that is worked", "2工作时", "2026-02-13T17:00", { NULL }, { NULL }, "2026-02-14T10:00" },
    { "a pause costs the minutes that would have counted", "2工作时", "2026-02-13T17:00", { "2026-02-13T17:30" }, { "2026-02-14T09:20" },
      "2026-02-14T10:50" },
    { "a pause over the closed night costs nothing", "2工作时", "2026-02-13T17:00", { "2026-02-13T18:00" }, { "2026-02-14T09:00" },
      "2026-02-14T10:00" },
    { "a pause over the festival costs no holiday", "2工作时", "2026-02-13T17:00", { "2026-02-13T17:30" }, { "2026-02-24T09:00" },
      "2026-02-24T10:30" },
    { "a pause over a weekend takes no working day", "5工作日", "2026-03-06T10:00", { "2026-03-07T00:00" }, { "2026-03-09T00:00" },
      "2026-03-13T18:00" },
    { "a pause from Friday noon to Monday noon takes a day in two halves", "5工作日", "2026-03-05T10:00", { "2026-03-06T14:00" },
      { "2026-03-09T14:00" }, "2026-03-13T18:00" },
    { "lunch is no pause", "2工作时", "2026-03-03T11:30", { "2026-03-03T12:00" }, { "2026-03-03T14:00" }, "2026-03-03T15:30" },
    { "a pause across midnight is counted on both days", "24紧急工作时", "2026-03-03T10:00", { "2026-03-03T22:00" }, { "2026-03-04T02:00" },
      "2026-03-04T14:00" },
    { "two pauses add up", "4工作时", "2026-03-03T09:00", { "2026-03-03T09:30", "2026-03-03T11:00" }, { "2026-03-03T10:00", "2026-03-03T11:30" },
      "2026-03-03T16:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pauses); i++)
    try_pause (&pauses[i], NULL);
}

/* The same arithmetic as the help desks' own tests have, by their calendars. */
static void
test_pauses_of_peers (void)
{
  static const char daily[] =
    "{\"name\":\"试验日历\",\"body\":{\"name\":\"试验日历\",\"version\":2,\"zone\":\"Asia/Shanghai\",\"covered_from\":2026,\"covered_until\":2026,"
    "\"week\":{\"mon\":[\"09:00-18:00\"],\"tue\":[\"09:00-18:00\"],\"wed\":[\"09:00-18:00\"],\"thu\":[\"09:00-18:00\"],"
    "\"fri\":[\"09:00-18:00\"],\"sat\":[\"09:00-18:00\"],\"sun\":[\"09:00-18:00\"]}}}";
  static const char weekdays[] =
    "{\"name\":\"试验日历\",\"body\":{\"name\":\"试验日历\",\"version\":2,\"zone\":\"Asia/Shanghai\",\"covered_from\":2026,\"covered_until\":2026,"
    "\"week\":{\"mon\":[\"09:00-17:00\"],\"tue\":[\"09:00-17:00\"],\"wed\":[\"09:00-17:00\"],\"thu\":[\"09:00-17:00\"],"
    "\"fri\":[\"09:00-17:00\"]},\"exceptions\":[{\"date\":\"2026-09-22\",\"kind\":\"off\",\"name\":\"假日\"}]}}";
  static const Pause with_daily = { "11:00 and 120 minutes, paused 11:30-11:45 and 12:00-12:30", "120分钟", "2026-03-03T11:00",
                                    { "2026-03-03T11:30", "2026-03-03T12:00" }, { "2026-03-03T11:45", "2026-03-03T12:30" },
                                    "2026-03-03T13:45" };
  static const Pause holiday[] = {
    { "Monday 16:30 and 120 minutes over a holiday Tuesday", "120分钟", "2026-09-21T16:30", { NULL }, { NULL }, "2026-09-23T10:30" },
    { "paused all of the holiday, no minute is lost", "120分钟", "2026-09-21T16:30", { "2026-09-21T17:00" }, { "2026-09-23T09:00" },
      "2026-09-23T10:30" },
    { "paused into Wednesday, only Wednesday's half hour is", "240分钟", "2026-09-21T16:30", { "2026-09-21T17:00" },
      { "2026-09-23T09:30" }, "2026-09-23T13:00" },
  };

  try_pause (&with_daily, daily);
  for (guint i = 0; i < G_N_ELEMENTS (holiday); i++)
    try_pause (&holiday[i], weekdays);
}

/* It goes on from the opening of the day named, whoever looks when. */
static void
test_resumes_by_itself (void)
{
  static const struct { const char *until, *noticed, *from; } cases[] = {
    { "2026-02-24", "2026-02-24T09:00", "2026-02-24T09:00" },
    { "2026-02-24", "2026-02-26T16:12", "2026-02-24T09:00" },
    { "2026-02-20", "2026-02-26T16:12", "2026-02-24T09:00" }, /* a holiday: the next opening */
    { "2026-03-07", "2026-03-20T11:00", "2026-03-09T09:00" }, /* a Saturday */
    { "2027-01-20", "2027-01-20T08:00", "2027-01-20T00:00" }, /* a year whose holidays are not known */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CaseDesk desk = { 0 };
      CaseDesk *f = &desk;
      CaseSubject s = { 0 };
      g_autoptr(LinliOutcome) early = NULL;
      g_autoptr(LinliOutcome) on_time = NULL;
      gint64 n = -1;

      case_desk_set_up (f, NULL);
      begin (f, &s, "2工作时", "2026-02-13T17:00");
      suspend (f, &s, cases[i].until);
      ASSERT_STATE (f, &s, "suspended");
      g_assert_cmpint (case_desk_int (f, "SELECT suspended_until FROM cases WHERE id = ?1", s.id), ==, at_time (cases[i].from));
      f->clock.time = at_time (cases[i].from) - 1;
      early = case_desk_do (f, "case.resume-due", "{}");
      linli_json_get_int (early->result, "n_resumed", &n);
      g_assert_cmpint (n, ==, 0);
      f->clock.time = at_time (cases[i].noticed);
      on_time = case_desk_do (f, "case.resume-due", "{}");
      linli_json_get_int (on_time->result, "n_resumed", &n);
      g_assert_cmpint (n, ==, 1);
      ASSERT_STATE (f, &s, "in_progress");
      g_assert_cmpint (case_desk_int (f, "SELECT ended_at FROM suspension WHERE case_id = ?1", s.id), ==, at_time (cases[i].from));
      if (i < 3)
        ASSERT_DUE (f, &s, "2026-02-24T11:00");
      case_desk_check (f);
      case_subject_clear (&s);
      case_desk_tear_down (f, NULL);
    }
}

static void
test_reclassifying_keeps_the_pause (CaseDesk     *f,
                                    gconstpointer data)
{
  CaseSubject s = { 0 };

  begin (f, &s, "4工作时", "2026-03-03T09:00");
  f->clock.time = at_time ("2026-03-03T10:00");
  suspend (f, &s, "2026-04-01");
  f->clock.time = at_time ("2026-03-03T11:00");
  case_desk_run (f, &s, "case.resume", RESUME);
  ASSERT_DUE (f, &s, "2026-03-03T16:00");
  case_desk_run (f, &s, "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\"}"); /* 24 clock hours from 9:00, and the pause */
  ASSERT_DUE (f, &s, "2026-03-04T10:00");
  f->clock.time = at_time ("2026-03-03T12:00");
  suspend (f, &s, "2026-04-01");
  case_desk_run (f, &s, "case.classify", "{\"case\":\"%c\",\"item\":\"09.01\"}");
  ASSERT_DUE (f, &s, NULL);
  f->clock.time = at_time ("2026-03-03T15:00");
  case_desk_run (f, &s, "case.resume", RESUME);
  ASSERT_DUE (f, &s, "2026-03-03T17:00");
  case_desk_check (f);
  case_subject_clear (&s);
}

/* Every clock stands still, the parts do not change, and the case comes back to
 * what they say. */
static void
test_all_clocks_and_parts (CaseDesk     *f,
                           gconstpointer data)
{
  CaseSubject s;
  g_autofree char *clocks = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *again = NULL;

  case_desk_reach (f, &s, "in_progress");
  suspend (f, &s, "2026-03-10");
  clocks = case_desk_text (f, "SELECT group_concat (kind || ' ' || state, ', ') FROM (SELECT kind, state FROM clock "
                              "WHERE case_id = ?1 ORDER BY pk) AS rows", s.id);
  g_assert_cmpstr (clocks, ==, "dispatch met, sign met, contact paused, sign paused, resolve paused");
  parts = case_desk_text (f, "SELECT group_concat (state) FROM (SELECT state FROM dispatch WHERE case_id = ?1 ORDER BY pk) AS rows", s.id);
  g_assert_cmpstr (parts, ==, "signed,sent");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE due_at IS NULL AND id = ?1", s.id), ==, 1);
  case_desk_refused (f, "illegal-transition", "case", "case.suspend", "{\"case\":\"%s\",\"until\":\"2026-03-20\",\"cause\":\"works\","
                     "\"reason\":\"x\"}", s.id);
  f->clock.time = at_time ("2026-02-25T09:00");
  case_desk_run (f, &s, "case.resume", RESUME);
  ASSERT_STATE (f, &s, "in_progress");
  again = case_desk_text (f, "SELECT group_concat (kind || ' ' || state, ', ') FROM (SELECT kind, state FROM clock "
                             "WHERE case_id = ?1 ORDER BY pk) AS rows", s.id);
  g_assert_cmpstr (again, ==, "dispatch met, sign met, contact running, sign running, resolve running");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE suspended_until IS NULL AND due_at IS NOT NULL AND id = ?1", s.id),
                   ==, 1);
  case_desk_check (f);
  case_subject_clear (&s);
}

static void
test_asked_and_decided (CaseDesk     *f,
                        gconstpointer data)
{
  static const char ask[] = "{\"dispatch\":\"%d\",\"until\":\"2026-04-15\",\"cause\":\"season\",\"reason\":\"种植季节未到\"}";
  CaseSubject s;
  g_autofree char *grant = NULL;

  case_desk_reach (f, &s, "in_progress");
  case_desk_act_as (f, "handler", case_desk_unit (f, 0));
  case_desk_run (f, &s, "case.ask-suspension", ask);
  ASSERT_STATE (f, &s, "in_progress");
  grant = case_desk_fill (f, &s, "{\"case\":\"%c\",\"verdict\":\"grant\"}");
  case_desk_refused (f, "not-allowed", NULL, "case.decide-suspension", "%s", grant);
  case_desk_act_as (f, "dispatcher", NULL);
  case_desk_refused (f, "not-allowed", NULL, "case.decide-suspension", "%s", grant);
  case_desk_act_as (f, "reviewer", NULL);
  case_desk_refused (f, "request-open", "case", "case.suspend", "{\"case\":\"%s\",\"until\":\"2026-04-15\",\"cause\":\"season\","
                     "\"reason\":\"x\"}", s.id);
  case_desk_run (f, &s, "case.decide-suspension", "{\"case\":\"%c\",\"verdict\":\"grant\"}");
  ASSERT_STATE (f, &s, "suspended");
  case_desk_check (f);
  case_subject_clear (&s);
}

/* Whoever asked for it does not decide it, whatever else they may do. */
static void
test_four_eyes (CaseDesk     *f,
                gconstpointer data)
{
  static const char ask[] = "{\"dispatch\":\"%d\",\"until\":\"2026-04-15\",\"cause\":\"resident\",\"reason\":\"等住户在家\"}";
  static const char refuse[] = "{\"case\":\"%c\",\"verdict\":\"refuse\",\"note\":\"可另约\"}";
  CaseSubject alone, s;

  case_desk_reach (f, &alone, "in_progress");
  case_desk_run (f, &alone, "case.ask-suspension", ask);
  case_desk_run (f, &alone, "case.decide-suspension", refuse);
  ASSERT_STATE (f, &alone, "in_progress");
  case_subject_clear (&alone);

  case_desk_act_as (f, "reviewer", NULL);
  case_desk_act_as (f, NULL, NULL);
  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.ask-suspension", ask);
  case_desk_refused (f, "four-eyes", NULL, "case.decide-suspension", "{\"case\":\"%s\",\"verdict\":\"grant\"}", s.id);
  case_desk_act_as (f, "reviewer", NULL);
  case_desk_run (f, &s, "case.decide-suspension", refuse);
  ASSERT_STATE (f, &s, "in_progress");
  case_subject_clear (&s);
}

static void
test_guards (CaseDesk     *f,
             gconstpointer data)
{
  static const CaseGuard cases[] = {
    { "in_progress", "case.suspend", "{\"case\":\"%c\",\"until\":\"2026-02-13\",\"cause\":\"works\",\"reason\":\"x\"}", "invalid", "until" },
    { "in_progress", "case.suspend", "{\"case\":\"%c\",\"until\":\"2025-02-13\",\"cause\":\"works\",\"reason\":\"x\"}", "invalid", "until" },
    { "in_progress", "case.suspend", "{\"case\":\"%c\",\"until\":\"2027-02-15\",\"cause\":\"works\",\"reason\":\"x\"}", "too-long", "until" },
    { "in_progress", "case.suspend", "{\"case\":\"%c\",\"until\":\"2026-02-31\",\"cause\":\"works\",\"reason\":\"x\"}", "invalid", "until" },
    { "in_progress", "case.suspend", "{\"case\":\"%c\",\"until\":\"2026-03-31\",\"cause\":\"mood\",\"reason\":\"x\"}", "invalid", "cause" },
    { "in_progress", "case.suspend", "{\"case\":\"%c\",\"until\":\"2026-03-31\",\"cause\":\"works\",\"reason\":\" \"}", "invalid", "reason" },
    { "registered", "case.suspend", "{\"case\":\"%c\",\"until\":\"2026-03-31\",\"cause\":\"works\",\"reason\":\"x\"}", "illegal-transition", "case" },
    { "resolved", "case.suspend", "{\"case\":\"%c\",\"until\":\"2026-03-31\",\"cause\":\"works\",\"reason\":\"x\"}", "illegal-transition", "case" },
    { "in_progress", "case.resume", RESUME, "illegal-transition", "case" },
  };

  case_desk_check_guards (f, cases, G_N_ELEMENTS (cases));
}

/* A resident may take the matter back while it rests; nothing rests after that. */
static void
test_withdrawn_while_suspended (CaseDesk     *f,
                                gconstpointer data)
{
  CaseSubject s;
  g_autofree char *end = NULL;

  case_desk_reach (f, &s, "in_progress");
  suspend (f, &s, "2026-03-10");
  case_desk_run (f, &s, "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}");
  end = case_desk_text (f, "SELECT ended_by FROM suspension WHERE case_id = ?1", s.id);
  g_assert_cmpstr (end, ==, "over");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE state IN ('paused', 'running') AND case_id = ?1", s.id), ==, 0);
  case_desk_check (f);
  case_subject_clear (&s);
}

/* Step by step back to where it was before anybody suspended it. */
static void
test_undo (CaseDesk     *f,
           gconstpointer data)
{
  static const char kept[] = "audit entry counter outbox setting";
  CaseSubject s;
  g_autoptr(LinliOutcome) suspended = NULL;
  g_autoptr(LinliOutcome) resumed = NULL;
  g_autoptr(LinliOutcome) first = NULL;
  g_autoptr(LinliOutcome) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *between = NULL;
  g_autofree char *between_again = NULL;
  g_autofree char *after = NULL;

  case_desk_reach (f, &s, "in_progress");
  before = case_desk_digest (f, kept);
  suspended = case_desk_do (f, "case.suspend", "{\"case\":\"%s\",\"until\":\"2026-03-10\",\"cause\":\"works\",\"reason\":\"x\"}", s.id);
  between = case_desk_digest (f, kept);
  f->clock.time = at_time ("2026-02-25T09:00");
  resumed = case_desk_do (f, "case.resume", "{\"case\":\"%s\"}", s.id);
  case_desk_refused (f, "changed-since", NULL, "core.undo", "{\"operation\":\"%s\"}", suspended->operation);
  first = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", resumed->operation);
  between_again = case_desk_digest (f, kept);
  g_assert_cmpstr (between_again, ==, between);
  case_desk_check (f);
  second = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", suspended->operation);
  after = case_desk_digest (f, kept);
  g_assert_cmpstr (after, ==, before);
  case_desk_check (f);
  case_subject_clear (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-suspension/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  g_test_add_func ("/case-suspension/pauses", test_pauses);
  g_test_add_func ("/case-suspension/pauses-of-peers", test_pauses_of_peers);
  g_test_add_func ("/case-suspension/resumes-by-itself", test_resumes_by_itself);
  ADD ("reclassifying-keeps-the-pause", test_reclassifying_keeps_the_pause);
  ADD ("all-clocks-and-parts", test_all_clocks_and_parts);
  ADD ("asked-and-decided", test_asked_and_decided);
  ADD ("four-eyes", test_four_eyes);
  ADD ("guards", test_guards);
  ADD ("withdrawn-while-suspended", test_withdrawn_while_suspended);
  ADD ("undo", test_undo);
#undef ADD
  return g_test_run ();
}
