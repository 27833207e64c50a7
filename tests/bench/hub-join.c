/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hub-join.h"

#include "hub-bare.h"
#include "hub-load.h"
#include "hub-world.h"

#include <sys/resource.h>

#define FETCH_GOAL 12000 /* cases a second */

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

/* With its feed, which a desk has not, and without a search index, which it has. */
static double
bare_seconds (const char *scratch,
              const char *path,
              guint64     n_rows,
              double     *used)
{
  return 1 / hub_bare_write (path, scratch, 1, (guint) (n_rows / 500), used);
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
join_as_program (const char *program,
                 const char *store,
                 const char *address,
                 const char *code,
                 double     *listed)
{
  g_autofree char *old = g_build_filename (store, "backups", "before-fetching-anew.db", NULL);
  gint64 began = g_get_monotonic_time ();
  g_autoptr(GSubprocess) desk = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL, program, "-s", store, "join",
                                                  address, code, NULL);
  guint look = g_timeout_add (10, look_cb, NULL);
  gboolean ended = FALSE;

  if (desk == NULL)
    g_error ("%s does not run", program);
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

/**
 * hub_join_measure:
 * @scratch: an empty folder's, for hub and desk
 *
 * Returns: whether it is not far beyond its goal
 */
gboolean
hub_join_measure (const char *hub_program,
                  const char *desk_program,
                  const char *scratch,
                  guint       n_cases)
{
  g_autofree char *folder = g_build_filename (scratch, "joined", NULL);
  g_autofree char *store = g_build_filename (scratch, "desk", NULL);
  LoadHub hub = { .program = (char *) hub_program, .folder = folder };
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
  n_rows = hub_world_fill (path, n_cases);
  load_hub_start (&hub);
  code = load_hub_order (&hub, "code", "code", "bench");
  address = g_strdup_printf ("localhost:%u", hub.port);
  used = ended_seconds ();
  taken = join_as_program (desk_program, store, address, code, &listed);
  used = ended_seconds () - used;
  g_print ("bootstrap: %u cases, %" G_GUINT64_FORMAT " rows in %.1f s: %.0f cases/s (goal %d), %.0f rows/s; "
           "search and figures are whole after %.1f s, and the desk computed for %.1f s\n", n_cases, n_rows, listed,
           n_cases / listed, FETCH_GOAL, (double) n_rows / listed, taken, used);
  taken = bare_seconds (scratch, path, n_rows, &used);
  g_print ("bootstrap: a bare write of the hub's rows takes %.1f s, %.1f s of processor\n", taken, used);
  load_hub_stop (&hub);
  return n_cases / listed > FETCH_GOAL / 100;
}
