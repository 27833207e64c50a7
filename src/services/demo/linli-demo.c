/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo centre: stories are planned from a seed and the clock, and played
 * in the order of time through the same commands that everybody uses. The
 * same seed at the same time makes the same store, but for the device's id. */

#include "config.h"

#include "linli-demo.h"

#include "linli-calendar-store.h"
#include "linli-demo-lanes.h"
#include "linli-demo-play.h"

#define LANES_AGO     (3 * 60 * LINLI_DEMO_MINUTE) /* when the scripted cases come */
#define PREPARED_DAYS 122 /* the centre is this old */

/* One step of one story, among all the others. */
typedef struct
{
  gint64 at;
  guint  story;
  guint  step;
} Turn;

typedef struct
{
  LinliDemoProgress progress;
  gpointer          data;
  GCancellable     *cancellable; /* (nullable) */
} Watcher;

static void
draw_bytes (gpointer  data,
            guint8   *bytes,
            gsize     n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) g_rand_int (data);
}

static int
compare_turns (gconstpointer a,
               gconstpointer b)
{
  const Turn *x = a;
  const Turn *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  if (x->story != y->story)
    return x->story < y->story ? -1 : 1;
  return x->step < y->step ? -1 : 1;
}

/* What has happened by now, in order. */
static GArray *
line_up (LinliDemoPlan *plan)
{
  GArray *turns = g_array_new (FALSE, FALSE, sizeof (Turn));

  for (guint i = 0; i < plan->stories->len; i++)
    {
      LinliDemoStory *story = plan->stories->pdata[i];

      for (guint s = 0; s < story->steps->len; s++)
        {
          Turn turn = { g_array_index (story->steps, LinliDemoStep, s).at, i, s };

          if (turn.at <= plan->time->now)
            g_array_append_val (turns, turn);
        }
    }
  g_array_sort (turns, compare_turns);

  return turns;
}

static gboolean
play_all (LinliDemoPlay *play,
          LinliDemoPlan *plan,
          Watcher       *watcher,
          guint         *n_scripted,
          GError       **error)
{
  g_autoptr(GArray) turns = line_up (plan);

  for (guint i = 0; i < turns->len; i++)
    {
      Turn *turn = &g_array_index (turns, Turn, i);
      LinliDemoStory *story = plan->stories->pdata[turn->story];

      if (turn->at >= plan->time->now - LANES_AGO && *n_scripted == 0 &&
          !linli_demo_lanes_play (play, turn->at, n_scripted, error))
        return FALSE;
      if (g_cancellable_set_error_if_cancelled (watcher->cancellable, error) ||
          !linli_demo_play_step (play, story, &g_array_index (story->steps, LinliDemoStep, turn->step), error))
        return FALSE;
      if (watcher->progress != NULL && i % 100 == 0)
        watcher->progress (i, turns->len, watcher->data);
    }
  if (watcher->progress != NULL)
    watcher->progress (turns->len, turns->len, watcher->data);

  if (*n_scripted == 0 && !linli_demo_lanes_play (play, plan->time->now, n_scripted, error))
    return FALSE;

  return linli_demo_play_clear_desk (play, plan, error) && linli_demo_play_flush (play, error);
}

static void
tell_result (LinliDemoResult *result,
             LinliDemoPlan   *plan,
             LinliDemoPlay   *play)
{
  LinliWorkCalendar *calendar = plan->time->calendar;
  LinliDate date;
  int minute;

  linli_demo_time_split (plan->time, plan->time->now, &date, &minute);
  result->n_today = plan->n_today;
  result->n_residents = plan->people->len;
  result->n_operations = play->n_done;
  result->covered_until = linli_work_calendar_get_covered_until (calendar);
  /* The longest of the usual limits, and its weekends, lie within a month. */
  result->covered = linli_work_calendar_covers (calendar, date) && linli_work_calendar_covers (calendar, date + 30);
  result->n_cases = 0;
  for (guint i = 0; i < plan->stories->len; i++)
    result->n_cases += ((LinliDemoStory *) plan->stories->pdata[i])->id != NULL;
}

static gboolean
play_centre (LinliDemoPlay   *play,
             LinliDemoTime   *time,
             guint            n_cases,
             Watcher         *watcher,
             LinliDemoResult *result,
             GError         **error)
{
  g_autoptr(LinliWorkCalendar) calendar = NULL;
  g_autoptr(LinliDemoPlan) plan = NULL;
  guint n_scripted = 0;

  if (!linli_demo_play_set_stage (play, time->now - PREPARED_DAYS * LINLI_DEMO_DAY, error) ||
      !linli_calendar_load_current (play->conn, &calendar, NULL, error))
    return FALSE;
  g_assert (calendar != NULL);
  time->calendar = calendar;
  plan = linli_demo_plan_new (play->corpus, time, play->rand, n_cases);
  if (!play_all (play, plan, watcher, &n_scripted, error))
    return FALSE;
  tell_result (result, plan, play);
  result->n_cases += n_scripted;

  return TRUE;
}

/**
 * linli_demo_fill_store:
 * @store: fresh, without a centre
 * @conn: the connection of a writing job
 * @desk: its desk, lent a clock and randomness of our own for the while
 * @seed: everything is drawn from it
 * @n_cases: about how many; a few dozen already show every state
 * @progress: (nullable): called in this thread
 * @result: (out)
 * @error: %G_IO_ERROR_CANCELLED, %LINLI_DOMAIN_ERROR or %LINLI_STORE_ERROR; the
 *   store then holds part of a centre and is of no use
 *
 * Makes the demo centre as of the desk's clock. Its clerk sits at the desk,
 * with every right, so that everything can be tried.
 */
gboolean
linli_demo_fill_store (LinliStore        *store,
                       LinliConn         *conn,
                       LinliDesk         *desk,
                       guint              seed,
                       guint              n_cases,
                       LinliDemoProgress  progress,
                       gpointer           progress_data,
                       GCancellable      *cancellable,
                       LinliDemoResult   *result,
                       GError           **error)
{
  g_autoptr(LinliDemoCorpus) corpus = linli_demo_corpus_load (error);
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr(GRand) id_rand = g_rand_new_with_seed (seed ^ 0x6c696e6c);
  LinliFakeClock clock = LINLI_FAKE_CLOCK_INIT (0);
  LinliDemoTime time = { NULL, linli_clock_now (desk->clock) };
  LinliClock *own_clock = desk->clock;
  LinliIdSource own_ids = desk->ids;
  Watcher watcher = { progress, progress_data, cancellable };
  g_auto(LinliDemoPlay) play = { .store = store, .conn = conn, .desk = desk, .clock = &clock, .corpus = corpus,
                                 .time = &time, .rand = rand };
  gboolean ok;

  g_return_val_if_fail (LINLI_IS_STORE (store) && result != NULL, FALSE);

  linli_demo_play_init (&play);
  if (corpus == NULL)
    return FALSE;
  desk->clock = &clock.parent;
  desk->ids = (LinliIdSource) { .random = draw_bytes, .data = id_rand };
  ok = play_centre (&play, &time, n_cases, &watcher, result, error);
  desk->clock = own_clock;
  desk->ids = own_ids;

  return ok;
}

/* --- For the window --- */

typedef struct
{
  guint             seed;
  guint             n_cases;
  LinliDemoProgress progress;
  gpointer          progress_data;
  GCancellable     *cancellable; /* (owned) (nullable) */
  GMainContext     *context;     /* (owned): where progress is told */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->cancellable);
  g_main_context_unref (job->context);
  g_free (job);
}

typedef struct
{
  LinliDemoProgress  progress;
  gpointer           data;
  GCancellable      *cancellable; /* (owned) (nullable) */
  guint              done;
  guint              total;
} Report;

static void
report_free (gpointer data)
{
  Report *report = data;

  g_clear_object (&report->cancellable);
  g_free (report);
}

/* Whoever cancelled may be gone. */
static gboolean
report_cb (gpointer data)
{
  Report *report = data;

  if (report->cancellable == NULL || !g_cancellable_is_cancelled (report->cancellable))
    report->progress (report->done, report->total, report->data);
  return G_SOURCE_REMOVE;
}

static void
report_progress (guint    done,
                 guint    total,
                 gpointer data)
{
  Job *job = data;
  g_autoptr(GSource) source = g_idle_source_new ();
  Report *report = g_new0 (Report, 1);

  *report = (Report) { job->progress, job->progress_data,
                       job->cancellable != NULL ? g_object_ref (job->cancellable) : NULL, done, total };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, report_cb, report, report_free);
  g_source_attach (source, job->context);
}

static gpointer
demo_job (LinliConn  *conn,
          LinliDesk  *desk,
          LinliStore *store,
          gpointer    data,
          GError    **error)
{
  Job *job = data;
  g_autofree LinliDemoResult *result = g_new0 (LinliDemoResult, 1);

  if (!linli_demo_fill_store (store, conn, desk, job->seed, job->n_cases,
                              job->progress != NULL ? report_progress : NULL, job, job->cancellable, result, error))
    return NULL;
  return g_steal_pointer (&result);
}

/**
 * linli_demo_async:
 * @store: fresh, without a centre
 * @progress: (nullable): called in the caller's main context, before @callback
 * @cancellable: (nullable): ends it between two operations; the folder is
 *   then to be thrown away
 *
 * linli_demo_fill_store() in the writing lane.
 */
void
linli_demo_async (LinliStore          *store,
                  guint                seed,
                  guint                n_cases,
                  LinliDemoProgress    progress,
                  gpointer             progress_data,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { seed, n_cases, progress, progress_data,
                 cancellable != NULL ? g_object_ref (cancellable) : NULL, g_main_context_ref_thread_default () };
  linli_store_write_async (store, demo_job, job, job_free, g_free, cancellable, callback, user_data);
}

/**
 * linli_demo_finish:
 *
 * Returns: (transfer full): free with g_free()
 */
LinliDemoResult *
linli_demo_finish (LinliStore    *store,
                   GAsyncResult  *result,
                   GError       **error)
{
  return linli_store_write_finish (store, result, error);
}
