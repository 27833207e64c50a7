/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-georeport.h"

#include <math.h>
#include <string.h>

#include "linli-args.h"
#include "linli-attributes.h"
#include "linli-hub-intake.h"
#include "linli-json.h"
#include "linli-routing-tables.h"

#define COARSE 100000 /* of ten millions a degree: about a kilometre */

/* --- Services --- */

static gboolean
has_attributes (GPtrArray  *defs,
                const char *code)
{
  for (guint i = 0; i < defs->len; i++)
    if (linli_attribute_applies (defs->pdata[i], code))
      return TRUE;
  return FALSE;
}

static JsonObject *
service_to_object (LinliStmt *stmt,
                   GPtrArray *defs)
{
  JsonObject *object = json_object_new ();
  const char *path = linli_stmt_get_text (stmt, 3);
  const char *end = strstr (path, " / ");
  g_autofree char *group = end != NULL ? g_strndup (path, (gsize) (end - path)) : g_strdup (path);
  g_autofree char *keywords = linli_stmt_is_null (stmt, 2) ? g_strdup ("") : linli_stmt_dup_text (stmt, 2);

  json_object_set_string_member (object, "service_code", linli_stmt_get_text (stmt, 0));
  json_object_set_string_member (object, "service_name", linli_stmt_get_text (stmt, 1));
  json_object_set_string_member (object, "description", path);
  json_object_set_boolean_member (object, "metadata", has_attributes (defs, linli_stmt_get_text (stmt, 0)));
  json_object_set_string_member (object, "type", "realtime");
  json_object_set_string_member (object, "keywords", g_strdelimit (keywords, " ", ','));
  json_object_set_string_member (object, "group", group);

  return object;
}

/**
 * linli_hub_report_services:
 *
 * Returns: (transfer full): the leaves in force, those chosen most often first
 */
JsonNode *
linli_hub_report_services (LinliConn *conn,
                           GError   **error)
{
  g_autoptr(GPtrArray) defs = linli_attribute_defs_load (conn, error);
  g_autoptr(JsonArray) array = json_array_new ();
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean found = FALSE;

  if (defs != NULL)
    stmt = linli_conn_query (conn, error, "SELECT code, name, aliases, path FROM duty_item WHERE active = 1 AND is_leaf = 1 "
                                          "ORDER BY uses DESC, code", "");
  if (stmt == NULL)
    return NULL;
  while (TRUE)
    {
      if (!linli_stmt_step (stmt, &found, error))
        return NULL;
      if (!found)
        return linli_json_take_array (g_steal_pointer (&array));
      json_array_add_object_element (array, service_to_object (stmt, defs));
    }
}

static JsonArray *
choices_to_array (char **choices)
{
  JsonArray *values = json_array_new ();

  for (guint i = 0; choices != NULL && choices[i] != NULL; i++)
    {
      JsonObject *value = json_object_new ();

      json_object_set_string_member (value, "key", choices[i]);
      json_object_set_string_member (value, "name", choices[i]);
      json_array_add_object_element (values, value);
    }
  return values;
}

static JsonObject *
attribute_to_object (LinliRow *def,
                     guint     order)
{
  JsonObject *object = json_object_new ();
  g_auto(GStrv) choices = linli_attribute_dup_choices (def);
  const char *hint = linli_row_get_text (def, LINLI_ATTRIBUTE_HINT);

  json_object_set_boolean_member (object, "variable", TRUE);
  json_object_set_string_member (object, "code", linli_row_get_text (def, LINLI_ATTRIBUTE_CODE));
  json_object_set_string_member (object, "datatype", choices != NULL && choices[0] != NULL ? "singlevaluelist" : "string");
  json_object_set_boolean_member (object, "required", FALSE);
  json_object_set_string_member (object, "datatype_description", hint != NULL ? hint : "");
  json_object_set_int_member (object, "order", order);
  json_object_set_string_member (object, "description", linli_row_get_text (def, LINLI_ATTRIBUTE_NAME));
  json_object_set_array_member (object, "values", choices_to_array (choices));

  return object;
}

/**
 * linli_hub_report_definition:
 * @code: of a leaf
 *
 * Returns: (transfer full) (nullable): what is asked about its matters; %NULL
 *   without @error when there is no such leaf
 */
JsonNode *
linli_hub_report_definition (LinliConn  *conn,
                             const char *code,
                             GError    **error)
{
  g_autoptr(GPtrArray) defs = NULL;
  JsonObject *object;
  JsonArray *attributes;
  JsonNode *node;
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM duty_item WHERE code = ?1 AND active = 1 AND is_leaf = 1",
                           "s", code) ||
      n == 0)
    return NULL;
  defs = linli_attribute_defs_load (conn, error);
  if (defs == NULL)
    return NULL;
  object = json_object_new ();
  attributes = json_array_new ();
  json_object_set_string_member (object, "service_code", code);
  json_object_set_array_member (object, "attributes", attributes);
  for (guint i = 0; i < defs->len; i++)
    {
      g_autofree char *said = linli_attribute_dup_default (defs->pdata[i], code);

      if (said == NULL && linli_attribute_applies (defs->pdata[i], code))
        json_array_add_object_element (attributes, attribute_to_object (defs->pdata[i],
                                                                        json_array_get_length (attributes) + 1));
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}

/* --- Requests --- */

enum { CASE_NO, STATE, CODE, NAME, UNIT, RECEIVED_AT, TOUCHED_AT, DUE_AT, COMMUNITY, LATITUDE, LONGITUDE, TARGET };

/* What is told to whoever waits is when it is to be settled, not when a unit is to sign. */
#define REQUESTS \
  "SELECT c.case_no, c.state, coalesce(c.item_code, i.service), coalesce(d.name, c.item_name), c.lead_unit_name, " \
  "c.received_at, c.touched_at, " \
  "(SELECT min(k.due_at) FROM clock k WHERE k.case_id = c.id AND k.kind = 'resolve' AND k.state = 'running'), " \
  "coalesce(c.community, (SELECT coalesce(community, name) FROM centre LIMIT 1)), " \
  "c.latitude, c.longitude, t.case_no FROM hub_intake i JOIN cases c ON c.id = i.case_id " \
  "LEFT JOIN cases t ON t.id = c.merged_into_id AND t.confidential = 0 " \
  "LEFT JOIN duty_item d ON d.code = coalesce(c.item_code, i.service) AND d.active = 1 " \
  "WHERE i.door = 'open311' AND c.confidential = 0 AND (?1 = '' OR c.case_no = ?1) AND i.received_at BETWEEN ?2 AND ?3 " \
  "ORDER BY i.received_at DESC, i.pk DESC"

static void
add_text (JsonObject *object,
          const char *member,
          LinliStmt  *stmt,
          int         column)
{
  if (linli_stmt_is_null (stmt, column))
    json_object_set_null_member (object, member);
  else
    json_object_set_string_member (object, member, linli_stmt_get_text (stmt, column));
}

static void
add_time (JsonObject *object,
          const char *member,
          LinliStmt  *stmt,
          int         column)
{
  g_autofree char *text = NULL;

  if (linli_stmt_is_null (stmt, column))
    {
      json_object_set_null_member (object, member);
      return;
    }
  text = linli_time_to_text (linli_stmt_get_int (stmt, column));
  json_object_set_string_member (object, member, text);
}

static void
add_degrees (JsonObject *object,
             const char *member,
             LinliStmt  *stmt,
             int         column)
{
  if (linli_stmt_is_null (stmt, column))
    json_object_set_null_member (object, member);
  else
    json_object_set_double_member (object, member, round ((double) linli_stmt_get_int (stmt, column) / COARSE) / 100);
}

static JsonObject *
request_to_object (LinliStmt *stmt)
{
  static const char *const nothing[] = { "description", "service_notice", "address_id", "zipcode", "media_url" };
  JsonObject *object = json_object_new ();
  const char *state = linli_stmt_get_text (stmt, STATE);
  g_autofree char *note = g_strdup (linli_hub_state_note (state));

  if (!linli_stmt_is_null (stmt, TARGET))
    {
      g_free (note);
      note = g_strconcat (linli_hub_state_note (state), " ", linli_stmt_get_text (stmt, TARGET), NULL);
    }
  json_object_set_string_member (object, "service_request_id", linli_stmt_get_text (stmt, CASE_NO));
  json_object_set_string_member (object, "status", linli_hub_state_is_settled (state) ? "closed" : "open");
  json_object_set_string_member (object, "status_notes", note);
  add_text (object, "service_name", stmt, NAME);
  add_text (object, "service_code", stmt, CODE);
  add_text (object, "agency_responsible", stmt, UNIT);
  add_time (object, "requested_datetime", stmt, RECEIVED_AT);
  add_time (object, "updated_datetime", stmt, TOUCHED_AT);
  add_time (object, "expected_datetime", stmt, DUE_AT);
  add_text (object, "address", stmt, COMMUNITY);
  add_degrees (object, "lat", stmt, LATITUDE);
  add_degrees (object, "long", stmt, LONGITUDE);
  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    json_object_set_null_member (object, nothing[i]);

  return object;
}

static gboolean
is_wanted (const LinliHubReports *wanted,
           LinliStmt             *stmt)
{
  const char *status = linli_hub_state_is_settled (linli_stmt_get_text (stmt, STATE)) ? "closed" : "open";

  if (wanted->status != NULL && strstr (wanted->status, status) == NULL)
    return FALSE;
  return wanted->codes == NULL || (!linli_stmt_is_null (stmt, CODE) &&
                                   g_strv_contains ((const char *const *) wanted->codes, linli_stmt_get_text (stmt, CODE)));
}

/**
 * linli_hub_report_list:
 * @list: where they are added, newest first, up to %LINLI_HUB_REPORTS_MOST
 */
gboolean
linli_hub_report_list (LinliConn             *conn,
                       const LinliHubReports *wanted,
                       JsonArray             *list,
                       GError               **error)
{
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, REQUESTS, "sii", wanted->id != NULL ? wanted->id : "",
                                                wanted->from, wanted->to);
  gboolean found = TRUE;

  if (stmt == NULL)
    return FALSE;
  while (found && json_array_get_length (list) < LINLI_HUB_REPORTS_MOST)
    {
      if (!linli_stmt_step (stmt, &found, error))
        return FALSE;
      if (found && is_wanted (wanted, stmt))
        json_array_add_object_element (list, request_to_object (stmt));
    }
  return TRUE;
}

/* @token: number of a receipt, or of the case itself. @id: (out) (nullable) */
gboolean
linli_hub_report_token (LinliConn  *conn,
                        const char *token,
                        char      **id,
                        GError    **error)
{
  return linli_conn_get_text (conn, id, error,
                              "SELECT c.case_no FROM hub_intake i JOIN cases c ON c.id = i.case_id WHERE "
                              "i.door = 'open311' AND c.confidential = 0 AND (i.receipt_no = ?1 OR c.case_no = ?1) LIMIT 1",
                              "s", token);
}

/* --- XML --- */

/* What one of a list is called. */
static const char *
one_of (const char *list)
{
  static const char *const names[][2] = {
    { "services", "service" }, { "service_requests", "request" }, { "attributes", "attribute" }, { "values", "value" },
    { "errors", "error" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], list))
      return names[i][1];
  return "item";
}

static void
append_words (GString    *xml,
              const char *words)
{
  g_autofree char *clean = g_strdup (words);
  g_autofree char *escaped = NULL;

  for (char *c = clean; *c != '\0'; c++)
    if ((guchar) *c < 0x20 && *c != '\n' && *c != '\t') /* no character of XML */
      *c = ' ';
  escaped = g_markup_escape_text (clean, -1);
  g_string_append (xml, escaped);
}

static void
append_value (GString  *xml,
              JsonNode *node)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    append_words (xml, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (xml, json_node_get_boolean (node) ? "true" : "false");
  else if (json_node_get_value_type (node) == G_TYPE_DOUBLE)
    g_string_append (xml, g_ascii_formatd (digits, sizeof digits, "%.2f", json_node_get_double (node)));
  else
    g_string_append_printf (xml, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
append_node (GString    *xml,
             JsonNode   *node,
             const char *name)
{
  if (JSON_NODE_HOLDS_NULL (node))
    {
      g_string_append_printf (xml, "<%s/>", name);
      return;
    }
  g_string_append_printf (xml, "<%s>", name);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        append_node (xml, json_array_get_element (array, i), one_of (name));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *member;
      JsonNode *value;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &member, &value))
        append_node (xml, value, member);
    }
  else
    append_value (xml, node);
  g_string_append_printf (xml, "</%s>", name);
}

/* @root: what the whole is called. Returns: (transfer full): the same as XML */
char *
linli_hub_report_to_xml (JsonNode   *node,
                         const char *root)
{
  GString *xml = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");

  append_node (xml, node, root);
  g_string_append_c (xml, '\n');

  return g_string_free (xml, FALSE);
}
