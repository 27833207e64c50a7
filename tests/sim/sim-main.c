/* SPDX-License-Identifier: GPL-3.0-or-later */

/* sim [--seeds N] [--seed S] [--jobs N] [--bug NAME | --bugs] [--verbose]
 *
 * Lives through N seeds from S on. Every hundredth is run twice and must go the
 * same way. With --bugs, every bug that can be put in is put in, and must be
 * found. */

#include "sim.h"
#include "sim-jobs.h"

#include "linli-plant.h"

#include <sqlite3.h>

#define MINUTE (60 * SIM_SECOND)

LinliPlant linli_planted = LINLI_PLANT_NONE;

/* Where a fault may come from when there is no other way to make one. */
static Sim *faulty;

gboolean
linli_plant_fault (GError **error)
{
  if (faulty == NULL || !sim_chance (faulty, faulty->mix.hub_fault))
    return FALSE;
  g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_IO, "The disk does not answer");
  return TRUE;
}

gint64
linli_plant_revision (gint64 rev)
{
  return faulty != NULL && faulty->reserved != 0 ? faulty->reserved : rev;
}

static const struct { const char *name, *words; } bugs[] = {
  { "NONE", "none" },
#define LINLI_PLANT_BUG(name, words) { #name, words },
#include "linli-plant-list.h"
  { NULL, NULL }, /* LINLI_PLANT_N */
#include "linli-plant-unit-list.h"
#undef LINLI_PLANT_BUG
};

/* Weather in which a bug shows soon: others would need thousands of seeds. */
static void
stir (SimMix *mix)
{
  switch ((int) linli_planted)
    {
    case LINLI_PLANT_UNAUTHORIZED_OK:   mix->sign_out = 500; break;
    case LINLI_PLANT_TRANSIENT_SKIPPED: mix->hub_fault = 60; break;
    case LINLI_PLANT_HALF_BATCH:        mix->hub_fault = 150; mix->restore = mix->clone = mix->image = 0; break;
    case LINLI_PLANT_GC_NO_FLOOR:       mix->collect = 800; mix->desk_off = 400; mix->restore = mix->clone = mix->image = 0; break;
    case LINLI_PLANT_CURSOR_FIRST:
    case LINLI_PLANT_OUTBOX_APART:      mix->desk_crash = 150; mix->restore = mix->clone = mix->image = 0; break;
    case LINLI_PLANT_EPOCH_KEPT:
    case LINLI_PLANT_NO_REDRIVE:        mix->restore = 300; break;
    case LINLI_PLANT_FORK_KEPT:         mix->clone = 300; break;
    case LINLI_PLANT_MATCH_BY_SEQ:      mix->clone = mix->image = 400; mix->slow = 400; break;
    case LINLI_PLANT_NO_REWIND:         mix->drop = 200; break;
    default:                            break;
    }
}

/* Returns: (transfer full) (nullable): what was broken */
static char *
run_seed (SimTemplate *template,
          guint64            seed,
          gboolean           verbose,
          SimTotals         *totals,
          char             **trace)
{
  Sim sim;
  char *failure;

  sim_init (&sim, seed);
  sim.verbose = verbose;
  faulty = &sim;
  sim_trouble_mix (&sim);
  stir (&sim.mix);
  sim_from_template (&sim, template);
  sim_schedule (&sim, SIM_TROUBLE, sim_draw (&sim, 300) * SIM_SECOND);
  for (int i = 40 + sim_draw (&sim, 60); i > 0; i--)
    sim_schedule (&sim, SIM_USER, sim_draw (&sim, 90 * 60) * SIM_SECOND)->desk = (guint) sim_draw (&sim, SIM_DESKS + 1);
  sim_run (&sim, 90 * MINUTE);
  if (sim.failure == NULL)
    sim_calm (&sim);
  sim_check_end (&sim);
  if (sim.failure != NULL && linli_planted == LINLI_PLANT_NONE && !verbose)
    sim_tell_last (&sim);

  failure = g_steal_pointer (&sim.failure);
  if (trace != NULL)
    *trace = g_strdup (g_checksum_get_string (sim.trace));
  totals->seeds++;
  totals->operations += sim.n_operations;
  totals->refused += sim.n_refused;
  totals->merged += sim.n_merged;
  totals->bootstraps += sim.n_bootstraps;
  totals->crashes += sim.n_crashes;
  totals->events += sim.n_events;
  totals->time += sim.mono * (gint64) sim.n_desks;
  faulty = NULL;
  sim_clear (&sim);

  return failure;
}

typedef struct
{
  SimTemplate *template;
  gboolean     verbose;
} Run;

/* One seed; every hundredth twice. */
static void
run_one (guint64    seed,
         SimTotals *totals,
         gpointer   data)
{
  Run *run = data;
  g_autofree char *trace = NULL;
  g_autofree char *again = NULL;
  g_autofree char *failure = run_seed (run->template, seed, run->verbose, totals, &trace);
  SimTotals unused = { 0 };

  if (failure != NULL)
    {
      g_print ("not ok: seed %" G_GUINT64_FORMAT ": %s\n", seed, failure);
      totals->bad = 1;
    }
  if (seed % 100 != 0)
    return;
  g_free (run_seed (run->template, seed, FALSE, &unused, &again));
  if (g_strcmp0 (trace, again) != 0)
    {
      g_print ("not ok: seed %" G_GUINT64_FORMAT " went another way the second time\n", seed);
      totals->bad = 1;
    }
}

static gboolean
run_seeds (SimTemplate *template,
           guint64      first,
           guint64      n,
           guint        n_jobs,
           gboolean     verbose)
{
  Run run = { template, verbose };
  SimTotals totals = { 0 };
  gint64 began = g_get_monotonic_time ();
  gboolean good = sim_jobs_run (first, n, n_jobs, run_one, &run, &totals);

  g_print ("# %" G_GUINT64_FORMAT " seeds, %" G_GUINT64_FORMAT " operations (%" G_GUINT64_FORMAT " refused, %" G_GUINT64_FORMAT
           " merged), %" G_GUINT64_FORMAT " bootstraps, %" G_GUINT64_FORMAT " crashes, %" G_GUINT64_FORMAT
           " events, %.1f desk-days in %.1f s: %" G_GUINT64_FORMAT " bad\n",
           totals.seeds, totals.operations, totals.refused, totals.merged, totals.bootstraps, totals.crashes,
           totals.events, (double) totals.time / (86400.0 * SIM_SECOND),
           (double) (g_get_monotonic_time () - began) / SIM_SECOND, totals.bad);
  return good && totals.bad == 0;
}

/* Returns: the seed that finds @bug, or 0 */
static guint64
find_bug (SimTemplate *template,
          guint              bug,
          guint64            first,
          guint64            n,
          char             **failure)
{
  SimTotals unused = { 0 };
  guint64 found = 0;

  linli_planted = (LinliPlant) bug;
  for (guint64 seed = first; seed < first + n && found == 0; seed++)
    {
      *failure = run_seed (template, seed, FALSE, &unused, NULL);
      if (*failure != NULL)
        found = seed;
    }
  linli_planted = LINLI_PLANT_NONE;

  return found;
}

static gboolean
run_bugs (SimTemplate *template,
          const char        *only,
          guint64            first,
          guint64            n)
{
  guint n_bugs = 0;
  guint n_found = 0;

  for (guint i = 1; i < G_N_ELEMENTS (bugs); i++)
    {
      g_autofree char *failure = NULL;
      guint64 seed;

      if (bugs[i].name == NULL || (only != NULL && !g_str_equal (only, bugs[i].name)))
        continue;
      seed = find_bug (template, i, first, n, &failure);
      n_bugs++;
      n_found += seed != 0;
      if (failure != NULL)
        g_strdelimit (failure, "\n", ' ');
      g_print ("%s %-18s %s%s%.90s\n", seed != 0 ? "found" : "MISSED", bugs[i].name, bugs[i].words,
               failure != NULL ? ": " : "", failure != NULL ? failure : "");
      if (seed != 0)
        g_print ("      %-18s by seed %" G_GUINT64_FORMAT "\n", "", seed);
    }
  g_print ("# %u of %u bugs found\n", n_found, n_bugs);

  return n_found == n_bugs;
}

int
main (int argc, char **argv)
{
  gint64 seeds = 20;
  gint64 seed = 1;
  int jobs = 1;
  gboolean verbose = FALSE;
  gboolean all_bugs = FALSE;
  g_autofree char *bug = NULL;
  const GOptionEntry entries[] = {
    { "seeds", 'n', 0, G_OPTION_ARG_INT64, &seeds, "How many seeds", "N" },
    { "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "The first", "S" },
    { "jobs", 'j', 0, G_OPTION_ARG_INT, &jobs, "How many processes", "N" },
    { "bug", 'b', 0, G_OPTION_ARG_STRING, &bug, "Put one bug in and look for it", "NAME" },
    { "bugs", 'B', 0, G_OPTION_ARG_NONE, &all_bugs, "Put every bug in, one after the other", NULL },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Tell everything that happens", NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  SimTemplate template;
  gboolean good;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  sqlite3_config (SQLITE_CONFIG_SINGLETHREAD); /* which is a tenth cheaper */
  sim_template_make (&template);
  if (all_bugs || bug != NULL)
    good = run_bugs (&template, bug, (guint64) seed, (guint64) seeds);
  else
    good = run_seeds (&template, (guint64) seed, (guint64) seeds, (guint) CLAMP (jobs, 1, 64), verbose);
  sim_template_clear (&template);

  return good ? 0 : 1;
}
