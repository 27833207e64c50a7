/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures count what the rows say, and every number opens as many cases as it
 * counts. */

#include "case-world.h"
#include "linli-case-index.h"
#include "linli-case-search.h"
#include "linli-figures.h"
#include "linli-registry.h"
#include "linli-text.h"

#define NOW CASE_WORLD_NOW /* 14 February 2026, ten in the morning */

typedef struct
{
  LinliConn *conn;
  GRand     *rand;
} Fixture;

static void
run (LinliConn  *conn,
     const char *sql)
{
  g_autoptr(GError) error = NULL;

  linli_conn_exec (conn, sql, &error);
  g_assert_no_error (error);
}

/* What commands of other files do to cases, without order: every set has some. */
static const char *const mixing =
  "UPDATE cases SET return_count = 1 WHERE pk % 11 = 0;"
  "UPDATE cases SET redo_count = 2 WHERE pk % 13 = 0;"
  "UPDATE cases SET extension_count = 1 WHERE pk % 7 = 0;"
  "UPDATE cases SET supervision_level = pk % 5 WHERE pk % 3 = 0;"
  "UPDATE cases SET n_submissions = 1 + pk % 4;"
  "UPDATE cases SET lane = CASE pk % 4 WHEN 0 THEN 'major' WHEN 1 THEN 'minor' WHEN 2 THEN 'private' END;"
  "UPDATE cases SET solved = CASE pk % 5 WHEN 0 THEN 'no' WHEN 1 THEN 'partly' ELSE 'yes' END WHERE pk % 2 = 0;"
  "UPDATE cases SET satisfaction = CASE pk % 3 WHEN 0 THEN 'dissatisfied' WHEN 1 THEN 'satisfied' "
  "ELSE 'basically_satisfied' END WHERE pk % 6 < 3;"
  "UPDATE cases SET instant_answer_id = id WHERE state = 'closed' AND pk % 17 = 0;"
  "UPDATE cases SET state = 'merged', merged_into_id = (SELECT id FROM cases WHERE pk = 1) WHERE pk % 29 = 0;"
  "UPDATE cases SET state = 'withdrawn' WHERE pk % 31 = 0;"
  "UPDATE cases SET community = NULL WHERE pk % 9 = 0;"
  "UPDATE cases SET community = '“引号\"社区' WHERE pk % 23 = 0;"
  "UPDATE dispatch SET state = 'returned' WHERE pk % 8 = 0;"
  "UPDATE dispatch SET contacted_at = sent_at + 60000000 WHERE pk % 3 > 0;"
  "UPDATE dispatch SET done_at = sent_at + 3600000000 * (pk % 500) WHERE state = 'done';"
  "UPDATE clock SET met_at = due_at + 3600000000 * (pk % 300 - 100) WHERE state = 'met';"
  "UPDATE clock SET state = 'paused' WHERE state = 'running' AND pk % 5 = 0;"
  "UPDATE clock SET rule_ref = 'source' WHERE state = 'met' AND pk % 19 = 0;";

static void
rebuild (LinliConn *conn)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (linli_conn_begin_write (conn, &error));
  linli_case_index_rebuild (conn, &error);
  g_assert_no_error (error);
  linli_conn_commit (conn, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  const CaseWorld world = { .n_cases = CASE_WORLD_SHARE (3000) + 300, .n_entries = 1, .open_in_1000 = 300, .seed = 7, .now = NOW };

  f->conn = case_world_open (":memory:");
  f->rand = g_rand_new_with_seed (42);
  case_world_fill (f->conn, &world);
  run (f->conn, mixing);
  rebuild (f->conn);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_rand_free (f->rand);
  linli_conn_close (f->conn);
}

static LinliFigures *
load (Fixture                  *f,
      const LinliFigureRequest *request)
{
  g_autoptr(GError) error = NULL;
  LinliFigures *figures = linli_figures_load (f->conn, request, NOW, case_world_account (), &error);

  g_assert_no_error (error);
  return figures;
}

static LinliFigureRequest
year (void)
{
  LinliFigureRequest request = { .basis = LINLI_BASIS_RECEIVED, .step = LINLI_STEP_MONTH };

  g_date_set_dmy (&request.from, 1, G_DATE_JANUARY, 2025);
  g_date_set_dmy (&request.to, 31, G_DATE_DECEMBER, 2026);
  return request;
}

static gint64
find (Fixture    *f,
      const char *line)
{
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  linli_case_search_count (f->conn, line, NOW, case_world_account (), &n, &error);
  g_assert_no_error (error);
  return n;
}

/* The numbers once more, straight from the rows. */
static void
test_agree_with_rows (Fixture      *f,
                      gconstpointer data)
{
#define ACCEPTED "state NOT IN ('declined', 'withdrawn', 'merged')"
#define DONE "state IN ('resolved', 'closed')"
#define LIMIT "(SELECT k.%s FROM clock k WHERE k.case_id = cases.id AND k.kind = 'resolve' ORDER BY k.started_at, k.pk LIMIT 1)"
#define FIRST "(SELECT k.met_at <= k.due_at FROM clock k WHERE k.case_id = cases.id AND k.kind = 'resolve' AND k.state = 'met')"
#define RUNS_OUT "(SELECT k.due_at FROM clock k WHERE k.case_id = cases.id AND k.kind = 'resolve' AND k.state = 'running')"
#define SENT "EXISTS (SELECT 1 FROM dispatch WHERE case_id = cases.id)"
  static const struct { LinliFigureSet set; const char *where; } sets[] = {
    { LINLI_SET_CASES, "state <> 'merged'" },
    { LINLI_SET_ACCEPTED, ACCEPTED },
    { LINLI_SET_FINISHED, DONE },
    { LINLI_SET_UNFINISHED, ACCEPTED " AND NOT " DONE },
    { LINLI_SET_IN_TIME, DONE " AND " FIRST " = 1" },
    { LINLI_SET_LATE, DONE " AND " FIRST " = 0" },
    { LINLI_SET_OVERDUE, ACCEPTED " AND NOT " DONE " AND " RUNS_OUT " < 1771034400000000" },
    { LINLI_SET_DISPATCHED, ACCEPTED " AND " SENT },
    { LINLI_SET_FIRST_RIGHT, ACCEPTED " AND " SENT " AND NOT EXISTS (SELECT 1 FROM dispatch WHERE case_id = cases.id AND state = 'returned')" },
    { LINLI_SET_INSTANT, ACCEPTED " AND instant_answer_id IS NOT NULL" },
    { LINLI_SET_REPEATED, ACCEPTED " AND n_submissions > 1" },
    { LINLI_SET_SOLVED, DONE " AND solved = 'yes'" },
    { LINLI_SET_RESPONDED, DONE " AND (solved IS NOT NULL OR satisfaction IS NOT NULL) AND "
      "EXISTS (SELECT 1 FROM dispatch WHERE case_id = cases.id AND contacted_at IS NOT NULL)" },
    { LINLI_SET_RATED, DONE " AND satisfaction IS NOT NULL" },
    { LINLI_SET_SATISFIED, DONE " AND satisfaction IN ('satisfied', 'basically_satisfied')" },
    { LINLI_SET_EXTENDED, ACCEPTED " AND " SENT " AND extension_count > 0" },
    { LINLI_SET_SUPERVISED, ACCEPTED " AND supervision_level > 0" },
    { LINLI_SET_DECLINED, "state = 'declined'" },
    { LINLI_SET_WITHDRAWN, "state = 'withdrawn'" },
  };
  LinliFigureRequest request = year ();
  g_autoptr(LinliFigures) figures = NULL;
  g_autoptr(GError) error = NULL;
  gint64 n;

  g_date_set_year (&request.from, 2018);
  figures = load (f, &request);
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM cases WHERE %s", sets[i].where);

      linli_conn_get_int (f->conn, &n, &error, sql, "");
      g_assert_no_error (error);
      if (figures->counts.n[sets[i].set] != n)
        g_error ("%s: %d counted, %d in the rows", linli_figure_set_to_id (sets[i].set),
                 (int) figures->counts.n[sets[i].set], (int) n);
      g_assert_cmpint (n, >, 0);
    }
  linli_conn_get_int (f->conn, &n, &error, "SELECT sum(n_submissions) FROM cases WHERE " ACCEPTED, "");
  g_assert_cmpint (figures->counts.submissions, ==, n);
}

/* Mean, median and percentile against a sorted list. */
static void
test_times_are_exact (Fixture      *f,
                      gconstpointer data)
{
  LinliFigureRequest request = year ();
  g_autoptr(LinliFigures) figures = NULL;
  const LinliFigureSpread *natural;
  g_autoptr(GError) error = NULL;
  gint64 sum = 0, n = 0, median = 0, p90 = 0;
#define MINUTES "SELECT (coalesce((SELECT max(done_at) FROM dispatch WHERE case_id = cases.id AND state = 'done'), closed_at) - " \
                "received_at) / 60000000 AS m FROM cases WHERE state IN ('resolved', 'closed')"

  g_date_set_year (&request.from, 2018);
  figures = load (f, &request);
  natural = &figures->counts.natural;
  linli_conn_get_int (f->conn, &n, &error, "SELECT count(*) FROM (" MINUTES ") WHERE m >= 0", "");
  linli_conn_get_int (f->conn, &sum, &error, "SELECT sum(m) FROM (" MINUTES ") WHERE m >= 0", "");
  linli_conn_get_int (f->conn, &median, &error, "SELECT m FROM (" MINUTES ") WHERE m >= 0 ORDER BY m LIMIT 1 OFFSET ?1", "i",
                      (n - 1) / 2);
  linli_conn_get_int (f->conn, &p90, &error, "SELECT m FROM (" MINUTES ") WHERE m >= 0 ORDER BY m LIMIT 1 OFFSET ?1", "i",
                      (n * 9 + 9) / 10 - 1);
  g_assert_no_error (error);
  g_assert_cmpint (n, >, 100);
  g_assert_cmpint (natural->n, ==, n);
  g_assert_cmpint (natural->sum, ==, sum);
  g_assert_cmpint (natural->median, ==, median);
  g_assert_cmpint (natural->p90, ==, p90);
  g_assert_cmpint (figures->counts.n[LINLI_SET_TIMED], ==, n);
}

/* The mean of the working time opens the cases it is the mean of, and no
 * others, also where the calendar does not know all the years. */
static void
test_worked_opens_its_cases (Fixture      *f,
                             gconstpointer data)
{
  run (f->conn, "INSERT INTO work_calendar (id, name, version, body, current) VALUES "
                "('01a22369-80b3-7056-b972-000000000001', '2026', 1, '{\"zone\":\"Asia/Shanghai\",\"covered_from\":2026,"
                "\"covered_until\":2026,\"week\":{\"mon\":[\"09:00-18:00\"],\"fri\":[\"09:00-18:00\"]}}', 1)");
  run (f->conn, "UPDATE cases SET received_at = received_at - 31536000000000 WHERE pk % 3 = 0;"
                "UPDATE cases SET received_at = received_at - 31536000000000, closed_at = received_at - 31536000000000 "
                "WHERE pk % 3 = 1 AND state = 'closed'");
  rebuild (f->conn);
  for (guint basis = 0; basis < LINLI_N_BASES; basis++)
    {
      LinliFigureRequest request = year ();
      g_autoptr(LinliFigures) figures = NULL;
      g_autofree char *line = NULL;

      g_date_set_year (&request.from, 2018);
      request.basis = (LinliFigureBasis) basis;
      figures = load (f, &request);
      line = linli_figures_get_worked_line (figures, (basis & 1) != 0);
      g_test_message ("%s: %d of %d", line, (int) figures->counts.working.n, (int) figures->counts.natural.n);
      g_assert_cmpint (figures->counts.working.n, >, 0);
      g_assert_cmpint (figures->counts.working.n, <, figures->counts.natural.n);
      g_assert_cmpint (find (f, line), ==, figures->counts.working.n);
    }
}

static void
check_row (Fixture              *f,
           LinliFigures         *figures,
           LinliFigureGrouping   grouping,
           const LinliFigureRow *row)
{
  for (guint set = 0; set < LINLI_N_SETS; set++)
    {
      gint64 counted = row != NULL ? row->n[set] : figures->counts.n[set];
      gboolean chinese = g_rand_boolean (f->rand);
      g_autofree char *line = NULL;
      gint64 found;

      if (row != NULL && g_rand_int_range (f->rand, 0, 8) != 0)
        continue;
      line = linli_figures_get_line (figures, grouping, row, (LinliFigureSet) set, FALSE, chinese);
      found = find (f, line);
      if (found != counted)
        g_error ("“%s” finds %d cases, the figure says %d", line, (int) found, (int) counted);
    }
}

/* Whatever is asked, each number opens as many cases as it says. */
static void
test_numbers_open_their_cases (Fixture      *f,
                               gconstpointer data)
{
  static const char *const lines[] = {
    "", "lane:minor", "community:=-", "class:=环保水务", "unit:城管局", "state:closed", "小区", "-figure:declined grade:满意",
    "owner:me", "channel:\"=12345\" -lane:major", "overdue:yes", "received:2025-06-01..2026-01-31",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      LinliFigureRequest request = year ();
      g_autoptr(LinliFigures) figures = NULL;

      request.line = lines[i];
      request.basis = (LinliFigureBasis) g_rand_int_range (f->rand, 0, LINLI_N_BASES);
      request.step = (LinliFigureStep) g_rand_int_range (f->rand, 0, 3);
      g_date_add_days (&request.from, (guint) g_rand_int_range (f->rand, 0, 300));
      figures = load (f, &request);
      check_row (f, figures, LINLI_GROUP_TIME, NULL);
      for (guint grouping = 0; grouping < LINLI_N_GROUPS; grouping++)
        for (guint r = 0; r < figures->groups[grouping]->len; r++)
          if (g_rand_int_range (f->rand, 0, 1 + (int) figures->groups[grouping]->len / 10) == 0)
            check_row (f, figures, (LinliFigureGrouping) grouping, figures->groups[grouping]->pdata[r]);
    }
}

/* Rows of a grouping share out the whole, none counted twice. */
static void
test_groups_add_up (Fixture      *f,
                    gconstpointer data)
{
  LinliFigureRequest request = year ();
  g_autoptr(LinliFigures) figures = load (f, &request);

  for (guint grouping = 0; grouping < LINLI_N_GROUPS; grouping++)
    for (guint set = 0; set < LINLI_N_SETS; set++)
      {
        gint64 sum = 0;

        for (guint i = 0; i < figures->groups[grouping]->len; i++)
          sum += ((LinliFigureRow *) figures->groups[grouping]->pdata[i])->n[set];
        g_assert_cmpint (sum, ==, figures->counts.n[set]);
      }
}

static void
test_compared_periods (void)
{
  static const struct { const char *from, *to; LinliFigureComparison compare; const char *before_from, *before_to; } cases[] = {
    { "2026-02-01", "2026-02-28", LINLI_COMPARE_BEFORE, "2026-01-01", "2026-01-31" },
    { "2026-01-01", "2026-03-31", LINLI_COMPARE_BEFORE, "2025-10-01", "2025-12-31" },
    { "2026-02-09", "2026-02-15", LINLI_COMPARE_BEFORE, "2026-02-02", "2026-02-08" },
    { "2026-02-14", "2026-02-14", LINLI_COMPARE_BEFORE, "2026-02-13", "2026-02-13" },
    { "2026-03-01", "2026-03-14", LINLI_COMPARE_BEFORE, "2026-02-01", "2026-02-14" },
    { "2026-01-01", "2026-11-27", LINLI_COMPARE_BEFORE, "2025-01-01", "2025-11-27" },
    { "2026-01-01", "2026-12-31", LINLI_COMPARE_BEFORE, "2025-01-01", "2025-12-31" },
    { "2026-02-01", "2026-02-14", LINLI_COMPARE_YEAR, "2025-02-01", "2025-02-14" },
    { "2024-02-29", "2024-02-29", LINLI_COMPARE_YEAR, "2023-02-28", "2023-02-28" },
  };
  g_autoptr(LinliConn) conn = case_world_open (":memory:");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LinliFigureRequest request = { .compare = cases[i].compare };
      g_autoptr(LinliFigures) figures = NULL;

      g_date_set_parse (&request.from, cases[i].from);
      g_date_set_parse (&request.to, cases[i].to);
      figures = linli_figures_load (conn, &request, NOW, NULL, NULL);
      g_assert_cmpstr (figures->before_from, ==, cases[i].before_from);
      g_assert_cmpstr (figures->before_to, ==, cases[i].before_to);
      g_assert_cmpint (figures->counts.n[LINLI_SET_CASES], ==, 0);
    }
}

/* Weeks end on Sunday, months on their last day, both at the end of the period. */
static void
test_steps (void)
{
  static const struct { LinliFigureStep step; const char *days; } cases[] = {
    { LINLI_STEP_WEEK, "2026-01-28..2026-02-01 2026-02-02..2026-02-08 2026-02-09..2026-02-10 " },
    { LINLI_STEP_MONTH, "2026-01-28..2026-01-31 2026-02-01..2026-02-10 " },
  };
  g_autoptr(LinliConn) conn = case_world_open (":memory:");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LinliFigureRequest request = { .step = cases[i].step };
      g_autoptr(LinliFigures) figures = NULL;
      g_autoptr(GString) days = g_string_new (NULL);

      g_date_set_parse (&request.from, "2026-01-28");
      g_date_set_parse (&request.to, "2026-02-10");
      figures = linli_figures_load (conn, &request, NOW, NULL, NULL);
      for (guint r = 0; r < figures->groups[LINLI_GROUP_TIME]->len; r++)
        {
          LinliFigureRow *row = figures->groups[LINLI_GROUP_TIME]->pdata[r];

          g_string_append_printf (days, "%s..%s ", row->from, row->to);
        }
      g_assert_cmpstr (days->str, ==, cases[i].days);
    }
}

/* Every set is found by both of its names, however they are folded. */
static void
test_names_of_sets (void)
{
  for (guint set = 0; set < LINLI_N_SETS; set++)
    {
      g_autofree char *id = linli_text_fold (linli_figure_set_to_id ((LinliFigureSet) set), -1);
      g_autofree char *zh = linli_text_fold (linli_figure_set_to_zh ((LinliFigureSet) set), -1);
      LinliFigureSet found;

      g_assert_true (linli_figure_set_find (id, &found) && found == set);
      g_assert_true (linli_figure_set_find (zh, &found) && found == set);
    }
}

/* What is stored and what the rows say are compared by the verifier. */
static void
test_verify_notices (Fixture      *f,
                     gconstpointer data)
{
  static const char *const faults[] = {
    "UPDATE cases SET community = '别处' WHERE pk = 5",
    "UPDATE case_measure SET marks = marks + 256 WHERE pk = 5",
    "DELETE FROM case_measure WHERE pk = 5",
    "INSERT INTO case_measure SELECT 99999999, received_at, dispatched_at, finished_at, limit_at, met_at, marks, item, "
    "channel, unit, community, grade FROM case_measure WHERE pk = 5",
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GError) error = NULL;

      linli_conn_begin_write (f->conn, &error);
      linli_case_measure_verify (f->conn, 0, problems, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 0);
      run (f->conn, faults[i]);
      linli_case_measure_verify (f->conn, 0, problems, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 1);
      linli_conn_rollback (f->conn);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/figures/agree-with-rows", Fixture, NULL, set_up, test_agree_with_rows, tear_down);
  g_test_add ("/figures/times-are-exact", Fixture, NULL, set_up, test_times_are_exact, tear_down);
  g_test_add ("/figures/worked-opens-its-cases", Fixture, NULL, set_up, test_worked_opens_its_cases, tear_down);
  g_test_add ("/figures/numbers-open-their-cases", Fixture, NULL, set_up, test_numbers_open_their_cases, tear_down);
  g_test_add ("/figures/groups-add-up", Fixture, NULL, set_up, test_groups_add_up, tear_down);
  g_test_add ("/figures/verify-notices", Fixture, NULL, set_up, test_verify_notices, tear_down);
  g_test_add_func ("/figures/compared-periods", test_compared_periods);
  g_test_add_func ("/figures/steps", test_steps);
  g_test_add_func ("/figures/names-of-sets", test_names_of_sets);

  return g_test_run ();
}
