/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk without room even for the index of the log, which every connection needs
 * to read: it is said to be full, and not to be broken. */

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

#include "linli-sqlite.h"
#include "linli-store-error.h"

static void
test_no_room_to_read (void)
{
  g_autofree char *folder = g_dir_make_tmp ("linli-full-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr(LinliConn) conn = NULL;
  g_autoptr(GError) error = NULL;
  struct rlimit limit;
  struct rlimit small;
  gint64 n = 0;

  conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (linli_conn_exec (conn, "CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (7)", &error));
  g_clear_pointer (&conn, linli_conn_close);

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &limit);
  small = limit;
  small.rlim_cur = 1024;
  setrlimit (RLIMIT_FSIZE, &small);
  conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);
  if (conn != NULL)
    g_assert_false (linli_conn_get_int (conn, &n, &error, "SELECT n FROM t", ""));
  setrlimit (RLIMIT_FSIZE, &limit);
  g_assert_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_FULL);
  g_clear_error (&error);
  g_clear_pointer (&conn, linli_conn_close);

  conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (linli_conn_get_int (conn, &n, &error, "SELECT n FROM t", ""));
  g_assert_cmpint (n, ==, 7);
  g_clear_pointer (&conn, linli_conn_close);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/full/no-room-to-read", test_no_room_to_read);

  return g_test_run ();
}
