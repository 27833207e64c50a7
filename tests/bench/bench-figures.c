/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures of a year and of the year before at a million cases, as a ratio
 * to the least SQLite can do: adding up one column of the same rows. */

#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include "bench-store.h"
#include "case-world.h"
#include "linli-figures.h"
#include "linli-sqlite.h"

#define N_ROUNDS 9
#define RAW_SQL \
  "SELECT sum(n_submissions) FROM cases INDEXED BY case_received WHERE received_at >= 1739462400000000 " \
  "AND received_at < 1771084800000000"

/* Processor time, in microseconds: what else the machine does is not measured. */
static gint64
ticks (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static double
figures_ms (LinliConn                *conn,
            const LinliFigureRequest *request,
            gint64                   *n)
{
  gint64 started = ticks ();
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliFigures) figures = linli_figures_load (conn, request, CASE_WORLD_NOW, case_world_account (), &error);

  if (figures == NULL)
    g_error ("%s", error->message);
  *n = figures->counts.n[LINLI_SET_CASES];
  return (double) (ticks () - started) / 1000;
}

static double
raw_ms (LinliConn *conn)
{
  gint64 started = ticks ();
  gint64 sum = 0;

  linli_conn_get_int (conn, &sum, NULL, RAW_SQL, "");
  return (double) (ticks () - started) / 1000;
}

static double
bench (LinliConn                *conn,
       const char               *name,
       const LinliFigureRequest *request)
{
  g_autoptr(GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr(GArray) raw = g_array_new (FALSE, FALSE, sizeof (double));
  gint64 n = 0;
  double median, least;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      double ms = figures_ms (conn, request, &n);
      double least_ms = raw_ms (conn);

      g_array_append_val (samples, ms);
      g_array_append_val (raw, least_ms);
    }
  median = bench_percentile (samples, 0.5);
  least = bench_percentile (raw, 0.5);
  g_print ("figures, %s: %" G_GINT64_FORMAT " cases, median %.1f ms; one column of a year by plain SQL %.1f ms; "
           "%.2f times\n", name, n, median, least, median / least);

  return median;
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr(LinliConn) conn = NULL;
  g_autoptr(GError) error = NULL;
  LinliFigureRequest request = { .step = LINLI_STEP_MONTH };
  double worst;

  setlocale (LC_ALL, "C.UTF-8");
  path = bench_store_open_path (bench_store_rows ());
  conn = linli_sqlite_open (path, LINLI_SQLITE_READ, &error);
  if (conn == NULL)
    g_error ("%s", error->message);
  g_date_set_dmy (&request.from, 14, G_DATE_FEBRUARY, 2025);
  g_date_set_dmy (&request.to, 14, G_DATE_FEBRUARY, 2026);
  bench (conn, "a year", &request);
  request.compare = LINLI_COMPARE_YEAR;
  worst = bench (conn, "a year beside the year before", &request);
  request.line = "community:桂园";
  bench (conn, "the same, of one community", &request);
  request.line = "unit:城管局 小区";
  bench (conn, "the same, of the cases some words find", &request);
  g_print ("goal: a year beside the year before in 300 ms\n");

  return worst <= 900 ? EXIT_SUCCESS : EXIT_FAILURE;
}
