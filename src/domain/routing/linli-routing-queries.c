/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-routing-queries.h"

#include <glib/gi18n.h>

#include "linli-attributes.h"
#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-routing-tables.h"
#include "linli-routing.h"
#include "linli-rows-query.h"
#include "linli-tx.h"

static const LinliArgSpec no_args[] = { { NULL } };

static const LinliArgSpec case_args[] = {
  { "case", LINLI_ARG_TEXT, TRUE, 60, .doc = "id or number of a case" },
  { NULL }
};

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static LinliRow *
find_case (LinliConn  *conn,
           JsonObject *args,
           GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case, error, "id = ?1 OR case_no = ?1", "s",
                                                 linli_json_get_text (args, "case"));

  if (rows == NULL)
    return NULL;
  if (rows->len > 0)
    return linli_row_ref (rows->pdata[0]);
  linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-case", "case", N_("There is no such case."));
  return NULL;
}

static void
add_attributes (JsonObject *object,
                GHashTable *attributes)
{
  g_autofree char *text = linli_attributes_to_text (attributes);

  json_object_set_object_member (object, "attributes", linli_json_parse_object (text, -1, NULL));
}

/* What would be proposed now, and what was kept when it was dispatched. */
static JsonNode *
query_route (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  g_autoptr(LinliRow) row = find_case (conn, args, error);
  g_autoptr(LinliRouting) routing = row != NULL ? linli_routing_of_case (conn, row, error) : NULL;
  const char *kept;
  JsonObject *object;

  if (routing == NULL)
    return NULL;
  object = linli_routing_to_json (routing, TRUE);
  add_attributes (object, routing->attributes);
  kept = linli_row_get_text (row, LINLI_CASE_ROUTE);
  if (kept != NULL)
    json_object_set_object_member (object, "kept", linli_json_parse_object (kept, -1, NULL));
  return take_object (object);
}

static const LinliArgSpec try_args[] = {
  { "item", LINLI_ARG_TEXT, TRUE, 60, .doc = "code of a leaf" },
  { "attributes", LINLI_ARG_OBJECT, .doc = "{code: value}" },
  { "community", LINLI_ARG_TEXT, FALSE, 60 },
  { "place", LINLI_ARG_TEXT, FALSE, 200 },
  { "place_id", LINLI_ARG_ID },
  { "grid", LINLI_ARG_TEXT, FALSE, 60 },
  { "urgency", LINLI_ARG_TEXT, FALSE, 20 },
  { "channel", LINLI_ARG_TEXT, FALSE, 60 },
  { "at", LINLI_ARG_TIME, .doc = "when it comes; now when absent" },
  { NULL }
};

static JsonNode *
query_try (LinliConn               *conn,
           const LinliQueryContext *context,
           JsonObject              *args,
           GError                 **error)
{
  JsonObject *said = linli_json_get_object (args, "attributes");
  g_autofree char *text = said != NULL ? linli_json_object_to_text (said) : NULL;
  g_autoptr(GHashTable) attributes = linli_attributes_parse (text);
  g_autoptr(LinliRouting) routing = NULL;
  LinliRouteQuestion question = {
    .item = linli_json_get_text (args, "item"),
    .attributes = attributes,
    .community = linli_json_get_text (args, "community"),
    .place = linli_json_get_text (args, "place"),
    .place_id = linli_json_get_text (args, "place_id"),
    .grid = linli_json_get_text (args, "grid"),
    .urgency = linli_json_get_text (args, "urgency"),
    .channel = linli_json_get_text (args, "channel"),
    .at = context->now,
  };
  JsonObject *object;

  linli_args_get_time (args, "at", &question.at);
  routing = linli_routing_ask (conn, &question, error);
  if (routing == NULL)
    return NULL;
  object = linli_routing_to_json (routing, TRUE);
  add_attributes (object, routing->attributes);
  return take_object (object);
}

static JsonNode *
query_rules (LinliConn               *conn,
             const LinliQueryContext *context,
             JsonObject              *args,
             GError                 **error)
{
  return linli_rows_query (conn, &linli_table_routing_rule, "1 = 1 ORDER BY position, code", error);
}

static JsonNode *
query_attributes (LinliConn               *conn,
                  const LinliQueryContext *context,
                  JsonObject              *args,
                  GError                 **error)
{
  return linli_rows_query (conn, &linli_table_attribute, "active = 1 ORDER BY position, code", error);
}

static JsonNode *
query_owners (LinliConn               *conn,
              const LinliQueryContext *context,
              JsonObject              *args,
              GError                 **error)
{
  return linli_rows_query (conn, &linli_table_ownership, "active = 1 ORDER BY found_at DESC, pk DESC", error);
}

const LinliQuery linli_routing_queries[] = {
  { "case.route", case_args, query_route, "Which unit a case should go to and why, and what was said when it was dispatched." },
  { "route.try", try_args, query_try, "Which unit a matter would go to, and what became of every rule." },
  { "rule.list", no_args, query_rules, "The routing rules in the order they are asked." },
  { "attribute.list", no_args, query_attributes, "What is asked about matters beside their leaf." },
  { "owner.list", no_args, query_owners, "Whose things turned out to be, latest first." },
  { NULL }
};
