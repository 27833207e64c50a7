/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A few cases with a course of their own, written out step by step: on each of
 * the three lanes, and a well cover that taught the next one its owner. */

#include "config.h"

#include "linli-demo-lanes.h"

#include <stdlib.h>
#include <string.h>

#include "linli-json.h"
#include "linli-seed.h"

/* "%d+5": the day that is five from today. */
static char *
fill_day (LinliDemoPlay *play,
          const char    *offset)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (play->time, play->time->now, &date, &minute);
  return linli_date_to_text (date + atoi (offset));
}

static char *
fill (LinliDemoPlay *play,
      const char    *text)
{
  if (g_str_has_prefix (text, "%d"))
    return fill_day (play, text + 2);
  if (g_str_has_prefix (text, "%u:"))
    return g_strdup (g_hash_table_lookup (play->units, text + 3));
  return g_strdup (text);
}

/* A copy of @object with its variables filled in. */
static JsonObject *
fill_all (LinliDemoPlay *play,
          JsonObject    *object)
{
  JsonObject *filled = json_object_new ();
  g_autoptr(GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonArray *array = linli_json_get_array (object, l->data);
      const char *text = linli_json_get_text (object, l->data);

      if (array != NULL)
        {
          JsonArray *copy = json_array_new ();

          for (guint i = 0; i < json_array_get_length (array); i++)
            {
              g_autofree char *one = fill (play, json_array_get_string_element (array, i));

              json_array_add_string_element (copy, one);
            }
          json_object_set_array_member (filled, l->data, copy);
        }
      else if (text != NULL)
        {
          g_autofree char *one = fill (play, text);

          json_object_set_string_member (filled, l->data, one);
        }
      else
        json_object_set_member (filled, l->data, json_node_copy (json_object_get_member (object, l->data)));
    }
  return filled;
}

static char *
take_in (LinliDemoPlay *play,
         JsonObject    *script,
         gint64         at,
         GError       **error)
{
  JsonObject *args = fill_all (play, linli_json_get_object (script, "intake"));
  g_autoptr(LinliOutcome) outcome = NULL;

  json_object_set_object_member (args, "appellant", json_object_ref (linli_json_get_object (script, "who")));
  json_object_set_boolean_member (args, "accept", TRUE);
  json_object_set_boolean_member (args, "reply_wanted", TRUE);
  if (!linli_demo_play_add_numbers (play, args, TRUE, at, error))
    {
      json_object_unref (args);
      return NULL;
    }
  outcome = linli_demo_play_run (play, LINLI_DEMO_CLERK, "case.intake", args, at, error);

  return outcome != NULL ? g_strdup (linli_json_get_text (outcome->result, "case")) : NULL;
}

static gboolean
play_script (LinliDemoPlay *play,
             JsonObject    *script,
             gint64         at,
             GError       **error)
{
  JsonArray *steps = linli_json_get_array (script, "steps");
  g_autofree char *id = take_in (play, script, at, error);

  if (id == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      JsonObject *args = fill_all (play, linli_json_get_object (step, "args"));
      g_autoptr(LinliOutcome) outcome = NULL;

      json_object_set_string_member (args, "case", id);
      outcome = linli_demo_play_run (play, linli_json_get_text (step, "login"), linli_json_get_text (step, "command"),
                                     args, at, error);
      if (outcome == NULL)
        return FALSE;
    }

  return TRUE;
}

/**
 * linli_demo_lanes_play:
 * @at: when all of it happens: no earlier than what was played before, no later than what follows
 * @n_cases: (out): how many cases were made
 * @error: see linli_demo_fill_store()
 */
gboolean
linli_demo_lanes_play (LinliDemoPlay *play,
                       gint64         at,
                       guint         *n_cases,
                       GError       **error)
{
  g_autoptr(GBytes) bytes = linli_seed_lookup ("demo/lanes.json", error);
  g_autoptr(JsonObject) file = NULL;
  JsonArray *scripts;
  gsize size = 0;
  const char *text;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &size);
  file = linli_json_parse_object (text, (gssize) size, error);
  if (file == NULL)
    return FALSE;
  scripts = linli_json_get_array (file, "scripts");
  *n_cases = json_array_get_length (scripts);
  for (guint i = 0; i < *n_cases; i++)
    if (!play_script (play, json_array_get_object_element (scripts, i), at, error))
      return FALSE;

  return TRUE;
}
