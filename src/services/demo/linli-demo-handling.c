/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong on the way: cases returned, ruled on, extended, suspended.
 * Stories that are under way now take such a turn, so that there is one of
 * each on the desk. */

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

/* A course that a story under way may take, and of how many it is told: one of
 * so many cases, one at least. What is returned has not been begun: such a
 * story is told anew from its dispatch on. */
static const struct
{
  guint    one_in;
  gboolean from_dispatch;
  Sequel   steps[SEQUEL_MAX];
} courses[] = {
  { 600, TRUE, { { LINLI_DEMO_STEP_RETURN_LEAD, 6 }, { LINLI_DEMO_STEP_SEND_AGAIN, 5 }, { LINLI_DEMO_STEP_RETURN_LEAD, 8 } } },
  { 600, TRUE, { { LINLI_DEMO_STEP_RETURN_LEAD, 4 }, { LINLI_DEMO_STEP_SEND_AGAIN, 3 }, { LINLI_DEMO_STEP_RETURN_LEAD, 5 },
                 { LINLI_DEMO_STEP_RULE, 9 } } },
  { 600, TRUE, { { LINLI_DEMO_STEP_RETURN_LEAD, 5 } } },
  { 300, FALSE, { { LINLI_DEMO_STEP_ASK_EXTENSION, 12 } } },
  { 150, FALSE, { { LINLI_DEMO_STEP_ASK_EXTENSION, 9 }, { LINLI_DEMO_STEP_GRANT_EXTENSION, 26 } } },
  { 600, FALSE, { { LINLI_DEMO_STEP_ASK_EXTENSION, 7 }, { LINLI_DEMO_STEP_REFUSE_EXTENSION, 17 } } },
  { 200, FALSE, { { LINLI_DEMO_STEP_ASK_SUSPENSION, 11 }, { LINLI_DEMO_STEP_GRANT_SUSPENSION, 22 } } },
  { 600, FALSE, { { LINLI_DEMO_STEP_ASK_SUSPENSION, 14 } } },
  { 600, FALSE, { { LINLI_DEMO_STEP_ASK_SUSPENSION, 8 }, { LINLI_DEMO_STEP_GRANT_SUSPENSION, 13 },
                  { LINLI_DEMO_STEP_RESUME, 31 } } },
};

static gboolean
is_limited_in_days (LinliDemoStory *story)
{
  return story->leaf->known[LINLI_DEMO_CLOCK_RESOLVE] &&
         linli_limit_unit_is_days (story->leaf->terms[LINLI_DEMO_CLOCK_RESOLVE].unit);
}

static guint
count_until_dispatch (LinliDemoStory *story)
{
  for (guint i = 0; i < story->steps->len; i++)
    if (g_array_index (story->steps, LinliDemoStep, i).kind == LINLI_DEMO_STEP_DISPATCH)
      return i + 1;
  return story->steps->len;
}

/* Puts the steps of course @c behind those that stay; FALSE when they would
 * not have happened by now. */
static gboolean
add_course (LinliDemoPlan  *plan,
            LinliDemoStory *story,
            guint           c)
{
  guint n_kept = courses[c].from_dispatch ? count_until_dispatch (story) : story->steps->len;
  gint64 at = g_array_index (story->steps, LinliDemoStep, n_kept - 1).at;
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (LinliDemoStep));
  guint n_returns = 0;

  g_array_append_vals (steps, story->steps->data, n_kept);
  for (guint i = 0; i < SEQUEL_MAX && courses[c].steps[i].minutes != 0; i++)
    {
      LinliDemoStep step = { .kind = courses[c].steps[i].kind };

      if (step.kind == LINLI_DEMO_STEP_RETURN_LEAD)
        step.n = n_returns++;
      at = step.at = linli_demo_time_add (plan->time, at, courses[c].steps[i].minutes, LINLI_DEMO_OFFICE);
      g_array_append_val (steps, step);
    }
  if (at >= plan->time->now)
    return FALSE;

  g_array_set_size (story->steps, 0);
  g_array_append_vals (story->steps, steps->data, steps->len);
  return TRUE;
}

/* What may be late is left alone: it is there to be seen late. */
static gboolean
suits (LinliDemoPlan  *plan,
       LinliDemoStory *story,
       guint           c)
{
  if (story->hold != LINLI_DEMO_HOLD_WORKING || story->end != LINLI_DEMO_END_CLOSED || story->leaf == NULL ||
      story->handled || story->due[LINLI_DEMO_CLOCK_RESOLVE] <= plan->time->now + LINLI_DEMO_HOUR)
    return FALSE;
  if (courses[c].from_dispatch)
    return !story->leaf->urgent && story->wrong_unit == NULL &&
           linli_demo_story_last (story) <= plan->time->now && story->dispatched > plan->time->now - 4 * LINLI_DEMO_DAY;
  return is_limited_in_days (story);
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

/* Where such a thing is often sent instead: what people ask for goes to the
 * service counter, what they complain of to the inspectors. */
static const char *
other_unit (LinliDemoPlay  *self,
            LinliDemoStory *story)
{
  const char *code = g_str_equal (story->matter->nature, "投诉") ? "JD-ZF" : "JD-GG";

  return g_hash_table_lookup (self->units, g_str_equal (story->units[0], code) ? "JD-WG" : code);
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
play_return_wrong (LinliDemoPlay       *self,
                   LinliDemoStory      *story,
                   const LinliDemoStep *step,
                   GError             **error)
{
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "dispatch", story->wrong_dispatch);
  json_object_set_string_member (args, "item", story->leaf->code);
  json_object_set_string_member (args, "proposed", g_hash_table_lookup (self->units, story->units[0]));
  set_phrase (self, args, "reason", "returns");

  return run (self, linli_demo_play_desk (self, story->wrong_unit, step->at), "case.return", args, story, step, error);
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
    case LINLI_DEMO_STEP_RETURN_WRONG:
      return play_return_wrong (self, story, step, error);
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
