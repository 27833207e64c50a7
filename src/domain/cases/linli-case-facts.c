/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an entry and a clock know, out of their JSON, for people to read. */

#include "config.h"

#include "linli-case-facts.h"

#include "linli-case-tables.h"
#include "linli-json.h"

static void
fact_free (LinliCaseFact *fact)
{
  g_free (fact->name);
  g_free (fact->before);
  g_free (fact->value);
  g_free (fact);
}

static char *
node_to_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return json_node_dup_string (node);
}

/* Some arrays list names; every other one is a change, before and after. */
static gboolean
is_list (const char *name)
{
  static const char *const lists[] = { "assist", "cases", "parts", NULL };

  return g_strv_contains (lists, name);
}

static char *
join_texts (JsonArray *array)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      char *text = node_to_text (json_array_get_element (array, i));

      if (text != NULL)
        g_ptr_array_add (texts, text);
    }
  g_ptr_array_add (texts, NULL);

  return g_strjoinv ("、", (char **) texts->pdata);
}

static LinliCaseFact *
read_fact (const char *name,
           JsonNode   *node)
{
  LinliCaseFact *fact = g_new0 (LinliCaseFact, 1);
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  fact->name = g_strdup (name);
  fact->is_time = g_str_has_prefix (name, "due.");
  fact->is_change = array != NULL && json_array_get_length (array) == 2 && !is_list (name);
  if (fact->is_change)
    {
      fact->before = node_to_text (json_array_get_element (array, 0));
      fact->value = node_to_text (json_array_get_element (array, 1));
    }
  else
    fact->value = array != NULL ? join_texts (array) : node_to_text (node);

  return fact;
}

/**
 * linli_case_facts_read:
 * @payload: (nullable): of an entry, JSON
 *
 * Returns: (transfer full) (element-type LinliCaseFact): in the order they
 *   were written; empty when there is nothing to read
 */
GPtrArray *
linli_case_facts_read (const char *payload)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
  g_autoptr(JsonObject) object = payload != NULL ? linli_json_parse_object (payload, -1, NULL) : NULL;
  g_autoptr(GList) names = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    g_ptr_array_add (facts, read_fact (l->data, json_object_get_member (object, l->data)));

  return facts;
}

/**
 * linli_case_clock_to_text:
 * @clock: a clock row
 *
 * Returns: (transfer full) (nullable): how its due time came about, to be read
 *   aloud; %NULL when nothing is known about it
 */
char *
linli_case_clock_to_text (LinliRow     *clock,
                          LinliLanguage language)
{
  const char *text = linli_row_get_text (clock, LINLI_CLOCK_TRACE);
  g_autoptr(JsonObject) object = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;
  g_autoptr(LinliTrace) trace = object != NULL ? linli_trace_from_json (object, NULL) : NULL;

  return trace != NULL ? linli_trace_to_text (trace, language) : NULL;
}
