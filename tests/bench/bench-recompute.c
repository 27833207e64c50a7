/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long it takes to move 5,000 open deadlines after the calendar changed,
 * timeline and search index included. Argument: number of clocks. */

#include "case-desk.h"

#include <stdlib.h>

#include "linli-json.h"

#define CLOCKS 5000
#define PAGE   1000

/* The same week without the make-up Saturday: everything moves. */
static const char calendar[] =
  "{\"name\":\"试验日历\",\"body\":{\"name\":\"试验日历\",\"version\":2,\"zone\":\"Asia/Shanghai\",\"covered_from\":2026,"
  "\"covered_until\":2026,\"week\":{\"mon\":[\"09:00-12:00\",\"14:00-18:00\"],\"tue\":[\"09:00-12:00\",\"14:00-18:00\"],"
  "\"wed\":[\"09:00-12:00\",\"14:00-18:00\"],\"thu\":[\"09:00-12:00\",\"14:00-18:00\"],\"fri\":[\"09:00-12:00\",\"14:00-18:00\"]},"
  "\"exceptions\":[{\"date\":\"2026-02-15\",\"until\":\"2026-02-23\",\"kind\":\"off\",\"name\":\"春节\"}]}}";

static double
recompute_all (CaseDesk *f,
               gint64   *n_done,
               gint64   *n_moved)
{
  gint64 began = g_get_monotonic_time ();
  g_autofree char *after = g_strdup ("00000000-0000-0000-0000-000000000000");

  *n_done = 0;
  *n_moved = 0;
  do
    {
      g_autoptr(LinliOutcome) page = case_desk_do (f, "clock.recompute", "{\"after\":\"%s\",\"limit\":%d}", after, PAGE);
      gint64 n = 0;

      linli_json_get_int (page->result, "n_done", &n);
      *n_done += n;
      *n_moved += json_array_get_length (linli_json_get_array (page->result, "moved"));
      g_free (after);
      after = g_strdup (linli_json_get_text (page->result, "next"));
    }
  while (after != NULL);

  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

int
main (int argc, char **argv)
{
  guint n_clocks = argc > 1 ? (guint) atoi (argv[1]) : CLOCKS;
  g_autofree char *folder = g_dir_make_tmp ("linli-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autofree char *clean = g_strdup_printf ("rm -r '%s'", folder);
  g_autoptr(LinliOutcome) saved = NULL;
  CaseDesk f = { 0 };
  gint64 n_done, n_moved, n_same;
  double moving, still;

  case_desk_set_up (&f, path);
  g_assert_true (linli_conn_exec (f.conn, "PRAGMA synchronous = OFF", NULL));
  for (guint i = 0; i < n_clocks; i += 3) /* each has three: sign, contact, resolve */
    {
      g_autofree char *lead = NULL;

      g_free (case_desk_dispatched (&f, CASE_DESK_LEAF, &lead));
    }
  g_assert_true (linli_conn_exec (f.conn, "PRAGMA synchronous = FULL", NULL));
  still = recompute_all (&f, &n_done, &n_same);
  g_assert_cmpint (n_same, ==, 0);
  saved = case_desk_do (&f, "calendar.save", "%s", calendar);
  moving = recompute_all (&f, &n_done, &n_moved);
  g_assert_cmpint (n_moved, ==, n_done);
  g_print ("recompute of %d open deadlines: %.2f s when all move (goal 0.5), %.2f s when none does\n", (int) n_done, moving, still);
  case_desk_tear_down (&f, path);
  g_assert_cmpint (system (clean), ==, 0);

  return moving < 10 ? 0 : 1;
}
