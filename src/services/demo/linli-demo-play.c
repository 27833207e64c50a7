/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each step of a story as one operation: in whose words, by whom, and with
 * what it needs to know of the steps before. */

#include "config.h"

#include "linli-demo-play.h"

#include <stdarg.h>
#include <string.h>

#include "linli-case-tables.h"
#include "linli-demo-closing.h"
#include "linli-demo-evidence.h"
#include "linli-demo-handling.h"
#include "linli-json.h"

static void
set (LinliDemoStory *story,
     const char     *slot,
     const char     *value)
{
  g_hash_table_replace (story->slots, g_strdup (slot), g_strdup (value));
}

static char *
fill (LinliDemoPlay  *self,
      LinliDemoStory *story,
      const char     *text)
{
  return linli_demo_fill (text, self->corpus, story->slots, self->rand);
}

/* One of the phrases of demo/desk.json, filled. */
static char *
phrase (LinliDemoPlay  *self,
        LinliDemoStory *story,
        const char     *name)
{
  return fill (self, story, linli_demo_corpus_phrase (self->corpus, name, self->rand));
}

/* Pairs of name and text, ended by NULL; a NULL text is left out. */
G_GNUC_NULL_TERMINATED static JsonObject *
make_args (const char *name,
           ...)
{
  JsonObject *args = json_object_new ();
  va_list list;

  va_start (list, name);
  for (; name != NULL; name = va_arg (list, const char *))
    {
      const char *text = va_arg (list, const char *);

      if (text != NULL)
        json_object_set_string_member (args, name, text);
    }
  va_end (list);

  return args;
}

static gboolean
run (LinliDemoPlay       *self,
     const char          *login,
     const char          *command,
     JsonObject          *args,
     const LinliDemoStep *step,
     GError             **error)
{
  g_autoptr(LinliOutcome) outcome = linli_demo_play_run (self, login, command, args, step->at, error);

  return outcome != NULL;
}

/* --- Who --- */

/* By day and by turns at night; the supervisor may dispatch as well. */
static const char *
dispatcher (LinliDemoPlay *self,
            gint64         at)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (self->time, at, &date, &minute);
  if (minute < 420)
    return "qiujp";
  if (linli_demo_time_is_workday (self->time, date) && minute < 1110)
    return "lianghf";
  return date % 2 == 0 ? "lianghf" : "qiujp";
}

static const char *
desk_clerk (LinliDemoPlay *self,
            gint64         at)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (self->time, at, &date, &minute);
  if (minute < 420 || minute >= 1320)
    return dispatcher (self, at);
  if (!linli_demo_time_is_workday (self->time, date) || minute >= 1110)
    return date % 3 == 0 ? LINLI_DEMO_CLERK : "hejm";
  return (date + minute / 120) % 5 < 3 ? LINLI_DEMO_CLERK : "hejm";
}

static const char *
intake_clerk (LinliDemoPlay  *self,
              LinliDemoStory *story,
              const char     *channel,
              gint64          at)
{
  const char *kind = g_hash_table_lookup (self->corpus->kinds, channel);

  if (g_str_equal (channel, "CK03"))
    return "zengsx";
  if (g_strcmp0 (kind, "grid") == 0)
    return (story->resident->floor + story->resident->born) % 2 != 0 ? "luzh" : "fanyf";
  return desk_clerk (self, at);
}

/* Who records what a unit does: its own desk, or the dispatcher who was told. */
const char *
linli_demo_play_desk (LinliDemoPlay *self,
                      const char    *unit,
                      gint64         at)
{
  return g_hash_table_contains (self->handlers, unit) ? unit : dispatcher (self, at);
}

/* --- Coming in --- */

static JsonObject *
make_appellant (LinliDemoResident *resident,
                gboolean           anonymous,
                gboolean           confidential,
                int                year)
{
  JsonObject *person;

  if (anonymous)
    {
      person = json_object_new ();
      json_object_set_boolean_member (person, "anonymous", TRUE);
      return person;
    }
  person = make_args ("name", resident->name, "phone", resident->phone, "address", resident->address,
                      "note", year - resident->born >= 78 ? "听力不好，通话请慢些" : NULL, NULL);
  if (confidential)
    json_object_set_boolean_member (person, "confidential", TRUE);

  return person;
}

gboolean
linli_demo_play_add_numbers (LinliDemoPlay *self,
                             JsonObject    *args,
                             gboolean       new_case,
                             gint64         at,
                             GError       **error)
{
  g_autofree char *receipt = NULL;
  g_autofree char *number = NULL;

  self->clock->time = at;
  receipt = linli_desk_draw_number (self->desk, self->conn, "receipt", error);
  if (receipt == NULL)
    return FALSE;
  json_object_set_string_member (args, "receipt_no", receipt);
  if (!new_case)
    return TRUE;
  number = linli_desk_draw_number (self->desk, self->conn, "case", error);
  if (number == NULL)
    return FALSE;
  json_object_set_string_member (args, "case_no", number);

  return TRUE;
}

static int
year_of (LinliDemoPlay *self)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (self->time, self->time->now, &date, &minute);
  return linli_date_get_year (date);
}

/* Where it is, and the place of the list that comes closest. */
static void
add_place (LinliDemoPlay  *self,
           LinliDemoStory *story,
           const char     *text,
           const char     *title,
           JsonObject     *args)
{
  LinliDemoEstate *estate = story->resident->estate;
  const char *road = g_hash_table_lookup (story->slots, "road");
  const char *landmark = g_hash_table_lookup (story->slots, "landmark");
  g_autofree char *building = g_strconcat (estate->name, story->resident->building, NULL);
  g_autofree char *crossing = g_strdup_printf ("%s（近%s）", road, landmark);
  const char *place = estate->name;
  const char *known;

  if (linli_demo_uses (title, "road") || (linli_demo_uses (text, "road") && !linli_demo_uses (text, "building")))
    place = linli_demo_uses (text, "landmark") ? crossing : road;
  else if (linli_demo_uses (title, "landmark") ||
           (linli_demo_uses (text, "landmark") && !linli_demo_uses (text, "building")))
    place = landmark;
  else if (linli_demo_uses (text, "building"))
    place = building;
  known = g_hash_table_lookup (self->places, place == crossing ? road : place);
  json_object_set_string_member (args, "place", place);
  if (known != NULL)
    json_object_set_string_member (args, "place_id", known);
  json_object_set_string_member (args, "community", estate->community);
}

static void
set_who (LinliDemoStory *story,
         const char     *title)
{
  set (story, "who", story->anonymous ? "反映人" : story->speaker->who);
  set (story, "title", title);
}

static gboolean
play_intake (LinliDemoPlay       *self,
             LinliDemoStory      *story,
             const LinliDemoStep *step,
             GError             **error)
{
  gboolean declined = story->matter == NULL;
  const char *raw = declined ? linli_json_get_text (story->decline, "text")
                             : json_array_get_string_element (story->matter->texts, story->text);
  const char *raw_title = declined ? linli_json_get_text (story->decline, "title") : story->matter->title;
  const char *nature = declined ? linli_json_get_text (story->decline, "nature") : story->matter->nature;
  g_autofree char *text = fill (self, story, raw);
  g_autofree char *title = fill (self, story, raw_title);
  g_autoptr(JsonObject) args = make_args ("text", text, "title", title, "nature", nature, "channel", story->channel, NULL);
  g_autoptr(LinliOutcome) outcome = NULL;

  if (!declined)
    json_object_set_string_member (args, "urgency", story->matter->urgency);
  set_who (story, title);
  add_place (self, story, raw, raw_title, args);
  json_object_set_int_member (args, "received_at", story->received);
  json_object_set_boolean_member (args, "reply_wanted", !story->anonymous);
  json_object_set_object_member (args, "appellant", make_appellant (story->speaker, story->anonymous,
                                                                    story->confidential, year_of (self)));
  if (!declined && story->accept_now)
    {
      json_object_set_string_member (args, "item", story->reclassified ? story->leaf->catch_all : story->leaf->code);
      json_object_set_boolean_member (args, "accept", TRUE);
    }
  if (!linli_demo_play_add_numbers (self, args, TRUE, step->at, error))
    return FALSE;
  outcome = linli_demo_play_run (self, intake_clerk (self, story, story->channel, step->at), "case.intake",
                                 g_steal_pointer (&args), step->at, error);
  if (outcome == NULL)
    return FALSE;
  story->id = g_strdup (linli_json_get_text (outcome->result, "case"));
  story->case_no = g_strdup (linli_json_get_text (outcome->result, "case_no"));

  return TRUE;
}

/* Another text of the same matter for another resident; the same one asks how
 * it goes, but not within a day: then there is nothing to say (%NULL). */
static const char *
choose_voice (LinliDemoPlay       *self,
              LinliDemoStory      *story,
              const LinliDemoStep *step)
{
  LinliDemoResident *voice = story->joins[step->n];
  guint n = json_array_get_length (story->matter->texts);
  guint next = (story->text + 1 + step->n) % n;
  const char *text = json_array_get_string_element (story->matter->texts, next);

  if (voice == story->speaker)
    return step->at - story->received > 30 * LINLI_DEMO_HOUR
             ? linli_demo_corpus_phrase (self->corpus, "urges", self->rand) : NULL;
  if (step->n + 1 >= n || linli_demo_text_way (text) != NULL ||
      !linli_demo_text_fits_time (text, self->time, step->at) ||
      !linli_demo_text_fits_person (text, voice, year_of (self)))
    return linli_demo_corpus_phrase (self->corpus, "echoes", self->rand);
  story->matter->text_used[next]++;
  return text;
}

static gboolean
play_join (LinliDemoPlay       *self,
           LinliDemoStory      *story,
           const LinliDemoStep *step,
           GError             **error)
{
  static const char *const channels[] = { "LD01", "WX01" };
  LinliDemoResident *voice = story->joins[step->n];
  gboolean anonymous = voice == story->speaker && story->anonymous;
  const char *channel = channels[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (channels))];
  const char *raw = choose_voice (self, story, step);
  g_autofree char *text = raw != NULL ? fill (self, story, raw) : NULL;
  g_autoptr(JsonObject) args = make_args ("text", text, "channel", channel, "attach_to", story->id, NULL);
  JsonObject *person;

  if (raw == NULL)
    return TRUE;
  json_object_set_int_member (args, "received_at", step->at - 3 * LINLI_DEMO_MINUTE);
  json_object_set_boolean_member (args, "reply_wanted", !anonymous);
  person = make_appellant (voice, anonymous, story->confidential && voice == story->speaker, year_of (self));
  json_object_set_object_member (args, "appellant", person);
  if (!linli_demo_play_add_numbers (self, args, FALSE, step->at, error))
    return FALSE;
  return run (self, desk_clerk (self, step->at), "case.intake", g_steal_pointer (&args), step, error);
}

/* What the desk writes down beside the words; only what is true of this one. */
static gboolean
play_intake_note (LinliDemoPlay       *self,
                  LinliDemoStory      *story,
                  const LinliDemoStep *step,
                  GError             **error)
{
  JsonArray *phrases = linli_json_get_array (linli_json_get_object (self->corpus->matters_file, "phrases"), "intake");
  const char *kind = g_hash_table_lookup (self->corpus->kinds, story->channel);
  gboolean spoken = g_strcmp0 (kind, "face") == 0 || g_strcmp0 (kind, "phone") == 0;
  const char *text = linli_demo_pick (phrases, self->rand);
  const char *clerk;

  if (strstr (text, "照片") != NULL || (strstr (text, "保密") != NULL && !story->confidential) ||
      (strstr (text, "听力") != NULL && year_of (self) - story->resident->born < 78) ||
      ((strstr (text, "口述") != NULL || strstr (text, "情绪") != NULL) && !spoken) ||
      (story->anonymous && strstr (text, "电话") != NULL))
    return TRUE;
  /* Whoever takes in a confidential case on a round does not see it again. */
  clerk = g_strcmp0 (kind, "grid") == 0 ? desk_clerk (self, step->at) : intake_clerk (self, story, story->channel, step->at);
  return run (self, clerk, "case.note",
              make_args ("case", story->id, "body", text, "audience", "internal", NULL), step, error);
}

static gboolean
play_desk (LinliDemoPlay       *self,
           LinliDemoStory      *story,
           const LinliDemoStep *step,
           GError             **error)
{
  const char *clerk = desk_clerk (self, step->at);

  switch (step->kind)
    {
    case LINLI_DEMO_STEP_ACCEPT:
      return run (self, clerk, "case.accept",
                  make_args ("case", story->id, "item", story->reclassified ? story->leaf->catch_all : story->leaf->code,
                             NULL), step, error);
    case LINLI_DEMO_STEP_CLASSIFY:
      return run (self, clerk, "case.classify",
                  make_args ("case", story->id, "item", story->leaf->code,
                             "reason", linli_demo_corpus_phrase (self->corpus, "reclassifies", self->rand), NULL), step, error);
    case LINLI_DEMO_STEP_ASSIGN:
      return run (self, clerk, "case.assign",
                  make_args ("case", story->id, "owner", g_hash_table_lookup (self->accounts, clerk), NULL), step, error);
    default:
      g_assert_not_reached ();
    }
}

/* --- Out to the units --- */

static JsonObject *
make_dispatch (LinliDemoPlay  *self,
               LinliDemoStory *story,
               gboolean        mistaken)
{
  JsonArray *phrases = linli_json_get_array (linli_json_get_object (self->corpus->matters_file, "phrases"), "dispatch");
  const char *lead = mistaken ? story->wrong_unit : story->units[0];
  const char *text = linli_demo_pick (phrases, self->rand);
  JsonArray *assist = json_array_new ();
  JsonObject *args;

  if ((strstr (text, "两个以上") != NULL && (story->n_parts < 2 || mistaken)) || strstr (text, "夜间") != NULL ||
      (strstr (text, "属地与权属") != NULL && g_strcmp0 (story->units[0], "GX-PS") != 0) ||
      (strstr (text, "类似反映") != NULL && story->n_joins == 0))
    text = json_array_get_string_element (phrases, 0);
  args = make_args ("case", story->id, "lead", g_hash_table_lookup (self->units, lead), "instruction", text, NULL);
  for (guint i = 1; i < story->n_parts && !mistaken; i++)
    json_array_add_string_element (assist, g_hash_table_lookup (self->units, story->units[i]));
  json_object_set_array_member (args, "assist", assist);

  return args;
}

static void
note_part (LinliDemoPlay  *self,
           LinliDemoStory *story,
           LinliOutcome   *outcome)
{
  for (guint i = 0; i < outcome->changes->len; i++)
    {
      LinliChange *change = outcome->changes->pdata[i];
      const char *unit;

      if (change->table != &linli_table_dispatch || change->after == NULL || change->before != NULL)
        continue;
      unit = linli_row_get_text (change->after, LINLI_DISPATCH_UNIT_ID);
      for (guint p = 0; p < story->n_parts; p++)
        if (g_str_equal (unit, g_hash_table_lookup (self->units, story->units[p])))
          {
            g_free (story->dispatches[p]);
            story->dispatches[p] = g_strdup (linli_row_get_id (change->after));
          }
    }
}

static gboolean
play_dispatch (LinliDemoPlay       *self,
               LinliDemoStory      *story,
               const LinliDemoStep *step,
               GError             **error)
{
  gboolean mistaken = step->kind == LINLI_DEMO_STEP_DISPATCH_WRONG;
  g_autoptr(LinliOutcome) outcome = linli_demo_play_run (self, dispatcher (self, step->at), "case.dispatch",
                                                         make_dispatch (self, story, mistaken), step->at, error);

  if (outcome == NULL)
    return FALSE;
  if (mistaken)
    story->wrong_dispatch = g_strdup (linli_json_get_text (outcome->result, "lead_dispatch"));
  else
    note_part (self, story, outcome);
  set (story, "unit", g_hash_table_lookup (self->names, story->units[0]));

  return TRUE;
}

static gboolean
play_mistake (LinliDemoPlay       *self,
              LinliDemoStory      *story,
              const LinliDemoStep *step,
              GError             **error)
{
  if (step->kind == LINLI_DEMO_STEP_RECALL)
    return run (self, dispatcher (self, step->at), "case.recall",
                make_args ("dispatch", story->wrong_dispatch,
                           "reason", linli_demo_corpus_phrase (self->corpus, "recalls", self->rand), NULL), step, error);
  return run (self, linli_demo_play_desk (self, story->wrong_unit, step->at), "case.note",
              make_args ("case", story->id, "audience", "unit",
                         "body", linli_demo_corpus_phrase (self->corpus, "wrong_dispatches", self->rand), NULL), step, error);
}

static const char *
raw_note (LinliDemoStory *story,
          guint           part)
{
  JsonObject *handling = json_array_get_object_element (story->matter->handling, story->handling[part]);
  JsonArray *notes = linli_json_get_array (handling, "notes");

  return json_array_get_string_element (notes, MIN (story->course, json_array_get_length (notes) - 1));
}

/* What the unit wrote, as far as it can have happened by then. */
static char *
unit_words (LinliDemoPlay       *self,
            LinliDemoStory      *story,
            guint                part,
            const char          *raw,
            const LinliDemoStep *step)
{
  gint64 since = MAX (story->signed_at[part], story->dispatched);
  g_autofree char *trimmed = linli_demo_text_trim (raw, self->time, since, step->at);
  g_autofree char *dated = NULL;

  linli_demo_slots_set_time (story->slots, self->time, since, step->at);
  dated = linli_demo_text_by_night (*trimmed != '\0' ? trimmed : raw, story->slots, self->time, since, step->at);
  return fill (self, story, dated);
}

static char *
lead_result (LinliDemoPlay       *self,
             LinliDemoStory      *story,
             const LinliDemoStep *step)
{
  for (guint i = 0; i < 2; i++)
    {
      const char *raw = json_array_get_string_element (story->matter->results, (story->course + i) % 2);
      g_autofree char *trimmed = linli_demo_text_trim (raw, self->time, story->dispatched, step->at);

      if (*trimmed != '\0')
        return unit_words (self, story, 0, trimmed, step);
    }
  return unit_words (self, story, 0, raw_note (story, 0), step);
}

static char *
done_words (LinliDemoPlay       *self,
            LinliDemoStory      *story,
            const LinliDemoStep *step)
{
  g_autofree char *result = NULL;

  if (step->n > 0)
    return unit_words (self, story, step->n, raw_note (story, step->n), step);
  result = lead_result (self, story, step);
  set (story, "result", result);
  return g_steal_pointer (&result);
}

/* What wants an answer rather than a hand. */
static gboolean
is_talk (LinliDemoStory *story)
{
  return g_str_equal (story->matter->nature, "咨询") || g_str_equal (story->matter->nature, "建议") ||
         g_str_equal (story->matter->nature, "表扬");
}

static char *
contact_words (LinliDemoPlay  *self,
               LinliDemoStory *story)
{
  g_autofree char *text = NULL;

  /* A unit is not told who wants to stay unknown to it. */
  if (story->confidential)
    set (story, "who", "诉求人");
  if (story->anonymous)
    text = phrase (self, story, is_talk (story) ? "anonymous_talk" : "anonymous_contact");
  else if (is_talk (story))
    text = phrase (self, story, "talks");
  else if (linli_demo_uses (json_array_get_string_element (story->matter->texts, story->text), "building"))
    text = phrase (self, story, "visits");
  else
    text = phrase (self, story, "contacts");
  if (story->confidential)
    set (story, "who", story->speaker->who);
  return g_steal_pointer (&text);
}

static gboolean
play_unit (LinliDemoPlay       *self,
           LinliDemoStory      *story,
           const LinliDemoStep *step,
           GError             **error)
{
  const char *desk = linli_demo_play_desk (self, story->units[step->n], step->at);
  const char *part = story->dispatches[step->n];
  g_autofree char *words = NULL;

  switch (step->kind)
    {
    case LINLI_DEMO_STEP_SIGN:
      story->signed_at[step->n] = step->at;
      return run (self, desk, "case.sign", make_args ("dispatch", part, NULL), step, error);
    case LINLI_DEMO_STEP_CONTACT:
      words = contact_words (self, story);
      return run (self, desk, "case.contact", make_args ("dispatch", part, "note", words, NULL), step, error);
    case LINLI_DEMO_STEP_WORK:
      words = step->n == 0 ? unit_words (self, story, 0, raw_note (story, 0), step) : phrase (self, story, "works");
      return run (self, desk, "case.work", make_args ("dispatch", part, "note", words, NULL), step, error);
    case LINLI_DEMO_STEP_RELEASE:
      return run (self, dispatcher (self, step->at), "case.release",
                  make_args ("dispatch", part, "reason", linli_demo_corpus_phrase (self->corpus, "releases", self->rand), NULL),
                  step, error);
    default:
      words = step->kind == LINLI_DEMO_STEP_DONE_AGAIN ? phrase (self, story, "agains") : done_words (self, story, step);
      return (step->n > 0 || linli_demo_evidence_bring (self, story, desk, step->at, error)) &&
             run (self, desk, "case.done", make_args ("dispatch", part, "result", words, NULL), step, error);
    }
}

/* --- Words beside the course --- */

static gboolean
play_note (LinliDemoPlay       *self,
           LinliDemoStory      *story,
           const LinliDemoStep *step,
           GError             **error)
{
  JsonArray *supervisor = linli_json_get_array (self->corpus->desk, "supervisor");
  const char *login = "zengsx";
  const char *audience = "internal";
  g_autofree char *words = NULL;

  if (step->kind == LINLI_DEMO_STEP_NOTE_SUPERVISOR)
    {
      words = fill (self, story, json_array_get_string_element (supervisor, step->n));
      if (linli_demo_is_under_way (story, step->at))
        {
          g_autoptr(GError) refused = NULL;

          if (run (self, "qiujp", "case.supervise", linli_demo_supervise_args (story, step->n == 1, words), step, &refused))
            return TRUE;
          /* Suspended, or between two units: there is nobody to press; or it was pressed as hard
           * already, by a redo too many. The words become a note. */
          if (!g_error_matches (refused, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION) &&
              !g_error_matches (refused, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_DUPLICATE))
            {
              g_propagate_error (error, g_steal_pointer (&refused));
              return FALSE;
            }
        }
      login = "qiujp";
      audience = "unit";
    }
  else if (step->kind == LINLI_DEMO_STEP_NOTE_RESIDENT)
    {
      login = desk_clerk (self, step->at);
      audience = "resident";
      words = phrase (self, story, "residents");
    }
  else
    words = phrase (self, story, "secretary");

  return run (self, login, "case.note", make_args ("case", story->id, "body", words, "audience", audience, NULL), step, error);
}

/* --- The end --- */

static gboolean
play_review (LinliDemoPlay       *self,
             LinliDemoStory      *story,
             const LinliDemoStep *step,
             GError             **error)
{
  JsonObject *phrases = linli_json_get_object (self->corpus->matters_file, "phrases");
  gboolean pass = step->kind == LINLI_DEMO_STEP_PASS;
  const char *name = pass ? "review_pass" : "review_reject";
  const char *note = is_talk (story)
                       ? linli_demo_corpus_phrase (self->corpus, pass ? "talk_passes" : "talk_rejects", self->rand)
                       : linli_demo_pick (linli_json_get_array (phrases, name), self->rand);

  return run (self, LINLI_DEMO_REVIEWER, "case.review",
              make_args ("case", story->id, "verdict", pass ? "pass" : "reject", "note", note, NULL), step, error);
}

static char *
reply_words (LinliDemoPlay  *self,
             LinliDemoStory *story)
{
  JsonArray *replies = linli_json_get_array (linli_json_get_object (self->corpus->desk, "replies"), story->matter->nature);

  if (story->anonymous)
    return fill (self, story, linli_json_get_text (self->corpus->desk, "anonymous_reply"));
  return fill (self, story, linli_demo_pick (replies, self->rand));
}

static char *
callback_words (LinliDemoPlay       *self,
                LinliDemoStory      *story,
                const LinliDemoStep *step)
{
  const char *raw = json_array_get_string_element (story->matter->callbacks, story->course);
  const char *mark = linli_demo_corpus_phrase (self->corpus, "marks", self->rand);
  g_autofree char *words = NULL;

  if (story->anonymous)
    return phrase (self, story, "anonymous_close");
  words = linli_demo_callback_fits (raw, self->time, story->done, step->at) ? fill (self, story, raw)
                                                                            : phrase (self, story, "plain_callbacks");
  if (story->is_late && g_rand_boolean (self->rand))
    return g_strconcat ("回访评价：基本满意。", words, "对等待时间有意见。", NULL);
  return g_strconcat ("回访评价：", mark, words, NULL);
}

static gboolean
play_end (LinliDemoPlay       *self,
          LinliDemoStory      *story,
          const LinliDemoStep *step,
          GError             **error)
{
  JsonObject *phrases = linli_json_get_object (self->corpus->matters_file, "phrases");
  g_autofree char *words = NULL;
  g_autofree char *note = NULL;

  switch (step->kind)
    {
    case LINLI_DEMO_STEP_UNREACHED:
      return run (self, "wenjy", "case.callback",
                  linli_demo_unreached_args (story, linli_demo_pick (linli_json_get_array (phrases, "unreached"), self->rand)),
                  step, error);
    case LINLI_DEMO_STEP_CLOSE:
      words = reply_words (self, story);
      note = callback_words (self, story, step);
      if (!story->anonymous &&
          !run (self, "wenjy", "case.notify-resident", linli_demo_notice_args (story, words), step, error))
        return FALSE;
      /* Where several came, or nobody can be called, the desk closes with its own words. */
      if (story->anonymous || story->n_joins > 0)
        return run (self, "wenjy", "case.close", make_args ("case", story->id, "reply", words, "note", note, NULL), step, error);
      return run (self, "wenjy", "case.callback", linli_demo_callback_args (story, note), step, error);
    case LINLI_DEMO_STEP_DECLINE:
      words = fill (self, story, linli_json_get_text (story->decline, "explanation"));
      return run (self, "xuhl", "case.decline",
                  make_args ("case", story->id, "reason", linli_json_get_text (story->decline, "reason"),
                             "explanation", words, NULL), step, error);
    default:
      words = phrase (self, story, "withdrawals");
      return run (self, desk_clerk (self, step->at), "case.withdraw",
                  make_args ("case", story->id, "reason", words, NULL), step, error);
    }
}

/**
 * linli_demo_play_step:
 * @step: of @story, the ones before it played
 * @error: a refusal here means that a story was planned against the rules
 */
gboolean
linli_demo_play_step (LinliDemoPlay       *self,
                      LinliDemoStory      *story,
                      const LinliDemoStep *step,
                      GError             **error)
{
  switch (step->kind)
    {
    case LINLI_DEMO_STEP_INTAKE:
      return play_intake (self, story, step, error);
    case LINLI_DEMO_STEP_NOTE_INTAKE:
      return play_intake_note (self, story, step, error);
    case LINLI_DEMO_STEP_JOIN:
      return play_join (self, story, step, error);
    case LINLI_DEMO_STEP_ACCEPT: case LINLI_DEMO_STEP_CLASSIFY: case LINLI_DEMO_STEP_ASSIGN:
      return play_desk (self, story, step, error);
    case LINLI_DEMO_STEP_DISPATCH: case LINLI_DEMO_STEP_DISPATCH_WRONG:
      return play_dispatch (self, story, step, error);
    case LINLI_DEMO_STEP_NOTE_WRONG: case LINLI_DEMO_STEP_RECALL:
      return play_mistake (self, story, step, error);
    case LINLI_DEMO_STEP_NOTE_RESIDENT: case LINLI_DEMO_STEP_NOTE_SECRETARY: case LINLI_DEMO_STEP_NOTE_SUPERVISOR:
      return play_note (self, story, step, error);
    case LINLI_DEMO_STEP_RETURN_WRONG: case LINLI_DEMO_STEP_RETURN_LEAD: case LINLI_DEMO_STEP_SEND_AGAIN: case LINLI_DEMO_STEP_RULE:
    case LINLI_DEMO_STEP_ASK_EXTENSION: case LINLI_DEMO_STEP_GRANT_EXTENSION: case LINLI_DEMO_STEP_REFUSE_EXTENSION:
    case LINLI_DEMO_STEP_ASK_SUSPENSION: case LINLI_DEMO_STEP_GRANT_SUSPENSION: case LINLI_DEMO_STEP_RESUME:
      return linli_demo_handling_play (self, story, step, error);
    case LINLI_DEMO_STEP_REJECT: case LINLI_DEMO_STEP_PASS:
      return play_review (self, story, step, error);
    case LINLI_DEMO_STEP_UNREACHED: case LINLI_DEMO_STEP_CLOSE: case LINLI_DEMO_STEP_DECLINE:
    case LINLI_DEMO_STEP_WITHDRAW:
      return play_end (self, story, step, error);
    case LINLI_DEMO_STEP_SIGN: case LINLI_DEMO_STEP_CONTACT: case LINLI_DEMO_STEP_WORK:
    case LINLI_DEMO_STEP_RELEASE: case LINLI_DEMO_STEP_DONE: case LINLI_DEMO_STEP_DONE_AGAIN:
    default:
      return play_unit (self, story, step, error);
    }
}
