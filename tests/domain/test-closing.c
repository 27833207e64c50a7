/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the result to the end of a case, and back: supervision, review, notice,
 * call-back, redo, the same matter again. */

#include <string.h>

#include "case-desk.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-verify.h"

#define HOUR (60 * CASE_DESK_MINUTE)
#define DAY  (24 * HOUR)

#define ASSERT_TEXT(desk, sql, id, expected) \
  G_STMT_START { \
    g_autofree char *text_ = case_desk_text (desk, sql, id); \
    g_assert_cmpstr (text_, ==, expected); \
  } G_STMT_END
#define ASSERT_STATE(desk, id, expected) ASSERT_TEXT (desk, "SELECT state FROM cases WHERE id = ?1", id, expected)

/* A question by name, answered as text. */
static char *
ask (CaseDesk   *f,
     const char *name,
     const char *args)
{
  const LinliQuery *query = linli_registry_find_query (name);
  const LinliQueryContext context = { f->clock.time, f->desk->actor };
  g_autoptr(JsonObject) object = linli_json_parse_object (args, -1, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;

  g_assert_nonnull (query);
  node = query->run (f->conn, &context, object, &error);
  g_assert_no_error (error);
  return linli_json_node_to_text (node, FALSE);
}

static void
verify (CaseDesk *f)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_verify_store (f->conn, problems, &error));
  g_assert_no_error (error);
  if (problems->len > 0)
    g_error ("%s", (char *) problems->pdata[0]);
}

static char *
submit (CaseDesk   *f,
        const char *name,
        const char *more)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake", "{\"text\":\"井盖破了\",\"channel\":\"CK01\",\"reply_wanted\":true,"
                                                  "\"appellant\":{\"name\":\"%s\",\"phone\":\"13800138%03u\"}%s}", name,
                                                  (guint) strlen (name), more);

  return case_desk_tell (outcome, "case");
}

/* A case that @n people brought, resolved. */
static void
resolve (CaseDesk    *f,
         CaseSubject *s,
         guint        n)
{
  *s = (CaseSubject) { submit (f, "林", ""), NULL, NULL };
  for (guint i = 1; i < n; i++)
    {
      g_autofree char *name = g_strnfill (i + 4, 'a');
      g_autofree char *more = g_strdup_printf (",\"attach_to\":\"%s\"", s->id);
      g_autofree char *same = submit (f, name, more);

      g_assert_cmpstr (same, ==, s->id);
    }
  case_desk_run (f, s, "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}");
  {
    g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", s->id,
                                                    case_desk_unit (f, 0));

    s->lead = case_desk_tell (outcome, "lead_dispatch");
  }
  case_desk_run (f, s, "case.sign", "{\"dispatch\":\"%d\"}");
  case_desk_run (f, s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_desk_run (f, s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
}

static char *
submission (CaseDesk   *f,
            const char *id,
            guint       n)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM submission WHERE case_id = ?1 ORDER BY pk LIMIT 1 OFFSET %u", n);

  return case_desk_text (f, sql, id);
}

static void
test_every_submission_is_told (CaseDesk     *f,
                               gconstpointer data)
{
  CaseSubject s;
  g_autofree char *second = NULL;

  resolve (f, &s, 3);
  second = submission (f, s.id, 1);
  {
    g_autoptr(LinliOutcome) one = case_desk_do (f, "case.notify-resident", "{\"case\":\"%s\",\"submission\":\"%s\",\"method\":\"face\","
                                                "\"words\":\"井盖已换\"}", s.id, second);
    g_autoptr(LinliOutcome) rest = case_desk_do (f, "case.notify-resident", "{\"case\":\"%s\",\"method\":\"sms\",\"words\":\"井盖已换\"}", s.id);
    gint64 n = 0;

    g_assert_nonnull (one);
    g_assert_true (linli_json_get_int (rest->result, "n_told", &n));
    g_assert_cmpint (n, ==, 2);
  }
  g_assert_cmpint (case_desk_int (f, "SELECT count(DISTINCT submission_id) FROM resident_notice WHERE case_id = ?1", s.id), ==, 3);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'notice' AND audience = 'resident' AND submission_id IS NOT NULL "
                                     "AND case_id = ?1", s.id), ==, 3);
  case_desk_refused (f, "already-told", "case", "case.notify-resident", "{\"case\":\"%s\",\"method\":\"sms\",\"words\":\"x\"}", s.id);
  verify (f);
  case_subject_clear (&s);
}

/* Reached, solved and satisfied are three answers. */
static void
test_answers_are_kept_apart (CaseDesk     *f,
                             gconstpointer data)
{
  static const struct { const char *args, *field; } bad[] = {
    { "\"reached\":\"no\",\"solved\":\"yes\"", "solved" },
    { "\"reached\":\"no\",\"satisfaction\":\"basically_satisfied\"", "satisfaction" },
    { "\"reached\":\"yes\"", "solved" },
    { "\"reached\":\"yes\",\"solved\":\"yes\"", "satisfaction" },
    { "\"reached\":\"yes\",\"solved\":\"no\",\"satisfaction\":\"basically_satisfied\"", "reason" },
    { "\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"dissatisfied\"", "reason" },
    { "\"reached\":\"yes\",\"solved\":\"perhaps\",\"satisfaction\":\"basically_satisfied\"", "solved" },
    { "\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"满意\"", "satisfaction" },
  };
  CaseSubject s;

  resolve (f, &s, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    case_desk_refused (f, "invalid", bad[i].field, "case.callback", "{\"case\":\"%s\",%s}", s.id, bad[i].args);
  case_desk_run (f, &s, "case.notify-resident", "{\"case\":\"%c\",\"method\":\"phone\",\"words\":\"井盖已换，谢谢您的反映\"}");
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"reason\":\"不愿评价\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT valid FROM callback WHERE case_id = ?1", s.id), ==, 0);
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"dissatisfied\","
                                         "\"reason\":\"等了太久\",\"then\":\"close\"}");
  ASSERT_STATE (f, s.id, "closed"); /* dissatisfied is not unsolved */
  ASSERT_TEXT (f, "SELECT body FROM entry WHERE kind = 'close' AND case_id = ?1", s.id, "井盖已换，谢谢您的反映");
  ASSERT_TEXT (f, "SELECT satisfaction FROM cases WHERE id = ?1", s.id, "dissatisfied");
  ASSERT_TEXT (f, "SELECT audience FROM entry WHERE kind = 'callback' AND case_id = ?1", s.id, "internal");
  {
    g_autofree char *warnings = ask (f, "callback.warnings", "{}");

    g_assert_nonnull (strstr (warnings, "等了太久"));
  }
  verify (f);
  case_subject_clear (&s);
}

/* Three tries in one afternoon are one; on three half days they are enough. */
static void
test_unreachable_after_three_half_days (CaseDesk     *f,
                                        gconstpointer data)
{
  CaseSubject s;

  resolve (f, &s, 1);
  f->clock.time = CASE_DESK_NOW + 16 * HOUR; /* Saturday, 09:00 */
  for (guint i = 0; i < 3; i++)
    {
      case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"no\",\"reason\":\"无人接听\"}");
      f->clock.time += 20 * CASE_DESK_MINUTE;
    }
  case_desk_refused (f, "callback-left", "case", "case.callback", "{\"case\":\"%s\",\"reached\":\"no\",\"then\":\"close\"}", s.id);
  f->clock.time += 5 * HOUR; /* afternoon */
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"no\"}");
  f->clock.time += 18 * HOUR;
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"no\",\"reason\":\"三次未接通\",\"then\":\"close\"}");
  ASSERT_STATE (f, s.id, "closed");
  g_assert_cmpint (case_desk_int (f, "SELECT max(attempt_no) FROM callback WHERE case_id = ?1", s.id), ==, 5);
  ASSERT_TEXT (f, "SELECT coalesce(solved, 'nobody knows') FROM cases WHERE id = ?1", s.id, "nobody knows");
  verify (f);
  case_subject_clear (&s);
}

/* The case is as solved as its least content resident holds it. */
static void
test_worst_of_all_residents (CaseDesk     *f,
                             gconstpointer data)
{
  CaseSubject s;

  resolve (f, &s, 3);
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"very_satisfied\"}");
  case_desk_refused (f, "callback-left", "case", "case.callback",
                     "{\"case\":\"%s\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"satisfied\",\"then\":\"close\"}", s.id);
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"no\",\"satisfaction\":\"basically_satisfied\",\"reason\":\"还在响\"}");
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"partly\",\"satisfaction\":\"satisfied\"}");
  ASSERT_TEXT (f, "SELECT solved || ' ' || satisfaction FROM cases WHERE id = ?1", s.id, "no basically_satisfied");
  case_desk_refused (f, "unsolved", "case", "case.close", "{\"case\":\"%s\",\"reply\":\"x\"}", s.id);
  {
    g_autofree char *first = submission (f, s.id, 0);

    case_desk_refused (f, "already-called-back", "submission", "case.callback",
                       "{\"case\":\"%s\",\"submission\":\"%s\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"basically_satisfied\"}", s.id, first);
  }
  case_desk_run (f, &s, "case.redo", "{\"case\":\"%c\",\"reason\":\"还在响\"}");
  ASSERT_STATE (f, s.id, "dispatched");
  verify (f);
  case_subject_clear (&s);
}

/* Done again: the first clock stays as it was met, the new one is marked. */
static void
test_redo_keeps_the_first_clock (CaseDesk     *f,
                                 gconstpointer data)
{
  CaseSubject s;
  g_autofree char *before = NULL;

  resolve (f, &s, 1);
  before = case_desk_text (f, "SELECT started_at || ' ' || due_at || ' ' || met_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", s.id);
  f->clock.time += 2 * HOUR;
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"no\",\"satisfaction\":\"dissatisfied\","
                                         "\"reason\":\"又坏了\",\"then\":\"redo\"}");
  ASSERT_STATE (f, s.id, "dispatched");
  g_assert_cmpint (case_desk_int (f, "SELECT redo_count FROM cases WHERE id = ?1", s.id), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE kind = 'resolve' AND state = 'running' AND redo = 1 AND case_id = ?1", s.id), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE kind = 'callback' AND state = 'stopped' AND case_id = ?1", s.id), ==, 1);
  ASSERT_TEXT (f, "SELECT started_at || ' ' || due_at || ' ' || met_at FROM clock WHERE kind = 'resolve' AND redo IS NULL AND case_id = ?1",
               s.id, before);
  ASSERT_TEXT (f, "SELECT unit_id FROM dispatch WHERE seq = 2 AND case_id = ?1", s.id, case_desk_unit (f, 0));
  verify (f);
  case_subject_clear (&s);
}

static void
finish_round (CaseDesk    *f,
              CaseSubject *s)
{
  g_free (s->lead);
  s->lead = case_desk_text (f, "SELECT id FROM dispatch WHERE case_id = ?1 ORDER BY seq DESC LIMIT 1", s->id);
  case_desk_run (f, s, "case.sign", "{\"dispatch\":\"%d\"}");
  case_desk_run (f, s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"再修\"}");
  case_desk_run (f, s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
}

static void
test_redone_too_often_goes_to_the_supervisor (CaseDesk     *f,
                                              gconstpointer data)
{
  CaseSubject s;

  resolve (f, &s, 1);
  for (guint i = 0; i < 2; i++)
    {
      case_desk_run (f, &s, "case.redo", "{\"case\":\"%c\",\"reason\":\"又坏了\"}");
      g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM supervision WHERE case_id = ?1", s.id), ==, 0);
      finish_round (f, &s);
    }
  case_desk_run (f, &s, "case.redo", "{\"case\":\"%c\",\"reason\":\"又坏了\",\"lead\":\"%v\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT level FROM supervision WHERE case_id = ?1", s.id), ==, 3);
  g_assert_cmpint (case_desk_int (f, "SELECT supervision_level FROM cases WHERE id = ?1", s.id), ==, 3);
  verify (f);
  finish_round (f, &s); /* done: nobody is pressed any more */
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM supervision WHERE lifted_at IS NULL AND case_id = ?1", s.id), ==, 0);
  verify (f);
  case_subject_clear (&s);
}

static void
test_same_matter_again (CaseDesk     *f,
                        gconstpointer data)
{
  CaseSubject s;
  g_autofree char *more = NULL;
  g_autofree char *again = NULL;
  g_autofree char *later = NULL;

  resolve (f, &s, 1);
  case_desk_run (f, &s, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
  more = g_strdup_printf (",\"again_of\":\"%s\"", s.id);
  f->clock.time += 20 * DAY;
  again = submit (f, "林", more);
  g_assert_cmpstr (again, ==, s.id);
  ASSERT_STATE (f, s.id, "received");
  g_assert_cmpint (case_desk_int (f, "SELECT n_submissions FROM cases WHERE id = ?1", s.id), ==, 2);
  verify (f);
  case_desk_refused (f, "case-open", "again_of", "case.intake", "{\"text\":\"x\",\"channel\":\"CK01\"%s}", more);

  case_desk_run (f, &s, "case.accept", "{\"case\":\"%c\",\"item\":\"06.01\"}");
  case_desk_run (f, &s, "case.dispatch", "{\"case\":\"%c\",\"lead\":\"%u\"}");
  finish_round (f, &s);
  case_desk_run (f, &s, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
  f->clock.time += 31 * DAY;
  case_desk_refused (f, "review-period-over", "case", "case.redo", "{\"case\":\"%s\",\"reason\":\"又坏了\"}", s.id);
  later = submit (f, "林", more);
  g_assert_cmpstr (later, !=, s.id);
  ASSERT_STATE (f, s.id, "closed");
  ASSERT_TEXT (f, "SELECT to_id FROM link WHERE from_id = ?1", later, s.id);
  verify (f);
  case_subject_clear (&s);
}

/* Whoever handled it neither reviews it nor calls back. */
static void
test_four_eyes (CaseDesk     *f,
                gconstpointer data)
{
  CaseSubject s;

  case_desk_reach (f, &s, "pending_review");
  case_desk_act_as (f, "handler reviewer callback", case_desk_unit (f, 0));
  case_desk_refused (f, "four-eyes", NULL, "case.review", "{\"case\":\"%s\",\"verdict\":\"pass\"}", s.id);
  case_desk_act_as (f, NULL, NULL);
  case_desk_run (f, &s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  case_desk_act_as (f, "handler reviewer callback", case_desk_unit (f, 0));
  case_desk_refused (f, "four-eyes", NULL, "case.callback", "{\"case\":\"%s\",\"reached\":\"no\"}", s.id);
  case_desk_act_as (f, NULL, NULL);
  case_desk_run (f, &s, "policy.set", "{\"code\":\"four-eyes\",\"value\":\"strict\"}");

  /* All others belong to the unit that did it: they could not do this either. */
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"no\"}");
  case_desk_act_as (f, "callback", NULL);
  case_desk_act_as (f, NULL, NULL);
  case_desk_refused (f, "four-eyes", NULL, "case.callback", "{\"case\":\"%s\",\"reached\":\"no\"}", s.id);
  case_desk_run (f, &s, "policy.set", "{\"code\":\"four-eyes\",\"value\":\"off\"}");
  case_desk_run (f, &s, "case.callback", "{\"case\":\"%c\",\"reached\":\"no\"}");
  case_subject_clear (&s);
}

static void
test_supervision_by_hand (CaseDesk     *f,
                          gconstpointer data)
{
  CaseSubject s;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.supervise", "{\"case\":\"%c\",\"level\":\"2\",\"reason\":\"请抓紧\",\"reply\":\"4工作时\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT supervision_level FROM cases WHERE id = ?1", s.id), ==, 2);
  /* Friday 17:00 + 4 working hours: Saturday 12:00, which is worked. */
  g_assert_cmpint (case_desk_int (f, "SELECT reply_due_at FROM supervision WHERE case_id = ?1", s.id), ==, CASE_DESK_NOW + 19 * HOUR);
  case_desk_refused (f, "already-supervised", "level", "case.supervise", "{\"case\":\"%s\",\"level\":\"1\",\"reason\":\"x\"}", s.id);
  case_desk_refused (f, "invalid", "reply", "case.supervise", "{\"case\":\"%s\",\"level\":\"3\",\"reason\":\"x\",\"reply\":\"soon\"}", s.id);

  case_desk_act_as (f, "dispatcher", NULL);
  case_desk_refused (f, "not-allowed", "level", "case.supervise", "{\"case\":\"%s\",\"level\":\"4\",\"reason\":\"x\"}", s.id);
  case_desk_act_as (f, "handler", case_desk_unit (f, 1));
  case_desk_refused (f, "other-unit", "supervision", "case.explain", "{\"case\":\"%s\",\"reply\":\"x\"}", s.id);
  case_desk_act_as (f, "handler", case_desk_unit (f, 0));
  case_desk_run (f, &s, "case.explain", "{\"case\":\"%c\",\"reply\":\"缺材料，明日完成\"}");
  case_desk_refused (f, "nothing-to-explain", "supervision", "case.explain", "{\"case\":\"%s\",\"reply\":\"x\"}", s.id);

  case_desk_act_as (f, NULL, NULL);
  case_desk_run (f, &s, "case.supervise", "{\"case\":\"%c\",\"level\":\"3\",\"reason\":\"仍未办结\"}");
  verify (f);
  case_desk_run (f, &s, "case.lift", "{\"case\":\"%c\",\"reason\":\"已到现场\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE supervision_level IS NULL AND id = ?1", s.id), ==, 1);
  verify (f);
  case_subject_clear (&s);
}

/* What the ladder calls for is issued once, whoever finds it first. */
static void
test_ladder_is_issued_once (CaseDesk     *f,
                            gconstpointer data)
{
  CaseSubject s;
  g_autofree char *due = NULL;
  g_autofree char *none = NULL;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  none = ask (f, "supervision.due", "{}");
  g_assert_cmpstr (none, ==, "[]");
  f->clock.time = CASE_DESK_NOW + 19 * HOUR + CASE_DESK_MINUTE; /* Saturday 12:01: the contact is overdue, but it is lunch */
  case_desk_run (f, &s, "case.supervise", "{\"case\":\"%c\",\"rule\":\"urge-overdue\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM supervision WHERE case_id = ?1", s.id), ==, 0);
  f->clock.time += 2 * HOUR;
  due = ask (f, "supervision.due", "{}");
  g_assert_nonnull (strstr (due, "urge-overdue"));

  /* What it would call for if a rule were otherwise: asked, and nothing is changed by it. */
  g_clear_pointer (&due, g_free);
  due = ask (f, "supervision.try", "{\"code\":\"urge-overdue\",\"wait\":\"3工作日\"}");
  g_assert_cmpstr (due, ==, "[]");
  g_clear_pointer (&due, g_free);
  due = ask (f, "supervision.try", "{\"code\":\"own\",\"event\":\"overdue\",\"level\":4,\"wait\":\"0工作时\",\"words\":\"x\"}");
  g_assert_nonnull (strstr (due, "\"own\""));
  g_clear_pointer (&due, g_free);
  due = ask (f, "supervision.due", "{}");
  g_assert_nonnull (strstr (due, "urge-overdue"));
  for (guint i = 0; i < 2; i++)
    {
      case_desk_run (f, &s, "case.supervise", "{\"case\":\"%c\",\"rule\":\"urge-overdue\"}");
      g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM supervision WHERE case_id = ?1", s.id), ==, 1);
    }
  verify (f);

  /* A stopped rule stops at once; a case that is over calls for nothing. */
  f->clock.time += 20 * DAY;
  case_desk_run (f, &s, "supervision.rule", "{\"code\":\"circulate-overdue\",\"active\":false}");
  case_desk_run (f, &s, "case.supervise", "{\"case\":\"%c\",\"rule\":\"circulate-overdue\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT max(level) FROM supervision WHERE case_id = ?1", s.id), ==, 2);
  case_desk_run (f, &s, "case.withdraw", "{\"case\":\"%c\",\"reason\":\"不再反映\"}");
  g_clear_pointer (&due, g_free);
  due = ask (f, "supervision.due", "{}");
  g_assert_cmpstr (due, ==, "[]");
  verify (f);
  case_subject_clear (&s);
}

static void
test_rules_are_checked (CaseDesk     *f,
                        gconstpointer data)
{
  static const struct { const char *args, *field; } bad[] = {
    { "\"code\":\"own\",\"level\":2,\"wait\":\"1工作时\",\"words\":\"x\"", "event" },
    { "\"code\":\"own\",\"event\":\"overdue\",\"level\":5,\"wait\":\"1工作时\",\"words\":\"x\"", "level" },
    { "\"code\":\"own\",\"event\":\"overdue\",\"level\":2,\"wait\":\"1自然日\",\"words\":\"x\"", "wait" },
    { "\"code\":\"own\",\"event\":\"overdue\",\"level\":2,\"wait\":\"1工作时\",\"words\":\"x\",\"clocks\":\"sign dance\"", "clocks" },
    { "\"code\":\"own\",\"event\":\"overdue\",\"level\":2,\"wait\":\"1工作时\"", "words" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    case_desk_refused (f, "invalid", bad[i].field, "supervision.rule", "{%s}", bad[i].args);
  case_desk_refused (f, "invalid", "code", "policy.set", "{\"code\":\"x\",\"value\":\"1\"}");
  case_desk_refused (f, "invalid", "value", "policy.set", "{\"code\":\"redo-limit\",\"value\":\"many\"}");
  case_desk_refused (f, "invalid", "value", "policy.set", "{\"code\":\"review-period\",\"value\":\"soon\"}");
}

/* Notices are read from what is the case: handled, they are gone. */
static void
test_notices_follow_the_case (CaseDesk     *f,
                              gconstpointer data)
{
  CaseSubject s;
  g_autofree char *text = NULL;

  case_desk_reach (f, &s, "in_progress");
  f->clock.time += CASE_DESK_MINUTE;
  case_desk_act_as (f, "handler", case_desk_unit (f, 0));
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_desk_act_as (f, NULL, NULL);
  case_desk_run (f, &s, "case.release", "{\"dispatch\":\"%e\",\"reason\":\"不需要\"}");
  text = ask (f, "notice.list", "{\"unread\":true}");
  g_assert_nonnull (strstr (text, "\"decision\""));
  f->clock.time += CASE_DESK_MINUTE;
  case_desk_run (f, &s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");
  g_clear_pointer (&text, g_free);
  text = ask (f, "notice.list", "{\"unread\":true}");
  g_assert_null (strstr (text, "\"decision\""));

  f->clock.time += 30 * DAY; /* the call-back is late */
  g_clear_pointer (&text, g_free);
  text = ask (f, "notice.list", "{\"unread\":true}");
  g_assert_null (strstr (text, "\"late\"")); /* so long ago that it is a list's affair */
  f->clock.time -= 20 * DAY;
  g_clear_pointer (&text, g_free);
  text = ask (f, "notice.list", "{\"unread\":true}");
  case_desk_run (f, &s, "notice.read", "{}");
  g_clear_pointer (&text, g_free);
  text = ask (f, "notice.list", "{\"unread\":true}");
  g_assert_cmpstr (text, ==, "[]");
  case_subject_clear (&s);
}

/* Every step can be taken back, and leaves the rows as they were. */
static void
test_steps_are_undone (CaseDesk     *f,
                       gconstpointer data)
{
  static const struct { const char *state, *command, *args; } steps[] = {
    { "in_progress", "case.supervise", "{\"case\":\"%c\",\"level\":\"2\",\"reason\":\"x\"}" },
    { "resolved", "case.notify-resident", "{\"case\":\"%c\",\"method\":\"phone\",\"words\":\"x\"}" },
    { "resolved", "case.callback", "{\"case\":\"%c\",\"reached\":\"no\"}" },
    { "resolved", "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"basically_satisfied\",\"then\":\"close\"}" },
    { "resolved", "case.callback", "{\"case\":\"%c\",\"reached\":\"yes\",\"solved\":\"no\",\"satisfaction\":\"basically_satisfied\",\"reason\":\"x\",\"then\":\"redo\"}" },
    { "resolved", "case.redo", "{\"case\":\"%c\",\"reason\":\"x\"}" },
    { "closed", "case.redo", "{\"case\":\"%c\",\"reason\":\"x\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      CaseSubject s;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *json = NULL;

      case_desk_reach (f, &s, steps[i].state);
      before = case_desk_digest (f, "audit entry outbox");
      json = case_desk_fill (f, &s, steps[i].args);
      {
        g_autoptr(LinliOutcome) outcome = case_desk_do (f, steps[i].command, "%s", json);
        g_autoptr(LinliOutcome) undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);

        g_assert_nonnull (undone);
      }
      after = case_desk_digest (f, "audit entry outbox");
      g_test_message ("%s", json);
      g_assert_cmpstr (before, ==, after);
      verify (f);
      case_subject_clear (&s);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/closing/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("every-submission-is-told", test_every_submission_is_told);
  ADD ("answers-are-kept-apart", test_answers_are_kept_apart);
  ADD ("unreachable-after-three-half-days", test_unreachable_after_three_half_days);
  ADD ("worst-of-all-residents", test_worst_of_all_residents);
  ADD ("redo-keeps-the-first-clock", test_redo_keeps_the_first_clock);
  ADD ("redone-too-often-goes-to-the-supervisor", test_redone_too_often_goes_to_the_supervisor);
  ADD ("same-matter-again", test_same_matter_again);
  ADD ("four-eyes", test_four_eyes);
  ADD ("supervision-by-hand", test_supervision_by_hand);
  ADD ("ladder-is-issued-once", test_ladder_is_issued_once);
  ADD ("rules-are-checked", test_rules_are_checked);
  ADD ("notices-follow-the-case", test_notices_follow_the_case);
  ADD ("steps-are-undone", test_steps_are_undone);
#undef ADD
  return g_test_run ();
}
