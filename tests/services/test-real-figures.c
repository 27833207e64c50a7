/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real platform's extract of 2018, brought in and counted: the figures agree
 * with the flags that the platform itself gave every case. */

#include <string.h>

#include "linli-case-search.h"
#include "linli-figures.h"
#include "linli-importer.h"
#include "linli-seed.h"

#include "store-fixture.h"
#include "table-test.h"

typedef struct
{
  gint64 rows;
  gint64 in_time;
  gint64 late;
  gint64 open; /* neither */
} Flags;

/* Distinct cases of the file by its own flags; @late_units: unit -> late cases. */
static Flags
read_flags (const char *path,
            GHashTable *late_units)
{
  Flags flags = { 0 };
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto(GStrv) cells = g_strsplit (g_strchomp (lines[i]), ",", -1);

      if (g_strv_length (cells) < 26 || !g_hash_table_add (seen, g_strdup (cells[10])))
        continue;
      flags.rows++;
      flags.in_time += strcmp (cells[6], "1") == 0;
      flags.late += strcmp (cells[12], "1") == 0;
      flags.open += strcmp (cells[6], "1") != 0 && strcmp (cells[12], "1") != 0;
      if (strcmp (cells[12], "1") == 0)
        g_hash_table_insert (late_units, g_strdup (cells[23]),
                             GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (late_units, cells[23])) + 1));
    }

  return flags;
}

static gpointer
seed (LinliConn *conn,
      gpointer   data,
      GError   **error)
{
  const LinliNewCentre centre = { .name = "坪山", .person = "陈静" };

  linli_seed_centre (data, conn, &centre, error);
  return NULL;
}

typedef struct
{
  LinliFigureRequest request;
  LinliFigures      *figures;
} Job;

static gpointer
count (LinliConn *conn,
       gpointer   data,
       GError   **error)
{
  Job *job = data;

  job->figures = linli_figures_load (conn, &job->request, G_GINT64_CONSTANT (1771034400000000), NULL, error);
  return NULL;
}

/* Late cases of a unit in the figures; 0 when it has no row. */
static gint64
late_of (LinliFigures *figures,
         const char   *unit)
{
  GPtrArray *rows = figures->groups[LINLI_GROUP_UNIT];

  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (((LinliFigureRow *) rows->pdata[i])->key, unit) == 0)
      return ((LinliFigureRow *) rows->pdata[i])->n[LINLI_SET_LATE];
  return 0;
}

static gpointer
check_lines (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  Job *job = data;

  for (guint set = 0; set < LINLI_N_SETS; set++)
    {
      g_autofree char *line = linli_figures_get_line (job->figures, LINLI_GROUP_TIME, NULL, (LinliFigureSet) set, FALSE, TRUE);
      gint64 n = -1;

      if (!linli_case_search_count (conn, line, job->figures->now, NULL, &n, error))
        return NULL;
      g_assert_cmpint (n, ==, job->figures->counts.n[set]);
    }
  return NULL;
}

static void
test_agree_with_flags (StoreFixture *f,
                       gconstpointer data)
{
  g_autofree char *path = table_test_real ("pingshan-cases-2018.csv");
  g_autoptr(GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr(GHashTable) late = NULL;
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(LinliImporter) importer = NULL;
  g_autoptr(LinliImportResult) result = NULL;
  g_autoptr(LinliFigures) figures = NULL;
  g_autoptr(GError) error = NULL;
  GHashTableIter iter;
  gpointer unit, n;
  Job job = { 0 };
  Flags flags;

  if (path == NULL)
    return;
  late = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  flags = read_flags (path, late);
  store = linli_store_open_sync (f->folder, LINLI_STORE_CREATE, &f->clock.parent, &error);
  g_assert_no_error (error);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, seed, store, &error);
  g_assert_no_error (error);
  importer = linli_importer_open (file, store, zone, NULL, &error);
  g_assert_no_error (error);
  result = linli_importer_run (importer, store, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result->n_new, ==, flags.rows);

  g_date_set_dmy (&job.request.from, 1, G_DATE_JANUARY, 2018);
  g_date_set_dmy (&job.request.to, 31, G_DATE_DECEMBER, 2018);
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, count, &job, &error);
  g_assert_no_error (error);
  figures = job.figures;
  g_assert_cmpint (figures->counts.n[LINLI_SET_ACCEPTED], ==, flags.rows);
  g_assert_cmpint (figures->counts.n[LINLI_SET_IN_TIME], ==, flags.in_time);
  g_assert_cmpint (figures->counts.n[LINLI_SET_LATE], ==, flags.late);
  g_assert_cmpint (figures->counts.n[LINLI_SET_UNFINISHED], ==, flags.open);
  g_assert_cmpint (figures->counts.n[LINLI_SET_LATE_UNSAID], ==, flags.late);

  g_hash_table_iter_init (&iter, late);
  while (g_hash_table_iter_next (&iter, &unit, &n))
    g_assert_cmpint (late_of (figures, unit), ==, GPOINTER_TO_INT (n));
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, check_lines, &job, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/real-figures/agree-with-flags", StoreFixture, NULL, store_fixture_set_up, test_agree_with_flags,
              store_fixture_tear_down);

  return g_test_run ();
}
