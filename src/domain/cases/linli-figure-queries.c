/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figure-queries.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "linli-figures.h"
#include "linli-json.h"

#define LONGEST_DAYS 3700

static const char *const bases[] = { "received", "dispatched", "finished", "limit", NULL };
static const char *const steps[] = { "day", "week", "month", NULL };
static const char *const comparisons[] = { "none", "before", "year", NULL };

const LinliArgSpec linli_case_figures_args[] = {
  { "from", LINLI_ARG_DATE, TRUE, .doc = "the centre's day, included" },
  { "to", LINLI_ARG_DATE, TRUE, .doc = "likewise" },
  { "basis", LINLI_ARG_TEXT, FALSE, .choices = bases, .doc = "which day counts; received when absent" },
  { "query", LINLI_ARG_TEXT, FALSE, 1000, .doc = "only the cases this search line finds, as class:市容环卫 or lane:minor" },
  { "step", LINLI_ARG_TEXT, FALSE, .choices = steps, .doc = "of the trend; day when absent" },
  { "compare", LINLI_ARG_TEXT, FALSE, .choices = comparisons, .doc = "with the period before, or a year earlier" },
  { NULL }
};

static guint
choice (JsonObject        *args,
        const char        *name,
        const char *const *choices)
{
  const char *text = linli_json_get_text (args, name);

  for (guint i = 0; text != NULL && choices[i] != NULL; i++)
    if (g_str_equal (choices[i], text))
      return i;
  return 0;
}

static gboolean
read_day (JsonObject *args,
          const char *name,
          GDate      *date)
{
  int year = 0, month = 0, day = 0;

  g_date_clear (date, 1);
  if (sscanf (linli_json_get_text (args, name), "%4d-%2d-%2d", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static JsonObject *
ratio_to_object (gint64 part,
                 gint64 whole)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "part", part);
  json_object_set_int_member (object, "whole", whole);
  return object;
}

static void
add_line (JsonObject   *object,
          const char   *member,
          LinliFigures *figures,
          LinliFigureSet set)
{
  g_autofree char *line = linli_figures_get_line (figures, LINLI_GROUP_TIME, NULL, set, FALSE, FALSE);

  json_object_set_string_member (object, member, line);
}

static JsonArray *
figures_to_array (LinliFigures *self)
{
  JsonArray *array = json_array_new ();

  for (const LinliFigureDef *def = linli_figure_defs; def->id != NULL; def++)
    {
      JsonObject *object = ratio_to_object (linli_figure_get_part (def, &self->counts), self->counts.n[def->whole]);

      json_object_set_string_member (object, "figure", def->id);
      json_object_set_string_member (object, "part_is",
                                     def->kind == LINLI_FIGURE_MULTIPLE ? "submissions of these cases"
                                                                        : linli_figure_set_get_doc (def->part));
      json_object_set_string_member (object, "whole_is", linli_figure_set_get_doc (def->whole));
      if (def->excluded != NULL)
        json_object_set_string_member (object, "excluded", def->excluded);
      add_line (object, "part_query", self, def->part);
      add_line (object, "whole_query", self, def->whole);
      if (self->compared)
        json_object_set_object_member (object, "before", ratio_to_object (linli_figure_get_part (def, &self->before),
                                                                          self->before.n[def->whole]));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
spread_to_object (const LinliFigureSpread *spread)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "cases", spread->n);
  json_object_set_int_member (object, "sum", spread->sum);
  json_object_set_int_member (object, "median", spread->median);
  json_object_set_int_member (object, "p90", spread->p90);
  return object;
}

static JsonObject *
counts_to_object (const LinliFigureCounts *counts)
{
  JsonObject *object = json_object_new ();
  JsonObject *sets = json_object_new ();

  for (guint set = 0; set < LINLI_N_SETS; set++)
    json_object_set_int_member (sets, linli_figure_set_to_id ((LinliFigureSet) set), counts->n[set]);
  json_object_set_object_member (object, "sets", sets);
  json_object_set_int_member (object, "submissions", counts->submissions);
  json_object_set_object_member (object, "natural_minutes", spread_to_object (&counts->natural));
  json_object_set_object_member (object, "working_minutes", spread_to_object (&counts->working));
  return object;
}

static JsonObject *
row_to_object (LinliFigures        *self,
               LinliFigureGrouping  grouping,
               LinliFigureRow      *row)
{
  g_autofree char *line = linli_figures_get_line (self, grouping, row, LINLI_SET_CASES, FALSE, FALSE);
  JsonObject *object = json_object_new ();

  if (row->key != NULL)
    json_object_set_string_member (object, "key", row->key);
  if (row->name != NULL)
    json_object_set_string_member (object, "name", row->name);
  for (guint set = 0; set < LINLI_N_SETS; set++)
    if (row->n[set] != 0)
      json_object_set_int_member (object, linli_figure_set_to_id ((LinliFigureSet) set), row->n[set]);
  json_object_set_int_member (object, "minutes", row->minutes);
  json_object_set_string_member (object, "query", line);
  return object;
}

static JsonObject *
groups_to_object (LinliFigures *self)
{
  JsonObject *object = json_object_new ();

  for (guint grouping = 0; grouping < LINLI_N_GROUPS; grouping++)
    {
      JsonArray *array = json_array_new ();

      for (guint i = 0; i < self->groups[grouping]->len; i++)
        json_array_add_object_element (array, row_to_object (self, (LinliFigureGrouping) grouping,
                                                             self->groups[grouping]->pdata[i]));
      json_object_set_array_member (object, linli_figure_grouping_to_id ((LinliFigureGrouping) grouping), array);
    }
  return object;
}

/* The query case.figures: linli_figures_load() as JSON. */
JsonNode *
linli_case_figures_query (LinliConn               *conn,
                          const LinliQueryContext *context,
                          JsonObject              *args,
                          GError                 **error)
{
  LinliFigureRequest request = { linli_json_get_text (args, "query") };
  g_autoptr(LinliFigures) figures = NULL;
  g_autofree char *worked = NULL;
  JsonObject *object, *counts;
  JsonNode *node;

  if (!read_day (args, "from", &request.from) || !read_day (args, "to", &request.to))
    {
      linli_refuse_invalid (error, "from", N_("This is no day of the calendar."));
      return NULL;
    }
  if (g_date_compare (&request.from, &request.to) > 0 ||
      g_date_days_between (&request.from, &request.to) > LONGEST_DAYS)
    {
      linli_refuse_invalid (error, "to", N_("The period must end after it begins, and within ten years."));
      return NULL;
    }
  request.basis = (LinliFigureBasis) choice (args, "basis", bases);
  request.step = (LinliFigureStep) choice (args, "step", steps);
  request.compare = (LinliFigureComparison) choice (args, "compare", comparisons);
  figures = linli_figures_load (conn, &request, context->now, context->actor, error);
  if (figures == NULL)
    return NULL;

  object = json_object_new ();
  json_object_set_string_member (object, "basis", linli_figure_basis_to_id (figures->basis));
  json_object_set_string_member (object, "from", figures->from);
  json_object_set_string_member (object, "to", figures->to);
  json_object_set_array_member (object, "figures", figures_to_array (figures));
  counts = counts_to_object (&figures->counts);
  worked = linli_figures_get_worked_line (figures, FALSE);
  if (worked != NULL)
    json_object_set_string_member (json_object_get_object_member (counts, "working_minutes"), "query", worked);
  json_object_set_object_member (object, "counts", counts);
  if (figures->compared)
    {
      json_object_set_string_member (object, "before_from", figures->before_from);
      json_object_set_string_member (object, "before_to", figures->before_to);
      json_object_set_object_member (object, "before", counts_to_object (&figures->before));
    }
  json_object_set_object_member (object, "groups", groups_to_object (figures));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}
