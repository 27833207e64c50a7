/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clocks of a case as it goes its way. 13 February 2026 is a Friday,
 * 17:00; Saturday is worked; the 15th to the 23rd is the festival. */

#include <string.h>

#include "case-desk.h"
#include "linli-case-tables.h"
#include "linli-json.h"
#include "test-conn.h"

#define HOURS(n) (CASE_DESK_NOW + (n) * 60 * CASE_DESK_MINUTE)

static void
run (CaseDesk   *f,
     const char *command,
     const char *format,
     const char *id)
{
  g_autoptr(GString) json = g_string_new (format);
  g_autoptr(LinliOutcome) outcome = NULL;

  g_string_replace (json, "%s", id, 0);
  outcome = case_desk_do (f, command, "%s", json->str);
  g_assert_nonnull (outcome);
}

/* "dispatch met, sign running, ..." in the order they were started. */
static char *
clocks (CaseDesk   *f,
        const char *id)
{
  return case_desk_text (f, "SELECT group_concat (kind || ' ' || state, ', ') FROM "
                            "(SELECT kind, state FROM clock WHERE case_id = ?1 ORDER BY pk) AS rows", id);
}

#define ASSERT_CLOCKS(f, id, expected) \
  G_STMT_START { \
    g_autofree char *clocks_ = clocks (f, id); \
    g_assert_cmpstr (clocks_, ==, expected); \
  } G_STMT_END

static gint64
due (CaseDesk   *f,
     const char *id,
     const char *kind)
{
  g_autofree char *sql = g_strdup_printf ("SELECT due_at FROM clock WHERE kind = '%s' AND case_id = ?1 ORDER BY pk DESC LIMIT 1", kind);

  return case_desk_int (f, sql, id);
}

static void
test_recall_leaves_the_first_clock (CaseDesk     *f,
                                    gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  gint64 first = due (f, id, "resolve");
  g_autoptr(LinliOutcome) again = NULL;

  f->clock.time = HOURS (20);
  run (f, "case.recall", "{\"dispatch\":\"%s\",\"reason\":\"派错单位\"}", lead);
  ASSERT_CLOCKS (f, id, "dispatch met, sign stopped, contact stopped, resolve running, dispatch running");
  again = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, 1));
  ASSERT_CLOCKS (f, id, "dispatch met, sign stopped, contact stopped, resolve running, dispatch met, sign running, contact running");
  g_assert_cmpint (due (f, id, "resolve"), ==, first);
  g_assert_cmpint (case_desk_int (f, "SELECT max(seq) FROM dispatch WHERE case_id = ?1", id), ==, 2);
}

static void
test_rework_goes_on_under_the_same_clock (CaseDesk     *f,
                                          gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  gint64 first = due (f, id, "resolve");

  run (f, "case.sign", "{\"dispatch\":\"%s\"}", lead);
  f->clock.time = HOURS (17);
  run (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"已修好\"}", lead);
  ASSERT_CLOCKS (f, id, "dispatch met, sign met, contact stopped, resolve met");
  g_assert_cmpint (case_desk_int (f, "SELECT met_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", id), ==, HOURS (17));
  run (f, "case.review", "{\"case\":\"%s\",\"verdict\":\"reject\",\"note\":\"缺照片\"}", id);
  ASSERT_CLOCKS (f, id, "dispatch met, sign met, contact stopped, resolve running");
  g_assert_cmpint (due (f, id, "resolve"), ==, first);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM cases WHERE id = ?1", id), ==, first);
  run (f, "case.done", "{\"dispatch\":\"%s\",\"result\":\"附照片\"}", lead);
  run (f, "case.review", "{\"case\":\"%s\",\"verdict\":\"pass\"}", id);
  ASSERT_CLOCKS (f, id, "dispatch met, sign met, contact stopped, resolve met, callback running");
  run (f, "case.close", "{\"case\":\"%s\",\"reply\":\"已修好\"}", id);
  ASSERT_CLOCKS (f, id, "dispatch met, sign met, contact stopped, resolve met, callback met");
}

/* Another leaf has other limits, counted from where the clocks began. */
static void
test_classify_keeps_the_start (CaseDesk     *f,
                               gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autofree char *payload = NULL;

  f->clock.time = HOURS (2);
  run (f, "case.classify", "{\"case\":\"%s\",\"item\":\"06.02\",\"reason\":\"是路灯\"}", id);
  g_assert_cmpint (due (f, id, "resolve"), ==, HOURS (24)); /* 24 紧急工作时, nights included */
  g_assert_cmpint (case_desk_int (f, "SELECT started_at FROM clock WHERE kind = 'resolve' AND case_id = ?1", id), ==, HOURS (0));
  payload = case_desk_text (f, "SELECT payload FROM entry WHERE kind = 'classify' AND case_id = ?1", id);
  g_assert_nonnull (strstr (payload, "\"due.resolve\":["));
}

static void
test_withdrawn_case_has_no_clock (CaseDesk     *f,
                                  gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);

  run (f, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"不再反映\"}", id);
  ASSERT_CLOCKS (f, id, "dispatch met, sign stopped, contact stopped, resolve stopped");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE due_at IS NULL AND due_kind IS NULL AND id = ?1", id), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM dispatch WHERE state = 'recalled' AND case_id = ?1", id), ==, 1);
}

static const char holiday_moved[] =
  "{\"name\":\"试验日历\",\"body\":{\"name\":\"试验日历\",\"version\":2,\"zone\":\"Asia/Shanghai\",\"covered_from\":2026,"
  "\"covered_until\":2026,\"week\":{\"mon\":[\"09:00-12:00\",\"14:00-18:00\"],\"tue\":[\"09:00-12:00\",\"14:00-18:00\"],"
  "\"wed\":[\"09:00-12:00\",\"14:00-18:00\"],\"thu\":[\"09:00-12:00\",\"14:00-18:00\"],\"fri\":[\"09:00-12:00\",\"14:00-18:00\"]},"
  "\"exceptions\":[{\"date\":\"2026-02-15\",\"until\":\"2026-02-23\",\"kind\":\"off\",\"name\":\"春节\"}]}}";

/* Without the make-up Saturday everything moves past the festival. */
static void
test_calendar_change_lists_what_moved (CaseDesk     *f,
                                       gconstpointer data)
{
  g_autofree char *lead = NULL;
  g_autofree char *id = case_desk_dispatched (f, CASE_DESK_LEAF, &lead);
  g_autofree char *other = case_desk_accepted (f, CASE_DESK_OTHER);
  g_autoptr(LinliOutcome) saved = case_desk_do (f, "calendar.save", "%s", holiday_moved);
  g_autofree char *after = g_strdup ("00000000-0000-0000-0000-000000000000");
  gint64 n_moved = 0;
  gint64 n_done = 0;
  guint pages = 0;

  do
    {
      g_autoptr(LinliOutcome) page = case_desk_do (f, "clock.recompute", "{\"after\":\"%s\",\"limit\":2}", after);
      gint64 n = 0;

      linli_json_get_int (page->result, "n_done", &n);
      n_done += n;
      n_moved += json_array_get_length (linli_json_get_array (page->result, "moved"));
      g_free (after);
      after = g_strdup (linli_json_get_text (page->result, "next"));
      pages++;
    }
  while (after != NULL);

  g_assert_cmpint (n_done, ==, 4);  /* sign, contact, resolve; dispatch of the other, in natural time */
  g_assert_cmpint (n_moved, ==, 3);
  g_assert_cmpint (pages, ==, 3);
  g_assert_cmpint (due (f, id, "sign"), ==, HOURS (17 + 24 * 10)); /* Tue 24 Feb 10:00 */
  g_assert_cmpint (due (f, other, "dispatch"), ==, HOURS (0) + 30 * CASE_DESK_MINUTE);
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM cases WHERE id = ?1", id), ==, HOURS (17 + 24 * 10));
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE kind = 'clock' AND case_id = ?1", id), ==, 2); /* a page each */
  g_assert_cmpint (case_desk_int (f, "SELECT count(DISTINCT calendar_id) FROM clock WHERE state = 'running'", NULL), ==, 1);
}

/* A clock that nobody could compute starts to run once the year is known. */
static void
test_unknown_becomes_known (CaseDesk     *f,
                            gconstpointer data)
{
  g_autoptr(GString) next_year = g_string_new (holiday_moved);
  g_autofree char *id = NULL;
  g_autoptr(LinliOutcome) saved = NULL;
  g_autoptr(LinliOutcome) done = NULL;

  f->clock.time = HOURS (24 * 365);
  id = case_desk_accepted (f, CASE_DESK_LEAF);
  ASSERT_CLOCKS (f, id, "dispatch unknown");
  g_string_replace (next_year, "\"covered_until\":2026", "\"covered_until\":2027", 0);
  saved = case_desk_do (f, "calendar.save", "%s", next_year->str);
  done = case_desk_do (f, "clock.recompute", "{}");
  ASSERT_CLOCKS (f, id, "dispatch running");
  g_assert_cmpint (case_desk_int (f, "SELECT due_at IS NOT NULL FROM cases WHERE id = ?1", id), ==, 1);
}

static void
test_no_calendar_stops_nobody (CaseDesk     *f,
                               gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autofree char *fault = NULL;

  g_assert_true (linli_conn_exec (f->conn, "UPDATE work_calendar SET current = 0", NULL));
  id = case_desk_accepted (f, CASE_DESK_LEAF);
  ASSERT_CLOCKS (f, id, "dispatch unknown");
  fault = case_desk_text (f, "SELECT fault FROM clock WHERE case_id = ?1", id);
  g_assert_cmpstr (fault, ==, "no-calendar");
}

static void
test_strange_limits (CaseDesk     *f,
                     gconstpointer data)
{
  static const struct { const char *limit, *state, *fault; } cases[] = {
    { " 5工作日", "running", NULL },
    { "2工作日，种植季节15工作日", "running", NULL },
    { "种植季节15工作日", "running", NULL },
    { "尽快", "unknown", "unreadable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = g_strdup_printf ("07.0%u", i);
      g_autoptr(LinliOutcome) list = case_desk_do (f, "duty.import", "{\"source\":\"x\",\"items\":[{\"code\":\"%s\",\"name\":\"x\","
                                                   "\"leaf\":true,\"limits\":{\"dispatch\":\"%s\"}}]}", code, cases[i].limit);
      g_autofree char *id = case_desk_accepted (f, code);
      g_autofree char *state = case_desk_text (f, "SELECT state FROM clock WHERE case_id = ?1", id);
      g_autofree char *fault = case_desk_text (f, "SELECT fault FROM clock WHERE case_id = ?1", id);
      g_autofree char *text = case_desk_text (f, "SELECT limit_text FROM clock WHERE case_id = ?1", id);

      g_test_message ("%s", cases[i].limit);
      g_assert_cmpstr (state, ==, cases[i].state);
      g_assert_cmpstr (fault, ==, cases[i].fault);
      g_assert_cmpstr (text, ==, cases[i].limit);
    }
}

/* What the desk asks of all clocks and lines again and again is answered out of
 * the index meant for it: the conditions of the partial ones are said in their
 * words, and none stands in another's way. */
static void
test_found_by_their_indexes (CaseDesk     *f,
                             gconstpointer data)
{
  static const struct { const char *sql; const char *index; } cases[] = {
    { "SELECT * FROM clock WHERE " LINLI_CLOCK_IS_OPEN " AND id > ?1 ORDER BY id LIMIT 500", "clock_open (id>?)" },
    { "SELECT min(due_at) FROM clock WHERE case_id = ?1 AND state = 'running'", "clock_case (case_id=?)" },
    { "SELECT * FROM dispatch AS d WHERE EXISTS (SELECT 1 FROM clock AS k WHERE k.case_id = d.case_id "
      "AND k.state = 'running' AND k.due_at < ?1)", "clock_case (case_id=?)" },
    { "SELECT case_id FROM clock WHERE state = 'running' AND due_at <= ?1", "clock_running (due_at<?)" },
    { "SELECT * FROM clock WHERE state = 'running' AND due_at BETWEEN 1 AND ?1 ORDER BY due_at DESC LIMIT 300",
      "clock_running (due_at>? AND due_at<?)" },
    { "SELECT * FROM entry AS e WHERE " LINLI_ENTRY_IS_NEWS ("e.") " AND e.at > ?1 AND e.at <= 9 ORDER BY e.at DESC, e.pk DESC",
      "entry_news (at>? AND at<?)" },
    { "SELECT count(*) FROM entry WHERE case_id = ?1 AND kind = 'reject'", "entry_case (case_id=?)" },
    { "SELECT pk, id, state FROM cases WHERE confidential <> 0 AND id <> ?1", "case_confidential" },
  };

  if (test_conn_is_postgres ())
    {
      g_test_skip ("that engine plans by what is in the tables");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", cases[i].sql, NULL);
      g_autoptr(LinliStmt) stmt = linli_conn_query (f->conn, NULL, sql, "s", "x");
      g_autoptr(GString) plan = g_string_new (NULL);
      gboolean row = FALSE;

      while (linli_stmt_step (stmt, &row, NULL) && row)
        g_string_append_printf (plan, "%s; ", linli_stmt_get_text (stmt, 3));
      g_test_message ("%s: %s", cases[i].sql, plan->str);
      g_assert_nonnull (strstr (plan->str, cases[i].index));
      g_assert_null (strstr (plan->str, "TEMP B-TREE"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-clocks/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("recall-leaves-the-first-clock", test_recall_leaves_the_first_clock);
  ADD ("rework-goes-on-under-the-same-clock", test_rework_goes_on_under_the_same_clock);
  ADD ("classify-keeps-the-start", test_classify_keeps_the_start);
  ADD ("withdrawn-case-has-no-clock", test_withdrawn_case_has_no_clock);
  ADD ("calendar-change-lists-what-moved", test_calendar_change_lists_what_moved);
  ADD ("unknown-becomes-known", test_unknown_becomes_known);
  ADD ("no-calendar-stops-nobody", test_no_calendar_stops_nobody);
  ADD ("strange-limits", test_strange_limits);
  ADD ("found-by-their-indexes", test_found_by_their_indexes);
#undef ADD
  return g_test_run ();
}
