/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-demo-handling.h"
#include "linli-demo-plan.h"

#include <math.h>

#define PAST_DAYS   119
#define RECENT_DAYS 9
#define USUAL       600 /* cases, for which the numbers below are meant */

/* Of a hundred matters, how many come in which hour: busiest in the middle of
 * the morning and the afternoon, 23 between six in the evening and midnight. */
static const double hour_shares[24] = {
  0.6, 0.3, 0.1, 0.1, 0.1, 0.3, 0.9, 2.6, 8.5, 10.5, 8.4, 6.0,
  3.6, 3.6, 7.0, 9.5, 8.9, 6.0, 4.6, 5.0, 5.0, 4.2, 2.7, 1.5,
};
#define ALL_HOURS 100.0

/* One in six comes on a day of rest. */
#define REST_DAY 0.51

/* What has to be on the desk at this moment. */
static const struct
{
  LinliDemoHold  hold;
  LinliDemoClock clock;
  guint          n;    /* of the usual number */
  int            from; /* minutes from now within which the clock runs out */
  int            to;
} wanted[] = {
  { LINLI_DEMO_HOLD_WORKING, LINLI_DEMO_CLOCK_RESOLVE, 10, -4 * 1440, -10 },
  { LINLI_DEMO_HOLD_SENT, LINLI_DEMO_CLOCK_SIGN, 3, -600, -4 },
  { LINLI_DEMO_HOLD_SIGNED, LINLI_DEMO_CLOCK_CONTACT, 3, -900, -5 },
  { LINLI_DEMO_HOLD_REGISTERED, LINLI_DEMO_CLOCK_DISPATCH, 2, -240, -3 },
  { LINLI_DEMO_HOLD_RESOLVED, LINLI_DEMO_CLOCK_CALLBACK, 3, -2000, -10 },
  { LINLI_DEMO_HOLD_WORKING, LINLI_DEMO_CLOCK_RESOLVE, 7, 5, 200 },
  { LINLI_DEMO_HOLD_SENT, LINLI_DEMO_CLOCK_SIGN, 2, 3, 120 },
  { LINLI_DEMO_HOLD_SIGNED, LINLI_DEMO_CLOCK_CONTACT, 2, 5, 180 },
  { LINLI_DEMO_HOLD_REGISTERED, LINLI_DEMO_CLOCK_DISPATCH, 3, 5, 100 },
  { LINLI_DEMO_HOLD_RESOLVED, LINLI_DEMO_CLOCK_CALLBACK, 2, 10, 300 },
  { LINLI_DEMO_HOLD_WORKING, LINLI_DEMO_CLOCK_RESOLVE, 7, 201, 0 },
  { LINLI_DEMO_HOLD_RESOLVED, LINLI_DEMO_CLOCK_CALLBACK, 2, 301, 0 },
  { LINLI_DEMO_HOLD_WORKING, LINLI_DEMO_CLOCK_RESOLVE, 14, 1440, 8 * 1440 },
  { LINLI_DEMO_HOLD_RECEIVED, LINLI_DEMO_N_CLOCKS, 7, 0, 0 },
  { LINLI_DEMO_HOLD_REVIEW, LINLI_DEMO_N_CLOCKS, 7, 0, 0 },
};

void
linli_demo_plan_free (LinliDemoPlan *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->grid, g_ptr_array_unref);
  g_clear_pointer (&self->stories, g_ptr_array_unref);
  g_free (self);
}

static LinliDate
today (LinliDemoPlan *self,
       int           *minute)
{
  LinliDate date;

  linli_demo_time_split (self->time, self->time->now, &date, minute);
  return date;
}

/* A minute of the day as matters come, before @limit. */
static int
draw_minute (LinliDemoPlan *self,
             int            limit)
{
  for (;;)
    {
      double left = g_rand_double (self->rand) * ALL_HOURS;
      int hour = 0;
      int minute;

      while (hour < 23 && left >= hour_shares[hour])
        left -= hour_shares[hour++];
      minute = hour * 60 + g_rand_int_range (self->rand, 0, 60);
      if (minute < limit)
        return minute;
    }
}

static gint64
draw_moment (LinliDemoPlan *self,
             LinliDate      date,
             int            limit)
{
  return linli_work_calendar_from_local (self->time->calendar, date, draw_minute (self, limit)) +
         g_rand_int_range (self->rand, 0, 60) * G_USEC_PER_SEC;
}

/* A day between @first and @last days ago; fewer come on days of rest. */
static LinliDate
draw_day (LinliDemoPlan *self,
          int            first,
          int            last)
{
  int minute;
  LinliDate now = today (self, &minute);

  for (;;)
    {
      LinliDate date = now - g_rand_int_range (self->rand, last, first + 1);

      if (linli_demo_time_is_workday (self->time, date) || g_rand_double (self->rand) < REST_DAY)
        return date;
    }
}

static guint
scale (guint n_cases,
       guint usual)
{
  return MAX (1, (usual * n_cases + USUAL / 2) / USUAL);
}

/* --- What must be on the desk now --- */

/* Later the moment, later the due time: looks for the moment from which the
 * story's clock runs out at @due. */
static gint64
find_moment (LinliDemoPlan  *self,
             LinliDemoStory *story,
             LinliDemoClock  clock,
             gint64          due)
{
  gint64 low = self->time->now - 45 * LINLI_DEMO_DAY;
  gint64 high = self->time->now;

  while (high - low > LINLI_DEMO_MINUTE)
    {
      gint64 middle = low + (high - low) / 2;

      linli_demo_story_time (story, self->corpus, self->time, middle);
      if (story->due[clock] == 0 || story->due[clock] >= due)
        high = middle;
      else
        low = middle;
    }

  return high;
}

static gboolean
is_busy_hour (LinliDemoPlan  *self,
              LinliDemoStory *story,
              gint64          at)
{
  LinliDate date;
  int minute, now;

  today (self, &now);
  linli_demo_time_split (self->time, at, &date, &minute);
  if (story->leaf->urgent)
    return minute >= 6 * 60 || now < 8 * 60; /* by night only what is urgent runs out */
  return minute >= 7 * 60 && minute < 22 * 60;
}

/* Tries moments around the one found until everything about it is plausible. */
static gboolean
place (LinliDemoPlan  *self,
       LinliDemoStory *story,
       LinliDemoClock  clock,
       gint64          from,
       gint64          to)
{
  gint64 aim = from + (gint64) (g_rand_double (self->rand) * (double) (to - from));
  gint64 found = find_moment (self, story, clock, aim);

  for (int i = 0; i < 24; i++)
    {
      gint64 at = found + i * (i % 2 != 0 ? 1 : -1) * 11 * LINLI_DEMO_MINUTE;

      linli_demo_story_time (story, self->corpus, self->time, at);
      if (story->due[clock] >= from && story->due[clock] <= to && is_busy_hour (self, story, at) &&
          linli_demo_cast_fits (self, story, at) && linli_demo_story_last (story) <= self->time->now)
        return TRUE;
    }
  return FALSE;
}

/* A state without a clock, or a calendar that knows nothing: not long ago. */
static gboolean
place_recent (LinliDemoPlan  *self,
              LinliDemoStory *story)
{
  for (int i = 0; i < 40; i++)
    {
      gint64 at = self->time->now - (gint64) (g_rand_double (self->rand) * (20 + i * i * 9) * (double) LINLI_DEMO_MINUTE) -
                  LINLI_DEMO_MINUTE;

      linli_demo_story_time (story, self->corpus, self->time, at);
      if (is_busy_hour (self, story, at) && linli_demo_cast_fits (self, story, at) &&
          linli_demo_story_last (story) <= self->time->now)
        return TRUE;
    }
  return FALSE;
}

static void
prepare_hold (LinliDemoStory *story,
              guint           n)
{
  story->hold = wanted[n].hold;
  story->late = FALSE;
  story->rejected = story->rejected && wanted[n].hold == LINLI_DEMO_HOLD_REVIEW;
  if (wanted[n].hold == LINLI_DEMO_HOLD_RECEIVED)
    story->accept_now = FALSE;
}

static void
add_wanted (LinliDemoPlan *self,
            guint          n)
{
  gint64 now = self->time->now;
  int minute;
  LinliDate date = today (self, &minute);
  gint64 from = now + wanted[n].from * LINLI_DEMO_MINUTE;
  gint64 to = wanted[n].to != 0 ? now + wanted[n].to * LINLI_DEMO_MINUTE
                                : linli_work_calendar_from_local (self->time->calendar, date, 1439);
  gboolean clocked = wanted[n].clock != LINLI_DEMO_N_CLOCKS && from < to;

  for (guint i = 0; i < 50; i++)
    {
      LinliDemoStory *story = linli_demo_cast (self, linli_work_calendar_from_local (self->time->calendar, date, 15 * 60));
      gboolean placed;

      if (story == NULL)
        continue;
      prepare_hold (story, n);
      placed = clocked && i < 40 ? place (self, story, wanted[n].clock, from, to) : place_recent (self, story);
      if (placed)
        {
          linli_demo_cast_settle (self, story);
          return;
        }
      linli_demo_story_free (story);
    }
}

/* --- What came as it comes --- */

static void
add_plain (LinliDemoPlan *self,
           gint64         received,
           LinliDemoEnd   end)
{
  LinliDemoStory *story = end == LINLI_DEMO_END_DECLINED ? linli_demo_cast_declined (self, received)
                                                         : linli_demo_cast (self, received);

  if (story == NULL)
    return;
  story->end = end;
  linli_demo_story_time (story, self->corpus, self->time, received);
  linli_demo_cast_settle (self, story);
}

static guint
count_today (LinliDemoPlan *self)
{
  int minute;
  gint64 midnight = self->time->now;
  guint n = 0;

  today (self, &minute);
  midnight -= minute * LINLI_DEMO_MINUTE;
  for (guint i = 0; i < self->stories->len; i++)
    n += ((LinliDemoStory *) self->stories->pdata[i])->received >= midnight;
  return n;
}

/* As many as the day so far brings: about forty by the evening. */
static guint
expect_today (LinliDemoPlan *self,
              guint          n_cases)
{
  double share = 0;
  int minute;

  today (self, &minute);
  for (int i = 0; i < minute / 60; i++)
    share += hour_shares[i];
  share += hour_shares[minute / 60] * (minute % 60) / 60.0;

  return (guint) (n_cases / 15.0 * pow (share / ALL_HOURS, 0.55));
}

static void
add_today (LinliDemoPlan *self,
           guint          n_cases)
{
  int minute;
  LinliDate date = today (self, &minute);
  guint n = expect_today (self, n_cases);

  for (guint have = count_today (self); have < n && minute > 2; have++)
    add_plain (self, draw_moment (self, date, minute - 1), LINLI_DEMO_END_CLOSED);
  self->n_today = count_today (self);
}

static void
add_past (LinliDemoPlan *self,
          guint          n_cases)
{
  guint n_declined = scale (n_cases, 14);
  guint n_withdrawn = scale (n_cases, 9);
  guint n_recent = n_cases / 6;

  for (guint i = 0; i < n_declined; i++)
    add_plain (self, draw_moment (self, draw_day (self, i == 0 ? 40 : PAST_DAYS, i == 0 ? 14 : 1), 1440),
               LINLI_DEMO_END_DECLINED);
  for (guint i = 0; i < n_withdrawn; i++)
    add_plain (self, draw_moment (self, draw_day (self, PAST_DAYS, 12), 1440), LINLI_DEMO_END_WITHDRAWN);
  for (guint i = 0; i < n_recent; i++)
    add_plain (self, draw_moment (self, draw_day (self, RECENT_DAYS, 1), 1440), LINLI_DEMO_END_CLOSED);
  for (guint tries = 0; tries < n_cases * 4 && self->stories->len < n_cases; tries++)
    add_plain (self, draw_moment (self, draw_day (self, PAST_DAYS, RECENT_DAYS + 1), 1440), LINLI_DEMO_END_CLOSED);
}

/**
 * linli_demo_plan_new:
 * @rand: every choice is drawn from it, in a fixed order
 *
 * Returns: (transfer full): @n_cases stories, or a few less or more: some of
 *   every state are planned however few are asked for
 */
LinliDemoPlan *
linli_demo_plan_new (LinliDemoCorpus     *corpus,
                     const LinliDemoTime *time,
                     GRand               *rand,
                     guint                n_cases)
{
  LinliDemoPlan *self = g_new0 (LinliDemoPlan, 1);

  self->corpus = corpus;
  self->time = time;
  self->rand = rand;
  self->people = linli_demo_people_new (corpus, CLAMP (n_cases * 47 / 100, 60, 2000), rand);
  self->grid = linli_demo_people_from_staff (corpus, "grid");
  self->stories = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_demo_story_free);
  for (guint n = 0; n < G_N_ELEMENTS (wanted); n++)
    for (guint i = scale (n_cases, wanted[n].n); i > 0; i--)
      add_wanted (self, n);
  add_today (self, n_cases);
  add_past (self, n_cases);
  linli_demo_handling_plan (self);

  return self;
}
