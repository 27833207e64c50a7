/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Another file takes the store's place while both lanes are at work. */

#include <glib/gstdio.h>

#include "linli-db.h"
#include "linli-sqlite.h"

#define N_JOBS 200

typedef struct
{
  char    *folder;
  char    *path;
  char    *fresh;
  LinliDb *db;
  guint    n_swapped;
  guint    n_answered;
  guint    n_old;
  guint    n_new;
} Fixture;

static LinliConn *
open_lane (LinliDbLane lane,
           gpointer    data,
           GError    **error)
{
  Fixture *f = data;

  return linli_sqlite_open (f->path, lane == LINLI_DB_WRITE ? LINLI_SQLITE_WRITE : LINLI_SQLITE_READ, error);
}

static void
make_file (const char *path,
           int         which)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliConn) conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE t (which INTEGER); INSERT INTO t VALUES (%d)", which);

  g_assert_no_error (error);
  g_assert_true (linli_conn_exec (conn, sql, &error));
}

static void
swapped_cb (LinliDb *db,
            Fixture *f)
{
  f->n_swapped++;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("linli-swap-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "a.db", NULL);
  f->fresh = g_build_filename (f->folder, "b.db", NULL);
  make_file (f->path, 1);
  make_file (f->fresh, 2);
  f->db = linli_db_new (open_lane, f, NULL);
  g_signal_connect (f->db, "swapped", G_CALLBACK (swapped_cb), f);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(GDir) dir = NULL;
  const char *name;

  linli_db_close (f->db);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (f->db);
  dir = g_dir_open (f->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->path);
  g_free (f->fresh);
}

static gpointer
look_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  gint64 which = 0;

  linli_conn_get_int (conn, &which, error, "SELECT which FROM t", "");
  return GINT_TO_POINTER ((int) which);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fixture *f = user_data;
  g_autoptr(GError) error = NULL;
  int which = GPOINTER_TO_INT (linli_db_run_finish (LINLI_DB (source), result, &error));

  g_assert_no_error (error);
  f->n_answered++;
  if (which == 1)
    f->n_old++;
  else
    f->n_new++;
}

/* The log of each file has been folded in: a name is all there is to change. */
static void
swap_files (gpointer data)
{
  Fixture *f = data;
  g_autofree char *log = g_strconcat (f->path, "-wal", NULL);

  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rename (f->fresh, f->path), ==, 0);
}

static gpointer
swap_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Fixture *f = data;

  linli_conn_exec (conn, "INSERT INTO t VALUES (3)", error); /* so that there is a log */
  linli_db_swap (f->db, swap_files, f);
  return NULL;
}

static void
swap_done_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  linli_db_run_finish (LINLI_DB (source), result, NULL);
}

static void
test_everybody_sees_one_or_the_other (Fixture      *f,
                                      gconstpointer data)
{
  for (guint i = 0; i < N_JOBS; i++)
    {
      linli_db_run_async (f->db, i % 2, look_job, NULL, NULL, NULL, NULL, looked_cb, f);
      if (i == N_JOBS / 2)
        linli_db_run_async (f->db, LINLI_DB_WRITE, swap_job, f, NULL, NULL, NULL, swap_done_cb, f);
    }
  while (f->n_answered < N_JOBS || f->n_swapped == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (f->n_swapped, ==, 1);
  g_assert_cmpuint (f->n_old, >=, N_JOBS / 4); /* writing jobs before it, at least */
  g_assert_cmpuint (f->n_new, >=, N_JOBS / 4 - 1);
}

static void
test_ends_while_it_happens (Fixture      *f,
                            gconstpointer data)
{
  linli_db_run_async (f->db, LINLI_DB_READ, look_job, NULL, NULL, NULL, NULL, looked_cb, f);
  linli_db_run_async (f->db, LINLI_DB_WRITE, swap_job, f, NULL, NULL, NULL, swap_done_cb, f);
  linli_db_close (f->db); /* neither hangs nor loses the swap */
  g_assert_false (g_file_test (f->fresh, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/swap/everybody-sees-one-or-the-other", Fixture, NULL, set_up, test_everybody_sees_one_or_the_other,
              tear_down);
  g_test_add ("/swap/ends-while-it-happens", Fixture, NULL, set_up, test_ends_while_it_happens, tear_down);
  return g_test_run ();
}
