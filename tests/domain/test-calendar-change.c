/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The working calendar is changed a day, a week or a year at a time, and the
 * open clocks go with it. 14 February 2026 is a Saturday that is worked. */

#include <string.h>

#include "case-desk.h"
#include "linli-calendar-change.h"
#include "linli-case-tables.h"
#include "linli-clock-recompute.h"
#include "linli-json.h"

static gint64
due (CaseDesk   *f,
     const char *id)
{
  return case_desk_int (f, "SELECT due_at FROM clock WHERE kind = 'sign' AND case_id = ?1", id);
}

static GPtrArray *
foresee (CaseDesk   *f,
         const char *command,
         const char *json)
{
  g_autoptr(JsonObject) args = linli_json_parse_object (json, -1, NULL);
  g_autoptr(GError) error = NULL;
  GPtrArray *moves = linli_calendar_try (f->conn, command, args, &error);

  g_assert_no_error (error);
  return moves;
}

/* What is foreseen is what happens, and all of it goes back with one undo. */
static void
test_moves_as_foreseen (CaseDesk     *f,
                        gconstpointer data)
{
  static const char rest[] = "{\"date\":\"2026-02-14\",\"kind\":\"week\"}";
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autofree char *other = case_desk_accepted (f, CASE_DESK_OTHER); /* in natural time: stays */
  g_autofree char *before = case_desk_digest (f, "audit entry");
  g_autofree char *after = NULL;
  gint64 first = due (f, id);
  g_autoptr(GPtrArray) moves = foresee (f, "calendar.set-days", rest);
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "calendar.set-days", "%s", rest);
  g_autoptr(LinliOutcome) undone = NULL;
  JsonArray *moved = linli_json_get_array (outcome->result, "moved");

  g_assert_cmpint (moves->len, ==, 3); /* sign, contact, resolve */
  g_assert_cmpint (json_array_get_length (moved), ==, 3);
  for (guint i = 0; i < moves->len; i++)
    {
      const LinliClockMove *move = moves->pdata[i];
      g_autofree char *sql = g_strdup_printf ("SELECT due_at FROM clock WHERE kind = '%s' AND case_id = ?1", move->kind);

      g_assert_cmpstr (move->case_id, ==, id);
      g_assert_cmpint (move->before, <, move->after);
      g_assert_cmpint (case_desk_int (f, sql, id), ==, move->after);
    }
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'clock' AND case_id = ?1", id), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM work_calendar WHERE current = 1", NULL), ==, 1);

  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
  g_assert_cmpint (due (f, id), ==, first);
  after = case_desk_digest (f, "audit entry");
  g_assert_cmpstr (before, ==, after);
}

/* A whole calendar, such as an imported list makes, goes in and out with its clocks too. */
static void
test_replaced_and_back (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autofree char *before = case_desk_digest (f, "audit entry");
  g_autofree char *after = NULL;
  gint64 first = due (f, id);
  g_autoptr(LinliOutcome) outcome = case_desk_do (
    f, "calendar.replace", "{\"name\":\"试验日历\",\"body\":{\"name\":\"试验日历\",\"version\":2,\"zone\":\"Asia/Shanghai\","
    "\"covered_from\":2026,\"covered_until\":2026,\"week\":{\"mon\":[\"09:00-12:00\",\"14:00-18:00\"],"
    "\"fri\":[\"09:00-12:00\",\"14:00-18:00\"]}}}");
  g_autoptr(LinliOutcome) undone = NULL;

  g_assert_cmpint (json_array_get_length (linli_json_get_array (outcome->result, "moved")), ==, 3);
  g_assert_cmpint (due (f, id), >, first);
  g_assert_cmpint (case_desk_int (f, "SELECT version FROM work_calendar WHERE current = 1", NULL), ==, 2);
  undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
  g_assert_nonnull (undone);
  after = case_desk_digest (f, "audit entry");
  g_assert_cmpstr (before, ==, after);
}

/* A clock that began to count by the new calendar keeps it. */
static void
test_undo_is_refused_when_in_use (CaseDesk     *f,
                                  gconstpointer data)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "calendar.set-days", "{\"date\":\"2026-03-02\",\"kind\":\"off\"}");
  g_autofree char *id = case_desk_accepted (f, CASE_DESK_LEAF);

  g_assert_nonnull (id);
  case_desk_refused (f, "in-use", NULL, "core.undo", "{\"operation\":\"%s\"}", outcome->operation);
}

static LinliWorkCalendar *
current (CaseDesk *f)
{
  g_autofree char *body = case_desk_text (f, "SELECT body FROM work_calendar WHERE current = 1", NULL);
  g_autoptr(JsonObject) object = linli_json_parse_object (body, -1, NULL);

  return linli_work_calendar_from_json (object, NULL);
}

/* "off 0", "make-up 2": what a day became, and how many spans it has. */
static void
assert_day (CaseDesk    *f,
            const char  *date,
            LinliDayKind kind,
            guint        n_spans)
{
  g_autoptr(LinliWorkCalendar) calendar = current (f);
  const LinliCalendarDay *day = linli_work_calendar_get_day (calendar, linli_date_parse (date), NULL);

  g_assert_nonnull (day);
  g_assert_cmpint (day->kind, ==, kind);
  g_assert_cmpint (day->n_spans, ==, n_spans);
}

static void
test_days (CaseDesk     *f,
           gconstpointer data)
{
  static const struct { const char *args, *date; LinliDayKind kind; guint n_spans; } cases[] = {
    { "{\"date\":\"2026-05-01\",\"until\":\"2026-05-05\",\"kind\":\"off\",\"name\":\"劳动节\"}", "2026-05-04", LINLI_DAY_HOLIDAY, 0 },
    { "{\"date\":\"2026-05-09\",\"kind\":\"work\"}", "2026-05-09", LINLI_DAY_MAKE_UP, 2 },
    { "{\"date\":\"2026-05-08\",\"kind\":\"hours\",\"hours\":\"9:00～11:00，13：00-14:00、15:00-16:00\"}", "2026-05-08",
      LINLI_DAY_SPECIAL, 3 },
    { "{\"date\":\"2026-05-04\",\"kind\":\"week\"}", "2026-05-04", LINLI_DAY_WORKDAY, 2 },
    { "{\"date\":\"2026-05-01\",\"until\":\"2026-05-31\",\"kind\":\"week\"}", "2026-05-09", LINLI_DAY_REST, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliOutcome) outcome = case_desk_do (f, "calendar.set-days", "%s", cases[i].args);

      g_assert_nonnull (outcome);
      assert_day (f, cases[i].date, cases[i].kind, cases[i].n_spans);
    }
  case_desk_check (f);
}

static void
test_week (CaseDesk     *f,
           gconstpointer data)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "calendar.set-week",
                                                  "{\"mon\":\"08:30-12:00 14:00-17:30\",\"sat\":\"09:00-12:00\",\"make_up\":\"10:00-12:00\"}");

  g_assert_nonnull (outcome);
  assert_day (f, "2026-03-02", LINLI_DAY_WORKDAY, 2);
  assert_day (f, "2026-03-03", LINLI_DAY_REST, 0);
  assert_day (f, "2026-03-07", LINLI_DAY_WORKDAY, 1);
  assert_day (f, "2026-02-18", LINLI_DAY_HOLIDAY, 0); /* the days that are otherwise stay */
}

/* Nobody guesses; once the year is known, the clock runs. */
static void
test_years (CaseDesk     *f,
            gconstpointer data)
{
  static const char known[] = "{\"from\":2026,\"until\":2027}";
  g_autofree char *id = NULL;
  g_autoptr(GPtrArray) moves = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;

  f->clock.time += G_GINT64_CONSTANT (365) * 24 * 60 * CASE_DESK_MINUTE;
  id = case_desk_accepted (f, CASE_DESK_LEAF);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM clock WHERE fault = 'uncovered' AND case_id = ?1", id), ==, 1);
  moves = foresee (f, "calendar.set-years", known);
  g_assert_cmpint (moves->len, ==, 1);
  g_assert_cmpint (((LinliClockMove *) moves->pdata[0])->before, ==, 0);
  outcome = case_desk_do (f, "calendar.set-years", "%s", known);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM clock WHERE state = 'running' AND case_id = ?1", id), ==,
                   ((LinliClockMove *) moves->pdata[0])->after);
}

static void
test_refusals (CaseDesk     *f,
               gconstpointer data)
{
  static const struct { const char *command, *args, *field; } cases[] = {
    { "calendar.set-days", "{\"date\":\"2026-05-05\",\"until\":\"2026-05-01\",\"kind\":\"off\"}", "until" },
    { "calendar.set-days", "{\"date\":\"2026-05-05\",\"until\":\"2028-05-01\",\"kind\":\"off\"}", "until" },
    { "calendar.set-days", "{\"date\":\"2026-05-05\",\"kind\":\"hours\"}", "hours" },
    { "calendar.set-days", "{\"date\":\"2026-05-05\",\"kind\":\"hours\",\"hours\":\"12:00-09:00\"}", "hours" },
    { "calendar.set-days", "{\"date\":\"2026-05-05\",\"kind\":\"hours\",\"hours\":\"09:00-12:00 11:00-13:00\"}", "hours" },
    { "calendar.set-days", "{\"date\":\"2026-05-05\",\"kind\":\"hours\",\"hours\":\"早上\"}", "hours" },
    { "calendar.set-week", "{}", "mon" },
    { "calendar.set-week", "{\"mon\":\"09:00-12:00\",\"tue\":\"9-12\"}", "tue" },
    { "calendar.set-years", "{\"from\":2027,\"until\":2026}", "until" },
    { "calendar.set-years", "{\"from\":1,\"until\":9999}", "until" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    case_desk_refused (f, "invalid", cases[i].field, cases[i].command, "%s", cases[i].args);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM work_calendar", NULL), ==, 1);
}

/* Whoever does not keep the lists does not change when the centre works. */
static void
test_rights (CaseDesk     *f,
             gconstpointer data)
{
  case_desk_act_as (f, "clerk dispatcher supervisor", NULL);
  case_desk_refused (f, "not-allowed", NULL, "calendar.set-days", "{\"date\":\"2026-05-05\",\"kind\":\"off\"}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/calendar-change/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("moves-as-foreseen", test_moves_as_foreseen);
  ADD ("replaced-and-back", test_replaced_and_back);
  ADD ("undo-is-refused-when-in-use", test_undo_is_refused_when_in_use);
  ADD ("days", test_days);
  ADD ("week", test_week);
  ADD ("years", test_years);
  ADD ("refusals", test_refusals);
  ADD ("rights", test_rights);
#undef ADD
  return g_test_run ();
}
