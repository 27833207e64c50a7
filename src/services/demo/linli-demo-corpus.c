/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-demo-corpus.h"

#include <string.h>

#include "linli-json.h"
#include "linli-limit.h"
#include "linli-seed.h"

static const char *const clock_names[] = { "dispatch", "sign", "contact", "resolve", "callback" };

static gboolean
load (const char  *name,
      JsonObject **object,
      GError     **error)
{
  g_autoptr(GBytes) bytes = linli_seed_lookup (name, error);
  const char *text;
  gsize size = 0;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  *object = linli_json_parse_object (text, (gssize) size, error);
  return *object != NULL;
}

/* As the domain reads the limits of a duty item; see linli_case_clock_set_rule(). */
static void
read_limit (LinliDemoLeaf  *leaf,
            LinliDemoClock  clock,
            const char     *text,
            const char     *rule)
{
  g_autoptr(LinliLimitText) parsed = NULL;
  LinliTerm *term = &leaf->terms[clock];

  if (text == NULL)
    return;
  parsed = linli_limit_text_parse (text, LINLI_BARE_IS_CLOCK);
  if (parsed->limits->len == 0)
    return;
  *term = g_array_index (parsed->limits, LinliLimit, 0).term;
  if (term->unit == LINLI_LIMIT_MINUTE && leaf->urgent)
    term->unit = LINLI_LIMIT_URGENT_MINUTE;
  leaf->rules[clock] = linli_start_rule_default (term->unit);
  if (linli_limit_unit_is_days (term->unit))
    linli_start_rule_from_id (rule, &leaf->rules[clock]);
  leaf->known[clock] = TRUE;
}

static void
add_leaf (LinliDemoCorpus *self,
          JsonObject      *item)
{
  LinliDemoLeaf *leaf = g_new0 (LinliDemoLeaf, 1);
  JsonObject *limits = linli_json_get_object (item, "limits");

  leaf->code = linli_json_get_text (item, "code");
  leaf->urgent = g_strcmp0 (linli_json_get_text (item, "urgency"), "urgent") == 0;
  for (guint i = 0; i < LINLI_DEMO_N_CLOCKS; i++)
    read_limit (leaf, i, limits != NULL ? linli_json_get_text (limits, clock_names[i]) : NULL,
                linli_json_get_text (item, "start_rule"));
  g_hash_table_insert (self->leaves, (gpointer) leaf->code, leaf);
}

static void
add_leaves (LinliDemoCorpus *self)
{
  JsonArray *items = linli_json_get_array (self->duty_file, "items");
  GHashTableIter iter;
  gpointer value;

  for (guint i = 0; i < json_array_get_length (items); i++)
    add_leaf (self, json_array_get_object_element (items, i));
  g_hash_table_iter_init (&iter, self->leaves);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      LinliDemoLeaf *leaf = value;
      const char *dot = strchr (leaf->code, '.');
      g_autofree char *code = g_strdup_printf ("%.*s.99.99", (int) (dot - leaf->code), leaf->code);
      LinliDemoLeaf *catch_all = g_hash_table_lookup (self->leaves, code);

      leaf->catch_all = catch_all != NULL && catch_all != leaf ? catch_all->code : NULL;
    }
}

static void
add_matters (LinliDemoCorpus *self)
{
  JsonArray *array = linli_json_get_array (self->matters_file, "matters");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      LinliDemoMatter *matter = g_new0 (LinliDemoMatter, 1);

      matter->id = linli_json_get_text (object, "id");
      matter->title = linli_json_get_text (object, "title");
      matter->urgency = linli_json_get_text (object, "urgency");
      matter->nature = linli_json_get_text (object, "nature");
      matter->setting = linli_json_get_text (object, "setting");
      matter->leaf = g_hash_table_lookup (self->leaves, linli_json_get_text (object, "leaf"));
      matter->texts = linli_json_get_array (object, "texts");
      matter->channels = linli_json_get_array (object, "channels");
      matter->handling = linli_json_get_array (object, "handling");
      matter->results = linli_json_get_array (object, "results");
      matter->callbacks = linli_json_get_array (object, "callbacks");
      g_assert (matter->leaf != NULL && json_array_get_length (matter->texts) <= LINLI_DEMO_MAX_TEXTS);
      g_ptr_array_add (self->matters, matter);
    }
}

static JsonObject *
find_community (LinliDemoCorpus *self,
                const char      *name)
{
  JsonArray *communities = linli_json_get_array (self->places, "communities");

  for (guint i = 0; i < json_array_get_length (communities); i++)
    if (g_str_equal (linli_json_get_text (json_array_get_object_element (communities, i), "name"), name))
      return json_array_get_object_element (communities, i);
  g_assert_not_reached ();
}

static void
add_estates (LinliDemoCorpus *self)
{
  JsonArray *array = linli_json_get_array (self->places, "estates");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      LinliDemoEstate *estate = g_new0 (LinliDemoEstate, 1);
      JsonObject *community;

      estate->name = linli_json_get_text (object, "name");
      estate->kind = linli_json_get_text (object, "kind");
      estate->property = linli_json_get_text (object, "property");
      estate->road = linli_json_get_text (object, "road");
      estate->grid = linli_json_get_text (object, "grid");
      estate->address = linli_json_get_text (object, "address");
      estate->aliases = linli_json_get_text (object, "aliases");
      estate->community = linli_json_get_text (object, "community");
      estate->lift = linli_json_get_bool (object, "lift");
      estate->buildings = linli_json_get_array (object, "buildings");
      community = find_community (self, estate->community);
      estate->roads = linli_json_get_array (community, "roads");
      estate->landmarks = linli_json_get_array (community, "landmarks");
      g_ptr_array_add (self->estates, estate);
    }
}

static void
add_lists (LinliDemoCorpus *self)
{
  JsonArray *channels = linli_json_get_array (self->channels_file, "channels");
  JsonArray *units = linli_json_get_array (self->units_file, "units");

  for (guint i = 0; i < json_array_get_length (channels); i++)
    {
      JsonObject *channel = json_array_get_object_element (channels, i);

      if (linli_json_get_bool (channel, "active"))
        g_hash_table_insert (self->kinds, (gpointer) linli_json_get_text (channel, "id"),
                             (gpointer) linli_json_get_text (channel, "kind"));
    }
  for (guint i = 0; i < json_array_get_length (units); i++)
    {
      JsonObject *unit = json_array_get_object_element (units, i);
      const char *duty = linli_json_get_text (unit, "duty");

      if (duty != NULL && strstr (duty, "24") != NULL)
        g_hash_table_add (self->all_day, (gpointer) linli_json_get_text (unit, "code"));
    }
}

/**
 * linli_demo_corpus_load:
 *
 * Returns: (transfer full): the material, from the program itself
 */
LinliDemoCorpus *
linli_demo_corpus_load (GError **error)
{
  g_autoptr(LinliDemoCorpus) self = g_new0 (LinliDemoCorpus, 1);

  self->matters = g_ptr_array_new_with_free_func (g_free);
  self->estates = g_ptr_array_new_with_free_func (g_free);
  self->leaves = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->kinds = g_hash_table_new (g_str_hash, g_str_equal);
  self->all_day = g_hash_table_new (g_str_hash, g_str_equal);
  if (!load ("demo/matters.json", &self->matters_file, error) ||
      !load ("demo/places.json", &self->places, error) ||
      !load ("demo/people.json", &self->people, error) ||
      !load ("demo/staff.json", &self->staff, error) ||
      !load ("demo/desk.json", &self->desk, error) ||
      !load ("duty-catalogue.json", &self->duty_file, error) ||
      !load ("channels.json", &self->channels_file, error) ||
      !load ("units.json", &self->units_file, error))
    return NULL;
  add_leaves (self);
  add_matters (self);
  add_estates (self);
  add_lists (self);

  return g_steal_pointer (&self);
}

void
linli_demo_corpus_free (LinliDemoCorpus *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->matters, g_ptr_array_unref);
  g_clear_pointer (&self->estates, g_ptr_array_unref);
  g_clear_pointer (&self->leaves, g_hash_table_unref);
  g_clear_pointer (&self->kinds, g_hash_table_unref);
  g_clear_pointer (&self->all_day, g_hash_table_unref);
  g_clear_pointer (&self->matters_file, json_object_unref);
  g_clear_pointer (&self->places, json_object_unref);
  g_clear_pointer (&self->people, json_object_unref);
  g_clear_pointer (&self->staff, json_object_unref);
  g_clear_pointer (&self->desk, json_object_unref);
  g_clear_pointer (&self->duty_file, json_object_unref);
  g_clear_pointer (&self->channels_file, json_object_unref);
  g_clear_pointer (&self->units_file, json_object_unref);
  g_free (self);
}

/* Returns: (transfer none): one of @texts */
const char *
linli_demo_pick (JsonArray *texts,
                 GRand     *rand)
{
  guint n = json_array_get_length (texts);

  return json_array_get_string_element (texts, (guint) g_rand_int_range (rand, 0, (gint32) n));
}

/* Returns: (transfer none): one of the phrases of demo/desk.json called @name */
const char *
linli_demo_corpus_phrase (LinliDemoCorpus *self,
                          const char      *name,
                          GRand           *rand)
{
  return linli_demo_pick (linli_json_get_array (self->desk, name), rand);
}
