/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What surrounds a case: the same matter nearby, the resident's other matters,
 * how long the leaf usually takes. */

#include "case-desk.h"

#include "linli-case-context.h"

#define HOUR (60 * CASE_DESK_MINUTE)

static char *
intake (CaseDesk   *f,
        const char *place,
        const char *phone)
{
  g_autofree char *person = phone != NULL ? g_strdup_printf (",\"appellant\":{\"name\":\"曾小贤\",\"phone\":\"%s\"}", phone)
                                          : g_strdup ("");
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake",
                                                  "{\"text\":\"井盖破了\",\"channel\":\"CK01\",\"community\":\"桂园社区\","
                                                  "\"place\":\"%s\"%s}", place, person);

  return case_desk_tell (outcome, "case");
}

static void
accept (CaseDesk   *f,
        const char *id,
        const char *item)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.accept", "{\"case\":\"%s\",\"item\":\"%s\"}", id, item);

  g_assert_nonnull (outcome);
}

static LinliCaseContext *
load (CaseDesk   *f,
      const char *id)
{
  g_autoptr(GError) error = NULL;
  LinliCaseContext *found = linli_case_context_load (f->conn, id, &error);

  g_assert_no_error (error);
  return found;
}

static void
test_near (CaseDesk     *f,
           gconstpointer data)
{
  g_autofree char *first = intake (f, "桂园路 12 号", NULL);
  g_autofree char *same = intake (f, "桂园路 12 号", NULL);
  g_autofree char *elsewhere = intake (f, "东湖路 3 号", NULL);
  g_autofree char *other_leaf = intake (f, "桂园路 12 号", NULL);
  g_autoptr(LinliCaseContext) found = NULL;

  accept (f, first, CASE_DESK_LEAF);
  accept (f, same, CASE_DESK_LEAF);
  accept (f, elsewhere, CASE_DESK_LEAF);
  accept (f, other_leaf, CASE_DESK_OTHER);
  found = load (f, first);
  g_assert_cmpuint (found->n_near, ==, 1);
  g_assert_cmpstr (((LinliNearCase *) found->near->pdata[0])->id, ==, same);
}

static void
test_resident (CaseDesk     *f,
               gconstpointer data)
{
  g_autofree char *first = intake (f, "桂园路 12 号", "13800138000");
  g_autofree char *second = intake (f, "东湖路 3 号", "13800138000");
  g_autofree char *stranger = intake (f, "桂园路 12 号", "13900139000");
  g_autofree char *nobody = intake (f, "桂园路 12 号", NULL);
  g_autofree char *nobody_else = intake (f, "桂园路 12 号", NULL);
  g_autoptr(LinliOutcome) gone = case_desk_do (f, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"误报\"}", second);
  g_autoptr(LinliCaseContext) found = load (f, first);
  g_autoptr(LinliCaseContext) anonymous = load (f, nobody);

  g_assert_cmpuint (found->n_own, ==, 1);
  g_assert_cmpuint (found->n_own_open, ==, 0);
  g_assert_cmpstr (((LinliNearCase *) found->own->pdata[0])->id, ==, second);
  g_assert_cmpuint (anonymous->n_own, ==, 0); /* nobody is not the same person as nobody */
  g_assert_nonnull (stranger);
  g_assert_nonnull (nobody_else);
}

/* Times are told in working hours: Friday 17:00 to Saturday 10:00 of a
 * make-up day are two, not seventeen. */
static void
test_leaf_times (CaseDesk     *f,
                 gconstpointer data)
{
  g_autofree char *here = case_desk_accepted (f, CASE_DESK_LEAF);
  g_autoptr(LinliCaseContext) found = NULL;
  CaseSubject subject = { 0 };

  case_desk_reach (f, &subject, "resolved");
  g_assert_true (linli_conn_run (f->conn, NULL, "UPDATE cases SET state = 'closed', received_at = ?2, closed_at = ?3 WHERE id = ?1",
                                 "sii", subject.id, CASE_DESK_NOW, CASE_DESK_NOW + 17 * HOUR));
  found = load (f, here);
  g_assert_cmpuint (found->n_timed, ==, 1);
  g_assert_cmpint (found->median, ==, 120);
  g_assert_cmpint (found->p90, ==, 120);
  g_assert_cmpuint (found->leaf->len, ==, 1);
  case_subject_clear (&subject);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/domain/case-context/" name, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("near", test_near);
  ADD ("resident", test_resident);
  ADD ("leaf-times", test_leaf_times);
  return g_test_run ();
}
