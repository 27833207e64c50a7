/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one loop behind every deadline. However a limit is written, it comes
 * down to a number of minutes that have to pass while time counts; here they
 * pass, and the trace tells how. */

#include "config.h"

#include "linli-count.h"

#define USEC_PER_MINUTE (60 * G_USEC_PER_SEC)

static void
to_local (LinliCount *count,
          gint64      moment,
          LinliDate  *date,
          int        *minute)
{
  linli_work_calendar_to_local (count->calendar, moment * USEC_PER_MINUTE, date, minute);
}

static void
set_from (LinliCount *count,
          LinliStep  *step,
          gint64      moment)
{
  to_local (count, moment, &step->first, &step->from);
}

/* A stretch that lasts until midnight ends at 24:00 of its own day. */
static void
set_to (LinliCount *count,
        LinliStep  *step,
        gint64      moment)
{
  to_local (count, moment, &step->last, &step->to);
  if (step->to == 0)
    {
      step->last--;
      step->to = LINLI_MINUTES_PER_DAY;
    }
}

/* Adds a step that is a moment. */
void
linli_count_tell (LinliCount   *count,
                  LinliStepKind kind,
                  gint64        moment)
{
  const LinliStep *before = linli_trace_get_last (count->trace);
  gboolean ends_a_day = kind == LINLI_STEP_DUE && before->kind == LINLI_STEP_COUNTED
                     && before->to == LINLI_MINUTES_PER_DAY;
  LinliStep *step = linli_trace_add (count->trace, kind);

  set_from (count, step, moment);
  step->last = step->first;
  step->to = step->from;
  if (ends_a_day && step->from == 0)
    {
      step->first = --step->last;
      step->from = step->to = LINLI_MINUTES_PER_DAY;
    }
}

static void
tell_counted (LinliCount             *count,
              const LinliCalendarDay *day,
              gint64                  from,
              gint64                  to)
{
  LinliStep *step = linli_trace_get_last (count->trace);

  if (from == to)
    return;

  if (day == NULL || step->kind != LINLI_STEP_COUNTED || step->last != day->date)
    {
      step = linli_trace_add (count->trace, LINLI_STEP_COUNTED);
      set_from (count, step, from);
      if (day != NULL && (day->kind == LINLI_DAY_MAKE_UP || day->kind == LINLI_DAY_SPECIAL))
        {
          step->day = day->kind;
          step->name = g_strdup (day->name);
        }
    }
  set_to (count, step, to);
  step->minutes += to - from;

  if (day == NULL && step->from == 0 && step->to == LINLI_MINUTES_PER_DAY)
    step->days = step->last - step->first + 1;
}

static void
tell_paused (LinliCount          *count,
             const LinliOpenSpan *pause,
             gint64               from,
             gint64               to)
{
  guint told = 1 + (guint) (pause - count->pauses);
  LinliStep *step = linli_trace_get_last (count->trace);

  if (step->kind != LINLI_STEP_PAUSED || count->told_pause != told)
    {
      step = linli_trace_add (count->trace, LINLI_STEP_PAUSED);
      set_from (count, step, from);
      set_to (count, step, pause->to);
      count->told_pause = told;
    }
  step->minutes += to - from;
}

/* The first pause that ends after @moment. */
static const LinliOpenSpan *
find_pause (LinliCount *count,
            gint64      moment)
{
  while (count->next_pause < count->n_pauses && count->pauses[count->next_pause].to <= moment)
    count->next_pause++;

  return count->next_pause < count->n_pauses ? &count->pauses[count->next_pause] : NULL;
}

/* Counts from @from to @to, all of which is time that counts but for pauses.
 * Both ends belong to it: the last minute may run out exactly at a closing.
 * Returns whether counting has ended. */
static gboolean
count_span (LinliCount             *count,
            const LinliCalendarDay *day,
            gint64                  from,
            gint64                  to)
{
  for (;;)
    {
      const LinliOpenSpan *pause = find_pause (count, from);

      if (count->left == 0 && !(count->roll && from == to))
        {
          count->end = from;
          return TRUE;
        }
      if (from == to)
        return FALSE;

      if (pause == NULL || pause->from > from)
        {
          gint64 stop = MIN (to, from + count->left);

          if (pause != NULL)
            stop = MIN (stop, pause->from);
          tell_counted (count, day, from, stop);
          count->left -= stop - from;
          from = stop;
        }
      else if (pause->to == G_MAXINT64)
        {
          count->end = from;
          count->paused = TRUE;
          return TRUE;
        }
      else
        {
          gint64 stop = MIN (to, pause->to);

          tell_paused (count, pause, from, stop);
          from = stop;
        }
    }
}

/* A day on which nobody works. Days in a row are told as one step; a pause
 * that covers them has said enough. */
static void
tell_off (LinliCount             *count,
          const LinliCalendarDay *day)
{
  LinliStepKind kind = day->kind == LINLI_DAY_HOLIDAY ? LINLI_STEP_HOLIDAY : LINLI_STEP_REST;
  LinliStep *step = linli_trace_get_last (count->trace);

  if (step->kind == LINLI_STEP_PAUSED && step->last > day->date)
    return;

  if (step->kind != kind || step->last != day->date - 1 || g_strcmp0 (step->name, day->name) != 0)
    {
      step = linli_trace_add (count->trace, kind);
      step->first = day->date;
      step->name = g_strdup (day->name);
    }
  step->last = day->date;
  step->to = LINLI_MINUTES_PER_DAY;
  step->days++;
}

static void
tell_outside (LinliCount             *count,
              const LinliCalendarDay *day,
              gint64                  moment)
{
  gint64 opening = linli_work_calendar_from_local (count->calendar, day->date + 1, 0) / USEC_PER_MINUTE;
  LinliStep *step;

  for (guint i = 0; i < day->n_spans; i++)
    {
      if (moment >= day->spans[i].from && moment < day->spans[i].to)
        return;
      if (moment < day->spans[i].from)
        {
          opening = day->spans[i].from;
          break;
        }
    }

  step = linli_trace_add (count->trace, LINLI_STEP_OUTSIDE);
  set_from (count, step, moment);
  set_to (count, step, opening);
}

/* Whether @step is one or more ordinary days, up to @last, that counted whole. */
static gboolean
is_whole_until (const LinliStep *step,
                LinliDate        last)
{
  return step->kind == LINLI_STEP_COUNTED && step->days > 0 && step->day == LINLI_DAY_WORKDAY
      && step->last == last;
}

/* The hours of @day are over. Ordinary days that counted whole, in a row,
 * become one step. */
static void
close_day (LinliCount             *count,
           const LinliCalendarDay *day)
{
  GArray *steps = count->trace->steps;
  LinliStep *step = linli_trace_get_last (count->trace);
  LinliStep *before = steps->len > 1 ? step - 1 : NULL;
  gint64 opened = 0;

  for (guint i = 0; i < day->n_spans; i++)
    opened += day->spans[i].to - day->spans[i].from;
  if (step->kind != LINLI_STEP_COUNTED || step->last != day->date || step->minutes != opened)
    return;

  step->days = 1;
  if (before != NULL && is_whole_until (before, day->date - 1) && is_whole_until (step, day->date))
    {
      before->last = step->last;
      before->to = step->to;
      before->minutes += step->minutes;
      before->days++;
      g_array_set_size (steps, steps->len - 1);
    }
}

/* Counts count->left working minutes from @begin on; the first step of the
 * trace must be there. With @say_outside the trace says so when @begin lies
 * outside the hours of a working day. */
gboolean
linli_count_working (LinliCount *count,
                     gint64      begin,
                     gboolean    say_outside,
                     GError    **error)
{
  LinliDate date;
  gboolean ended = FALSE;

  to_local (count, begin, &date, NULL);
  for (; !ended; date++)
    {
      const LinliCalendarDay *day = linli_work_calendar_get_day (count->calendar, date, error);

      if (day == NULL)
        return FALSE;
      if (day->n_spans == 0)
        {
          tell_off (count, day);
          say_outside = FALSE;
          continue;
        }

      if (say_outside && count->left > 0)
        tell_outside (count, day, begin);
      say_outside = FALSE;
      for (guint i = 0; i < day->n_spans && !ended; i++)
        if (day->spans[i].to >= begin)
          ended = count_span (count, day, MAX (day->spans[i].from, begin), day->spans[i].to);
      close_day (count, day);
    }

  return TRUE;
}

/* Counts count->left minutes of the clock on the wall from @begin on. */
void
linli_count_clock (LinliCount *count,
                   gint64      begin)
{
  count_span (count, NULL, begin, G_MAXINT64);
}
