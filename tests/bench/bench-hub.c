/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub bears: operations pushed, beside the same writes made by bare
 * SQL (hub-replay.h); rows pulled, beside a bare read of them; thousands of desks that wait,
 * how soon they are woken, and how long news takes from one desk to another.
 * The hub runs as a program of its own, durable, over loopback.
 *
 * --database ADDRESS  measures another engine; rows are then not compared (bench-hub-postgres.c does)
 * --cases N           how long the history is that is pushed
 * --bootstrap N       how many cases a desk fetches when it joins
 * --waiting N         desks that wait
 * --only PART         push, pull, bootstrap, seen or waiting */

#include "hub-bare.h"
#include "hub-join.h"
#include "hub-push.h"
#include "hub-replay.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define PLACES      20 /* workspaces, or desks of one */
#define PUSH_GOAL   3000
#define PUSH_SHARE  0.5
#define PULL_GOAL   200000
#define MEMORY_GOAL 8192
#define SEEN_GOAL   0.5
#define SEEN_ROUNDS 200

typedef struct
{
  char       *database;
  char       *only;
  gint64      cases;
  gint64      bootstrap;
  gint64      waiting;
  char       *scratch;
  const char *program;
  const char *desk; /* linlictl */
} Bench;

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

/* ---- pushing --------------------------------------------------------------------- */

static char *
hub_folder (const Bench *bench)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("hub-%u", n++);

  return g_build_filename (bench->scratch, name, NULL);
}

static HubPushResult
measure_push (const Bench      *bench,
              const HubHistory *history,
              HubCrowd          crowd,
              guint             batch)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  HubPushResult result;

  load_hub_start (&hub);
  hub_crowd_join (&crowd, &hub, history);
  hub_crowd_share (&crowd, history);
  result = hub_crowd_push (&crowd, &hub, 1, batch);
  hub_crowd_leave (&crowd);
  load_hub_stop (&hub);
  return result;
}

/* The database of a workspace into which the whole history went, and all that
 * was written for it. */
typedef struct
{
  char      *path;
  HubReplay *replay;
} Filled;

static void
filled_clear (Filled *self)
{
  g_free (self->path);
  hub_replay_free (self->replay);
}

static void
fill_workspace (Filled           *self,
                const Bench      *bench,
                const HubHistory *history,
                guint             batch)
{
  g_autofree char *folder = hub_folder (bench);
  g_autofree char *base = g_strconcat (folder, "-base.db", NULL);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder };
  g_autofree char *file = NULL;
  HubPusher pusher = { .batch = batch };

  load_hub_start (&hub);
  load_desk_join (&pusher.desk, &hub, "bench");
  hub_pusher_share (history, &pusher, 1);
  hub_pusher_begin (&pusher, history);
  file = g_strconcat (pusher.desk.workspace, ".db", NULL);
  self->path = g_build_filename (folder, "workspaces", file, NULL);
  hub_replay_record (self->path, base);
  hub_pusher_run (&pusher);
  hub_pusher_clear (&pusher);
  load_hub_stop (&hub);
  self->replay = hub_replay_load (self->path, base);
}

static void
compare_push (const Bench         *bench,
              const HubHistory    *history,
              const Filled        *filled,
              guint                n_workspaces,
              guint                batch,
              const HubPushResult *hub)
{
  double used = 0;
  double bare = hub_replay_write (filled->replay, bench->scratch, n_workspaces, &used) * history->n_lines;
  double once_used = 0;
  double once = hub_bare_write (filled->path, bench->scratch, n_workspaces, history->n_lines / batch, &once_used) *
                history->n_lines;

  used /= n_workspaces * history->n_lines;
  g_print ("; the same writes by bare SQL %6.0f, %.0f us; ratio %.2f (goal %.2f), of processor %.2f; the rows that remain, "
           "each written once, %6.0f, ratio %.2f", bare, used * G_USEC_PER_SEC, hub->rate / bare, PUSH_SHARE,
           used / hub->processor, once, hub->rate / once);
}

static gboolean
bench_pushes (const Bench      *bench,
              const HubHistory *history)
{
  static const struct { guint workspaces, desks, batch; } runs[] = {
    { 1, 1, 1 }, { 1, PLACES, 1 }, { PLACES, 1, 1 }, { 1, 1, 50 }, { 1, PLACES, 50 }, { PLACES, 1, 50 },
  };
  Filled filled[2] = { { NULL } };
  gboolean good = TRUE;

  for (guint i = 0; i < 2 && bench->database == NULL; i++)
    fill_workspace (&filled[i], bench, history, i == 0 ? 1 : 50);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      HubPushResult hub = measure_push (bench, history, (HubCrowd) { runs[i].workspaces, runs[i].desks, NULL }, runs[i].batch);

      g_print ("push: %2u workspaces, %2u desks each, batches of %2u: %6.0f operations/s, slowest answer %.0f ms, "
               "%.0f us of processor each", runs[i].workspaces, runs[i].desks, runs[i].batch, hub.rate,
               (double) hub.slowest / 1000, hub.processor * G_USEC_PER_SEC);
      if (bench->database == NULL)
        compare_push (bench, history, &filled[runs[i].batch == 1 ? 0 : 1], runs[i].workspaces, runs[i].batch, &hub);
      g_print ("\n");
      if (runs[i].workspaces == 1 && runs[i].batch == 50)
        good = good && hub.rate > PUSH_GOAL / 10;
    }
  g_print ("push: goal on one workspace in batches of 50: %d operations/s\n", PUSH_GOAL);
  filled_clear (&filled[0]);
  filled_clear (&filled[1]);
  return good;
}

/* ---- pulling ------------------------------------------------------------------------- */

static guint
count_lines (const GString *text)
{
  guint n = 0;

  for (const char *at = text->str; (at = memchr (at, '\n', text->len - (gsize) (at - text->str))) != NULL; at++)
    n++;
  return n;
}

/* @cursor: (inout): NULL at the end. Returns: rows of the page behind it */
static guint
pull_page (LoadDesk *desk,
           char    **cursor)
{
  g_autofree char *door = g_strdup_printf ("changes?since=%s", *cursor);
  const char *last;
  char *next;

  if (load_desk_ask (desk, "GET", door, NULL) != 200)
    g_error ("pull: %s", desk->in->str);
  last = g_strrstr_len (desk->in->str, (gssize) desk->in->len - 1, "\n");
  next = strstr (last, "\"next\":\"");
  next = next != NULL ? g_strndup (next + 8, strcspn (next + 8, "\"")) : NULL;
  g_free (*cursor);
  *cursor = strstr (last, "\"more\":true") != NULL ? next : (g_free (next), NULL);
  return count_lines (desk->in) - 2;
}

static gboolean
bench_pulls (const Bench      *bench,
             const HubHistory *history)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  HubPusher pusher = { .batch = 50 };
  guint64 n_rows = 0;
  gint64 began;
  double rate;

  load_hub_start (&hub);
  load_desk_join (&pusher.desk, &hub, "bench");
  hub_pusher_share (history, &pusher, 1);
  hub_pusher_begin (&pusher, history);
  hub_pusher_run (&pusher);
  began = g_get_monotonic_time ();
  while (seconds_since (began) < 2)
    for (char *cursor = g_strdup ("start"); cursor != NULL;)
      n_rows += pull_page (&pusher.desk, &cursor);
  rate = (double) n_rows / seconds_since (began);
  file = g_strconcat (pusher.desk.workspace, ".db", NULL);
  path = g_build_filename (folder, "workspaces", file, NULL);
  g_print ("pull: %.0f rows/s (goal %d)", rate, PULL_GOAL);
  if (bench->database == NULL)
    {
      double bare = hub_bare_read (path);

      g_print ("; a bare read of them %.0f; ratio %.2f", bare, rate / bare);
    }
  g_print ("\n");
  hub_pusher_clear (&pusher);
  load_hub_stop (&hub);
  return rate > PULL_GOAL / 10;
}

/* ---- waiting ---------------------------------------------------------------------------- */

/* Returns: bytes of memory that the hub has to itself */
static gint64
hub_memory (LoadHub *hub)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/statm", g_subprocess_get_identifier (hub->process));
  g_autofree char *text = NULL;
  g_auto(GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  words = g_strsplit (text, " ", 4);
  return (g_ascii_strtoll (words[1], NULL, 10) - g_ascii_strtoll (words[2], NULL, 10)) * sysconf (_SC_PAGESIZE);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* One desk's credentials, many connections: the hub counts them as so many. */
static void
wait_all (LoadDesk       *waiting,
          guint           n,
          const LoadDesk *as,
          const char     *door)
{
  for (guint i = 0; i < n; i++)
    {
      waiting[i] = *as;
      waiting[i].fd = -1;
      waiting[i].in = g_string_new (NULL);
      load_desk_send (&waiting[i], "GET", door, NULL);
    }
}

static double
settle_memory (LoadHub *hub)
{
  gint64 before = 0;
  gint64 now = hub_memory (hub);

  while (now != before)
    {
      g_usleep (300000);
      before = now;
      now = hub_memory (hub);
    }
  return (double) now;
}

static char *
tip_door (LoadDesk *desk)
{
  const char *tip;

  if (load_desk_ask (desk, "GET", "tip", NULL) != 200 || (tip = strstr (desk->in->str, "\"tip\":")) == NULL)
    g_error ("tip: %s", desk->in->str);
  return g_strdup_printf ("tip?wait=25&after=%" G_GINT64_FORMAT, g_ascii_strtoll (tip + 6, NULL, 10));
}

static gboolean
bench_waiting (const Bench      *bench,
               const HubHistory *history)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  guint n = (guint) bench->waiting;
  g_autofree LoadDesk *waiting = g_new0 (LoadDesk, n);
  g_autofree gint64 *times = g_new0 (gint64, n);
  g_autofree char *door = NULL;
  HubPusher writer = { .batch = 1 };
  double before, each;
  gint64 began;

  load_hub_start (&hub);
  load_desk_join (&writer.desk, &hub, "bench");
  hub_pusher_share (history, &writer, 1);
  hub_pusher_begin (&writer, history);
  door = tip_door (&writer.desk);
  before = settle_memory (&hub);
  wait_all (waiting, n, &writer.desk, door);
  each = (settle_memory (&hub) - before) / n;
  began = g_get_monotonic_time ();
  load_desk_push (&writer.desk, writer.lines, 0, 1);
  for (guint i = 0; i < n; i++)
    {
      if (load_desk_receive (&waiting[i]) != 200)
        g_error ("a waiting desk: %s", waiting[i].in->str);
      times[i] = g_get_monotonic_time () - began;
      close (waiting[i].fd);
      g_string_free (waiting[i].in, TRUE);
    }
  qsort (times, n, sizeof times[0], compare_times);
  g_print ("waiting: %u desks, %.0f bytes each (goal %d); after a push p50 %.0f ms, p99 %.0f ms know of it\n", n, each,
           MEMORY_GOAL, (double) times[n / 2] / 1000, (double) times[n * 99 / 100] / 1000);
  hub_pusher_clear (&writer);
  load_hub_stop (&hub);
  return each < 4 * MEMORY_GOAL;
}

/* From the moment A sends until B has the rows. */
static gboolean
bench_seen (const Bench      *bench,
            const HubHistory *history)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  g_autofree gint64 *times = g_new0 (gint64, SEEN_ROUNDS);
  HubPusher a = { .batch = 1 };
  LoadDesk b;
  guint n = 0;

  load_hub_start (&hub);
  load_desk_join (&a.desk, &hub, "bench");
  load_desk_join (&b, &hub, "bench");
  hub_pusher_share (history, &a, 1);
  hub_pusher_begin (&a, history);
  for (; n < MIN (SEEN_ROUNDS, a.lines->len); n++)
    {
      g_autofree char *door = tip_door (&b);
      g_autofree char *cursor = NULL;
      gint64 began;

      load_desk_send (&b, "GET", door, NULL);
      g_usleep (2000); /* it waits by now */
      began = g_get_monotonic_time ();
      load_desk_push (&a.desk, a.lines, n, 1);
      load_desk_receive (&b);
      cursor = g_strdup_printf ("f1:%s:%s", strstr (door, "after=") + 6, b.epoch);
      pull_page (&b, &cursor);
      times[n] = g_get_monotonic_time () - began;
    }
  qsort (times, n, sizeof times[0], compare_times);
  g_print ("seen: A commits, B has the rows: p50 %.1f ms, p99 %.1f ms (goal p50 %.0f ms)\n", (double) times[n / 2] / 1000,
           (double) times[n * 99 / 100] / 1000, SEEN_GOAL * 1000);
  hub_pusher_clear (&a);
  load_desk_leave (&b);
  load_hub_stop (&hub);
  return (double) times[n / 2] < 10 * SEEN_GOAL * G_USEC_PER_SEC;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static gboolean
is_wanted (const Bench *bench,
           const char  *part)
{
  return bench->only == NULL || g_str_equal (bench->only, part);
}

static void
allow_connections (guint n)
{
  struct rlimit limit;

  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = MIN (MAX (limit.rlim_cur, n + 256), limit.rlim_max);
  setrlimit (RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < n + 256)
    g_error ("this process may not open %u connections", n);
}

int
main (int argc, char **argv)
{
  Bench bench = { .cases = 60, .bootstrap = 6000, .waiting = 5000 };
  const GOptionEntry entries[] = {
    { "database", 'd', 0, G_OPTION_ARG_STRING, &bench.database, "What the hub is given as its --database", "ADDRESS" },
    { "cases", 'c', 0, G_OPTION_ARG_INT64, &bench.cases, "Cases whose lives are pushed", "N" },
    { "bootstrap", 'b', 0, G_OPTION_ARG_INT64, &bench.bootstrap, "Cases that a desk fetches when it joins", "N" },
    { "only", 'o', 0, G_OPTION_ARG_STRING, &bench.only, "One part: push, pull, bootstrap, seen or waiting", "PART" },
    { "waiting", 'w', 0, G_OPTION_ARG_INT64, &bench.waiting, "Desks that wait at once", "N" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new ("LINLI-HUB LINLICTL - what a hub bears");
  g_autoptr(GError) error = NULL;
  HubHistory history;
  gboolean good;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "the programs of hub and desk are wanted");
      return 2;
    }
  bench.program = argv[1];
  bench.desk = argv[2];
  bench.scratch = g_dir_make_tmp ("linli-bench-hub-XXXXXX", NULL);
  allow_connections ((guint) bench.waiting);
  hub_history_make (&history, (guint) bench.cases);
  good = !is_wanted (&bench, "push") || bench_pushes (&bench, &history);
  good = (!is_wanted (&bench, "pull") || bench_pulls (&bench, &history)) && good;
  good = (!is_wanted (&bench, "bootstrap") || bench.database != NULL || hub_join_measure (bench.program, bench.desk, bench.scratch, (guint) bench.bootstrap)) && good;
  good = (!is_wanted (&bench, "seen") || bench_seen (&bench, &history)) && good;
  good = (!is_wanted (&bench, "waiting") || bench_waiting (&bench, &history)) && good;
  hub_history_clear (&history);
  hub_bare_remove (bench.scratch);

  return good ? 0 : 1;
}
