/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-route-note.h"

#include "linli-json.h"

static void
rule_free (LinliRouteNoteRule *rule)
{
  g_free (rule->rule);
  g_free (rule->outcome);
  g_free (rule->attribute);
  g_free (rule->wanted);
  g_free (rule->got);
  g_free (rule);
}

static void
case_free (LinliRouteNoteCase *one)
{
  g_free (one->case_id);
  g_free (one->case_no);
  g_free (one->kind);
  g_free (one->unit);
  g_free (one);
}

void
linli_route_note_free (LinliRouteNote *self)
{
  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self->lead);
  g_free (self->rule);
  g_free (self->later);
  g_free (self->chosen);
  g_ptr_array_unref (self->cases);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static char *
dup_text (JsonObject *object,
          const char *name)
{
  return g_strdup (linli_json_get_text (object, name));
}

static gpointer
read_rule (JsonObject *object)
{
  LinliRouteNoteRule *rule = g_new0 (LinliRouteNoteRule, 1);

  rule->rule = dup_text (object, "rule");
  rule->outcome = dup_text (object, "outcome");
  rule->attribute = dup_text (object, "attribute");
  rule->wanted = dup_text (object, "wanted");
  rule->got = dup_text (object, "got");
  return rule;
}

static gpointer
read_case (JsonObject *object)
{
  LinliRouteNoteCase *one = g_new0 (LinliRouteNoteCase, 1);

  one->case_id = dup_text (object, "case");
  one->case_no = dup_text (object, "case_no");
  one->kind = dup_text (object, "kind");
  one->unit = dup_text (object, "unit");
  linli_json_get_int (object, "at", &one->at);
  return one;
}

static GPtrArray *
read_all (JsonObject    *object,
          const char    *name,
          gpointer     (*read) (JsonObject *object),
          GDestroyNotify free_one)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (free_one);
  JsonArray *array = linli_json_get_array (object, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (all, read (json_array_get_object_element (array, i)));
  return all;
}

/**
 * linli_route_note_parse:
 * @json: (nullable): from linli_routing_to_text()
 *
 * Returns: (transfer full) (nullable): %NULL when there is nothing to tell
 */
LinliRouteNote *
linli_route_note_parse (const char *json)
{
  g_autoptr(JsonObject) object = json != NULL ? linli_json_parse_object (json, -1, NULL) : NULL;
  LinliRouteNote *self;

  if (object == NULL || linli_json_get_text (object, "reason") == NULL)
    return NULL;
  self = g_new0 (LinliRouteNote, 1);
  self->reason = dup_text (object, "reason");
  self->lead = dup_text (object, "lead");
  self->rule = dup_text (object, "rule");
  self->later = dup_text (object, "later");
  self->chosen = dup_text (object, "chosen");
  self->followed = linli_json_get_bool (object, "followed");
  linli_json_get_int (object, "for", &self->n_for);
  linli_json_get_int (object, "of", &self->n_all);
  linli_json_get_int (object, "other_rules", &self->n_other);
  self->cases = read_all (object, "cases", read_case, (GDestroyNotify) case_free);
  self->rules = read_all (object, "rules", read_rule, (GDestroyNotify) rule_free);

  return self;
}
