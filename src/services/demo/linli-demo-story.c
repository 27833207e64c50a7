/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-demo-story.h"

#include <string.h>

/* Which of a story's chances decides what; each is drawn once, so that a
 * story moved to another hour stays the same story. */
enum
{
  CHANCE_ENTER, CHANCE_NOTE, CHANCE_ACCEPT, CHANCE_CLASSIFY, CHANCE_ASSIGN, CHANCE_DISPATCH, CHANCE_LATE_DISPATCH,
  CHANCE_WRONG, CHANCE_SIGN, CHANCE_LATE_SIGN = CHANCE_SIGN + LINLI_DEMO_MAX_PARTS, CHANCE_CONTACT,
  CHANCE_WORK, CHANCE_DONE = CHANCE_WORK + LINLI_DEMO_MAX_PARTS, CHANCE_REVIEW, CHANCE_AGAIN, CHANCE_CLOSE,
  CHANCE_LATE_CLOSE, CHANCE_END, CHANCE_JOIN, CHANCE_SECRETARY = CHANCE_JOIN + LINLI_DEMO_MAX_JOINS,
  CHANCE_SUPERVISOR, CHANCE_RESIDENT, CHANCE_RELEASE, N_CHANCES
};

G_STATIC_ASSERT (N_CHANCES <= LINLI_DEMO_N_CHANCES);

/* One telling of a story. */
typedef struct
{
  LinliDemoStory      *story;
  LinliDemoCorpus     *corpus;
  const LinliDemoTime *time;
  LinliDemoHours       desk;   /* when the centre's desk attends to it */
} Telling;

LinliDemoStory *
linli_demo_story_new (GRand *rand)
{
  LinliDemoStory *self = g_new0 (LinliDemoStory, 1);

  for (guint i = 0; i < LINLI_DEMO_N_CHANCES; i++)
    self->chances[i] = g_rand_double (rand);
  self->steps = g_array_new (FALSE, FALSE, sizeof (LinliDemoStep));

  return self;
}

void
linli_demo_story_free (LinliDemoStory *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->slots, g_hash_table_unref);
  g_array_unref (self->steps);
  g_free (self->id);
  g_free (self->case_no);
  g_free (self->wrong_dispatch);
  for (guint i = 0; i < LINLI_DEMO_MAX_PARTS; i++)
    g_free (self->dispatches[i]);
  g_free (self);
}

static double
chance (Telling *t,
        guint    which)
{
  return t->story->chances[which];
}

static void
step (Telling          *t,
      LinliDemoStepKind kind,
      guint             n,
      gint64            at)
{
  LinliDemoStep made = { at, kind, n };

  g_array_append_val (t->story->steps, made);
}

/* Between @low and @high minutes of @hours after @at. */
static gint64
after (Telling       *t,
       gint64         at,
       double         low,
       double         high,
       LinliDemoHours hours,
       guint          which)
{
  double share = chance (t, which);
  gint64 seconds = (gint64) (share * 7919) % 60 * G_USEC_PER_SEC;
  gint64 begin = linli_demo_time_forward (t->time, at, hours, (int) (share * 20));

  return linli_demo_time_add (t->time, begin, low + share * (high - low), hours) / LINLI_DEMO_MINUTE *
         LINLI_DEMO_MINUTE + seconds + LINLI_DEMO_MINUTE;
}

static void
start_clock (Telling       *t,
             LinliDemoClock clock,
             gint64         at)
{
  LinliDemoLeaf *leaf = t->story->leaf;

  if (leaf->known[clock])
    t->story->due[clock] = linli_demo_time_due (t->time, at, leaf->terms[clock], leaf->rules[clock]);
}

/* About how many minutes of attendance a limit grants. */
static double
limit_minutes (Telling       *t,
               LinliDemoClock clock)
{
  LinliTerm term = t->story->leaf->terms[clock];
  double each = 1;

  if (!t->story->leaf->known[clock])
    return 240;
  switch (term.unit)
    {
    case LINLI_LIMIT_MINUTE: case LINLI_LIMIT_URGENT_MINUTE:
      break;
    case LINLI_LIMIT_WORKING_HOUR: case LINLI_LIMIT_URGENT_HOUR: case LINLI_LIMIT_HOUR:
      each = 60;
      break;
    default:
      each = 480;
    }
  return each * (double) term.amount;
}

/* What has to be over within hours is done by night too; what has a day, by day. */
static LinliDemoHours
unit_hours (Telling    *t,
            const char *unit)
{
  if (t->story->leaf->urgent && limit_minutes (t, LINLI_DEMO_CLOCK_RESOLVE) <= 300)
    return LINLI_DEMO_ANY;
  return g_hash_table_contains (t->corpus->all_day, unit) ? LINLI_DEMO_FIELD : LINLI_DEMO_OFFICE;
}

/* What somebody says at a counter or by telephone is typed while they speak;
 * a message waits until somebody looks. */
static gint64
tell_intake (Telling *t)
{
  const char *kind = g_hash_table_lookup (t->corpus->kinds, t->story->channel);
  gint64 received = t->story->received;

  if (g_strcmp0 (kind, "face") == 0 || g_strcmp0 (kind, "phone") == 0)
    return received + (gint64) ((2 + 6 * chance (t, CHANCE_ENTER)) * LINLI_DEMO_MINUTE);
  return after (t, received, 2, t->desk == LINLI_DEMO_ANY ? 7 : 30, t->desk, CHANCE_ENTER);
}

static gint64
tell_registration (Telling *t,
                   gint64   at)
{
  LinliDemoStory *story = t->story;

  if (!story->accept_now)
    {
      at = after (t, at, 3, t->desk == LINLI_DEMO_ANY ? 8 : 45, t->desk, CHANCE_ACCEPT);
      step (t, LINLI_DEMO_STEP_ACCEPT, 0, at);
    }
  start_clock (t, LINLI_DEMO_CLOCK_DISPATCH, at);
  if (story->reclassified)
    {
      at = after (t, at, 4, 15, t->desk, CHANCE_CLASSIFY);
      step (t, LINLI_DEMO_STEP_CLASSIFY, 0, at);
    }
  return at;
}

/* First to the unit that everybody thought it was: it returns the case, or
 * says so and is believed. */
static gint64
tell_wrong_dispatch (Telling *t,
                     gint64   at)
{
  step (t, LINLI_DEMO_STEP_DISPATCH_WRONG, 0, at);
  at = after (t, at, 8, 25, t->desk, CHANCE_WRONG);
  if (chance (t, CHANCE_WRONG) < 0.6)
    {
      step (t, LINLI_DEMO_STEP_RETURN_WRONG, 0, at);
      return at + 3 * LINLI_DEMO_MINUTE;
    }
  step (t, LINLI_DEMO_STEP_NOTE_WRONG, 0, at);
  at += (gint64) ((3 + 9 * chance (t, CHANCE_WRONG)) * LINLI_DEMO_MINUTE);
  step (t, LINLI_DEMO_STEP_RECALL, 0, at);

  return at + 3 * LINLI_DEMO_MINUTE;
}

static gint64
tell_dispatch (Telling *t,
               gint64   at)
{
  LinliDemoStory *story = t->story;

  if (chance (t, CHANCE_LATE_DISPATCH) < 0.03 && story->due[LINLI_DEMO_CLOCK_DISPATCH] > at)
    at = after (t, story->due[LINLI_DEMO_CLOCK_DISPATCH], 4, 40, t->desk, CHANCE_DISPATCH);
  else
    at = after (t, at, 1, story->leaf->urgent ? 18 : 50, t->desk, CHANCE_DISPATCH);
  if (story->wrong_unit != NULL)
    {
      start_clock (t, LINLI_DEMO_CLOCK_RESOLVE, at);
      at = tell_wrong_dispatch (t, at);
    }
  else
    start_clock (t, LINLI_DEMO_CLOCK_RESOLVE, at);
  step (t, LINLI_DEMO_STEP_DISPATCH, 0, at);
  story->dispatched = at;
  start_clock (t, LINLI_DEMO_CLOCK_SIGN, at);
  start_clock (t, LINLI_DEMO_CLOCK_CONTACT, at);

  return at;
}

static gint64
tell_sign (Telling *t,
           guint    part,
           gint64   at)
{
  LinliDemoHours hours = t->story->leaf->urgent ? LINLI_DEMO_ANY : unit_hours (t, t->story->units[part]);
  double limit = MIN (limit_minutes (t, LINLI_DEMO_CLOCK_SIGN), 180);

  if (chance (t, CHANCE_LATE_SIGN) < 0.04 && part == 0 && t->story->due[LINLI_DEMO_CLOCK_SIGN] > at)
    at = after (t, t->story->due[LINLI_DEMO_CLOCK_SIGN], 5, 50, hours, CHANCE_SIGN);
  else
    at = after (t, at, 1, limit * 0.6, hours, CHANCE_SIGN + part);
  step (t, LINLI_DEMO_STEP_SIGN, part, at);

  return at;
}

/* When the lead is done: within its limit, or in the end. */
static gint64
choose_done (Telling *t,
             gint64   earliest)
{
  LinliDemoStory *story = t->story;
  LinliDemoHours hours = unit_hours (t, story->units[0]);
  gint64 due = story->due[LINLI_DEMO_CLOCK_RESOLVE];
  double share = chance (t, CHANCE_DONE);
  gint64 target;

  if (due == 0)
    return after (t, earliest, 200, 1200, hours, CHANCE_DONE);
  if (story->late)
    return after (t, MAX (due, earliest), 12, MIN (20 + limit_minutes (t, LINLI_DEMO_CLOCK_RESOLVE) * 0.6, 1500),
                  hours, CHANCE_DONE);
  target = story->dispatched + (gint64) ((0.2 + 0.7 * share) * (double) (due - story->dispatched));
  target = linli_demo_time_back (t->time, target, hours, (int) (share * 80));
  if (target < earliest)
    target = after (t, earliest, 0, 10, hours, CHANCE_DONE);

  return target;
}

/* Some time between two moments, when the unit is about. */
static gint64
between (Telling       *t,
         gint64         from,
         gint64         to,
         LinliDemoHours hours,
         guint          which)
{
  gint64 at = from + (gint64) ((0.25 + 0.5 * chance (t, which)) * (double) (to - from));
  gint64 shifted = linli_demo_time_back (t->time, at, hours, (int) (60 * chance (t, which)));

  if (shifted <= from + LINLI_DEMO_MINUTE)
    shifted = linli_demo_time_forward (t->time, at, hours, (int) (30 * chance (t, which)));
  return shifted > from && shifted < to ? shifted : at;
}

static gint64
next_morning (Telling *t,
              gint64   at)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (t->time, at, &date, &minute);
  return at + (gint64) (LINLI_MINUTES_PER_DAY - minute + 490) * LINLI_DEMO_MINUTE;
}

/* Everybody's part: signs, contact, work, result. Returns when the lead is
 * done, or 0 where the story stands still before. */
static gint64
tell_handling (Telling *t)
{
  LinliDemoStory *story = t->story;
  LinliDemoHours hours = unit_hours (t, story->units[0]);
  double limit = MIN (limit_minutes (t, LINLI_DEMO_CLOCK_CONTACT), 420);
  gint64 signs[LINLI_DEMO_MAX_PARTS];
  gint64 contact, earliest, done;

  for (guint i = 0; i < story->n_parts; i++)
    signs[i] = tell_sign (t, i, story->dispatched);
  if (story->hold == LINLI_DEMO_HOLD_SIGNED)
    return 0;
  contact = after (t, signs[0], 2, limit * 0.5, hours, CHANCE_CONTACT);
  step (t, LINLI_DEMO_STEP_CONTACT, 0, contact);
  earliest = contact + 8 * LINLI_DEMO_MINUTE;
  if (story->night && !story->leaf->urgent)
    earliest = next_morning (t, contact);
  for (guint i = 1; i < story->n_parts; i++)
    earliest = MAX (earliest, signs[i] + 15 * LINLI_DEMO_MINUTE);
  done = choose_done (t, earliest + 10 * LINLI_DEMO_MINUTE);
  for (guint i = 0; i < story->n_parts; i++)
    {
      gint64 from = i > 0 ? signs[i] : story->night && !story->leaf->urgent ? earliest - 10 * LINLI_DEMO_MINUTE : contact;
      gint64 work = between (t, from, done, unit_hours (t, story->units[i]), CHANCE_WORK + i);

      if (i > 0 && chance (t, CHANCE_RELEASE) < 0.04)
        {
          step (t, LINLI_DEMO_STEP_RELEASE, i, signs[i] + 12 * LINLI_DEMO_MINUTE);
          continue;
        }
      if (i == 0 || chance (t, CHANCE_WORK + i) < 0.4)
        step (t, LINLI_DEMO_STEP_WORK, i, work);
      if (i > 0)
        step (t, LINLI_DEMO_STEP_DONE, i, between (t, work, done, unit_hours (t, story->units[i]), CHANCE_DONE));
    }

  return done;
}

static gint64
tell_review (Telling *t,
             gint64   at)
{
  LinliDemoStory *story = t->story;
  LinliDemoHours hours = unit_hours (t, story->units[0]);

  if (story->rejected)
    {
      at = after (t, at, 10, 60, LINLI_DEMO_OFFICE, CHANCE_AGAIN);
      step (t, LINLI_DEMO_STEP_REJECT, 0, at);
      at = after (t, at, 20, 200, hours, CHANCE_REVIEW);
      step (t, LINLI_DEMO_STEP_DONE_AGAIN, 0, at);
      story->done = at;
      story->is_late = story->due[LINLI_DEMO_CLOCK_RESOLVE] != 0 && at > story->due[LINLI_DEMO_CLOCK_RESOLVE];
    }
  if (story->hold == LINLI_DEMO_HOLD_REVIEW)
    return 0;
  at = after (t, at, 6, 120, LINLI_DEMO_OFFICE, CHANCE_REVIEW);
  step (t, LINLI_DEMO_STEP_PASS, 0, at);
  start_clock (t, LINLI_DEMO_CLOCK_CALLBACK, at);

  return at;
}

static void
tell_closing (Telling *t,
              gint64   at)
{
  LinliDemoStory *story = t->story;

  if (story->unreached && !story->anonymous)
    {
      at = after (t, at, 30, 120, LINLI_DEMO_OFFICE, CHANCE_CLOSE);
      step (t, LINLI_DEMO_STEP_UNREACHED, 0, at);
    }
  if (story->hold == LINLI_DEMO_HOLD_RESOLVED)
    return;
  if (chance (t, CHANCE_LATE_CLOSE) < 0.03 && story->due[LINLI_DEMO_CLOCK_CALLBACK] > at)
    at = story->due[LINLI_DEMO_CLOCK_CALLBACK];
  at = after (t, at, 25, 330, LINLI_DEMO_OFFICE, CHANCE_CLOSE);
  step (t, LINLI_DEMO_STEP_CLOSE, 0, at);
}

/* Nobody reminds, soothes or joins in by night. */
static void
add_aside (Telling          *t,
           LinliDemoStepKind kind,
           guint             n,
           gint64            at)
{
  if (linli_demo_time_is_open (t->time, at, LINLI_DEMO_DUTY))
    step (t, kind, n, at);
}

/* What others add while it is under way. */
static void
tell_voices (Telling *t,
             gint64   registered,
             gint64   until)
{
  LinliDemoStory *story = t->story;
  gint64 due = story->due[LINLI_DEMO_CLOCK_RESOLVE];

  for (guint i = 0; i < story->n_joins; i++)
    add_aside (t, LINLI_DEMO_STEP_JOIN, i,
               between (t, registered, until - 2 * LINLI_DEMO_MINUTE, LINLI_DEMO_DUTY, CHANCE_JOIN + i));
  if (chance (t, CHANCE_SECRETARY) < 0.05)
    add_aside (t, LINLI_DEMO_STEP_NOTE_SECRETARY, 0,
               between (t, registered, until - LINLI_DEMO_MINUTE, LINLI_DEMO_FIELD, CHANCE_SECRETARY));
  if (story->dispatched != 0 && chance (t, CHANCE_RESIDENT) < 0.12 && !story->anonymous)
    add_aside (t, LINLI_DEMO_STEP_NOTE_RESIDENT, 0,
               between (t, story->dispatched, until - LINLI_DEMO_MINUTE, LINLI_DEMO_FIELD, CHANCE_RESIDENT));
  if (due != 0 && due < until)
    add_aside (t, LINLI_DEMO_STEP_NOTE_SUPERVISOR, 1,
               MIN (after (t, due, 5, 60, LINLI_DEMO_OFFICE, CHANCE_SUPERVISOR), until - LINLI_DEMO_MINUTE));
  else if (due != 0 && story->dispatched != 0 && chance (t, CHANCE_SUPERVISOR) < 0.06)
    add_aside (t, LINLI_DEMO_STEP_NOTE_SUPERVISOR, 0,
               between (t, story->dispatched + (due - story->dispatched) / 2, until, LINLI_DEMO_OFFICE, CHANCE_SUPERVISOR));
}

static void
drop_after (LinliDemoStory *story,
            gint64          at)
{
  guint kept = 0;

  for (guint i = 0; i < story->steps->len; i++)
    if (g_array_index (story->steps, LinliDemoStep, i).at < at)
      g_array_index (story->steps, LinliDemoStep, kept++) = g_array_index (story->steps, LinliDemoStep, i);
  g_array_set_size (story->steps, kept);
}

static void
tell_course (Telling *t)
{
  LinliDemoStory *story = t->story;
  gint64 at = tell_intake (t);
  gint64 registered, done;

  step (t, LINLI_DEMO_STEP_INTAKE, 0, at);
  if (chance (t, CHANCE_NOTE) < 0.3)
    step (t, LINLI_DEMO_STEP_NOTE_INTAKE, 0, at + LINLI_DEMO_MINUTE);
  if (story->end == LINLI_DEMO_END_DECLINED)
    {
      step (t, LINLI_DEMO_STEP_DECLINE, 0, after (t, at, 15, 180, LINLI_DEMO_OFFICE, CHANCE_END));
      return;
    }
  if (story->hold == LINLI_DEMO_HOLD_RECEIVED)
    return;
  registered = tell_registration (t, at + LINLI_DEMO_MINUTE);
  if (chance (t, CHANCE_ASSIGN) < 0.35)
    step (t, LINLI_DEMO_STEP_ASSIGN, 0, registered + 40 * G_USEC_PER_SEC);
  if (story->hold == LINLI_DEMO_HOLD_REGISTERED)
    return;
  at = tell_dispatch (t, registered + LINLI_DEMO_MINUTE);
  if (story->hold == LINLI_DEMO_HOLD_SENT)
    return;
  done = tell_handling (t);
  if (done == 0)
    return;
  if (story->end == LINLI_DEMO_END_WITHDRAWN)
    {
      at = between (t, at, done, LINLI_DEMO_DUTY, CHANCE_END);
      drop_after (story, at);
      step (t, LINLI_DEMO_STEP_WITHDRAW, 0, at);
      return;
    }
  tell_voices (t, registered, story->hold == LINLI_DEMO_HOLD_WORKING ? MAX (done, t->time->now) : done);
  if (story->hold == LINLI_DEMO_HOLD_WORKING)
    return;
  step (t, LINLI_DEMO_STEP_DONE, 0, done);
  story->done = done;
  story->is_late = story->due[LINLI_DEMO_CLOCK_RESOLVE] != 0 && done > story->due[LINLI_DEMO_CLOCK_RESOLVE];
  at = tell_review (t, done + LINLI_DEMO_MINUTE);
  if (at != 0)
    tell_closing (t, at);
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const LinliDemoStep *x = a;
  const LinliDemoStep *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return (int) x->kind - (int) y->kind;
}

/**
 * linli_demo_story_time:
 * @received: when the resident came
 *
 * Tells the story as from @received: fills in its steps and due times.
 */
void
linli_demo_story_time (LinliDemoStory      *self,
                       LinliDemoCorpus     *corpus,
                       const LinliDemoTime *time,
                       gint64               received)
{
  gboolean urgent = self->leaf != NULL && self->leaf->urgent;
  Telling t = { self, corpus, time, urgent ? LINLI_DEMO_ANY : LINLI_DEMO_DUTY };

  g_array_set_size (self->steps, 0);
  memset (self->due, 0, sizeof self->due);
  self->dispatched = self->done = 0;
  self->is_late = FALSE;
  self->received = received;
  tell_course (&t);
  g_array_sort (self->steps, compare_steps);
}

/* Returns: when its last step is */
gint64
linli_demo_story_last (LinliDemoStory *self)
{
  return g_array_index (self->steps, LinliDemoStep, self->steps->len - 1).at;
}
