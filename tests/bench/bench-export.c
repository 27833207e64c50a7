/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hundred thousand rows of a view in a file, out of a million: as a ratio to
 * reading the same rows with plain SQL and printing them with commas between. */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench-store.h"
#include "case-world.h"
#include "linli-case-export.h"
#include "linli-sqlite.h"

#define ROWS 100000
#define LINE "received:..2024-06-30" /* enough of them; the rest is cut off */
#define RAW_SQL \
  "SELECT case_no, title, state, item_name, nature, urgency, channel_code, community, place, lead_unit_name, " \
  "appellant_name, n_submissions, received_at, due_at, closed_at, touched_at FROM cases INDEXED BY case_received " \
  "WHERE received_at < 1719763200000000 ORDER BY received_at DESC, pk DESC LIMIT 100000"

static double
seconds_since (gint64 started)
{
  return (double) (g_get_monotonic_time () - started) / 1e6;
}

static double
raw (LinliConn  *conn,
     const char *path)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, NULL, RAW_SQL, "");
  FILE *file = fopen (path, "w");
  gboolean row = FALSE;

  g_assert (stmt != NULL && file != NULL);
  while (linli_stmt_step (stmt, &row, NULL) && row)
    for (int i = 0; i < linli_stmt_n_columns (stmt); i++)
      {
        const char *text = linli_stmt_get_text (stmt, i);

        fprintf (file, "%s%c", text != NULL ? text : "", i + 1 < linli_stmt_n_columns (stmt) ? ',' : '\n');
      }
  fclose (file);

  return seconds_since (started);
}

/* The longest single page is what another read of the desk waits for. */
static double
export (LinliConn  *conn,
        const char *path,
        double     *longest)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr(LinliCaseExport) job = linli_case_export_new (file, 0, LINE, LINLI_CASE_SORT_RECEIVED, case_world_account (),
                                                          CASE_WORLD_NOW, zone);
  g_autoptr(GError) error = NULL;
  gboolean done = FALSE;

  if (!linli_case_export_begin (job, conn, &error))
    g_error ("%s", error->message);
  *longest = 0;
  for (guint n = 0; n <= ROWS && !done; n += 500)
    {
      gint64 page = g_get_monotonic_time ();

      if (!linli_case_export_step (job, conn, &done, &error))
        g_error ("%s", error->message);
      *longest = MAX (*longest, seconds_since (page));
    }

  return seconds_since (started);
}

int
main (int argc, char **argv)
{
  g_autofree char *path = NULL;
  g_autofree char *folder = g_dir_make_tmp ("linli-bench-XXXXXX", NULL);
  g_autofree char *plain = g_build_filename (folder, "raw.csv", NULL);
  g_autofree char *csv = g_build_filename (folder, "rows.csv", NULL);
  g_autofree char *xlsx = g_build_filename (folder, "rows.xlsx", NULL);
  g_autoptr(LinliConn) conn = NULL;
  g_autoptr(GError) error = NULL;
  double least, in_csv, in_xlsx, page;

  setlocale (LC_ALL, "C.UTF-8");
  path = bench_store_open_path (bench_store_rows ());
  conn = linli_sqlite_open (path, LINLI_SQLITE_READ, &error);
  if (conn == NULL)
    g_error ("%s", error->message);
  raw (conn, plain);
  least = raw (conn, plain);
  in_csv = export (conn, csv, &page);
  g_print ("export of 100,000 rows, CSV: %.2f s, longest page %.0f ms; plain SQL and printing %.2f s; %.2f times\n", in_csv,
           page * 1000, least, in_csv / least);
  in_xlsx = export (conn, xlsx, &page);
  g_print ("export of 100,000 rows, XLSX: %.2f s, longest page %.0f ms; %.2f times\n", in_xlsx, page * 1000, in_xlsx / least);
  g_print ("goal: 10 s\n");
  remove (plain);
  remove (csv);
  remove (xlsx);
  remove (folder);

  return in_csv <= 30 && in_xlsx <= 30 ? EXIT_SUCCESS : EXIT_FAILURE;
}
