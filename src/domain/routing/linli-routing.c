/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-routing.h"

#include "linli-attributes.h"
#include "linli-case-tables.h"
#include "linli-centre-zone.h"
#include "linli-catalogue-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-place-resolve.h"
#include "linli-routing-tables.h"
#include "linli-tx.h"

#define MOST_CASES  5   /* named behind a decision; all are counted */
#define MOST_RULES  12  /* passed over, that a stored answer names */
#define MOST_LETTERS 60 /* of what a condition wants, in a stored answer */

void
linli_routing_free (LinliRouting *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->route, linli_route_free);
  g_clear_pointer (&self->units, g_hash_table_unref);
  g_clear_pointer (&self->defs, g_ptr_array_unref);
  g_clear_pointer (&self->attributes, g_hash_table_unref);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->precedents, g_ptr_array_unref);
  g_free (self);
}

/* Returns: (transfer none): its name; the id itself for a unit that no longer takes cases */
const char *
linli_routing_get_unit (LinliRouting *self,
                        const char   *id)
{
  const char *name = g_hash_table_lookup (self->units, id);

  return name != NULL ? name : id;
}

static GHashTable *
load_units (LinliConn *conn,
            GError   **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, "SELECT id, name FROM unit WHERE active = 1", "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_hash_table_insert (names, g_strdup (linli_stmt_get_text (stmt, 0)), g_strdup (linli_stmt_get_text (stmt, 1)));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&names);
}

static gboolean
set_moment (LinliConn       *conn,
            gint64           at,
            LinliRouteFacts *facts,
            GError         **error)
{
  g_autoptr(GTimeZone) zone = linli_centre_zone_load (conn, error);
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
  g_autoptr(GDateTime) there = zone != NULL && utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autofree char *day = there != NULL ? g_date_time_format (there, "%Y-%m-%d") : NULL;

  if (zone == NULL)
    return FALSE;
  if (day == NULL)
    return TRUE;
  g_strlcpy (facts->day, day, sizeof facts->day);
  facts->minute = g_date_time_get_hour (there) * 60 + g_date_time_get_minute (there);
  return TRUE;
}

static gboolean
load_item (LinliConn  *conn,
           const char *code,
           LinliRow  **item,
           GError    **error)
{
  g_autoptr(GPtrArray) rows = NULL;

  if (code == NULL)
    return TRUE;
  rows = linli_conn_select (conn, &linli_table_duty_item, error, "code = ?1 AND active = 1", "s", code);
  if (rows != NULL && rows->len > 0)
    *item = linli_row_ref (rows->pdata[0]);
  return rows != NULL;
}

static gboolean
load_what_is_known (LinliRouting             *self,
                    LinliConn                *conn,
                    const LinliRouteQuestion *question,
                    GError                  **error)
{
  const char *item = question->item;

  self->units = load_units (conn, error);
  if (self->units != NULL)
    self->defs = question->defs != NULL ? g_ptr_array_ref (question->defs) : linli_attribute_defs_load (conn, error);
  self->rules = self->defs != NULL
                  ? linli_routing_rules_load (conn, error) : NULL;
  self->precedents = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_precedent_free);

  return self->rules != NULL && (item == NULL || linli_precedents_load (conn, item, self->precedents, error));
}

/* What the leaf says by itself counts for earlier cases as for this one. Most
 * say nothing more, and share it. */
static void
fill_in (GPtrArray  *precedents,
         GHashTable *asked)
{
  g_autoptr(GHashTable) silent = linli_attributes_complete (asked, NULL);

  for (guint i = 0; i < precedents->len; i++)
    {
      LinliPrecedent *precedent = precedents->pdata[i];
      GHashTable *said = precedent->attributes;

      precedent->attributes = said != NULL && g_hash_table_size (said) > 0 ? linli_attributes_complete (asked, said)
                                                                           : g_hash_table_ref (silent);
      g_clear_pointer (&said, g_hash_table_unref);
    }
}

/* What the list of places knows completes what was said. */
static void
set_place (LinliRouteFacts       *facts,
           const LinliPlaceFound *here)
{
  if (here == NULL)
    return;
  facts->place_id = linli_row_get_id (here->row);
  facts->names = here->names;
  if (facts->grid == NULL || *facts->grid == '\0')
    facts->grid = here->grid;
  if (facts->community == NULL || *facts->community == '\0')
    facts->community = here->community;
}

/**
 * linli_routing_ask:
 * @error: %LINLI_STORE_ERROR
 *
 * Several reads: for a picture of one moment call it inside a transaction.
 *
 * Returns: (transfer full): which unit, and why
 */
LinliRouting *
linli_routing_ask (LinliConn                *conn,
                   const LinliRouteQuestion *question,
                   GError                  **error)
{
  g_autoptr(LinliRouting) self = g_new0 (LinliRouting, 1);
  g_autoptr(LinliRow) item = NULL;
  g_autoptr(LinliPlaceFound) here = NULL;
  g_autoptr(GHashTable) asked = NULL;
  LinliRouteFacts facts = { question->item, NULL, question->community, question->place,
                            question->place_id, question->grid, question->urgency, question->channel, "", 0, NULL };

  if (!linli_place_resolve (conn, question->place_id, question->place, question->community, &here, error))
    return NULL;
  set_place (&facts, here);
  if (!set_moment (conn, question->at, &facts, error) || !load_item (conn, question->item, &item, error) ||
      !load_what_is_known (self, conn, question, error))
    return NULL;
  if (facts.urgency == NULL && item != NULL)
    facts.urgency = linli_row_get_text (item, LINLI_DUTY_ITEM_URGENCY);
  asked = linli_attributes_asked (self->defs, question->item);
  self->attributes = linli_attributes_complete (asked, question->attributes);
  facts.attributes = self->attributes;
  fill_in (self->precedents, asked);
  self->route = linli_route (&facts, self->rules, self->units, self->precedents, item);

  return g_steal_pointer (&self);
}

/**
 * linli_routing_of_case:
 * @case_row: as it is, stored or about to be
 *
 * Returns: (transfer full): see linli_routing_ask()
 */
LinliRouting *
linli_routing_of_case (LinliConn *conn,
                       LinliRow  *case_row,
                       GError   **error)
{
  g_autoptr(GHashTable) attributes = NULL;
  LinliRouteQuestion question = {
    .item = linli_row_get_text (case_row, LINLI_CASE_ITEM_CODE),
    .community = linli_row_get_text (case_row, LINLI_CASE_COMMUNITY),
    .place = linli_row_get_text (case_row, LINLI_CASE_PLACE),
    .place_id = linli_row_get_text (case_row, LINLI_CASE_PLACE_ID),
    .grid = linli_row_get_text (case_row, LINLI_CASE_GRID),
    .urgency = linli_row_get_text (case_row, LINLI_CASE_URGENCY),
    .channel = linli_row_get_text (case_row, LINLI_CASE_CHANNEL_CODE),
    .at = linli_row_get_int (case_row, LINLI_CASE_RECEIVED_AT),
  };

  if (!linli_case_attributes_load (conn, linli_row_get_id (case_row), &attributes, error))
    return NULL;
  question.attributes = attributes;
  return linli_routing_ask (conn, &question, error);
}

/* @error: %LINLI_STORE_ERROR_NOT_FOUND when there is no such case */
LinliRouting *
linli_routing_of_case_id (LinliConn  *conn,
                          const char *case_id,
                          GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case, error, "id = ?1", "s", case_id);

  if (rows == NULL)
    return NULL;
  if (rows->len > 0)
    return linli_routing_of_case (conn, rows->pdata[0], error);
  g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "No case called %s", case_id);
  return NULL;
}

/* Returns: (transfer full): the rows of the units proposed */
LinliDutyUnits *
linli_routing_load_units (LinliConn    *conn,
                          LinliRouting *self,
                          GError      **error)
{
  return linli_duty_units_find (conn, self->route->lead_id, self->route->assist_ids, error);
}

/* Returns: (transfer full) (element-type LinliRow): in the order they are asked */
GPtrArray *
linli_routing_rules_load (LinliConn *conn,
                          GError   **error)
{
  return linli_conn_select (conn, &linli_table_routing_rule, error, "1 = 1 ORDER BY position, code", "");
}

/* Returns: (transfer full): id -> unit row, also of those that take no more cases */
GHashTable *
linli_routing_units_load (LinliConn *conn,
                          GError   **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_unit, error, "1 = 1", "");
  GHashTable *units;

  if (rows == NULL)
    return NULL;
  units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) linli_row_unref);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (units, g_strdup (linli_row_get_id (rows->pdata[i])), linli_row_ref (rows->pdata[i]));
  return units;
}

/* --- As JSON --- */

static void
set_short (JsonObject *object,
           const char *name,
           const char *value)
{
  if (value == NULL || g_utf8_strlen (value, -1) <= MOST_LETTERS)
    linli_json_set_text (object, name, value);
  else
    {
      g_autofree char *head = g_utf8_substring (value, 0, MOST_LETTERS);
      g_autofree char *cut = g_strconcat (head, "…", NULL);

      linli_json_set_text (object, name, cut);
    }
}

/* Returns: (transfer none): the name of an attribute; its code when it is asked no more */
static const char *
attribute_name (LinliRouting *self,
                const char   *code)
{
  for (guint i = 0; code != NULL && i < self->defs->len; i++)
    if (g_str_equal (linli_row_get_text (self->defs->pdata[i], LINLI_ATTRIBUTE_CODE), code))
      return linli_row_get_text (self->defs->pdata[i], LINLI_ATTRIBUTE_NAME);
  return code;
}

static JsonObject *
answer_to_json (LinliRouting    *self,
                LinliRuleAnswer *answer)
{
  JsonObject *object = json_object_new ();

  linli_json_set_text (object, "rule", linli_row_get_text (answer->rule, LINLI_ROUTING_RULE_NAME));
  linli_json_set_text (object, "code", linli_row_get_text (answer->rule, LINLI_ROUTING_RULE_CODE));
  json_object_set_int_member (object, "position", linli_row_get_int (answer->rule, LINLI_ROUTING_RULE_POSITION));
  linli_json_set_text (object, "outcome", linli_rule_outcome_to_id (answer->outcome));
  linli_json_set_text (object, "attribute", attribute_name (self, answer->attribute));
  set_short (object, "wanted", answer->wanted);
  set_short (object, "got", answer->got);
  return object;
}

/* What is for other matters altogether is counted; what came close is named. */
static void
add_rules (LinliRouting *self,
           JsonObject   *object,
           gboolean      whole)
{
  JsonArray *rules = json_array_new ();
  gint64 left_out = 0;

  for (guint i = 0; i < self->route->rules->len; i++)
    {
      LinliRuleAnswer *answer = self->route->rules->pdata[i];

      gboolean is_near = answer->outcome != LINLI_RULE_ITEM && answer->outcome != LINLI_RULE_OFF;

      if (whole || answer->outcome == LINLI_RULE_FITS || (is_near && json_array_get_length (rules) < MOST_RULES))
        json_array_add_object_element (rules, answer_to_json (self, answer));
      else
        left_out++;
    }
  json_object_set_array_member (object, "rules", rules);
  json_object_set_int_member (object, "other_rules", left_out);
}

static void
add_precedents (LinliRouting *self,
                JsonObject   *object)
{
  JsonArray *cases = json_array_new ();

  for (guint i = 0; i < MIN (self->route->precedents->len, MOST_CASES); i++)
    {
      LinliPrecedent *precedent = self->route->precedents->pdata[i];
      JsonObject *one = json_object_new ();

      linli_json_set_text (one, "case_no", precedent->case_no);
      linli_json_set_text (one, "case", precedent->case_id);
      linli_json_set_text (one, "kind", linli_precedent_kind_to_id (precedent->kind));
      linli_json_set_text (one, "unit", precedent->unit_name);
      json_object_set_int_member (one, "at", precedent->at);
      json_array_add_object_element (cases, one);
    }
  json_object_set_array_member (object, "cases", cases);
  json_object_set_int_member (object, "for", self->route->n_for);
  json_object_set_int_member (object, "of", self->route->n_all);
}

static void
add_assistants (LinliRouting *self,
                JsonObject   *object)
{
  g_auto(GStrv) ids = g_strsplit (self->route->assist_ids != NULL ? self->route->assist_ids : "", " ", -1);
  JsonArray *names = json_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    if (*ids[i] != '\0')
      json_array_add_string_element (names, linli_routing_get_unit (self, ids[i]));
  json_object_set_array_member (object, "assist", names);
}

/**
 * linli_routing_to_json:
 * @whole: every rule; else only those that came close, as a case keeps it
 *
 * Returns: (transfer full): the answer of query case.route
 */
JsonObject *
linli_routing_to_json (LinliRouting *self,
                       gboolean      whole)
{
  LinliRoute *route = self->route;
  JsonObject *object = json_object_new ();

  linli_json_set_text (object, "reason", linli_route_reason_to_id (route->reason));
  linli_json_set_text (object, "lead_id", route->lead_id);
  if (route->lead_id != NULL)
    linli_json_set_text (object, "lead", linli_routing_get_unit (self, route->lead_id));
  add_assistants (self, object);
  linli_json_set_text (object, "instruction", route->instruction);
  if (route->later_id != NULL)
    linli_json_set_text (object, "later", linli_routing_get_unit (self, route->later_id));
  if (route->rule != NULL)
    linli_json_set_text (object, "rule", linli_row_get_text (route->rule, LINLI_ROUTING_RULE_NAME));
  add_precedents (self, object);
  add_rules (self, object, whole);

  return object;
}

/**
 * linli_routing_to_text:
 * @chosen_id: (nullable): the unit it really went to
 *
 * Returns: (transfer full): what a case keeps of the answer when it is
 *   dispatched, and whether the dispatcher followed it
 */
char *
linli_routing_to_text (LinliRouting *self,
                       const char   *chosen_id,
                       const char   *chosen_name)
{
  g_autoptr(JsonObject) object = linli_routing_to_json (self, FALSE);

  if (chosen_id != NULL)
    {
      json_object_set_boolean_member (object, "followed", g_strcmp0 (chosen_id, self->route->lead_id) == 0);
      linli_json_set_text (object, "chosen", chosen_name);
    }
  json_object_remove_member (object, "instruction"); /* it stands in the dispatch */
  return linli_json_object_to_text (object);
}
