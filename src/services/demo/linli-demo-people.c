/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-demo-people.h"

#include <string.h>

#include "linli-json.h"

#define FIRST_DECADE 1930
#define N_DECADES    8

/* Who comes to the desk: the middle-aged most, the very old seldom. */
static const int decade_weights[N_DECADES] = { 2, 6, 12, 18, 20, 22, 15, 5 };

static void
resident_free (LinliDemoResident *resident)
{
  g_free (resident->name);
  g_free (resident->who);
  g_free (resident->phone);
  g_free (resident->address);
  g_free (resident->room);
  g_free (resident->id);
  g_free (resident);
}

static const char *
pick_surname (LinliDemoCorpus *corpus,
              GRand           *rand)
{
  JsonArray *surnames = linli_json_get_array (corpus->people, "surnames");
  guint n = json_array_get_length (surnames);
  gint64 total = 0;
  gint64 weight = 0;
  gint64 left;

  for (guint i = 0; i < n; i++)
    if (linli_json_get_int (json_array_get_object_element (surnames, i), "weight", &weight))
      total += weight;
  left = g_rand_int_range (rand, 0, (gint32) total);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *surname = json_array_get_object_element (surnames, i);

      linli_json_get_int (surname, "weight", &weight);
      if (left < weight)
        return linli_json_get_text (surname, "name");
      left -= weight;
    }
  g_assert_not_reached ();
}

static int
pick_decade (GRand *rand)
{
  int left = g_rand_int_range (rand, 0, 100);
  int i = 0;

  for (; i < N_DECADES - 1 && left >= decade_weights[i]; i++)
    left -= decade_weights[i];
  return FIRST_DECADE + 10 * i;
}

static const char *
pick_given (LinliDemoCorpus *corpus,
            gboolean         female,
            int              decade,
            GRand           *rand)
{
  JsonObject *given = linli_json_get_object (corpus->people, "given");
  g_autofree char *year = g_strdup_printf ("%d", decade);

  return linli_demo_pick (linli_json_get_array (linli_json_get_object (given, female ? "female" : "male"), year), rand);
}

static char *
replace (const char *text,
         const char *slot,
         const char *value)
{
  g_auto(GStrv) pieces = g_strsplit (text, slot, -1);

  return g_strjoinv (value, pieces);
}

static char *
make_title (LinliDemoCorpus *corpus,
            const char      *surname,
            gboolean         female,
            int              decade,
            GRand           *rand)
{
  JsonArray *titles = linli_json_get_array (corpus->people, "titles");

  for (guint i = 0; i < json_array_get_length (titles); i++)
    {
      JsonObject *title = json_array_get_object_element (titles, i);
      gint64 to = 0;

      linli_json_get_int (title, "to", &to);
      if (decade <= to)
        return replace (linli_demo_pick (linli_json_get_array (title, female ? "female" : "male"), rand),
                        "{surname}", surname);
    }
  return g_strconcat (surname, female ? "女士" : "先生", NULL);
}

/* Returns: (transfer full): how somebody calls a neighbour, 罗姨 or 老周 */
char *
linli_demo_neighbour (LinliDemoCorpus *corpus,
                      GRand           *rand)
{
  const char *surname = pick_surname (corpus, rand);

  switch (g_rand_int_range (rand, 0, 3))
    {
    case 0:
      return g_strconcat ("老", surname, NULL);
    case 1:
      return g_strconcat (surname, "姨", NULL);
    default:
      return g_strconcat (surname, "叔", NULL);
    }
}

/* The centre's own community comes first in the list. */
static guint
count_own (LinliDemoCorpus *corpus)
{
  LinliDemoEstate *first = corpus->estates->pdata[0];
  guint n = 0;

  while (n < corpus->estates->len &&
         g_str_equal (((LinliDemoEstate *) corpus->estates->pdata[n])->community, first->community))
    n++;
  return n;
}

static void
choose_home (LinliDemoResident *self,
             LinliDemoCorpus   *corpus,
             GRand             *rand)
{
  /* Most who come live close by. */
  guint n = g_rand_int_range (rand, 0, 10) < 6 ? count_own (corpus) : corpus->estates->len;
  JsonObject *building;
  JsonArray *units;
  gint64 floors = 1;
  gint64 rooms = 1;
  const char *unit = "";

  self->estate = corpus->estates->pdata[g_rand_int_range (rand, 0, (gint32) n)];
  n = json_array_get_length (self->estate->buildings);
  building = json_array_get_object_element (self->estate->buildings, (guint) g_rand_int_range (rand, 0, (gint32) n));
  self->building = linli_json_get_text (building, "name");
  units = linli_json_get_array (building, "units");
  if (units != NULL && json_array_get_length (units) > 0)
    unit = linli_demo_pick (units, rand);
  linli_json_get_int (building, "floors", &floors);
  linli_json_get_int (building, "rooms", &rooms);
  self->floor = g_rand_int_range (rand, 1, (gint32) floors + 1);
  self->room = g_strdup_printf ("%d%02d房", self->floor, g_rand_int_range (rand, 1, (gint32) rooms + 1));
  self->address = g_strconcat (self->estate->name, self->building, unit, self->room, NULL);
}

/* The whole range is fictitious; a step that shares no factor with its size
 * visits every number once. */
static char *
make_phone (guint n,
            guint start)
{
  return g_strdup_printf ("1540000%04u", (start + n * 3331) % 9973);
}

/**
 * linli_demo_people_new:
 *
 * Returns: (transfer full) (element-type LinliDemoResident): @n residents, no
 *   two with one name or telephone
 */
GPtrArray *
linli_demo_people_new (LinliDemoCorpus *corpus,
                       guint            n,
                       GRand           *rand)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) resident_free);
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint start = (guint) g_rand_int_range (rand, 0, 10000);

  while (people->len < n)
    {
      const char *surname = pick_surname (corpus, rand);
      gboolean female = g_rand_boolean (rand);
      int decade = pick_decade (rand);
      g_autofree char *name = g_strconcat (surname, pick_given (corpus, female, decade, rand), NULL);
      LinliDemoResident *self;

      if (g_hash_table_contains (names, name))
        continue;
      self = g_new0 (LinliDemoResident, 1);
      self->name = g_steal_pointer (&name);
      self->female = female;
      self->born = decade + g_rand_int_range (rand, 0, 10);
      self->who = make_title (corpus, surname, female, decade, rand);
      self->phone = make_phone (people->len, start);
      choose_home (self, corpus, rand);
      g_hash_table_add (names, self->name);
      g_ptr_array_add (people, self);
    }

  return people;
}

/**
 * linli_demo_people_from_staff:
 *
 * Returns: (transfer full) (element-type LinliDemoResident): the staff of
 *   @role, as those who bring something themselves
 */
GPtrArray *
linli_demo_people_from_staff (LinliDemoCorpus *corpus,
                              const char      *role)
{
  GPtrArray *people = g_ptr_array_new_with_free_func ((GDestroyNotify) resident_free);
  JsonArray *staff = linli_json_get_array (corpus->staff, "staff");

  for (guint i = 0; i < json_array_get_length (staff); i++)
    {
      JsonObject *person = json_array_get_object_element (staff, i);
      const char *name = linli_json_get_text (person, "name");
      LinliDemoResident *self;

      if (!g_str_equal (linli_json_get_text (person, "role"), role))
        continue;
      self = g_new0 (LinliDemoResident, 1);
      self->name = g_strdup (name);
      self->who = g_strconcat (linli_json_get_text (person, "post"), name, NULL);
      self->phone = g_strdup_printf ("1540000%04u", 9990 + people->len);
      self->estate = corpus->estates->pdata[0];
      self->born = 1988;
      g_ptr_array_add (people, self);
    }

  return people;
}
