/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub bears that keeps its workspaces in PostgreSQL. In one run, on one
 * server that flushes every commit to the disk: operations pushed to the hub;
 * the same rows written in the same transactions by bare SQL
 * (hub-replay-postgres.h); the transactions a second of which pgbench finds the
 * server capable; and one process of the hub beside two. Everything is measured
 * in turns, several rounds of it, and the median told.
 *
 * Wants tests/with-postgres around it.
 *
 * --rounds N  how often everything is measured */

#include "hub-bare.h"
#include "hub-push.h"
#include "hub-replay-postgres.h"

#include <glib/gstdio.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#define PLACES     20  /* workspaces */
#define BATCH      50
#define ONE_PUSHES 200 /* operations, when one workspace is measured */
#define ALL_PUSHES 100 /* into each, when all are */
#define PROCESSES  2
#define PUSH_SHARE 0.5
#define MAX_ROUNDS 15

typedef struct
{
  char       *address;
  char       *scratch;
  char       *files;
  const char *program;
  gint64      rounds;
  HubHistory  history;
} Bench;

/* One figure of all rounds. */
typedef struct
{
  double values[MAX_ROUNDS];
  guint  n;
} Rounds;

static void
rounds_add (Rounds *self,
            double  value)
{
  self->values[self->n++] = value;
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
rounds_median (const Rounds *self)
{
  Rounds sorted = *self;

  qsort (sorted.values, sorted.n, sizeof sorted.values[0], compare_values);
  return sorted.n == 0 ? 0 : (sorted.values[(sorted.n - 1) / 2] + sorted.values[sorted.n / 2]) / 2;
}

/* ---- the server ---- */

/* Returns: (transfer full): the first value of the answer */
static char *
ask (const Bench *bench,
     const char  *sql)
{
  PGconn *line = PQconnectdb (bench->address);
  PGresult *result = PQexec (line, sql);
  char *value;

  if (PQresultStatus (result) != PGRES_TUPLES_OK && PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s: %s", sql, PQerrorMessage (line));
  value = g_strdup (PQntuples (result) > 0 ? PQgetvalue (result, 0, 0) : "");
  PQclear (result);
  PQfinish (line);
  return value;
}

/* tests/with-postgres leaves out what protects from a power cut. */
static void
make_durable (const Bench *bench)
{
  static const char *const names[] = { "fsync", "full_page_writes", "synchronous_commit" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *set = g_strdup_printf ("ALTER SYSTEM SET %s = on", names[i]);

      g_free (ask (bench, set));
    }
  g_free (ask (bench, "SELECT pg_reload_conf ()"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *show = g_strdup_printf ("SHOW %s", names[i]);

      for (g_autofree char *is = ask (bench, show); !g_str_equal (is, "on"); g_free (is), is = ask (bench, show))
        g_usleep (20000);
    }
}

/* Returns: transactions a second, each of which adds one row; 0 where pgbench is not installed */
static double
measure_pgbench (guint n_connections)
{
  const char *cluster = g_getenv ("LINLI_TEST_CLUSTER");
  g_autofree char *script = g_build_filename (cluster, "run", "one-row.sql", NULL); /* the server's user may read there */
  g_autofree char *command = g_strdup_printf ("%s pgbench -h %s/run -U linli -n -M prepared -c %u -j %u -T 1 -f %s postgres",
                                              g_getenv ("LINLI_TEST_PG"), cluster, n_connections,
                                              n_connections == 1 ? 1u : 2u, script);
  g_auto(GStrv) words = g_strsplit (command, " ", -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *text = NULL;
  const char *tps;

  if (!g_file_set_contents (script, "INSERT INTO bench_one VALUES (1);\n", -1, &error) ||
      (process = g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                    G_SUBPROCESS_FLAGS_STDERR_MERGE, &error)) == NULL ||
      !g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error))
    g_error ("pgbench: %s", error->message);
  if (g_subprocess_get_if_exited (process) && g_subprocess_get_exit_status (process) >= 126) /* env(1) did not find it */
    return 0;
  tps = strstr (text, "tps = ");
  if (tps == NULL)
    g_error ("pgbench: %s", text);
  return g_ascii_strtod (tps + strlen ("tps = "), NULL);
}

/* ---- the hub ---- */

static void
start_hub (const Bench *bench,
           LoadHub     *hub)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("hub-%u", n++);

  *hub = (LoadHub) { .program = (char *) bench->program, .folder = g_build_filename (bench->scratch, name, NULL),
                     .database = bench->address, .files = bench->files };
  load_hub_start (hub);
}

static void
stop_hub (LoadHub *hub)
{
  load_hub_stop (hub);
  g_free (hub->folder);
}

/* Workspaces that go through the history together, a piece at each measurement. */
typedef struct
{
  HubCrowd crowd;
  guint    each; /* operations of a piece */
  guint    done;
} Places;

static void
places_join (Places      *self,
             const Bench *bench)
{
  LoadHub hub;

  start_hub (bench, &hub);
  hub_crowd_join (&self->crowd, &hub, &bench->history);
  stop_hub (&hub);
}

static HubPushResult
places_push (Places      *self,
             const Bench *bench,
             guint        n_processes,
             guint        batch)
{
  LoadHub hubs[PROCESSES];
  HubPushResult result;

  for (guint i = 0; i < n_processes; i++)
    start_hub (bench, &hubs[i]);
  hub_crowd_take (&self->crowd, &bench->history, self->done, self->each);
  self->done += self->each;
  result = hub_crowd_push (&self->crowd, hubs, n_processes, batch);
  for (guint i = 0; i < n_processes; i++)
    stop_hub (&hubs[i]);
  return result;
}

/* One desk pushes, and all that is written for it is recorded. */
static HubReplayPostgres *
record (const Bench *bench,
        guint        batch)
{
  Places place = { { 1, 1, NULL }, ONE_PUSHES, 0 };
  HubReplayPostgres *replay;

  places_join (&place, bench);
  replay = hub_replay_postgres_record (bench->address, place.crowd.pushers[0].desk.workspace);
  places_push (&place, bench, 1, batch);
  hub_crowd_leave (&place.crowd);
  hub_replay_postgres_load (replay);
  return replay;
}

/* ---- what is compared ---- */

typedef struct
{
  Places            *places; /* (unowned) */
  guint              batch;
  HubReplayPostgres *replay; /* (unowned) of batches of this size */
  Rounds             hub;    /* operations a second */
  Rounds             used;   /* seconds that the hub computed for one */
  Rounds             bare;
  Rounds             share;
  Rounds             two;    /* of several processes; empty for one workspace */
  Rounds             gain;   /* of them */
} Comparison;

static void
comparison_measure (Comparison  *self,
                    const Bench *bench)
{
  HubPushResult hub = places_push (self->places, bench, 1, self->batch);
  double bare = hub_replay_postgres_write (self->replay, self->places->crowd.workspaces) * ONE_PUSHES;

  rounds_add (&self->hub, hub.rate);
  rounds_add (&self->used, hub.processor);
  rounds_add (&self->bare, bare);
  rounds_add (&self->share, hub.rate / bare);
  if (self->places->crowd.workspaces > 1)
    {
      double two = places_push (self->places, bench, PROCESSES, self->batch).rate;

      rounds_add (&self->two, two);
      rounds_add (&self->gain, two / hub.rate);
    }
}

/* @commits: transactions a second by pgbench, over as many connections as there
 * are workspaces; 0 when nobody knows
 *
 * Returns: whether it is not far beyond its goal */
static gboolean
comparison_tell (const Comparison *self,
                 double            commits)
{
  guint n = self->places->crowd.workspaces;
  double hub = rounds_median (&self->hub);

  g_print ("postgres: %u workspace%s, %u operation%s in a transaction, each writing %.1f rows: one hub process decides %.0f "
           "operations/s, with %.0f us of its processor each\n", n, n > 1 ? "s" : "", self->batch, self->batch > 1 ? "s" : "",
           (double) hub_replay_postgres_n_rows (self->replay) / ONE_PUSHES, hub, rounds_median (&self->used) * G_USEC_PER_SEC);
  g_print ("postgres:    bare SQL that writes the same rows in the same transactions: %.0f operations/s; the hub reaches %.2f of "
           "it (goal %.2f)\n", rounds_median (&self->bare), rounds_median (&self->share), PUSH_SHARE);
  if (commits > 0)
    g_print ("postgres:    pgbench over %u connection%s: %.0f transactions/s of one row each; in the time of one the hub decides "
             "%.2f operations\n", n, n > 1 ? "s" : "", commits, hub / commits);
  if (self->two.n > 0)
    g_print ("postgres:    two hub processes, half of the workspaces at each: %.0f operations/s, %.2f of what one decides\n",
             rounds_median (&self->two), rounds_median (&self->gain));
  return rounds_median (&self->share) > PUSH_SHARE / 5 && (self->gain.n == 0 || rounds_median (&self->gain) > 0.3);
}

static gboolean
measure_all (const Bench *bench)
{
  g_autoptr(HubReplayPostgres) single = record (bench, 1);
  g_autoptr(HubReplayPostgres) batches = record (bench, BATCH);
  Places one = { { 1, 1, NULL }, ONE_PUSHES, 0 };
  Places all = { { PLACES, 1, NULL }, ALL_PUSHES, 0 };
  Comparison comparisons[] = {
    { &one, 1, single }, { &one, BATCH, batches }, { &all, 1, single }, { &all, BATCH, batches },
  };
  Rounds pgbench[2] = { { { 0 }, 0 } };
  gboolean good = TRUE;

  places_join (&one, bench);
  places_join (&all, bench);
  for (guint round = 0; round < bench->rounds; round++)
    {
      rounds_add (&pgbench[0], measure_pgbench (1));
      rounds_add (&pgbench[1], measure_pgbench (PLACES));
      for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
        comparison_measure (&comparisons[i], bench);
    }
  hub_crowd_leave (&one.crowd);
  hub_crowd_leave (&all.crowd);
  if (rounds_median (&pgbench[0]) == 0)
    g_print ("postgres: pgbench is not installed (Debian package postgresql): what the server is capable of is not told\n");
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    good = comparison_tell (&comparisons[i], rounds_median (&pgbench[comparisons[i].places == &all])) && good;
  return good;
}

int
main (int argc, char **argv)
{
  Bench bench = { .rounds = 3, .address = g_strdup (g_getenv ("LINLI_TEST_DATABASE")) };
  const GOptionEntry entries[] = {
    { "rounds", 'r', 0, G_OPTION_ARG_INT64, &bench.rounds, "How often everything is measured", "N" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("LINLI-HUB - what a hub bears in PostgreSQL");
  g_autoptr(GError) error = NULL;
  g_autofree char *version = NULL;
  gboolean good;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || bench.address == NULL || bench.rounds < 1 ||
      bench.rounds > MAX_ROUNDS)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "tests/with-postgres around it, the hub's program and 1 to 15 "
                                                           "rounds are wanted");
      return 2;
    }
  g_unsetenv ("LINLI_TEST_DATABASE"); /* the history is made in memory */
  bench.program = argv[1];
  bench.scratch = g_dir_make_tmp ("linli-bench-hub-XXXXXX", NULL);
  bench.files = g_build_filename (bench.scratch, "files", NULL);
  g_mkdir (bench.files, 0700);
  make_durable (&bench);
  g_free (ask (&bench, "CREATE TABLE bench_one (n BIGINT)"));
  version = ask (&bench, "SHOW server_version");
  hub_history_make (&bench.history, (guint) bench.rounds * MAX (2 * ONE_PUSHES, 4 * ALL_PUSHES) / 8 + 1);
  g_print ("postgres: PostgreSQL %s on this machine, every commit flushed to the disk; medians of %" G_GINT64_FORMAT
           " rounds\n", version, bench.rounds);
  good = measure_all (&bench);
  hub_history_clear (&bench.history);
  hub_bare_remove (bench.scratch);
  g_free (bench.address);
  g_free (bench.scratch);
  g_free (bench.files);

  return good ? 0 : 1;
}
