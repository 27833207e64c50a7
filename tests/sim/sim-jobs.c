/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many seeds on all processors: a process for each share, all made from one
 * that has the template ready. Who is interrupted finishes the seeds at hand
 * and says how far it came. */

#include "sim-jobs.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TELL_EVERY G_GINT64_CONSTANT (60000000) /* microseconds */

static volatile sig_atomic_t interrupted;

static void
interrupt_cb (int number)
{
  interrupted = 1;
}

static void
listen_to_interrupts (void)
{
  struct sigaction action = { .sa_handler = interrupt_cb };

  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

static void
add (SimTotals       *sum,
     const SimTotals *part)
{
  sum->seeds += part->seeds;
  sum->operations += part->operations;
  sum->refused += part->refused;
  sum->merged += part->merged;
  sum->bootstraps += part->bootstraps;
  sum->crashes += part->crashes;
  sum->events += part->events;
  sum->time += part->time;
  sum->bad += part->bad;
}

/* Every @step-th seed; each is told by one write, which a pipe keeps whole. */
static void
run_share (guint64  first,
           guint64  end,
           guint    step,
           SimJob   job,
           gpointer data,
           int      pipe)
{
  for (guint64 seed = first; seed < end && !interrupted; seed += step)
    {
      SimTotals totals = { 0 };

      job (seed, &totals, data);
      if (write (pipe, &totals, sizeof totals) != sizeof totals)
        return;
    }
}

static void
listen_to_shares (int         pipe,
                  const GPid *shares,
                  guint       n_shares,
                  SimTotals  *totals)
{
  gint64 told = g_get_monotonic_time ();
  gboolean passed_on = FALSE;
  SimTotals part;
  gssize got;

  while ((got = read (pipe, &part, sizeof part)) != 0)
    {
      if (got == sizeof part)
        add (totals, &part);
      else if (got >= 0 || errno != EINTR)
        break;
      for (guint i = 0; interrupted && !passed_on && i < n_shares; i++)
        kill (shares[i], SIGTERM);
      passed_on = interrupted;
      if (g_get_monotonic_time () - told < TELL_EVERY)
        continue;
      told = g_get_monotonic_time ();
      g_print ("# %" G_GUINT64_FORMAT " seeds so far, %" G_GUINT64_FORMAT " operations\n", totals->seeds, totals->operations);
    }
}

/* Returns: whether all shares ended as they should */
static gboolean
wait_for_shares (const GPid *shares,
                 guint       n_shares)
{
  gboolean good = TRUE;

  for (guint i = 0; i < n_shares; i++)
    {
      int status = 0;

      while (waitpid (shares[i], &status, 0) < 0 && errno == EINTR)
        continue;
      if (WIFEXITED (status) && WEXITSTATUS (status) == 0)
        continue;
      g_print ("not ok: the process with share %u ended by %s %d\n", i, WIFSIGNALED (status) ? "signal" : "status",
               WIFSIGNALED (status) ? WTERMSIG (status) : WEXITSTATUS (status));
      good = FALSE;
    }
  return good;
}

/* Runs @n seeds from @first on.
 *
 * Returns: %FALSE when a share was lost; what seeds found is in @totals */
gboolean
sim_jobs_run (guint64    first,
              guint64    n,
              guint      n_jobs,
              SimJob     job,
              gpointer   data,
              SimTotals *totals)
{
  g_autofree GPid *shares = g_new0 (GPid, n_jobs);
  int ends[2];
  gboolean good;

  listen_to_interrupts ();
  if (pipe (ends) != 0)
    g_error ("no pipe: %s", g_strerror (errno));
  for (guint i = 0; i < n_jobs; i++)
    {
      shares[i] = fork ();
      if (shares[i] < 0)
        g_error ("no process: %s", g_strerror (errno));
      if (shares[i] > 0)
        continue;
      close (ends[0]);
      run_share (first + i, first + n, n_jobs, job, data, ends[1]);
      _exit (0);
    }
  close (ends[1]);
  listen_to_shares (ends[0], shares, n_jobs, totals);
  close (ends[0]);
  good = wait_for_shares (shares, n_jobs);

  return good;
}
