/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-store.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <time.h>

#include "case-world.h"
#include "linli-registry.h"
#include "linli-sqlite.h"

#define ROWS      1000000
#define OPEN_CASES 5000 /* what a centre has on its desk does not grow with its archive */
#define MAGIC     6 /* raised when the made-up cases or the tables change */

/* Returns: how many cases the big store has; LINLI_BENCH_ROWS says otherwise */
guint
bench_store_rows (void)
{
  const char *rows = g_getenv ("LINLI_BENCH_ROWS");
  guint64 n = rows != NULL ? g_ascii_strtoull (rows, NULL, 10) : 0;

  return n > 0 && n <= 100000000 ? (guint) n : ROWS;
}

/**
 * bench_store_open_path:
 *
 * Returns: (transfer full): the path of a store of @n_cases cases and three
 *   entries each, about 5,000 of them open; made now if there is none
 */
char *
bench_store_open_path (guint n_cases)
{
  const char *root = g_getenv ("LINLI_BUILD_ROOT");
  g_autofree char *folder = g_build_filename (root != NULL ? root : g_get_tmp_dir (), "bench-stores", NULL);
  g_autofree char *name = g_strdup_printf ("cases-%u-v%u-%u.db", n_cases, linli_store_schema ()->version, (guint) MAGIC);
  g_autofree char *part = g_strdup_printf ("%s/%s.part", folder, name);
  char *path = g_build_filename (folder, name, NULL);
  CaseWorld world = { .n_entries = 3, .seed = 1, .now = CASE_WORLD_NOW };
  gint64 started = g_get_monotonic_time ();
  LinliConn *conn;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;

  g_mkdir_with_parents (folder, 0700);
  g_remove (part);
  world.n_cases = n_cases;
  world.open_in_1000 = MAX (1, (guint) (OPEN_CASES * G_GINT64_CONSTANT (1000) / n_cases));
  conn = case_world_open (part);
  linli_conn_exec (conn, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;", NULL);
  case_world_fill (conn, &world);
  linli_conn_exec (conn, "PRAGMA wal_checkpoint(TRUNCATE);", NULL);
  linli_conn_close (conn);
  if (g_rename (part, path) != 0)
    g_error ("Cannot rename %s", part);
  g_print ("# made %u cases in %.1f s\n", n_cases, (g_get_monotonic_time () - started) / 1e6);

  return path;
}

/* For reading only. */
LinliConn *
bench_store_open (const char *path)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn = linli_sqlite_open (path, LINLI_SQLITE_READ, &error);

  if (conn == NULL)
    g_error ("%s", error->message);
  return conn;
}

/* Processor time, in microseconds: with the file in memory nothing waits, and
 * what else the machine does is not measured. */
gint64
bench_ticks (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

/* Sorts @samples. Returns: the value that @share of them do not exceed. */
double
bench_percentile (GArray *samples,
                  double  share)
{
  g_array_sort (samples, compare);
  return g_array_index (samples, double, MIN (samples->len - 1, (guint) (share * samples->len)));
}
