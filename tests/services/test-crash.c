/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kill -9 at any statement of any command: the store opens, everything that
 * was acknowledged is there, and nothing is half there. LINLI_CRASH_RUNS sets
 * how many times the program dies; LINLI_CRASH_SEED where the seeds begin. */

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linli-registry.h"
#include "linli-sqlite.h"
#include "linli-verify.h"

#include "crash-script.h"
#include "store-fixture.h"

#define COMMANDS_PER_RUN 14
/* The sanitizers take ten times as long; they look at the code, not the seeds. */
#ifdef __SANITIZE_ADDRESS__
#define DEFAULT_RUNS 15
#else
#define DEFAULT_RUNS 150
#endif
#define OP_LENGTH        36

typedef struct
{
  guint left; /* statements until the end */
} Doom;

static void
count_down (const char *sql,
            gpointer    data)
{
  Doom *doom = data;

  if (doom->left-- == 0)
    kill (getpid (), SIGKILL);
}

static LinliConn *
open_db (const char *path)
{
  g_autoptr(GError) error = NULL;
  LinliConn *conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);

  g_assert_no_error (error);
  linli_migrate (conn, linli_store_schema (), NULL, &error);
  g_assert_no_error (error);
  return conn;
}

static void
write_ack (const char *operation,
           gpointer    data)
{
  gssize n = write (GPOINTER_TO_INT (data), operation, OP_LENGTH);

  g_assert_cmpint (n, ==, OP_LENGTH);
}

static void
live_and_die (const char *path,
              LinliClock *clock,
              guint32     seed,
              int         pipe_fd)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed ^ 0x5eed);
  LinliConn *conn = open_db (path);
  LinliDesk *desk = linli_desk_new (clock);
  Doom doom = { (guint) g_rand_int_range (rand, 0, 600) };

  linli_desk_load (desk, conn, NULL);
  linli_sqlite_set_hook (conn, count_down, &doom);
  crash_script_run (conn, desk, seed, COMMANDS_PER_RUN, write_ack, GINT_TO_POINTER (pipe_fd));
  kill (getpid (), SIGKILL); /* a run that outlived its doom dies between commands */
}

static GPtrArray *
read_acks (int fd)
{
  GPtrArray *acks = g_ptr_array_new_with_free_func (g_free);
  char buffer[OP_LENGTH + 1] = { 0 };
  gssize n;

  while ((n = read (fd, buffer, OP_LENGTH)) == OP_LENGTH)
    g_ptr_array_add (acks, g_strdup (buffer));
  g_assert_cmpint (n, ==, 0);
  return acks;
}

static void
check_survivor (const char *path,
                GPtrArray  *acks,
                guint32     seed)
{
  g_autoptr(LinliConn) conn = open_db (path);
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) error = NULL;
  gint64 n_entries = 0;

  for (guint i = 0; i < acks->len; i++)
    {
      gint64 found = 0;

      linli_conn_get_int (conn, &found, &error, "SELECT count(*) FROM audit JOIN outbox USING (id) WHERE id = ?1",
                          "s", acks->pdata[i]);
      g_assert_no_error (error);
      if (found != 1)
        g_error ("seed %u: an acknowledged operation is gone", seed);
    }
  /* One more than acknowledged may have become durable just before the end. */
  linli_conn_get_int (conn, &n_entries, &error, "SELECT count(*) FROM audit", "");
  g_assert_cmpint (n_entries - 4, <=, acks->len + 1);

  linli_verify_store (conn, problems, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("seed %u: %s", seed, (char *) problems->pdata[i]);
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *content = NULL;
  gsize size = 0;

  g_assert_true (g_file_get_contents (from, &content, &size, NULL));
  g_assert_true (g_file_set_contents_full (to, content, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
run_once (StoreFixture *f,
          const char   *template,
          guint32       seed)
{
  g_autofree char *path = g_strdup_printf ("%s/%u.db", f->folder, seed);
  g_autoptr(GPtrArray) acks = NULL;
  int fds[2];
  int status = 0;
  pid_t child;

  copy_file (template, path);
  g_assert_cmpint (pipe (fds), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (fds[0]);
      live_and_die (path, &f->clock.parent, seed, fds[1]);
      _exit (1);
    }
  close (fds[1]);
  acks = read_acks (fds[0]);
  close (fds[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  check_survivor (path, acks, seed);
}

static void
make_template (StoreFixture *f,
               const char   *path)
{
  g_autoptr(LinliConn) conn = open_db (path);
  g_autoptr(LinliDesk) desk = linli_desk_new (&f->clock.parent);

  linli_desk_load (desk, conn, NULL);
  crash_script_prepare (conn, desk);
}

static guint
number_from (const char *variable,
             guint       otherwise)
{
  const char *text = g_getenv (variable);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_kill_anywhere (StoreFixture *f,
                    gconstpointer data)
{
  g_autofree char *template = g_build_filename (f->folder, "template.db", NULL);
  guint first = number_from ("LINLI_CRASH_SEED", 1);
  guint n_runs = number_from ("LINLI_CRASH_RUNS", DEFAULT_RUNS);

  make_template (f, template);
  for (guint32 seed = first; seed < first + n_runs; seed++)
    run_once (f, template, seed);
  g_test_message ("%u deaths, seeds %u to %u", n_runs, first, first + n_runs - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/crash/kill-anywhere", StoreFixture, NULL, store_fixture_set_up, test_kill_anywhere,
              store_fixture_tear_down);
  return g_test_run ();
}
