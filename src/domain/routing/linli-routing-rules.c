/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rule table, as an administrator keeps it. */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-attributes.h"
#include "linli-date.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-route.h"
#include "linli-routing-commands-private.h"
#include "linli-routing-tables.h"
#include "linli-typed-list.h"

#define BATCH 200
#define STEP  10 /* between two positions */

static const char *const urgencies[] = { "urgent", "normal", "hard", NULL };

#define LISTED "; several separated by spaces or commas, any when empty"

const LinliArgSpec linli_rule_save_args[] = {
  { "code", LINLI_ARG_TEXT, FALSE, 60, .doc = "of a rule to change; a new one when absent" },
  { "name", LINLI_ARG_TEXT, TRUE, 120 },
  { "items", LINLI_ARG_TEXT, FALSE, 2000, .doc = "codes of leaves, groups or classes" LISTED },
  { "attributes", LINLI_ARG_OBJECT, .doc = "{code of an attribute: values" LISTED "}" },
  { "communities", LINLI_ARG_TEXT, FALSE, 1000, .doc = "names" LISTED },
  { "places", LINLI_ARG_TEXT, FALSE, 1000, .doc = "words the place holds" LISTED },
  { "grids", LINLI_ARG_TEXT, FALSE, 1000, .doc = "names" LISTED },
  { "channels", LINLI_ARG_TEXT, FALSE, 1000, .doc = "codes" LISTED },
  { "urgency", LINLI_ARG_TEXT, FALSE, 20, .doc = "urgent, normal, hard; any when empty" },
  { "from", LINLI_ARG_TEXT, FALSE, 5, .doc = "time of day at which the matter came, 22:00" },
  { "to", LINLI_ARG_TEXT, FALSE, 5, .doc = "06:00" },
  { "valid_from", LINLI_ARG_TEXT, FALSE, 10, .doc = "first day, 2026-02-14" },
  { "valid_to", LINLI_ARG_TEXT, FALSE, 10, .doc = "last day" },
  { "lead", LINLI_ARG_TEXT, TRUE, 120, .doc = "id, code or name of the unit" },
  { "assist", LINLI_ARG_TEXTS, FALSE, 20, .doc = "ids, codes or names of units" },
  { "instruction", LINLI_ARG_TEXT, FALSE, 2000 },
  { "later", LINLI_ARG_TEXT, FALSE, 120, .doc = "id, code or name of the unit that finds out the owner afterwards" },
  { NULL }
};

const LinliArgSpec linli_rule_import_args[] = {
  { "rules", LINLI_ARG_OBJECTS, TRUE, BATCH, .doc = "as for rule.save, each with its code" },
  { NULL }
};

const LinliArgSpec linli_rule_move_args[] = {
  { "rule", LINLI_ARG_TEXT, TRUE, 60, .doc = "its code" },
  { "to", LINLI_ARG_INT, TRUE, .doc = "its place in the list, 1 for the first" },
  { NULL }
};

const LinliArgSpec linli_rule_switch_args[] = {
  { "rule", LINLI_ARG_TEXT, TRUE, 60, .doc = "its code" },
  { "active", LINLI_ARG_BOOL, TRUE },
  { NULL }
};

const LinliArgSpec linli_rule_from_owner_args[] = {
  { "ownership", LINLI_ARG_ID, TRUE, .doc = "a finding" },
  { NULL }
};

/* --- Reading what was typed --- */

static gboolean
find_unit (LinliCommandContext *context,
           const char          *typed,
           const char          *field,
           char               **id,
           GError             **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  *id = NULL;
  if (typed == NULL || *typed == '\0')
    return TRUE;
  rows = linli_tx_select (context->tx, &linli_table_unit, error,
                          "id = ?1 OR code = ?1 OR name = ?1 ORDER BY id = ?1 DESC, code = ?1 DESC, id LIMIT 1", "s", typed);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return linli_refuse_invalid (error, field, N_("There is no such unit."));
  *id = g_strdup (linli_row_get_id (rows->pdata[0]));
  return TRUE;
}

static gboolean
set_lists (LinliRow   *row,
           JsonObject *args)
{
  static const struct { guint column; const char *name; } lists[] = {
    { LINLI_ROUTING_RULE_ITEMS, "items" }, { LINLI_ROUTING_RULE_COMMUNITIES, "communities" },
    { LINLI_ROUTING_RULE_PLACES, "places" }, { LINLI_ROUTING_RULE_GRIDS, "grids" },
    { LINLI_ROUTING_RULE_CHANNELS, "channels" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *list = linli_typed_list_tidy (linli_json_get_text (args, lists[i].name));

      linli_row_set_text (row, lists[i].column, list);
    }
  return TRUE;
}

static gboolean
set_attributes (LinliCommandContext *context,
                LinliRow            *row,
                JsonObject          *args,
                GError             **error)
{
  JsonObject *said = linli_json_get_object (args, "attributes");
  g_autoptr(GPtrArray) defs = linli_attribute_defs_load (linli_tx_get_conn (context->tx), error);
  g_autoptr(JsonObject) kept = json_object_new ();
  g_autofree char *text = NULL;

  if (defs == NULL)
    return FALSE;
  for (guint i = 0; said != NULL && i < defs->len; i++)
    {
      const char *code = linli_row_get_text (defs->pdata[i], LINLI_ATTRIBUTE_CODE);
      g_autofree char *list = linli_typed_list_tidy (linli_json_get_text (said, code));
      g_auto(GStrv) choices = linli_attribute_dup_choices (defs->pdata[i]);
      g_auto(GStrv) values = g_strsplit (list != NULL ? list : "", " ", -1);
      JsonArray *array;

      if (list == NULL)
        continue;
      array = json_array_new ();
      json_object_set_array_member (kept, code, array);
      for (guint v = 0; values[v] != NULL; v++)
        if (choices != NULL && !g_strv_contains ((const char *const *) choices, values[v]))
          return linli_refuse_invalid (error, "attributes", N_("This is not one of the possible values."));
        else
          json_array_add_string_element (array, values[v]);
    }
  text = json_object_get_size (kept) > 0 ? linli_json_object_to_text (kept) : NULL;
  linli_row_set_text (row, LINLI_ROUTING_RULE_ATTRIBUTES, text);
  return TRUE;
}

static gboolean
set_minute (LinliRow   *row,
            guint       column,
            JsonObject *args,
            const char *name,
            GError    **error)
{
  const char *typed = linli_json_get_text (args, name);
  int minute;

  linli_row_set_null (row, column);
  if (typed == NULL || *typed == '\0')
    return TRUE;
  minute = linli_clock_time_parse (typed);
  if (minute < 0)
    return linli_refuse_invalid (error, name, N_("Write a time of day such as 22:00."));
  linli_row_set_int (row, column, minute);
  return TRUE;
}

static gboolean
set_day (LinliRow   *row,
         guint       column,
         JsonObject *args,
         const char *name,
         GError    **error)
{
  const char *typed = linli_json_get_text (args, name);

  linli_row_set_null (row, column);
  if (typed == NULL || *typed == '\0')
    return TRUE;
  if (linli_date_parse (typed) == LINLI_DATE_NONE)
    return linli_refuse_invalid (error, name, N_("Write a day such as 2026-02-14."));
  linli_row_set_text (row, column, typed);
  return TRUE;
}

static gboolean
set_times (LinliRow   *row,
           JsonObject *args,
           GError    **error)
{
  if (!set_minute (row, LINLI_ROUTING_RULE_FROM_MINUTE, args, "from", error) ||
      !set_minute (row, LINLI_ROUTING_RULE_TO_MINUTE, args, "to", error) ||
      !set_day (row, LINLI_ROUTING_RULE_VALID_FROM, args, "valid_from", error) ||
      !set_day (row, LINLI_ROUTING_RULE_VALID_TO, args, "valid_to", error))
    return FALSE;
  if (linli_row_is_null (row, LINLI_ROUTING_RULE_FROM_MINUTE) != linli_row_is_null (row, LINLI_ROUTING_RULE_TO_MINUTE))
    return linli_refuse_invalid (error, linli_row_is_null (row, LINLI_ROUTING_RULE_TO_MINUTE) ? "to" : "from",
                                 N_("A time of day has a beginning and an end."));
  return TRUE;
}

static gboolean
set_units (LinliCommandContext *context,
           LinliRow            *row,
           JsonObject          *args,
           GError             **error)
{
  JsonArray *assist = linli_json_get_array (args, "assist");
  g_autoptr(GString) ids = g_string_new (NULL);
  g_autofree char *lead = NULL;
  g_autofree char *later = NULL;

  if (!find_unit (context, linli_json_get_text (args, "lead"), "lead", &lead, error) ||
      !find_unit (context, linli_json_get_text (args, "later"), "later", &later, error))
    return FALSE;
  if (lead == NULL)
    return linli_refuse_invalid (error, "lead", N_("This must be filled in."));
  for (guint i = 0; assist != NULL && i < json_array_get_length (assist); i++)
    {
      g_autofree char *id = NULL;

      if (!find_unit (context, json_array_get_string_element (assist, i), "assist", &id, error))
        return FALSE;
      if (id != NULL && !g_str_equal (id, lead) && strstr (ids->str, id) == NULL)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "", id);
    }
  linli_row_set_text (row, LINLI_ROUTING_RULE_LEAD_UNIT_ID, lead);
  linli_row_set_text (row, LINLI_ROUTING_RULE_LATER_UNIT_ID, later);
  linli_row_set_text (row, LINLI_ROUTING_RULE_ASSIST_UNIT_IDS, ids->len > 0 ? ids->str : NULL);
  return TRUE;
}

static gboolean
set_words (LinliRow   *row,
           JsonObject *args,
           GError    **error)
{
  const char *name = linli_json_get_text (args, "name");
  const char *urgency = linli_json_get_text (args, "urgency");
  const char *instruction = linli_json_get_text (args, "instruction");

  if (name == NULL || *name == '\0')
    return linli_refuse_invalid (error, "name", N_("This must be filled in."));
  if (urgency != NULL && *urgency != '\0' && !g_strv_contains (urgencies, urgency))
    return linli_refuse_invalid (error, "urgency", N_("This is not one of the possible values."));
  linli_row_set_text (row, LINLI_ROUTING_RULE_NAME, name);
  linli_row_set_text (row, LINLI_ROUTING_RULE_URGENCY, urgency != NULL && *urgency != '\0' ? urgency : NULL);
  linli_row_set_text (row, LINLI_ROUTING_RULE_INSTRUCTION,
                      instruction != NULL && *instruction != '\0' ? instruction : NULL);
  return TRUE;
}

/* --- Keeping the order --- */

static gboolean
find_rule (LinliCommandContext *context,
           const char          *code,
           LinliRow           **rule,
           GError             **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (context->tx, &linli_table_routing_rule, error, "code = ?1", "s", code);

  *rule = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *rule = linli_row_copy (rows->pdata[0]);
  return TRUE;
}

static gboolean
get_rule (LinliCommandContext *context,
          JsonObject          *args,
          LinliRow           **rule,
          GError             **error)
{
  if (!find_rule (context, linli_json_get_text (args, "rule"), rule, error))
    return FALSE;
  if (*rule == NULL)
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-rule", "rule", N_("There is no such rule."));
  return *rule != NULL;
}

static gboolean
next_position (LinliCommandContext *context,
               gint64              *position,
               GError             **error)
{
  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), position, error,
                           "SELECT coalesce(max(position), 0) FROM routing_rule", ""))
    return FALSE;
  *position += STEP;
  return TRUE;
}

static LinliRow *
new_rule (LinliCommandContext *context,
          const char          *code,
          gint64               position)
{
  LinliRow *row = linli_row_new (&linli_table_routing_rule);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *own = g_strdup_printf ("R-%s", id + strlen (id) - 8);

  linli_row_set_text (row, LINLI_ROUTING_RULE_ID, id);
  linli_row_set_text (row, LINLI_ROUTING_RULE_CODE, code != NULL ? code : own);
  linli_row_set_int (row, LINLI_ROUTING_RULE_POSITION, position);
  linli_row_set_int (row, LINLI_ROUTING_RULE_ACTIVE, TRUE);
  return row;
}

/* --- The commands --- */

gboolean
linli_rule_save_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  const char *code = linli_json_get_text (args, "code");
  g_autoptr(LinliRow) row = NULL;
  gboolean known;
  gint64 position = 0;

  if (code != NULL && *code == '\0')
    code = NULL;
  if ((code != NULL && !find_rule (context, code, &row, error)) || !next_position (context, &position, error))
    return FALSE;
  known = row != NULL;
  if (!known)
    row = new_rule (context, code, position);
  if (!set_words (row, args, error) || !set_lists (row, args) || !set_attributes (context, row, args, error) ||
      !set_times (row, args, error) || !set_units (context, row, args, error))
    return FALSE;
  linli_row_set_int (row, LINLI_ROUTING_RULE_CHANGED_AT, linli_command_now (context));
  linli_command_tell (context, "rule", linli_row_get_text (row, LINLI_ROUTING_RULE_CODE));

  return known ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

gboolean
linli_rule_import_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  JsonArray *rules = linli_json_get_array (args, "rules");

  for (guint i = 0; i < json_array_get_length (rules); i++)
    {
      JsonObject *rule = json_array_get_object_element (rules, i);
      const char *code = linli_json_get_text (rule, "code");

      if (code == NULL || *code == '\0')
        return linli_refuse_invalid (error, "rules", N_("Every rule needs a code."));
      if (!linli_rule_save_run (context, rule, error))
        return FALSE;
    }
  json_object_remove_member (context->result, "rule");
  linli_command_tell_int (context, "n_rules", json_array_get_length (rules));
  return TRUE;
}

/* Puts @rules into the order they stand in, touching only what moves. */
static gboolean
renumber (LinliCommandContext *context,
          GPtrArray           *rules,
          GError             **error)
{
  for (guint i = 0; i < rules->len; i++)
    {
      g_autoptr(LinliRow) row = linli_row_copy (rules->pdata[i]);

      if (linli_row_get_int (row, LINLI_ROUTING_RULE_POSITION) == (gint64) (i + 1) * STEP)
        continue;
      linli_row_set_int (row, LINLI_ROUTING_RULE_POSITION, (gint64) (i + 1) * STEP);
      if (!linli_tx_update (context->tx, row, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
linli_rule_move_run (LinliCommandContext *context,
                     JsonObject          *args,
                     GError             **error)
{
  g_autoptr(LinliRow) rule = NULL;
  g_autoptr(GPtrArray) rules = NULL;
  gint64 to = 0;

  if (!get_rule (context, args, &rule, error))
    return FALSE;
  rules = linli_tx_select (context->tx, &linli_table_routing_rule, error, "code <> ?1 ORDER BY position, code", "s",
                           linli_row_get_text (rule, LINLI_ROUTING_RULE_CODE));
  if (rules == NULL)
    return FALSE;
  linli_json_get_int (args, "to", &to);
  g_ptr_array_insert (rules, (int) CLAMP (to - 1, 0, (gint64) rules->len), linli_row_ref (rule));
  return renumber (context, rules, error);
}

gboolean
linli_rule_switch_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliRow) rule = NULL;

  if (!get_rule (context, args, &rule, error))
    return FALSE;
  linli_row_set_int (rule, LINLI_ROUTING_RULE_ACTIVE, linli_json_get_bool (args, "active"));
  linli_row_set_int (rule, LINLI_ROUTING_RULE_CHANGED_AT, linli_command_now (context));
  return linli_tx_update (context->tx, rule, error);
}

/* The attributes of a finding, as a rule wants them: each with its one value. */
static char *
conditions_of (LinliRow *ownership)
{
  g_autoptr(GHashTable) attributes = linli_attributes_parse (linli_row_get_text (ownership, LINLI_OWNERSHIP_ATTRIBUTES));
  g_autoptr(GList) codes = g_list_sort (g_hash_table_get_keys (attributes), (GCompareFunc) strcmp);
  g_autoptr(JsonObject) object = json_object_new ();

  for (GList *l = codes; l != NULL; l = l->next)
    {
      JsonArray *values = json_array_new ();

      json_array_add_string_element (values, g_hash_table_lookup (attributes, l->data));
      json_object_set_array_member (object, l->data, values);
    }
  return codes != NULL ? linli_json_object_to_text (object) : NULL;
}

/* The rule stands before all others: what was found out goes before what is supposed. */
gboolean
linli_rule_from_owner_run (LinliCommandContext *context,
                           JsonObject          *args,
                           GError             **error)
{
  g_autoptr(LinliRow) found = linli_command_get (context, &linli_table_ownership, linli_json_get_text (args, "ownership"),
                                                 "ownership", error);
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *conditions = NULL;
  g_autofree char *place = NULL;
  g_autofree char *name = NULL;
  gint64 first = 0;

  if (found == NULL ||
      !linli_conn_get_int (linli_tx_get_conn (context->tx), &first, error,
                           "SELECT coalesce(min(position), " G_STRINGIFY (STEP) ") FROM routing_rule", ""))
    return FALSE;
  row = new_rule (context, NULL, first - STEP);
  conditions = conditions_of (found);
  place = linli_typed_list_tidy (linli_row_get_text (found, LINLI_OWNERSHIP_PLACE));
  name = g_strdup_printf ("%s %s", place != NULL ? place : linli_row_get_text (found, LINLI_OWNERSHIP_CASE_NO),
                          linli_row_get_text (found, LINLI_OWNERSHIP_UNIT_NAME));
  linli_row_set_text (row, LINLI_ROUTING_RULE_NAME, name);
  linli_row_set_text (row, LINLI_ROUTING_RULE_ITEMS, linli_row_get_text (found, LINLI_OWNERSHIP_ITEM_CODE));
  linli_row_set_text (row, LINLI_ROUTING_RULE_ATTRIBUTES, conditions);
  linli_row_set_text (row, LINLI_ROUTING_RULE_COMMUNITIES, linli_row_get_text (found, LINLI_OWNERSHIP_COMMUNITY));
  linli_row_set_text (row, LINLI_ROUTING_RULE_PLACES, place);
  linli_row_set_text (row, LINLI_ROUTING_RULE_LEAD_UNIT_ID, linli_row_get_text (found, LINLI_OWNERSHIP_UNIT_ID));
  linli_row_set_text (row, LINLI_ROUTING_RULE_OWNERSHIP_ID, linli_row_get_id (found));
  linli_row_set_int (row, LINLI_ROUTING_RULE_CHANGED_AT, linli_command_now (context));
  linli_command_tell (context, "rule", linli_row_get_text (row, LINLI_ROUTING_RULE_CODE));

  return linli_tx_insert (context->tx, row, error);
}
