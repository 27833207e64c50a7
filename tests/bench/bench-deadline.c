/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a change of calendar costs: 5,000 open deadlines computed again, each
 * with the trace that goes into its row and the sentence that goes on screen.
 * Beside it, as a measure of the machine, as many sums of GDateTime. */

#include <string.h>

#include "linli-calendar.h"
#include "linli-deadline.h"
#include "linli-json.h"

#define N_DEADLINES 5000
#define N_ROUNDS    7
#define GOAL        0.5 /* seconds */

static LinliWorkCalendar *
load_calendar (void)
{
  const char *root = g_getenv ("LINLI_SOURCE_ROOT");
  g_autofree char *path = g_build_filename (root != NULL ? root : ".", "data", "seed", "calendar.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(GError) error = NULL;
  LinliWorkCalendar *calendar = NULL;

  if (g_file_get_contents (path, &text, NULL, &error))
    object = linli_json_parse_object (text, -1, &error);
  if (object != NULL)
    calendar = linli_work_calendar_from_json (object, &error);
  if (calendar == NULL)
    g_error ("%s", error->message);

  return calendar;
}

/* Cases of two and a half years, limits as the starter catalogue has them,
 * every fourth one paused once. */
static double
run_engine (LinliWorkCalendar *calendar,
            gsize             *bytes)
{
  static const LinliTerm terms[] = {
    { 2, LINLI_LIMIT_URGENT_HOUR }, { 4, LINLI_LIMIT_WORKING_HOUR }, { 1, LINLI_LIMIT_WORKING_DAY }, { 3, LINLI_LIMIT_WORKING_DAY },
    { 5, LINLI_LIMIT_WORKING_DAY }, { 15, LINLI_LIMIT_WORKING_DAY }, { 60, LINLI_LIMIT_DAY },        { 30, LINLI_LIMIT_MINUTE },
  };
  const gint64 hour = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  const gint64 first = G_GINT64_CONSTANT (1680000000) * G_USEC_PER_SEC;
  gint64 begin = g_get_monotonic_time ();

  *bytes = 0;
  for (guint i = 0; i < N_DEADLINES; i++)
    {
      const LinliTerm term = terms[i % G_N_ELEMENTS (terms)];
      const gint64 start = first + i * 5 * hour + i * 61 * (gint64) G_USEC_PER_SEC;
      const LinliPause pause = { start + 20 * hour, start + 75 * hour };
      const LinliDeadlineQuestion question = {
        .start = start, .limit = term, .rule = linli_start_rule_default (term.unit), .calendar = calendar,
        .pauses = &pause, .n_pauses = i % 4 == 0,
      };
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&question, &error);
      g_autoptr(JsonObject) json = NULL;
      g_autofree char *row = NULL;
      g_autofree char *sentence = NULL;

      if (deadline == NULL)
        g_error ("%s", error->message);
      json = linli_trace_to_json (deadline->trace);
      row = linli_json_object_to_text (json);
      sentence = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);
      *bytes += strlen (row) + strlen (sentence);
    }

  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

static double
run_baseline (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_offset (8 * 60 * 60);
  gint64 begin = g_get_monotonic_time ();
  gint64 sum = 0;

  for (guint i = 0; i < N_DEADLINES; i++)
    {
      g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (G_GINT64_CONSTANT (1680000000) + i * 18061);
      g_autoptr(GDateTime) start = g_date_time_to_timezone (utc, zone);
      g_autoptr(GDateTime) due = g_date_time_add_days (start, 5);

      sum += g_date_time_to_unix (due);
    }
  if (sum == 0)
    g_error ("The sum of all deadlines cannot be zero");

  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}

int
main (void)
{
  g_autoptr(LinliWorkCalendar) calendar = load_calendar ();
  double engine = G_MAXDOUBLE;
  double baseline = G_MAXDOUBLE;
  gsize bytes = 0;

  for (guint i = 0; i < N_ROUNDS; i++) /* the best round: others measure the neighbours */
    {
      double seconds = run_engine (calendar, &bytes);
      double base = run_baseline ();

      engine = MIN (engine, seconds);
      baseline = MIN (baseline, base);
    }

  g_print ("deadlines: %d with trace and sentence in %.3f s (limit %.1f s), %.1f us each; "
           "%.0f x a GDateTime sum; %.1f kB of trace\n",
           N_DEADLINES, engine, GOAL, engine / N_DEADLINES * 1e6, engine / baseline, (double) bytes / 1000);

  return engine <= GOAL ? 0 : 1;
}
