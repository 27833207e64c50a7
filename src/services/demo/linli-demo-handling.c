/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong on the way: cases returned, ruled on, extended, suspended.
 * They are added to stories that stand still now, after what was told of them
 * so far, so that there is one of each on the desk and a few behind it. */

#include "config.h"

#include "linli-demo-handling.h"

#include "linli-demo-time.h"
#include "linli-json.h"

#define REVIEWER "xuhl"

/* --- Planning --- */

typedef struct
{
  LinliDemoStepKind kind;
  int               minutes; /* of office time since the step before */
} Sequel;

#define SEQUEL_MAX 6

/* A course that a story that stands still may take, and of how many it is
 * told: one of so many cases, one at least. */
static const struct
{
  LinliDemoHold hold;
  guint         one_in;
  Sequel        steps[SEQUEL_MAX];
} courses[] = {
  { LINLI_DEMO_HOLD_WORKING, 300, { { LINLI_DEMO_STEP_ASK_EXTENSION, 12 } } },
  { LINLI_DEMO_HOLD_WORKING, 150, { { LINLI_DEMO_STEP_ASK_EXTENSION, 9 }, { LINLI_DEMO_STEP_GRANT_EXTENSION, 26 } } },
  { LINLI_DEMO_HOLD_WORKING, 600, { { LINLI_DEMO_STEP_ASK_EXTENSION, 7 }, { LINLI_DEMO_STEP_REFUSE_EXTENSION, 17 } } },
  { LINLI_DEMO_HOLD_WORKING, 150, { { LINLI_DEMO_STEP_ASK_SUSPENSION, 11 }, { LINLI_DEMO_STEP_GRANT_SUSPENSION, 22 } } },
  { LINLI_DEMO_HOLD_WORKING, 600, { { LINLI_DEMO_STEP_ASK_SUSPENSION, 14 } } },
  { LINLI_DEMO_HOLD_WORKING, 600, { { LINLI_DEMO_STEP_ASK_SUSPENSION, 8 }, { LINLI_DEMO_STEP_GRANT_SUSPENSION, 13 },
                                    { LINLI_DEMO_STEP_RESUME, 31 } } },
  { LINLI_DEMO_HOLD_SENT, 300, { { LINLI_DEMO_STEP_RETURN_LEAD, 6 }, { LINLI_DEMO_STEP_SEND_AGAIN, 5 },
                                 { LINLI_DEMO_STEP_RETURN_LEAD, 8 } } },
  { LINLI_DEMO_HOLD_SENT, 600, { { LINLI_DEMO_STEP_RETURN_LEAD, 4 }, { LINLI_DEMO_STEP_SEND_AGAIN, 3 },
                                 { LINLI_DEMO_STEP_RETURN_LEAD, 5 }, { LINLI_DEMO_STEP_RULE, 9 } } },
  { LINLI_DEMO_HOLD_SENT, 600, { { LINLI_DEMO_STEP_RETURN_LEAD, 5 } } },
};

static gboolean
is_limited_in_days (LinliDemoStory *story)
{
  return story->leaf->known[LINLI_DEMO_CLOCK_RESOLVE] &&
         linli_limit_unit_is_days (story->leaf->terms[LINLI_DEMO_CLOCK_RESOLVE].unit);
}

/* The last step that was told before now, and nothing planned after it. */
static gint64
last_step (LinliDemoStory *story)
{
  return story->steps->len > 0 ? linli_demo_story_last (story) : 0;
}

/* Adds the steps of course @c, or none when they would not have happened by now. */
static gboolean
add_course (LinliDemoPlan  *plan,
            LinliDemoStory *story,
            guint           c)
{
  guint n_before = story->steps->len;
  gint64 at = last_step (story);

  for (guint i = 0; i < SEQUEL_MAX && courses[c].steps[i].minutes != 0; i++)
    {
      LinliDemoStep step = { .kind = courses[c].steps[i].kind, .n = i };

      at = step.at = linli_demo_time_add (plan->time, at, courses[c].steps[i].minutes, LINLI_DEMO_OFFICE);
      if (at >= plan->time->now)
        {
          g_array_set_size (story->steps, n_before);
          return FALSE;
        }
      g_array_append_val (story->steps, step);
    }

  return TRUE;
}

/* What may be late is left alone: it is there to be seen late. */
static gboolean
suits (LinliDemoPlan  *plan,
       LinliDemoStory *story,
       guint           c)
{
  if (story->hold != courses[c].hold || story->end != LINLI_DEMO_END_CLOSED || story->leaf == NULL || story->handled)
    return FALSE;
  if (story->hold == LINLI_DEMO_HOLD_SENT)
    return !story->leaf->urgent && story->wrong_unit == NULL;
  return is_limited_in_days (story) && story->due[LINLI_DEMO_CLOCK_RESOLVE] > plan->time->now + LINLI_DEMO_HOUR;
}

/**
 * linli_demo_handling_plan:
 * @plan: with all its stories told
 */
void
linli_demo_handling_plan (LinliDemoPlan *plan)
{
  for (guint c = 0; c < G_N_ELEMENTS (courses); c++)
    {
      guint left = MAX (1, plan->stories->len / courses[c].one_in);

      for (guint i = 0; i < plan->stories->len && left > 0; i++)
        {
          LinliDemoStory *story = plan->stories->pdata[i];

          if (!suits (plan, story, c) || !add_course (plan, story, c))
            continue;
          story->handled = TRUE;
          left--;
        }
    }
}

/* --- Playing --- */

static JsonObject *
about_part (LinliDemoStory *story)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "dispatch", story->dispatches[0]);
  return args;
}

static JsonObject *
about_case (LinliDemoStory *story)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "case", story->id);
  return args;
}

static void
set_phrase (LinliDemoPlay *self,
            JsonObject    *args,
            const char    *member,
            const char    *phrase)
{
  json_object_set_string_member (args, member, linli_demo_corpus_phrase (self->corpus, phrase, self->rand));
}

/* Some unit that the case has not been at. */
static const char *
other_unit (LinliDemoPlay  *self,
            LinliDemoStory *story)
{
  return g_hash_table_lookup (self->units, g_str_equal (story->units[0], "GX-PS") ? "JD-SZ" : "GX-PS");
}

/* Late in the month after next, on whatever day that is. */
static void
set_until (LinliDemoPlay *self,
           JsonObject    *args,
           gint64         at)
{
  LinliDate date;
  int minute, year, month, day;
  g_autofree char *text = NULL;

  linli_demo_time_split (self->time, at + 45 * LINLI_DEMO_DAY, &date, &minute);
  linli_date_split (date, &year, &month, &day);
  text = g_strdup_printf ("%04d-%02d-%02d", year, month, day);
  json_object_set_string_member (args, "until", text);
}

static gboolean
run (LinliDemoPlay       *self,
     const char          *login,
     const char          *command,
     JsonObject          *args,
     LinliDemoStory      *story,
     const LinliDemoStep *step,
     GError             **error)
{
  g_autoptr(LinliOutcome) outcome = linli_demo_play_run (self, login, command, args, step->at, error);
  const char *lead = outcome != NULL ? linli_json_get_text (outcome->result, "lead_dispatch") : NULL;

  if (lead != NULL)
    {
      g_free (story->dispatches[0]);
      story->dispatches[0] = g_strdup (lead);
    }
  return outcome != NULL;
}

static gboolean
play_return (LinliDemoPlay       *self,
             LinliDemoStory      *story,
             const LinliDemoStep *step,
             GError             **error)
{
  JsonObject *args = about_part (story);
  const char *desk = linli_demo_play_desk (self, story->units[0], step->at);

  json_object_set_string_member (args, "item", story->leaf->code);
  set_phrase (self, args, "reason", "returns");
  if (step->n == 0)
    json_object_set_string_member (args, "proposed", other_unit (self, story));
  else /* the second unit sees it the other way round, and has no desk of its own here */
    {
      json_object_set_string_member (args, "proposed", g_hash_table_lookup (self->units, story->units[0]));
      desk = linli_demo_play_desk (self, "", step->at);
    }

  return run (self, desk, "case.return", args, story, step, error);
}

static gboolean
play_send (LinliDemoPlay       *self,
           LinliDemoStory      *story,
           const LinliDemoStep *step,
           GError             **error)
{
  gboolean rule = step->kind == LINLI_DEMO_STEP_RULE;
  JsonObject *args = about_case (story);

  if (rule)
    {
      json_object_set_string_member (args, "unit", g_hash_table_lookup (self->units, story->units[0]));
      set_phrase (self, args, "basis", "ruling_bases");
      set_phrase (self, args, "text", "rulings");
    }
  else
    json_object_set_string_member (args, "lead", other_unit (self, story));

  return run (self, rule ? REVIEWER : linli_demo_play_desk (self, "", step->at), rule ? "case.rule" : "case.dispatch", args,
              story, step, error);
}

static gboolean
play_ask (LinliDemoPlay       *self,
          LinliDemoStory      *story,
          const LinliDemoStep *step,
          GError             **error)
{
  static const char *const causes[] = { "season", "works", "resident" };
  gboolean extension = step->kind == LINLI_DEMO_STEP_ASK_EXTENSION;
  JsonObject *args = about_part (story);
  guint which = (guint) g_rand_int_range (self->rand, 0, G_N_ELEMENTS (causes));
  g_autofree char *reasons = g_strconcat ("suspensions_", causes[which], NULL);

  if (extension)
    json_object_set_string_member (args, "amount", story->leaf->terms[LINLI_DEMO_CLOCK_RESOLVE].amount > 3 ? "3" : "1");
  else
    {
      json_object_set_string_member (args, "cause", causes[which]);
      set_until (self, args, step->at);
    }
  set_phrase (self, args, "reason", extension ? "extensions" : reasons);

  return run (self, linli_demo_play_desk (self, story->units[0], step->at),
              extension ? "case.ask-extension" : "case.ask-suspension", args, story, step, error);
}

static gboolean
play_decide (LinliDemoPlay       *self,
             LinliDemoStory      *story,
             const LinliDemoStep *step,
             GError             **error)
{
  gboolean refused = step->kind == LINLI_DEMO_STEP_REFUSE_EXTENSION;
  JsonObject *args = about_case (story);

  json_object_set_string_member (args, "verdict", refused ? "refuse" : "grant");
  if (refused)
    set_phrase (self, args, "note", "extension_refusals");

  return run (self, REVIEWER,
              step->kind == LINLI_DEMO_STEP_GRANT_SUSPENSION ? "case.decide-suspension" : "case.decide-extension", args,
              story, step, error);
}

/**
 * linli_demo_handling_play:
 * @step: one of those that linli_demo_handling_plan() adds
 */
gboolean
linli_demo_handling_play (LinliDemoPlay       *self,
                          LinliDemoStory      *story,
                          const LinliDemoStep *step,
                          GError             **error)
{
  JsonObject *args;

  switch ((int) step->kind)
    {
    case LINLI_DEMO_STEP_RETURN_LEAD:
      return play_return (self, story, step, error);
    case LINLI_DEMO_STEP_SEND_AGAIN: case LINLI_DEMO_STEP_RULE:
      return play_send (self, story, step, error);
    case LINLI_DEMO_STEP_ASK_EXTENSION: case LINLI_DEMO_STEP_ASK_SUSPENSION:
      return play_ask (self, story, step, error);
    case LINLI_DEMO_STEP_GRANT_EXTENSION: case LINLI_DEMO_STEP_REFUSE_EXTENSION:
    case LINLI_DEMO_STEP_GRANT_SUSPENSION:
      return play_decide (self, story, step, error);
    default:
      args = about_case (story);
      set_phrase (self, args, "note", "resumptions");
      return run (self, REVIEWER, "case.resume", args, story, step, error);
    }
}
