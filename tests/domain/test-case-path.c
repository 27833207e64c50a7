/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The straight path: in, registered, dispatched, signed, done, reviewed,
 * closed; and the ways off it. */

#include "case-desk.h"
#include "linli-json.h"

#define ASSERT_STATE(desk, id, expected) \
  G_STMT_START { \
    g_autofree char *state_ = case_desk_text (desk, "SELECT state FROM cases WHERE id = ?1", id); \
    g_assert_cmpstr (state_, ==, expected); \
  } G_STMT_END

/* 13 February 2026 17:00 + n minutes, in China. */
#define AT(minutes) (CASE_DESK_NOW + (minutes) * CASE_DESK_MINUTE)

static void
run (CaseDesk   *f,
     const char *command,
     const char *format,
     const char *id)
{
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(GString) json = g_string_new (format);

  g_string_replace (json, "%s", id, 0);
  outcome = case_desk_do (f, command, "%s", json->str);
  g_assert_nonnull (outcome);
}

static void
test_straight_path (CaseDesk     *f,
                    gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autofree char *assist = NULL;

  ASSERT_STATE (f, id, "dispatched");
  run (f, "case.sign", "{\"dispatch\":\"%s\"}", lead);
  ASSERT_STATE (f, id, "in_progress");
  run (f, "case.contact", "{\"dispatch\":\"%s\",\"note\":\"已联系住户\"}", lead);
  run (f, "case.work", "{\"dispatch\":\"%s\",\"note\":\"已到现场\"}", lead);

  {
    g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.assist", "{\"case\":\"%s\",\"units\":[\"%s\"]}", id,
                                                    case_desk_unit (f, 1));

    g_assert_nonnull (outcome);
    assist = case_desk_text (f, "SELECT id FROM dispatch WHERE role = 'assist' AND case_id = ?1", id);
  }
  run (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"井盖已换\"}", lead);
  ASSERT_STATE (f, id, "in_progress"); /* the gate: one part is still owed */
  run (f, "case.sign", "{\"dispatch\":\"%s\"}", assist);
  run (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"已清理\"}", assist);
  ASSERT_STATE (f, id, "pending_review");
  run (f, "case.review", "{\"case\":\"%s\",\"verdict\":\"reject\",\"note\":\"缺照片\"}", id);
  ASSERT_STATE (f, id, "in_progress");
  run (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"井盖已换，附照片\"}", lead);
  run (f, "case.review", "{\"case\":\"%s\",\"verdict\":\"pass\"}", id);
  ASSERT_STATE (f, id, "resolved");
  run (f, "case.close", "{\"case\":\"%s\",\"reply\":\"井盖已更换\"}", id);
  ASSERT_STATE (f, id, "closed");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE case_id = ?1", id), ==, 14);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE state IN ('running', 'unknown') AND case_id = ?1", id), ==, 0);
}

/* Friday 17:00: one working hour is left of the day, Saturday is worked. */
static void
test_clocks_of_the_path (CaseDesk     *f,
                         gconstpointer data)
{
  static const struct { const char *kind; gint64 due; } expected[] = {
    { "dispatch", AT (17 * 60) },               /* 2 工作时: Sat 10:00 */
    { "sign", AT (17 * 60) },
    { "contact", AT (17 * 60 + 120) },          /* 4 工作时: Sat 12:00 */
    { "resolve", AT (60 + 24 * 60 * 14) },      /* 5 工作日 from Sat: ..., 24 25 26 27 Feb at 18:00 */
  };
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT due_at FROM clock WHERE kind = '%s' AND case_id = ?1",
                                              expected[i].kind);

      g_assert_cmpint (case_desk_int (f, sql, id), ==, expected[i].due);
    }
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM cases WHERE id = ?1", id), ==, AT (17 * 60));
}

static void
test_uncovered_year_is_unknown (CaseDesk     *f,
                                gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *state = NULL;

  f->clock.time = AT (365 * 24 * 60);
  id = case_desk_accepted (f, CASE_DESK_LEAF);
  state = case_desk_text (f, "SELECT state FROM clock WHERE case_id = ?1", id);
  fault = case_desk_text (f, "SELECT fault FROM clock WHERE case_id = ?1", id);
  g_assert_cmpstr (state, ==, "unknown");
  g_assert_cmpstr (fault, ==, "uncovered");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE due_at IS NULL AND id = ?1", id), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-path/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("straight-path", test_straight_path);
  ADD ("clocks-of-the-path", test_clocks_of_the_path);
  ADD ("uncovered-year-is-unknown", test_uncovered_year_is_unknown);
#undef ADD
  return g_test_run ();
}
