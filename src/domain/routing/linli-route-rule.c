/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether one rule fits one case; if not, the first of its conditions that
 * does not hold. */

#include "config.h"

#include <string.h>

#include "linli-json.h"
#include "linli-route.h"
#include "linli-routing-tables.h"

/* "06.01" is above "06.01.03", not above "06.011". */
static gboolean
is_under (const char *item,
          const char *code)
{
  gsize length = strlen (code);

  return length > 0 && strncmp (item, code, length) == 0 && (item[length] == '\0' || item[length] == '.');
}

gboolean
linli_item_is_among (const char *item,
                     const char *codes)
{
  g_auto(GStrv) parts = g_strsplit (codes != NULL ? codes : "", " ", -1);

  for (guint i = 0; item != NULL && parts[i] != NULL; i++)
    if (is_under (item, parts[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_listed (const char *value,
           const char *list)
{
  g_auto(GStrv) parts = g_strsplit (list, " ", -1);

  return value != NULL && g_strv_contains ((const char *const *) parts, value);
}

static gboolean
holds_one (const char *text,
           const char *list)
{
  g_auto(GStrv) parts = g_strsplit (list, " ", -1);

  for (guint i = 0; text != NULL && parts[i] != NULL; i++)
    if (*parts[i] != '\0' && strstr (text, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
fail (LinliRuleAnswer *answer,
      LinliRuleOutcome outcome,
      const char      *wanted,
      const char      *got)
{
  answer->outcome = outcome;
  answer->wanted = g_strdup (wanted);
  answer->got = g_strdup (got);
  return FALSE;
}

/* A list column that is NULL asks nothing. */
static gboolean
ask_list (LinliRuleAnswer *answer,
          LinliRow        *rule,
          guint            column,
          const char      *value,
          gboolean       (*holds) (const char *value, const char *list),
          LinliRuleOutcome outcome)
{
  const char *list = linli_row_get_text (rule, column);

  return list == NULL || *list == '\0' || holds (value, list) || fail (answer, outcome, list, value);
}

static char *
join_values (JsonArray *values)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (values); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", json_array_get_string_element (values, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* @rule: (nullable). Returns: (transfer full): code -> values it wants, separated by spaces */
GHashTable *
linli_rule_dup_attributes (LinliRow *rule)
{
  GHashTable *wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *text = rule != NULL ? linli_row_get_text (rule, LINLI_ROUTING_RULE_ATTRIBUTES) : NULL;
  g_autoptr(JsonObject) object = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;
  g_autoptr(GList) codes = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = codes; l != NULL; l = l->next)
    if (linli_json_get_array (object, l->data) != NULL)
      g_hash_table_insert (wanted, g_strdup (l->data), join_values (linli_json_get_array (object, l->data)));
  return wanted;
}

static gboolean
ask_attribute (LinliRuleAnswer *answer,
               const char      *code,
               JsonArray       *values,
               GHashTable      *attributes)
{
  const char *got = attributes != NULL ? g_hash_table_lookup (attributes, code) : NULL;
  g_autofree char *wanted = NULL;

  for (guint i = 0; got != NULL && i < json_array_get_length (values); i++)
    if (g_strcmp0 (json_array_get_string_element (values, i), got) == 0)
      return TRUE;
  wanted = join_values (values);
  answer->attribute = g_strdup (code);
  return fail (answer, LINLI_RULE_ATTRIBUTE, wanted, got);
}

static gboolean
ask_attributes (LinliRuleAnswer *answer,
                LinliRow        *rule,
                GHashTable      *attributes)
{
  const char *text = linli_row_get_text (rule, LINLI_ROUTING_RULE_ATTRIBUTES);
  g_autoptr(JsonObject) object = text != NULL ? linli_json_parse_object (text, -1, NULL) : NULL;
  g_autoptr(GList) codes = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = codes; l != NULL; l = l->next)
    {
      JsonArray *values = linli_json_get_array (object, l->data);

      if (values != NULL && !ask_attribute (answer, l->data, values, attributes))
        return FALSE;
    }
  return TRUE;
}

/* From and to as a clerk reads them: 22:00–06:00 goes over midnight. */
static gboolean
ask_time (LinliRuleAnswer *answer,
          LinliRow        *rule,
          int              minute)
{
  int from = (int) linli_row_get_int (rule, LINLI_ROUTING_RULE_FROM_MINUTE);
  int to = (int) linli_row_get_int (rule, LINLI_ROUTING_RULE_TO_MINUTE);
  g_autofree char *wanted = NULL;
  g_autofree char *got = NULL;

  if (linli_row_is_null (rule, LINLI_ROUTING_RULE_FROM_MINUTE) || linli_row_is_null (rule, LINLI_ROUTING_RULE_TO_MINUTE) ||
      (from <= to ? minute >= from && minute < to : minute >= from || minute < to))
    return TRUE;
  wanted = g_strdup_printf ("%02d:%02d–%02d:%02d", from / 60, from % 60, to / 60, to % 60);
  got = g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
  return fail (answer, LINLI_RULE_TIME, wanted, got);
}

static gboolean
ask_dates (LinliRuleAnswer *answer,
           LinliRow        *rule,
           const char      *day)
{
  const char *from = linli_row_get_text (rule, LINLI_ROUTING_RULE_VALID_FROM);
  const char *to = linli_row_get_text (rule, LINLI_ROUTING_RULE_VALID_TO);
  g_autofree char *wanted = NULL;

  if ((from == NULL || strcmp (day, from) >= 0) && (to == NULL || strcmp (day, to) <= 0))
    return TRUE;
  wanted = g_strdup_printf ("%s–%s", from != NULL ? from : "", to != NULL ? to : "");
  return fail (answer, LINLI_RULE_DATES, wanted, day);
}

/* A rule's words for a place may be any of its names, or of the estate's or the
 * road's that it stands in. */
static gboolean
ask_place (LinliRuleAnswer       *answer,
           LinliRow              *rule,
           const LinliRouteFacts *facts)
{
  const char *list = linli_row_get_text (rule, LINLI_ROUTING_RULE_PLACES);

  return (list != NULL && facts->names != NULL && holds_one (facts->names, list)) ||
         ask_list (answer, rule, LINLI_ROUTING_RULE_PLACES, facts->place, holds_one, LINLI_RULE_PLACE);
}

/**
 * linli_rule_ask:
 * @live_units: (nullable): ids of the units that take cases; any when %NULL
 * @answer: (out): outcome, and what was wanted and found where it does not fit
 */
void
linli_rule_ask (LinliRow              *rule,
                const LinliRouteFacts *facts,
                GHashTable            *live_units,
                LinliRuleAnswer       *answer)
{
  const char *lead = linli_row_get_text (rule, LINLI_ROUTING_RULE_LEAD_UNIT_ID);
  const char *urgency = linli_row_get_text (rule, LINLI_ROUTING_RULE_URGENCY);

  answer->outcome = LINLI_RULE_FITS;
  if (!linli_row_get_int (rule, LINLI_ROUTING_RULE_ACTIVE))
    fail (answer, LINLI_RULE_OFF, NULL, NULL);
  else if (!ask_list (answer, rule, LINLI_ROUTING_RULE_ITEMS, facts->item, linli_item_is_among, LINLI_RULE_ITEM) ||
           !ask_dates (answer, rule, facts->day) ||
           !ask_attributes (answer, rule, facts->attributes) ||
           !ask_list (answer, rule, LINLI_ROUTING_RULE_COMMUNITIES, facts->community, is_listed, LINLI_RULE_COMMUNITY) ||
           !ask_place (answer, rule, facts) ||
           !ask_list (answer, rule, LINLI_ROUTING_RULE_GRIDS, facts->grid, is_listed, LINLI_RULE_GRID) ||
           !ask_list (answer, rule, LINLI_ROUTING_RULE_CHANNELS, facts->channel, is_listed, LINLI_RULE_CHANNEL) ||
           !ask_time (answer, rule, facts->minute))
    return;
  else if (urgency != NULL && g_strcmp0 (urgency, facts->urgency) != 0)
    fail (answer, LINLI_RULE_URGENCY, urgency, facts->urgency);
  else if (live_units != NULL && !g_hash_table_contains (live_units, lead))
    fail (answer, LINLI_RULE_UNIT, NULL, NULL);
}
