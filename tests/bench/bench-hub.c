/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub bears: operations pushed, beside the same writes made by bare
 * SQL (hub-replay.h); rows pulled, beside a bare read of them; thousands of desks that wait,
 * how soon they are woken, and how long news takes from one desk to another.
 * The hub runs as a program of its own, durable, over loopback.
 *
 * --database ADDRESS  measures another engine; rows are then not compared
 * --cases N           how long the history is that is pushed
 * --bootstrap N       how many cases a desk fetches when it joins
 * --waiting N         desks that wait
 * --only PART         push, pull, bootstrap, seen or waiting */

#include "case-desk.h"
#include "hub-bare.h"
#include "hub-load.h"
#include "hub-replay.h"
#include "hub-world.h"

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
#define FETCH_GOAL  12000 /* cases a second */

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

/* ---- what is pushed ------------------------------------------------------------ */

typedef struct
{
  GPtrArray *base;    /* the centre's lists */
  GPtrArray *cases;   /* (element-type GPtrArray): the life of each */
  guint      n_lines; /* of all cases */
} History;

static GPtrArray *
take_lines (CaseDesk *desk,
            gint64   *after)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (desk->conn, NULL, "SELECT body, pk FROM audit WHERE pk > ?1 ORDER BY pk", "i",
                                                *after);
  gboolean row = FALSE;

  while (linli_stmt_step (stmt, &row, NULL) && row)
    {
      g_ptr_array_add (lines, linli_stmt_dup_text (stmt, 0));
      *after = linli_stmt_get_int (stmt, 1);
    }
  return lines;
}

static void
live (CaseDesk *desk,
      guint     n)
{
  CaseSubject subject = { NULL };

  g_free (case_desk_intake (desk, "楼下的井盖破了，晚上车经过声音很大，老人孩子都睡不好"));
  case_desk_reach (desk, &subject, n % 4 == 0 ? "dispatched" : "closed");
  g_free (case_desk_tell (case_desk_do (desk, "case.note", "{\"case\":\"%s\",\"body\":\"已电话联系诉求人，情况属实\","
                                        "\"audience\":\"unit\"}", subject.id), "entry"));
  case_subject_clear (&subject);
}

static void
history_make (History *self,
              guint    n_cases)
{
  CaseDesk desk;
  gint64 after = 0;

  case_desk_set_up (&desk, NULL);
  self->base = take_lines (&desk, &after);
  self->cases = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->n_lines = 0;
  for (guint i = 0; i < n_cases; i++)
    {
      live (&desk, i);
      g_ptr_array_add (self->cases, take_lines (&desk, &after));
      self->n_lines += ((GPtrArray *) self->cases->pdata[i])->len;
    }
  case_desk_tear_down (&desk, NULL);
}

static void
history_clear (History *self)
{
  g_ptr_array_unref (self->base);
  g_ptr_array_unref (self->cases);
}

/* ---- pushing --------------------------------------------------------------------- */

typedef struct
{
  LoadDesk   desk;
  GPtrArray *lines;  /* (owned) its share; the texts are the history's */
  guint      batch;
  gint64     slowest; /* microseconds, of one request */
} Pusher;

static gpointer
push_thread (gpointer data)
{
  Pusher *self = data;

  for (guint i = 0; i < self->lines->len; i += self->batch)
    {
      gint64 began = g_get_monotonic_time ();

      load_desk_push (&self->desk, self->lines, i, MIN (self->batch, self->lines->len - i));
      self->slowest = MAX (self->slowest, g_get_monotonic_time () - began);
    }
  return NULL;
}

/* @n_desks of each of @n_workspaces share a history; a case stays with one. */
static void
share (const History *history,
       Pusher        *pushers,
       guint          n_desks)
{
  for (guint d = 0; d < n_desks; d++)
    pushers[d].lines = g_ptr_array_new ();
  for (guint c = 0; c < history->cases->len; c++)
    {
      GPtrArray *lines = history->cases->pdata[c];

      for (guint i = 0; i < lines->len; i++)
        g_ptr_array_add (pushers[c % n_desks].lines, lines->pdata[i]);
    }
}

static void
push_base (LoadDesk      *desk,
           const History *history)
{
  for (guint i = 0; i < history->base->len; i += 50)
    load_desk_push (desk, history->base, i, MIN (50, history->base->len - i));
}

static char *
hub_folder (const Bench *bench)
{
  static guint n;
  g_autofree char *name = g_strdup_printf ("hub-%u", n++);

  return g_build_filename (bench->scratch, name, NULL);
}

static void
join (LoadDesk   *desk,
      LoadHub    *hub,
      guint       workspace)
{
  g_autofree char *name = g_strdup_printf ("place%u", workspace);

  load_desk_join (desk, hub, name);
}

/* @slowest: (out): microseconds, of one request
 * @processor: (out): seconds that the hub computed for one operation
 *
 * Returns: operations a second */
static double
measure_push (const Bench   *bench,
              const History *history,
              guint          n_workspaces,
              guint          n_desks,
              guint          batch,
              gint64        *slowest,
              double        *processor)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  g_autofree Pusher *pushers = g_new0 (Pusher, n_workspaces * n_desks);
  g_autofree GThread **threads = g_new0 (GThread *, n_workspaces * n_desks);
  gint64 began;
  double taken;

  load_hub_start (&hub);
  for (guint w = 0; w < n_workspaces; w++)
    {
      g_autofree char *name = g_strdup_printf ("place%u", w);

      g_free (load_hub_order (&hub, "workspace", "workspace", name));
      share (history, pushers + w * n_desks, n_desks);
      for (guint d = 0; d < n_desks; d++)
        {
          pushers[w * n_desks + d].batch = batch;
          join (&pushers[w * n_desks + d].desk, &hub, w);
        }
      push_base (&pushers[w * n_desks].desk, history);
    }
  *processor = load_hub_processor (&hub);
  began = g_get_monotonic_time ();
  for (guint i = 0; i < n_workspaces * n_desks; i++)
    threads[i] = g_thread_new ("desk", push_thread, &pushers[i]);
  for (guint i = 0; i < n_workspaces * n_desks; i++)
    g_thread_join (threads[i]);
  taken = seconds_since (began);
  *processor = (load_hub_processor (&hub) - *processor) / (n_workspaces * history->n_lines);
  *slowest = 0;
  for (guint i = 0; i < n_workspaces * n_desks; i++)
    {
      *slowest = MAX (*slowest, pushers[i].slowest);
      load_desk_leave (&pushers[i].desk);
      g_ptr_array_unref (pushers[i].lines);
    }
  load_hub_stop (&hub);
  return n_workspaces * history->n_lines / taken;
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
fill_workspace (Filled        *self,
                const Bench   *bench,
                const History *history,
                guint          batch)
{
  g_autofree char *folder = hub_folder (bench);
  g_autofree char *base = g_strconcat (folder, "-base.db", NULL);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder };
  g_autofree char *file = NULL;
  Pusher pusher = { .batch = batch };

  load_hub_start (&hub);
  load_desk_join (&pusher.desk, &hub, "bench");
  share (history, &pusher, 1);
  push_base (&pusher.desk, history);
  file = g_strconcat (pusher.desk.workspace, ".db", NULL);
  self->path = g_build_filename (folder, "workspaces", file, NULL);
  hub_replay_record (self->path, base);
  push_thread (&pusher);
  load_desk_leave (&pusher.desk);
  g_ptr_array_unref (pusher.lines);
  load_hub_stop (&hub);
  self->replay = hub_replay_load (self->path, base);
}

/* @rate: operations a second that the hub decided; @processor: seconds for one */
static void
compare_push (const Bench   *bench,
              const History *history,
              const Filled  *filled,
              guint          n_workspaces,
              guint          batch,
              double         rate,
              double         processor)
{
  double used = 0;
  double bare = hub_replay_write (filled->replay, bench->scratch, n_workspaces, &used) * history->n_lines;
  double once_used = 0;
  double once = hub_bare_write (filled->path, bench->scratch, n_workspaces, history->n_lines / batch, &once_used) *
                history->n_lines;

  used /= n_workspaces * history->n_lines;
  g_print ("; the same writes by bare SQL %6.0f, %.0f us; ratio %.2f (goal %.2f), of processor %.2f; the rows that remain, "
           "each written once, %6.0f, ratio %.2f", bare, used * G_USEC_PER_SEC, rate / bare, PUSH_SHARE, used / processor, once,
           rate / once);
}

static gboolean
bench_pushes (const Bench   *bench,
              const History *history)
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
      gint64 slowest = 0;
      double processor = 0;
      double rate = measure_push (bench, history, runs[i].workspaces, runs[i].desks, runs[i].batch, &slowest, &processor);

      g_print ("push: %2u workspaces, %2u desks each, batches of %2u: %6.0f operations/s, slowest answer %.0f ms, %.0f us of processor each",
               runs[i].workspaces, runs[i].desks, runs[i].batch, rate, (double) slowest / 1000, processor * G_USEC_PER_SEC);
      if (bench->database == NULL)
        compare_push (bench, history, &filled[runs[i].batch == 1 ? 0 : 1], runs[i].workspaces, runs[i].batch, rate, processor);
      g_print ("\n");
      if (runs[i].workspaces == 1 && runs[i].batch == 50)
        good = good && rate > PUSH_GOAL / 10;
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
bench_pulls (const Bench   *bench,
             const History *history)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  Pusher pusher = { .batch = 50 };
  guint64 n_rows = 0;
  gint64 began;
  double rate;

  load_hub_start (&hub);
  load_desk_join (&pusher.desk, &hub, "bench");
  share (history, &pusher, 1);
  push_base (&pusher.desk, history);
  push_thread (&pusher);
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
  g_ptr_array_unref (pusher.lines);
  load_desk_leave (&pusher.desk);
  load_hub_stop (&hub);
  return rate > PULL_GOAL / 10;
}

/* ---- joining --------------------------------------------------------------------------- */

/* With its feed, which a desk has not, and without a search index, which it has. */
static double
bare_seconds (const Bench *bench,
              const char  *path,
              guint64      n_rows,
              double      *used)
{
  return 1 / hub_bare_write (path, bench->scratch, 1, (guint) (n_rows / 500), used);
}

/* Returns: seconds that the children computed which have ended */
static double
ended_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      ended)
{
  if (!g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL))
    g_error ("the desk does not join");
  *(gboolean *) ended = TRUE;
}

static gboolean
look_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Joins, and waits until all is done.
 *
 * @listed: (out): seconds until what was fetched has taken the store's place:
 *   from then on every case is in the lists and can be worked on */
static double
join_as_program (const Bench *bench,
                 const char  *store,
                 const char  *address,
                 const char  *code,
                 double      *listed)
{
  g_autofree char *old = g_build_filename (store, "backups", "before-fetching-anew.db", NULL);
  gint64 began = g_get_monotonic_time ();
  g_autoptr(GSubprocess) desk = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, bench->desk, "-s", store, "join",
                                                  address, code, NULL);
  guint look = g_timeout_add (10, look_cb, NULL);
  gboolean ended = FALSE;

  if (desk == NULL)
    g_error ("%s does not run", bench->desk);
  *listed = 0;
  g_subprocess_wait_check_async (desk, NULL, ended_cb, &ended);
  while (!ended)
    {
      g_main_context_iteration (NULL, TRUE);
      if (*listed == 0 && g_file_test (old, G_FILE_TEST_EXISTS))
        *listed = seconds_since (began);
    }
  g_source_remove (look);
  return seconds_since (began);
}

/* A desk that begins with nothing, as a program of its own. */
static gboolean
bench_bootstrap (const Bench *bench)
{
  g_autofree char *folder = hub_folder (bench);
  g_autofree char *store = g_build_filename (bench->scratch, "desk", NULL);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder };
  LoadDesk first;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *code = NULL;
  g_autofree char *address = NULL;
  guint64 n_rows;
  double taken;
  double listed = 0;
  double used;

  load_hub_start (&hub);
  load_desk_join (&first, &hub, "bench");
  load_hub_stop (&hub);
  file = g_strconcat (first.workspace, ".db", NULL);
  path = g_build_filename (folder, "workspaces", file, NULL);
  load_desk_leave (&first);
  n_rows = hub_world_fill (path, (guint) bench->bootstrap);
  load_hub_start (&hub);
  code = load_hub_order (&hub, "code", "code", "bench");
  address = g_strdup_printf ("localhost:%u", hub.port);
  used = ended_seconds ();
  taken = join_as_program (bench, store, address, code, &listed);
  used = ended_seconds () - used;
  g_print ("bootstrap: %" G_GINT64_FORMAT " cases, %" G_GUINT64_FORMAT " rows in %.1f s: %.0f cases/s (goal %d), %.0f rows/s; "
           "search and figures are whole after %.1f s, and the desk computed for %.1f s\n", bench->bootstrap, n_rows, listed,
           (double) bench->bootstrap / listed, FETCH_GOAL, (double) n_rows / listed, taken, used);
  taken = bare_seconds (bench, path, n_rows, &used);
  g_print ("bootstrap: a bare write of the hub's rows takes %.1f s, %.1f s of processor\n", taken, used);
  load_hub_stop (&hub);
  return (double) bench->bootstrap / listed > FETCH_GOAL / 100;
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
bench_waiting (const Bench   *bench,
               const History *history)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  guint n = (guint) bench->waiting;
  g_autofree LoadDesk *waiting = g_new0 (LoadDesk, n);
  g_autofree gint64 *times = g_new0 (gint64, n);
  g_autofree char *door = NULL;
  LoadDesk writer;
  double before, each;
  gint64 began;

  load_hub_start (&hub);
  load_desk_join (&writer, &hub, "bench");
  push_base (&writer, history);
  door = tip_door (&writer);
  before = settle_memory (&hub);
  wait_all (waiting, n, &writer, door);
  each = (settle_memory (&hub) - before) / n;
  began = g_get_monotonic_time ();
  load_desk_push (&writer, history->cases->pdata[0], 0, 1);
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
  load_desk_leave (&writer);
  load_hub_stop (&hub);
  return each < 4 * MEMORY_GOAL;
}

/* From the moment A sends until B has the rows. */
static gboolean
bench_seen (const Bench   *bench,
            const History *history)
{
  g_autofree char *folder = hub_folder (bench);
  LoadHub hub = { .program = (char *) bench->program, .folder = folder, .database = bench->database };
  g_autofree gint64 *times = g_new0 (gint64, SEEN_ROUNDS);
  Pusher a = { .batch = 1 };
  LoadDesk b;
  guint n = 0;

  load_hub_start (&hub);
  load_desk_join (&a.desk, &hub, "bench");
  load_desk_join (&b, &hub, "bench");
  share (history, &a, 1);
  push_base (&a.desk, history);
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
  g_ptr_array_unref (a.lines);
  load_desk_leave (&a.desk);
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
  History history;
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
  history_make (&history, (guint) bench.cases);
  good = !is_wanted (&bench, "push") || bench_pushes (&bench, &history);
  good = (!is_wanted (&bench, "pull") || bench_pulls (&bench, &history)) && good;
  good = (!is_wanted (&bench, "bootstrap") || bench.database != NULL || bench_bootstrap (&bench)) && good;
  good = (!is_wanted (&bench, "seen") || bench_seen (&bench, &history)) && good;
  good = (!is_wanted (&bench, "waiting") || bench_waiting (&bench, &history)) && good;
  history_clear (&history);
  hub_bare_remove (bench.scratch);

  return good ? 0 : 1;
}
