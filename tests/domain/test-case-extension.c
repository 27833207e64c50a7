/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 延期. A case sent on Friday the 13th with 5 working days: the Saturday, then
 * Tuesday the 24th to Friday the 27th of February, 18:00. */

#include <string.h>

#include "case-desk.h"
#include "linli-json.h"

#define AT(text)  at_time (text)
#define ASK       "{\"dispatch\":\"%d\",\"amount\":\"3工作日\",\"reason\":\"等待配件到货\"}"
#define GRANT     "{\"case\":\"%c\",\"verdict\":\"grant\"}"
#define REFUSE    "{\"case\":\"%c\",\"verdict\":\"refuse\",\"note\":\"理由不足\"}"
#define DUE_AT    "SELECT due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1"

static gint64
at_time (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("%s:00+08:00", text);
  gint64 time = 0;

  g_assert_true (linli_time_from_text (whole, &time));
  return time;
}

static char *
hire (CaseDesk   *f,
      const char *name,
      const char *roles,
      const char *unit)
{
  g_autofree char *member = unit != NULL ? g_strdup_printf (",\"unit\":\"%s\"", unit) : g_strdup ("");
  g_autoptr(LinliOutcome) outcome = NULL;

  linli_desk_set_actor (f->desk, f->chief);
  outcome = case_desk_do (f, "account.create", "{\"name\":\"%s\",\"roles\":\"%s\"%s}", name, roles, member);
  return case_desk_tell (outcome, "account");
}

/* Who sits at the desk from now on does this. */
static void
act (CaseDesk          *f,
     const char        *person,
     const CaseSubject *s,
     const char        *command,
     const char        *args)
{
  linli_desk_set_actor (f->desk, person);
  case_desk_run (f, s, command, args);
}

static void
refused (CaseDesk          *f,
         const char        *person,
         const CaseSubject *s,
         const char        *command,
         const char        *args,
         const char        *reason,
         const char        *field)
{
  g_autofree char *json = case_desk_fill (f, s, args);

  linli_desk_set_actor (f->desk, person);
  case_desk_refused (f, reason, field, command, "%s", json);
}

static void
test_granted_on_one_level (CaseDesk     *f,
                           gconstpointer data)
{
  CaseSubject s;
  g_autofree char *reviewer = hire (f, "许惠玲", "reviewer", NULL);
  g_autofree char *trace = NULL;

  linli_desk_set_actor (f->desk, f->chief);
  case_desk_reach (f, &s, "in_progress");
  g_assert_cmpint (case_desk_int (f, DUE_AT, s.id), ==, AT ("2026-02-27T18:00"));
  case_desk_run (f, &s, "case.ask-extension", ASK);
  refused (f, f->chief, &s, "case.decide-extension", GRANT, "four-eyes", NULL);
  act (f, reviewer, &s, "case.decide-extension", GRANT);
  g_assert_cmpint (case_desk_int (f, DUE_AT, s.id), ==, AT ("2026-03-04T18:00"));
  g_assert_cmpint (case_desk_int (f, "SELECT first_due_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", s.id), ==,
                   AT ("2026-02-27T18:00"));
  g_assert_cmpint (case_desk_int (f, "SELECT old_due_at FROM request WHERE case_id = ?1", s.id), ==, AT ("2026-02-27T18:00"));
  g_assert_cmpint (case_desk_int (f, "SELECT new_due_at FROM request WHERE case_id = ?1", s.id), ==, AT ("2026-03-04T18:00"));
  g_assert_cmpint (case_desk_int (f, "SELECT extension_count FROM cases WHERE id = ?1", s.id), ==, 1);
  trace = case_desk_text (f, "SELECT trace FROM clock WHERE kind = 'resolve' AND case_id = ?1", s.id);
  g_assert_nonnull (strstr (trace, "许惠玲"));
  case_desk_check (f);
  case_subject_clear (&s);
}

/* Where the unit has a second person, that one looks at it first. */
static void
test_granted_on_two_levels (CaseDesk     *f,
                            gconstpointer data)
{
  CaseSubject s;
  g_autofree char *handler = hire (f, "潘秋霞", "handler", case_desk_unit (f, 0));
  g_autofree char *leader = hire (f, "郑国栋", "handler", case_desk_unit (f, 0));
  g_autofree char *other = hire (f, "赖国辉", "handler", case_desk_unit (f, 1));
  g_autofree char *dispatcher = hire (f, "梁海峰", "dispatcher", NULL);

  linli_desk_set_actor (f->desk, f->chief);
  case_desk_reach (f, &s, "in_progress");
  act (f, handler, &s, "case.ask-extension", ASK);
  refused (f, dispatcher, &s, "case.decide-extension", GRANT, "unit-first", NULL);
  refused (f, other, &s, "case.decide-extension", GRANT, "unit-first", NULL);
  refused (f, handler, &s, "case.decide-extension", GRANT, "four-eyes", NULL);
  act (f, leader, &s, "case.decide-extension", GRANT);
  g_assert_cmpint (case_desk_int (f, DUE_AT, s.id), ==, AT ("2026-02-27T18:00"));
  refused (f, leader, &s, "case.decide-extension", GRANT, "four-eyes", NULL);
  refused (f, handler, &s, "case.decide-extension", GRANT, "four-eyes", NULL);
  act (f, dispatcher, &s, "case.decide-extension", GRANT);
  g_assert_cmpint (case_desk_int (f, DUE_AT, s.id), ==, AT ("2026-03-04T18:00"));
  case_desk_check (f);
  case_subject_clear (&s);
}

/* Two who do everything: each has had a say, and nobody is left who had none. */
static void
test_granted_by_two (CaseDesk     *f,
                     gconstpointer data)
{
  CaseSubject s;
  g_autofree char *one = hire (f, "潘秋霞", "handler dispatcher", case_desk_unit (f, 0));
  g_autofree char *other = hire (f, "郑国栋", "handler dispatcher", case_desk_unit (f, 0));

  linli_desk_set_actor (f->desk, f->chief);
  case_desk_reach (f, &s, "in_progress");
  linli_conn_run (f->conn, NULL, "UPDATE account SET active = 0 WHERE id = ?1", "s", f->chief);
  act (f, one, &s, "case.ask-extension", ASK);
  refused (f, one, &s, "case.decide-extension", GRANT, "four-eyes", NULL);
  act (f, other, &s, "case.decide-extension", GRANT);
  act (f, one, &s, "case.decide-extension", GRANT);
  g_assert_cmpint (case_desk_int (f, DUE_AT, s.id), ==, AT ("2026-03-04T18:00"));
  case_subject_clear (&s);
}

static void
test_asked_before_due (CaseDesk     *f,
                       gconstpointer data)
{
  CaseSubject s;
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;

  case_desk_reach (f, &s, "in_progress");
  json = case_desk_fill (f, &s, ASK);
  f->clock.time = AT ("2026-02-27T18:01");
  outcome = case_desk_try (f, &error, "case.ask-extension", "%s", json);
  g_assert_null (outcome);
  g_assert_cmpstr (linli_domain_error_get_reason (error), ==, "after-due");
  g_assert_nonnull (strstr (error->message, "2026-02-27 18:00"));
  f->clock.time = AT ("2026-02-27T18:00");
  case_desk_run (f, &s, "case.ask-extension", ASK);
  case_subject_clear (&s);
}

/* At most two are granted, of one original limit each; refusals do not count. */
static void
test_bounds (CaseDesk     *f,
             gconstpointer data)
{
  static const struct { const char *amount; gboolean possible; } amounts[] = {
    { "6工作日", FALSE }, { "5工作日", TRUE }, { "5", TRUE }, { "6", FALSE }, { "7天", TRUE }, { "30天", FALSE },
    { "40工作时", FALSE }, { "35工作时", TRUE }, { "0工作日", FALSE }, { "若干天", FALSE },
  };
  CaseSubject s;
  g_autofree char *reviewer = hire (f, "许惠玲", "reviewer", NULL);

  linli_desk_set_actor (f->desk, f->chief);
  case_desk_reach (f, &s, "in_progress");
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliOutcome) outcome = NULL;

      linli_desk_set_actor (f->desk, f->chief);
      outcome = case_desk_try (f, &error, "case.ask-extension", "{\"dispatch\":\"%s\",\"amount\":\"%s\",\"reason\":\"x\"}", s.lead,
                               amounts[i].amount);
      g_test_message ("%s: %s", amounts[i].amount, error != NULL ? error->message : "possible");
      g_assert_cmpint (outcome != NULL, ==, amounts[i].possible);
      if (outcome != NULL)
        act (f, reviewer, &s, "case.decide-extension", REFUSE);
    }
  for (guint i = 0; i < 2; i++)
    {
      act (f, f->chief, &s, "case.ask-extension", ASK);
      act (f, reviewer, &s, "case.decide-extension", GRANT);
    }
  refused (f, f->chief, &s, "case.ask-extension", ASK, "too-many", "dispatch");
  g_assert_cmpint (case_desk_int (f, "SELECT extension_count FROM cases WHERE id = ?1", s.id), ==, 2);
  case_desk_check (f);
  case_subject_clear (&s);
}

static void
test_one_request_at_a_time (CaseDesk     *f,
                            gconstpointer data)
{
  CaseSubject s;
  g_autofree char *reviewer = hire (f, "许惠玲", "reviewer", NULL);
  g_autofree char *stranger = hire (f, "赖国辉", "handler", case_desk_unit (f, 3));

  linli_desk_set_actor (f->desk, f->chief);
  case_desk_reach (f, &s, "in_progress");
  refused (f, reviewer, &s, "case.decide-extension", GRANT, "no-request", "case");
  act (f, f->chief, &s, "case.ask-extension", ASK);
  refused (f, f->chief, &s, "case.ask-extension", ASK, "request-open", "dispatch");
  refused (f, f->chief, &s, "case.ask-suspension",
           "{\"dispatch\":\"%d\",\"until\":\"2026-03-20\",\"cause\":\"season\",\"reason\":\"x\"}", "request-open", "dispatch");
  refused (f, reviewer, &s, "case.decide-suspension", GRANT, "no-request", "case");
  refused (f, reviewer, &s, "case.decide-extension", "{\"case\":\"%c\",\"verdict\":\"refuse\"}", "invalid", "note");
  refused (f, stranger, &s, "case.withdraw-request", "{\"case\":\"%c\"}", "other-unit", "case");
  act (f, f->chief, &s, "case.withdraw-request", "{\"case\":\"%c\"}");
  refused (f, reviewer, &s, "case.decide-extension", GRANT, "no-request", "case");
  act (f, f->chief, &s, "case.ask-extension", ASK);
  case_subject_clear (&s);
}

/* A request goes with the part it speaks for, and comes back with it. */
static void
test_request_lapses_with_the_part (CaseDesk     *f,
                                   gconstpointer data)
{
  CaseSubject s;
  g_autoptr(LinliOutcome) done = NULL;
  g_autoptr(LinliOutcome) undone = NULL;
  g_autofree char *state = NULL;
  g_autofree char *again = NULL;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.ask-extension", ASK);
  done = case_desk_do (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"已修好\"}", s.lead);
  state = case_desk_text (f, "SELECT state FROM request WHERE case_id = ?1", s.id);
  g_assert_cmpstr (state, ==, "lapsed");
  case_desk_check (f);
  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", done->operation);
  again = case_desk_text (f, "SELECT state FROM request WHERE case_id = ?1", s.id);
  g_assert_cmpstr (again, ==, "asked");
  case_desk_check (f);
  case_subject_clear (&s);
}

/* Another leaf's limit is lengthened by what was granted. */
static void
test_reclassifying_keeps_the_extension (CaseDesk     *f,
                                        gconstpointer data)
{
  CaseSubject s;
  g_autofree char *reviewer = hire (f, "许惠玲", "reviewer", NULL);

  linli_desk_set_actor (f->desk, f->chief);
  case_desk_reach (f, &s, "in_progress");
  act (f, f->chief, &s, "case.ask-extension", ASK);
  act (f, reviewer, &s, "case.decide-extension", GRANT);
  act (f, f->chief, &s, "case.classify", "{\"case\":\"%c\",\"item\":\"06.99\"}"); /* 5 working days as well */
  g_assert_cmpint (case_desk_int (f, DUE_AT, s.id), ==, AT ("2026-03-04T18:00"));
  act (f, f->chief, &s, "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\"}"); /* 24 clock hours, then 3 working days */
  g_assert_cmpint (case_desk_int (f, DUE_AT, s.id), ==, AT ("2026-02-26T17:00"));
  case_subject_clear (&s);
}

static void
test_only_the_lead_asks (CaseDesk     *f,
                         gconstpointer data)
{
  CaseSubject s;

  case_desk_reach (f, &s, "in_progress");
  case_desk_run (f, &s, "case.sign", "{\"dispatch\":\"%e\"}");
  refused (f, f->chief, &s, "case.ask-extension", "{\"dispatch\":\"%e\",\"amount\":\"1工作日\",\"reason\":\"x\"}", "lead-only",
           "dispatch");
  case_subject_clear (&s);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-extension/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("granted-on-one-level", test_granted_on_one_level);
  ADD ("granted-on-two-levels", test_granted_on_two_levels);
  ADD ("granted-by-two", test_granted_by_two);
  ADD ("asked-before-due", test_asked_before_due);
  ADD ("bounds", test_bounds);
  ADD ("one-request-at-a-time", test_one_request_at_a_time);
  ADD ("request-lapses-with-the-part", test_request_lapses_with_the_part);
  ADD ("reclassifying-keeps-the-extension", test_reclassifying_keeps_the_extension);
  ADD ("only-the-lead-asks", test_only_the_lead_asks);
#undef ADD
  return g_test_run ();
}
