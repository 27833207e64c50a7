/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the steps of a trace to a sentence someone reads aloud. What is said,
 * and in which order, is the same in every language; how, is not. */

#include "config.h"

#include "linli-narration.h"

#define DAYS_PER_WEEK 7

static gboolean
is_whole_workdays (const LinliStep *step)
{
  return step->kind == LINLI_STEP_COUNTED && step->days > 0 && step->day == LINLI_DAY_WORKDAY;
}

/* Whole working days, a weekend, whole working days: one stretch. */
static void
add_clause (GArray          *clauses,
            const LinliStep *step)
{
  LinliClause clause = { .step = *step };

  if (clauses->len >= 2 && is_whole_workdays (step))
    {
      LinliClause *rest = &g_array_index (clauses, LinliClause, clauses->len - 1);
      LinliClause *stretch = rest - 1;

      if (rest->step.kind == LINLI_STEP_REST && is_whole_workdays (&stretch->step))
        {
          stretch->step.last = step->last;
          stretch->step.to = step->to;
          stretch->step.minutes += step->minutes;
          stretch->step.days += step->days;
          stretch->skipped += rest->step.days;
          g_array_set_size (clauses, clauses->len - 1);
          return;
        }
    }

  g_array_append_val (clauses, clause);
}

/* Whether clause @i is the last but for the moment that ends the trace. */
gboolean
linli_narration_is_last (const LinliNarration *narration,
                         guint                 i)
{
  return i + 2 == narration->n_clauses;
}

/* Whether @step is told in days: when the limit is, and nothing of them is missing. */
gboolean
linli_narration_counts_days (const LinliNarration *narration,
                             const LinliStep      *step)
{
  return step->days > 0 && linli_limit_unit_is_days (narration->term.unit);
}

/* Whether the hours between the ends of @step are not all counted. */
gboolean
linli_narration_has_gap (const LinliNarration *narration,
                         const LinliStep      *step)
{
  return step->first == step->last && step->to - step->from > step->minutes
      && linli_limit_unit_is_working (narration->term.unit);
}

gboolean
linli_narration_is_weekend (const LinliStep *step)
{
  return step->days == 2 && linli_date_get_weekday (step->first) == LINLI_SATURDAY;
}

/**
 * linli_trace_to_text:
 * @trace: a trace
 * @language: the language to tell it in
 *
 * Returns: (transfer full): one sentence, such as 周五 17:00 收到，当天剩 1 小时；
 *   周六 2 月 14 日补班 9:00 起再 1 小时，到 10:00 止
 */
char *
linli_trace_to_text (const LinliTrace *trace,
                     LinliLanguage     language)
{
  g_autoptr(GArray) clauses = g_array_new (FALSE, TRUE, sizeof (LinliClause));
  LinliNarration narration = { .term = trace->term };
  const LinliStep *start;

  g_return_val_if_fail (trace != NULL, NULL);

  narration.out = g_string_new (NULL);
  if (trace->steps->len == 0)
    return g_string_free (narration.out, FALSE);

  start = &g_array_index (trace->steps, LinliStep, 0);
  for (guint i = 0; i < trace->steps->len; i++)
    {
      const LinliStep *step = &g_array_index (trace->steps, LinliStep, i);

      if (ABS (step->first - start->first) >= DAYS_PER_WEEK
          || ABS (step->last - start->first) >= DAYS_PER_WEEK)
        narration.dated = TRUE;
      add_clause (clauses, step);
    }

  narration.clauses = (LinliClause *) clauses->data;
  narration.n_clauses = clauses->len;
  narration.year = linli_date_get_year (start->first);
  narration.spoken = LINLI_DATE_NONE;
  if (language == LINLI_LANGUAGE_ZH)
    linli_narrate_zh (&narration);
  else
    linli_narrate_en (&narration);

  return g_string_free (narration.out, FALSE);
}
