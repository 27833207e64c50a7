/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-narration.h"

static const char *weekdays[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
static const char *months[] = {
  "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
};

static void
say_date (LinliNarration *n,
          LinliDate       date)
{
  int year, month, day;

  linli_date_split (date, &year, &month, &day);
  g_string_append_printf (n->out, "%d %s", day, months[month - 1]);
  if (year != n->year)
    g_string_append_printf (n->out, " %d", year);
  n->year = year;
}

/* @exact: with the date, even where the weekday would do. */
static void
say_day (LinliNarration *n,
         LinliDate       date,
         gboolean        exact)
{
  g_string_append (n->out, weekdays[linli_date_get_weekday (date)]);
  if (exact || n->dated)
    {
      g_string_append_c (n->out, ' ');
      say_date (n, date);
    }
  n->spoken = date;
}

static void
say_time (LinliNarration *n,
          int             minute)
{
  g_string_append_printf (n->out, "%d:%02d", minute / 60, minute % 60);
}

static void
say_moment (LinliNarration *n,
            LinliDate       date,
            int             minute)
{
  if (date != n->spoken)
    {
      say_day (n, date, FALSE);
      g_string_append_c (n->out, ' ');
    }
  say_time (n, minute);
}

static void
say_days (LinliNarration  *n,
          const LinliStep *step,
          gboolean         exact)
{
  say_day (n, step->first, exact);
  if (step->first == step->last)
    return;

  g_string_append (n->out, " to ");
  say_day (n, step->last, exact);
  n->spoken = LINLI_DATE_NONE;
}

static void
say_duration (LinliNarration *n,
              gint64          minutes)
{
  gint64 days = minutes / LINLI_MINUTES_PER_DAY;
  gint64 hours = minutes / 60;

  if (n->term.unit == LINLI_LIMIT_DAY && minutes > 0 && minutes % LINLI_MINUTES_PER_DAY == 0)
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " day%s", days, days == 1 ? "" : "s");
  else if (minutes % 60 == 0)
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " h", hours);
  else if (hours == 0)
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " min", minutes);
  else
    g_string_append_printf (n->out, "%" G_GINT64_FORMAT " h %" G_GINT64_FORMAT " min", hours, minutes % 60);
}

static void
say_kind_of_day (LinliNarration  *n,
                 const LinliStep *step)
{
  if (step->day == LINLI_DAY_MAKE_UP)
    g_string_append (n->out, " (make-up day)");
  else if (step->name != NULL)
    g_string_append_printf (n->out, " (%s)", step->name);
}

static void
say_skipped (LinliNarration    *n,
             const LinliClause *clause)
{
  if (clause->skipped > 0)
    g_string_append_printf (n->out, " (without %d days of rest)", clause->skipped);
}

static void
say_counted_days (LinliNarration    *n,
                  const LinliClause *clause)
{
  const LinliStep *step = &clause->step;
  gboolean working = linli_limit_unit_is_working (n->term.unit);

  g_string_append (n->out, "; ");
  say_days (n, step, step->day != LINLI_DAY_WORKDAY);
  say_kind_of_day (n, step);
  g_string_append_printf (n->out, ": %d %s%s", step->days, working ? "working day" : "day",
                          step->days == 1 ? "" : "s");
  say_skipped (n, clause);
}

static void
say_whole_days (LinliNarration    *n,
                const LinliClause *clause)
{
  g_string_append (n->out, "; ");
  say_days (n, &clause->step, FALSE);
  g_string_append_printf (n->out, ": %d days with ", clause->step.days);
  say_duration (n, clause->step.minutes);
  say_skipped (n, clause);
}

static void
say_counted_minutes (LinliNarration  *n,
                     const LinliStep *step,
                     guint            i)
{
  gboolean right_away = i > 0 && n->clauses[i - 1].step.kind == LINLI_STEP_RECEIVED;
  const char *more = n->counted ? ": another " : ": ";

  if (right_away && !linli_limit_unit_is_working (n->term.unit))
    {
      g_string_append (n->out, ", counting ");
      say_duration (n, step->minutes);
      g_string_append (n->out, " round the clock");
    }
  else if (right_away && step->first == n->spoken && step->day == LINLI_DAY_WORKDAY)
    {
      g_string_append (n->out, ", ");
      say_duration (n, step->minutes);
      g_string_append (n->out, linli_narration_is_last (n, i) ? " that day" : " left that day");
    }
  else
    {
      g_string_append (n->out, "; ");
      if (step->first != n->spoken)
        {
          say_day (n, step->first, step->day != LINLI_DAY_WORKDAY);
          say_kind_of_day (n, step);
          g_string_append_c (n->out, ' ');
        }
      g_string_append (n->out, "from ");
      say_time (n, step->from);
      g_string_append (n->out, more);
      say_duration (n, step->minutes);
    }
  if (linli_narration_has_gap (n, step))
    g_string_append (n->out, " (without the break)");
}

static void
say_counted (LinliNarration *n,
             guint           i)
{
  const LinliClause *clause = &n->clauses[i];

  if (linli_narration_counts_days (n, &clause->step))
    say_counted_days (n, clause);
  else if (clause->step.days > 1)
    say_whole_days (n, clause);
  else
    say_counted_minutes (n, &clause->step, i);
  n->counted = TRUE;
}

static void
say_rest (LinliNarration  *n,
          const LinliStep *step)
{
  g_string_append (n->out, "; ");
  if (linli_narration_is_weekend (step))
    g_string_append (n->out, "the weekend");
  else
    say_days (n, step, FALSE);
  g_string_append (n->out, " does not count");
}

static void
say_holiday (LinliNarration  *n,
             const LinliStep *step)
{
  g_string_append (n->out, "; ");
  say_days (n, step, TRUE);
  g_string_append (n->out, " off");
  if (step->name != NULL)
    g_string_append_printf (n->out, " (%s)", step->name);
}

static void
say_paused (LinliNarration  *n,
            const LinliStep *step)
{
  g_string_append (n->out, "; paused ");
  say_moment (n, step->first, step->from);
  g_string_append (n->out, " to ");
  say_moment (n, step->last, step->to);
  g_string_append (n->out, ", which holds up ");
  say_duration (n, step->minutes);
}

static void
say_extended (LinliNarration  *n,
              const LinliStep *step,
              guint            i)
{
  g_autofree char *term = linli_term_to_en (step->term);

  n->term = step->term;
  g_string_append_printf (n->out, "%sextended by %s", i == 1 ? ", " : "; ", term);
  if (step->name != NULL)
    g_string_append_printf (n->out, " (granted by %s)", step->name);
}

/* The end comes first: what follows leads from there back to the start. */
static void
say_backwards (LinliNarration  *n,
               const LinliStep *step)
{
  LinliTerm term = { -n->term.amount, n->term.unit };
  g_autofree char *text = linli_term_to_en (term);

  g_string_append_printf (n->out, ", %s back to ", text);
  say_moment (n, step->first, step->from);
}

static void
say_due (LinliNarration  *n,
         const LinliStep *step)
{
  g_string_append (n->out, n->counted ? ", until " : ", due ");
  say_moment (n, step->first, step->from);
}

static void
say_still_paused (LinliNarration  *n,
                  const LinliStep *step)
{
  g_string_append (n->out, "; paused since ");
  say_moment (n, step->first, step->from);
  g_string_append (n->out, " with ");
  say_duration (n, step->minutes);
  g_string_append (n->out, " left once work resumes");
}

static void
say_received (LinliNarration  *n,
              const LinliStep *step)
{
  g_string_append (n->out, "Received ");
  say_moment (n, step->first, step->from);
}

/* Returns whether the sentence goes on. */
static gboolean
say_clause (LinliNarration *n,
            guint           i)
{
  const LinliStep *step = &n->clauses[i].step;

  switch (step->kind)
    {
    case LINLI_STEP_RECEIVED:         say_received (n, step); break;
    case LINLI_STEP_EXTENDED:         say_extended (n, step, i); break;
    case LINLI_STEP_NEXT_DAY:         g_string_append (n->out, ", counting from the next day"); break;
    case LINLI_STEP_NEXT_WORKING_DAY: g_string_append (n->out, ", counting from the next working day"); break;
    case LINLI_STEP_BACKWARDS:        say_backwards (n, step); return FALSE;
    case LINLI_STEP_OUTSIDE:          g_string_append (n->out, ", outside working hours"); break;
    case LINLI_STEP_REST:             say_rest (n, step); break;
    case LINLI_STEP_HOLIDAY:          say_holiday (n, step); break;
    case LINLI_STEP_PAUSED:           say_paused (n, step); break;
    case LINLI_STEP_COUNTED:          say_counted (n, i); break;
    case LINLI_STEP_DUE:              say_due (n, step); break;
    case LINLI_STEP_STILL_PAUSED:     say_still_paused (n, step); break;
    default:                          g_assert_not_reached ();
    }

  return TRUE;
}

void
linli_narrate_en (LinliNarration *n)
{
  for (guint i = 0; i < n->n_clauses && say_clause (n, i); i++)
    continue;
}
