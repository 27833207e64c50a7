/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One action on a thousand cases and taking it back, beside bare updates of
 * the same rows in one transaction of the same store. Argument: number of cases. */

#include "case-desk.h"

#include <stdlib.h>

#include "linli-bulk-job.h"

#define CASES   1000
#define TURN_US (20 * 1000)

static gint64
work (CaseDesk     *f,
      LinliBulkJob *job)
{
  gint64 began = g_get_monotonic_time ();

  while (!job->finished)
    g_assert_true (linli_bulk_job_turn (job, f->conn, f->desk, NULL, TURN_US, NULL));
  return g_get_monotonic_time () - began;
}

static gint64
run_bare (CaseDesk *f,
          GArray   *pks)
{
  gint64 began = g_get_monotonic_time ();

  for (guint turn = 0; turn < 2; turn++)
    {
      g_assert_true (linli_conn_begin_write (f->conn, NULL));
      for (guint i = 0; i < pks->len; i++)
        g_assert_true (linli_conn_run (f->conn, NULL, "UPDATE cases SET urgency = ?2, touched_at = touched_at + 1,"
                                                      " revision = revision + 1 WHERE pk = ?1", "is",
                                       g_array_index (pks, gint64, i), turn == 0 ? "urgent" : "normal"));
      g_assert_true (linli_conn_commit (f->conn, NULL));
    }
  return g_get_monotonic_time () - began;
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : CASES;
  g_autofree char *folder = g_dir_make_tmp ("linli-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  g_autofree char *clean = g_strdup_printf ("rm -r '%s'", folder);
  g_autoptr(GArray) pks = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(JsonObject) shared = json_object_new ();
  g_autoptr(LinliBulkJob) job = NULL;
  g_autoptr(LinliBulkJob) back = NULL;
  CaseDesk f = { 0 };
  gint64 spent, undone, bare;

  case_desk_set_up (&f, path);
  g_assert_true (linli_conn_exec (f.conn, "PRAGMA synchronous = OFF", NULL));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u 号楼下的井盖破了，晚上车经过声音很大，请尽快派人来修。", i);
      g_autofree char *id = case_desk_intake (&f, text);
      gint64 pk = case_desk_int (&f, "SELECT pk FROM cases WHERE id = ?1", id);

      g_array_append_val (pks, pk);
    }
  g_assert_true (linli_conn_exec (f.conn, "PRAGMA synchronous = FULL", NULL));
  json_object_set_string_member (shared, "urgency", "urgent");
  bare = run_bare (&f, pks);
  job = linli_bulk_job_new (LINLI_BULK_MODE_RUN, "case.edit", shared, pks, "state:open", NULL);
  spent = work (&f, job);
  g_assert_cmpuint (job->n_done, ==, n);
  back = linli_bulk_job_new_undo (job->bulk);
  undone = work (&f, back);
  g_assert_cmpuint (back->n_done, ==, n);

  g_print ("bulk: %u cases changed in %d ms and taken back in %d ms (goal 2000 together), bare updates %d ms, ratio %.1f\n",
           n, (int) (spent / 1000), (int) (undone / 1000), (int) (bare / 1000),
           (double) (spent + undone) / (double) bare);
  case_desk_tear_down (&f, path);
  g_assert_cmpint (system (clean), ==, 0);

  return spent + undone < 10 * G_USEC_PER_SEC ? 0 : 1;
}
