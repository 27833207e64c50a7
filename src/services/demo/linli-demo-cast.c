/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who brings what, by which way, and who has to do with it. */

#include "config.h"

#include "linli-demo-plan.h"

#include <string.h>

#include "linli-json.h"

#define TRIES 400

static gboolean
suits (LinliDemoMatter *matter,
       LinliDemoEstate *estate)
{
  gboolean managed = g_str_equal (estate->kind, "商品房小区");

  if (g_str_equal (matter->setting, "lift"))
    return estate->lift;
  if (g_str_equal (matter->setting, "village"))
    return g_str_equal (estate->kind, "城中村");
  if (g_str_equal (matter->setting, "walkup"))
    return !estate->lift && g_str_equal (estate->kind, "旧住宅区");
  return !g_str_equal (matter->setting, "managed") || managed;
}

static int
year_of (LinliDemoPlan *plan)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (plan->time, plan->time->now, &date, &minute);
  return linli_date_get_year (date);
}

static const char *
get_text (LinliDemoMatter *matter,
          guint            n)
{
  return json_array_get_string_element (matter->texts, n);
}

/* Which of the matter's texts this resident can say, the least used first. */
static gboolean
choose_text (LinliDemoPlan     *plan,
             LinliDemoMatter   *matter,
             LinliDemoResident *resident,
             gint64             received,
             guint             *chosen)
{
  gboolean found = FALSE;

  for (guint i = 0; i < json_array_get_length (matter->texts); i++)
    {
      const char *text = get_text (matter, i);

      if (!linli_demo_text_fits_person (text, resident, year_of (plan)) ||
          !linli_demo_text_fits_time (text, plan->time, received) ||
          (found && matter->text_used[i] >= matter->text_used[*chosen]))
        continue;
      *chosen = i;
      found = TRUE;
    }
  return found;
}

/* Counters keep hours; a telephone and a pocket do not. */
static gboolean
channel_is_open (LinliDemoPlan *plan,
                 const char    *channel,
                 gint64         at)
{
  const char *kind = g_hash_table_lookup (plan->corpus->kinds, channel);
  gboolean workday;
  LinliDate date;
  int minute;

  if (kind == NULL)
    return FALSE;
  linli_demo_time_split (plan->time, at, &date, &minute);
  workday = linli_demo_time_is_workday (plan->time, date);
  if (g_str_equal (kind, "face"))
    return minute >= 520 && minute <= (workday ? 1075 : 1020);
  if (g_str_equal (kind, "visit") || g_str_equal (kind, "grid"))
    return minute >= 480 && minute <= 1260;
  if (g_str_equal (kind, "assembly") || g_str_equal (kind, "petition"))
    return workday && minute >= 540 && minute <= 1070;
  return TRUE;
}

static const char *
choose_channel (LinliDemoPlan   *plan,
                LinliDemoMatter *matter,
                const char      *text,
                gint64           received)
{
  static const double shares[] = { 0.55, 0.3, 0.15 };
  const char *said = linli_demo_text_way (text);
  guint n = json_array_get_length (matter->channels);
  double left = g_rand_double (plan->rand);
  guint first = 0;

  if (said != NULL)
    return channel_is_open (plan, said, received) ? said : NULL;
  while (first + 1 < n && first < G_N_ELEMENTS (shares) && left >= shares[first])
    left -= shares[first++];
  for (guint i = 0; i < n; i++)
    {
      const char *channel = json_array_get_string_element (matter->channels, (first + i) % n);

      if (channel_is_open (plan, channel, received))
        return channel;
    }
  return g_rand_boolean (plan->rand) ? "WX01" : "LD01";
}

static const char *
unit_of (JsonObject      *handling,
         LinliDemoEstate *estate)
{
  const char *unit = linli_json_get_text (handling, "unit");

  return g_str_equal (unit, "{property}") ? estate->property : unit;
}

static gboolean
has_unit (LinliDemoStory *story,
          const char     *unit)
{
  for (guint i = 0; i < story->n_parts; i++)
    if (g_str_equal (story->units[i], unit))
      return TRUE;
  return FALSE;
}

static void
choose_parts (LinliDemoStory *story)
{
  JsonArray *handling = story->matter->handling;

  for (guint i = 0; i < MIN (json_array_get_length (handling), LINLI_DEMO_MAX_PARTS); i++)
    {
      const char *unit = unit_of (json_array_get_object_element (handling, i), story->resident->estate);

      if (has_unit (story, unit))
        continue;
      story->handling[story->n_parts] = i;
      story->units[story->n_parts++] = unit;
    }
}

static gboolean
needs_night (LinliDemoStory *story)
{
  static const char *const words[] = { "凌晨{hm}", "夜间{hm}", "夜测", "凌晨布控", "夜间到场", "夜间十一点", "夜间完成" };
  JsonArray *notes = linli_json_get_array (json_array_get_object_element (story->matter->handling, 0), "notes");
  const char *note = json_array_get_string_element (notes, MIN (story->course, json_array_get_length (notes) - 1));

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (note, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whose well it is nobody knows at first sight. */
static void
choose_mistake (LinliDemoPlan  *plan,
                LinliDemoStory *story)
{
  if (strstr (story->matter->title, "井盖") == NULL || g_rand_double (plan->rand) > 0.3)
    return;
  story->wrong_unit = has_unit (story, "GX-PS") ? "GX-DX" : "GX-PS";
  if (has_unit (story, story->wrong_unit))
    story->wrong_unit = NULL;
}

static gboolean
has_voice (LinliDemoStory    *story,
           LinliDemoResident *resident)
{
  for (guint i = 0; i < story->n_joins; i++)
    if (story->joins[i] == resident)
      return TRUE;
  return FALSE;
}

/* A neighbour, where the matter is everybody's; now and then the same person
 * who asks how it goes. */
static LinliDemoResident *
find_voice (LinliDemoPlan  *plan,
            LinliDemoStory *story)
{
  gboolean shared = linli_demo_uses (story->matter->title, "estate") || linli_demo_uses (story->matter->title, "road") ||
                    linli_demo_uses (story->matter->title, "landmark");

  if (!has_voice (story, story->speaker) && (!shared || g_rand_double (plan->rand) < 0.25))
    return story->speaker;
  if (!shared)
    return NULL;
  for (guint i = 0; i < 60; i++)
    {
      LinliDemoResident *voice = plan->people->pdata[g_rand_int_range (plan->rand, 0, (gint32) plan->people->len)];

      if (voice->estate == story->resident->estate && voice != story->resident && !has_voice (story, voice))
        return voice;
    }
  return NULL;
}

static void
choose_voices (LinliDemoPlan  *plan,
               LinliDemoStory *story)
{
  static const double odds[] = { 0.13, 0.35, 0.4 };

  while (story->n_joins < LINLI_DEMO_MAX_JOINS && g_rand_double (plan->rand) < odds[story->n_joins])
    {
      LinliDemoResident *voice = find_voice (plan, story);

      if (voice == NULL)
        return;
      story->joins[story->n_joins++] = voice;
    }
}

/* What is said of a school names one, not a park. */
static void
choose_school (LinliDemoStory *story,
               LinliDemoPlan  *plan)
{
  JsonArray *landmarks = story->resident->estate->landmarks;
  guint n = json_array_get_length (landmarks);
  guint first = (guint) g_rand_int_range (plan->rand, 0, (gint32) n);

  if (strstr (story->matter->title, "学校") == NULL && strstr (get_text (story->matter, 0), "放学") == NULL)
    return;
  for (guint i = 0; i < n; i++)
    {
      const char *name = json_array_get_string_element (landmarks, (first + i) % n);

      if (g_str_has_suffix (name, "小学") || g_str_has_suffix (name, "中学"))
        {
          g_hash_table_replace (story->slots, g_strdup ("landmark"), g_strdup (name));
          return;
        }
    }
}

/* What the people of the grid note on their rounds is theirs to bring. */
static gboolean
said_by_grid (LinliDemoMatter *matter,
              guint            text)
{
  const char *words = get_text (matter, text);

  return g_strcmp0 (linli_demo_text_way (words), "WG04") == 0;
}

static LinliDemoStory *
make_story (LinliDemoPlan     *plan,
            LinliDemoMatter   *matter,
            LinliDemoResident *resident,
            guint              text,
            const char        *channel)
{
  GRand *rand = plan->rand;
  LinliDemoStory *story = linli_demo_story_new (rand);
  gboolean report = g_str_equal (matter->nature, "举报");
  const char *kind = g_hash_table_lookup (plan->corpus->kinds, channel);

  story->matter = matter;
  story->leaf = matter->leaf;
  story->resident = resident;
  story->speaker = said_by_grid (matter, text) ? plan->grid->pdata[g_rand_int_range (rand, 0, (gint32) plan->grid->len)] : resident;
  story->text = text;
  story->channel = channel;
  story->slots = linli_demo_slots_new (plan->corpus, resident, rand);
  choose_school (story, plan);
  story->course = (guint) g_rand_int_range (rand, 0, 2);
  story->anonymous = g_rand_double (rand) < (report ? 0.3 : 0.05) && !g_str_equal (kind, "face") &&
                     story->speaker == resident;
  story->anonymous = story->anonymous || g_str_equal (kind, "sensor");
  story->confidential = !story->anonymous && g_rand_double (rand) < (report ? 0.6 : 0.02);
  story->accept_now = g_rand_double (rand) < 0.6 && !g_str_equal (kind, "grid");
  story->reclassified = matter->leaf->catch_all != NULL && g_rand_double (rand) < 0.04;
  story->rejected = g_rand_double (rand) < 0.06;
  story->unreached = g_rand_double (rand) < 0.08;
  story->late = g_rand_double (rand) < 0.055;
  choose_parts (story);
  choose_mistake (plan, story);
  choose_voices (plan, story);
  story->night = needs_night (story);

  return story;
}

/**
 * linli_demo_cast:
 * @received: when it is brought
 *
 * Returns: (transfer full) (nullable): somebody with something that they can
 *   have said at that time; nothing is told of it twice before everything was
 *   told once
 */
LinliDemoStory *
linli_demo_cast (LinliDemoPlan *plan,
                 gint64         received)
{
  guint n_matters = plan->corpus->matters->len;
  guint round = plan->stories->len / n_matters;

  for (guint i = 0; i < TRIES; i++)
    {
      LinliDemoResident *resident = plan->people->pdata[g_rand_int_range (plan->rand, 0, (gint32) plan->people->len)];
      LinliDemoMatter *matter = plan->corpus->matters->pdata[g_rand_int_range (plan->rand, 0, (gint32) n_matters)];
      const char *channel;
      guint text = 0;

      if (matter->n_used > round + i / 80 || !suits (matter, resident->estate) ||
          !choose_text (plan, matter, resident, received, &text))
        continue;
      channel = choose_channel (plan, matter, get_text (matter, text), received);
      if (channel != NULL)
        return make_story (plan, matter, resident, text, channel);
    }

  return NULL;
}

/* Whether @story can have been brought at @received after all. */
gboolean
linli_demo_cast_fits (LinliDemoPlan  *plan,
                      LinliDemoStory *story,
                      gint64          received)
{
  return linli_demo_text_fits_time (get_text (story->matter, story->text), plan->time, received) &&
         channel_is_open (plan, story->channel, received);
}

/* Counts what @story uses, now that it is going to be told. */
void
linli_demo_cast_settle (LinliDemoPlan  *plan,
                        LinliDemoStory *story)
{
  linli_demo_slots_set_when (story->slots, plan->corpus, plan->time, story->received, plan->rand);
  if (story->matter != NULL)
    {
      story->matter->n_used++;
      story->matter->text_used[story->text]++;
    }
  g_ptr_array_add (plan->stories, story);
}

/* Returns: (transfer full): something that the desk has to turn away */
LinliDemoStory *
linli_demo_cast_declined (LinliDemoPlan *plan,
                          gint64         received)
{
  JsonArray *declines = linli_json_get_array (plan->corpus->desk, "declines");
  LinliDemoStory *story = linli_demo_story_new (plan->rand);

  story->decline = json_array_get_object_element (declines, plan->n_declined++ % json_array_get_length (declines));
  story->end = LINLI_DEMO_END_DECLINED;
  story->resident = plan->people->pdata[g_rand_int_range (plan->rand, 0, (gint32) plan->people->len)];
  story->speaker = story->resident;
  story->channel = linli_json_get_text (story->decline, "channel");
  story->slots = linli_demo_slots_new (plan->corpus, story->resident, plan->rand);
  if (!channel_is_open (plan, story->channel, received))
    story->channel = "LD01";

  return story;
}
