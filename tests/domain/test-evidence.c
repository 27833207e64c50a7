/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 办结要件: what has to show a result, what does, and who lets it off. */

#include "case-desk.h"
#include "linli-catalogue-tables.h"
#include "linli-evidence.h"
#include "linli-tx.h"

/* 06.01 asks for @evidence from here on; the case is under way. */
static void
reach_with_evidence (CaseDesk    *f,
                     CaseSubject *s,
                     const char  *evidence)
{
  g_autofree char *args = g_strdup_printf ("{\"code\":\"06.01\",\"evidence\":\"%s\"}", evidence);
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "duty.set-evidence", "%s", args);

  g_assert_nonnull (outcome);
  case_desk_reach (f, s, "in_progress");
}

static void
add_file (CaseDesk    *f,
          CaseSubject *s,
          const char  *name,
          const char  *type,
          const char  *shows)
{
  g_autofree char *evidence = shows != NULL ? g_strdup_printf (",\"evidence\":\"%s\"", shows) : g_strdup ("");
  g_autofree char *args = g_strdup_printf (
    "{\"case\":\"%%c\",\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
    "\"name\":\"%s\",\"content_type\":\"%s\",\"size\":1,\"audience\":\"unit\"%s}", name, type, evidence);

  case_desk_run (f, s, "case.attach", args);
}

/* How the checklist stands: "photo=shown:a.jpg signature=missing:" */
static char *
checklist (CaseDesk    *f,
           CaseSubject *s)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) items = linli_conn_select (f->conn, &linli_table_duty_item, &error,
                                                  "id = (SELECT item_id FROM cases WHERE id = ?1)", "s", s->id);
  g_autoptr(GPtrArray) list = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  list = linli_evidence_load (f->conn, s->id, items->pdata[0], FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < list->len; i++)
    {
      const LinliEvidence *one = list->pdata[i];

      g_string_append_printf (text, "%s%s=%s:%s", i > 0 ? " " : "", one->kind, linli_evidence_state_to_text (one->state),
                              one->what != NULL ? one->what : "");
    }
  return g_string_free (text, FALSE);
}

static void
report_both (CaseDesk    *f,
             CaseSubject *s)
{
  g_autoptr(LinliOutcome) taken = case_desk_do (f, "case.sign", "{\"dispatch\":\"%s\"}", s->assist);
  g_autoptr(LinliOutcome) helped = case_desk_do (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"已协助\"}", s->assist);

  g_assert_true (taken != NULL && helped != NULL);
  case_desk_run (f, s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
}

#define ASSERT_CHECKLIST(f, s, expected) G_STMT_START { \
    g_autofree char *found = checklist (f, s); \
    g_assert_cmpstr (found, ==, expected); \
  } G_STMT_END

static void
test_evidence_of_the_standard (CaseDesk     *f,
                               gconstpointer data)
{
  CaseSubject s;

  reach_with_evidence (f, &s, "photo");
  case_desk_refused (f, "evidence-missing", "result", "case.done", "{\"dispatch\":\"%s\",\"result\":\"已修好\"}", s.lead);
  add_file (f, &s, "a.pdf", "application/pdf", NULL);
  case_desk_refused (f, "evidence-missing", "result", "case.done", "{\"dispatch\":\"%s\",\"result\":\"已修好\"}", s.lead);
  add_file (f, &s, "a.jpg", "image/jpeg", NULL);
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_subject_clear (&s);
}

static void
test_evidence_is_ticked_by_what_shows_it (CaseDesk     *f,
                                          gconstpointer data)
{
  CaseSubject s;

  reach_with_evidence (f, &s, "signature photo visit photo_before");
  ASSERT_CHECKLIST (f, &s, "photo_before=missing: photo=missing: visit=missing: signature=missing:");
  add_file (f, &s, "after.jpg", "image/jpeg", NULL);
  add_file (f, &s, "before.jpg", "image/jpeg", "photo_before");
  case_desk_run (f, &s, "case.contact", "{\"dispatch\":\"%d\",\"note\":\"已上门\"}");
  ASSERT_CHECKLIST (f, &s, "photo_before=shown:before.jpg photo=shown:after.jpg visit=shown:已上门 signature=missing:");
  case_desk_refused (f, "invalid", "evidence", "case.attach",
                     "{\"case\":\"%s\",\"sha256\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\","
                     "\"name\":\"a.pdf\",\"content_type\":\"application/pdf\",\"size\":1,\"audience\":\"unit\","
                     "\"evidence\":\"photo\"}", s.id);
  add_file (f, &s, "signed.pdf", "application/pdf", "signature");
  ASSERT_CHECKLIST (f, &s, "photo_before=shown:before.jpg photo=shown:after.jpg visit=shown:已上门 signature=shown:signed.pdf");
  report_both (f, &s);

  /* Taken out again before the review: the case does not pass without it. */
  {
    g_autofree char *file = case_desk_text (f, "SELECT id FROM attachment WHERE case_id = ?1 AND name = 'signed.pdf'", s.id);
    g_autofree char *args = g_strdup_printf ("{\"attachment\":\"%s\"}", file);

    case_desk_run (f, &s, "case.detach", args);
  }
  case_desk_refused (f, "evidence-missing", NULL, "case.review", "{\"case\":\"%s\",\"verdict\":\"pass\"}", s.id);
  case_subject_clear (&s);
}

static void
test_evidence_is_waived_with_a_reason (CaseDesk     *f,
                                       gconstpointer data)
{
  CaseSubject s;

  reach_with_evidence (f, &s, "signature");
  case_desk_act_as (f, "handler", case_desk_unit (f, 0));
  case_desk_refused (f, "not-allowed", NULL, "case.waive-evidence",
                     "{\"case\":\"%s\",\"evidence\":\"signature\",\"reason\":\"住户不在\"}", s.id);
  case_desk_act_as (f, NULL, NULL);
  case_desk_refused (f, "invalid", "evidence", "case.waive-evidence",
                     "{\"case\":\"%s\",\"evidence\":\"photo\",\"reason\":\"住户不在\"}", s.id);
  case_desk_refused (f, "invalid", "reason", "case.waive-evidence",
                     "{\"case\":\"%s\",\"evidence\":\"signature\",\"reason\":\" \"}", s.id);
  case_desk_run (f, &s, "case.waive-evidence", "{\"case\":\"%c\",\"evidence\":\"signature\",\"reason\":\"住户不在\"}");
  ASSERT_CHECKLIST (f, &s, "signature=waived:住户不在");
  case_desk_run (f, &s, "case.waive-evidence",
                 "{\"case\":\"%c\",\"evidence\":\"signature\",\"reason\":\"住户回来了\",\"waived\":false}");
  ASSERT_CHECKLIST (f, &s, "signature=missing:");
  case_desk_refused (f, "evidence-missing", "result", "case.done", "{\"dispatch\":\"%s\",\"result\":\"已修好\"}", s.lead);
  case_desk_run (f, &s, "case.waive-evidence", "{\"case\":\"%c\",\"evidence\":\"signature\",\"reason\":\"又走了\"}");
  report_both (f, &s);
  case_desk_run (f, &s, "case.review", "{\"case\":\"%c\",\"verdict\":\"pass\"}");

  /* Another round shows its own. */
  f->clock.time += CASE_DESK_MINUTE;
  case_desk_run (f, &s, "case.redo", "{\"case\":\"%c\",\"reason\":\"又坏了\"}");
  ASSERT_CHECKLIST (f, &s, "signature=missing:");
  case_subject_clear (&s);
}

/* A case put under another item after the review owes what that one asks for,
 * whichever way it is closed. */
static void
test_evidence_of_another_item (CaseDesk     *f,
                               gconstpointer data)
{
  g_autoptr(LinliOutcome) asked = case_desk_do (f, "duty.set-evidence", "{\"code\":\"06.02\",\"evidence\":\"signature\"}");
  CaseSubject s;

  g_assert_nonnull (asked);
  case_desk_reach (f, &s, "resolved");
  case_desk_run (f, &s, "case.classify", "{\"case\":\"%c\",\"item\":\"06.02\",\"reason\":\"是路灯\"}");
  ASSERT_CHECKLIST (f, &s, "signature=missing:");
  case_desk_refused (f, "evidence-missing", NULL, "case.close", "{\"case\":\"%s\",\"reply\":\"已修好\"}", s.id);
  case_desk_refused (f, "evidence-missing", NULL, "case.callback",
                     "{\"case\":\"%s\",\"reached\":\"yes\",\"solved\":\"yes\",\"satisfaction\":\"satisfied\",\"then\":\"close\"}",
                     s.id);
  case_desk_run (f, &s, "case.waive-evidence", "{\"case\":\"%c\",\"evidence\":\"signature\",\"reason\":\"住户不在\"}");
  case_desk_run (f, &s, "case.close", "{\"case\":\"%c\",\"reply\":\"已修好\"}");
  case_subject_clear (&s);
}

/* What is asked for is of the version a case was registered under. */
static void
test_evidence_of_cases_under_way (CaseDesk     *f,
                                  gconstpointer data)
{
  CaseSubject s;
  g_autoptr(LinliOutcome) outcome = NULL;

  case_desk_reach (f, &s, "in_progress");
  outcome = case_desk_do (f, "duty.set-evidence", "{\"code\":\"06.01\",\"evidence\":\"photo\"}");
  g_assert_nonnull (outcome);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM duty_item WHERE code = ?1", "06.01"), ==, 2);
  case_desk_run (f, &s, "case.done", "{\"dispatch\":\"%d\",\"result\":\"已修好\"}");
  case_subject_clear (&s);
  case_desk_refused (f, "invalid", "evidence", "duty.set-evidence", "{\"code\":\"06.01\",\"evidence\":\"photograph\"}");
}

/* A duty list from a table says nothing of evidence; one that does is followed. */
static void
test_evidence_stays_when_a_list_is_silent (CaseDesk     *f,
                                           gconstpointer data)
{
  static const struct { const char *says, *stays; } lists[] = {
    { "", "photo signature" }, { ",\"evidence\":[\"file\"]", "file" }, { ",\"evidence\":[]", NULL },
  };
  g_autoptr(LinliOutcome) asked = case_desk_do (f, "duty.set-evidence", "{\"code\":\"06.01\",\"evidence\":\"photo signature\"}");

  g_assert_nonnull (asked);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(LinliOutcome) list = case_desk_do (
        f, "duty.import", "{\"source\":\"新清单\",\"items\":[{\"code\":\"06.01\",\"name\":\"井盖破损\",\"leaf\":true%s}]}", lists[i].says);
      g_autofree char *evidence = case_desk_text (f, "SELECT evidence FROM duty_item WHERE active = 1 AND code = ?1", "06.01");

      g_assert_nonnull (list);
      g_assert_cmpstr (evidence, ==, lists[i].stays);
    }
}

#define ADD(name, func) \
  g_test_add ("/evidence/" name, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("of-the-standard", test_evidence_of_the_standard);
  ADD ("is-ticked-by-what-shows-it", test_evidence_is_ticked_by_what_shows_it);
  ADD ("is-waived-with-a-reason", test_evidence_is_waived_with_a_reason);
  ADD ("of-another-item", test_evidence_of_another_item);
  ADD ("of-cases-under-way", test_evidence_of_cases_under_way);
  ADD ("stays-when-a-list-is-silent", test_evidence_stays_when_a_list_is_silent);

  return g_test_run ();
}
