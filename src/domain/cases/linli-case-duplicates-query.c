/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-queries-private.h"

#include "linli-case-duplicates.h"
#include "linli-json.h"

#define LIMIT 10

const LinliArgSpec linli_case_duplicates_args[] = {
  { "text", LINLI_ARG_TEXT, TRUE, 20000, .doc = "what a resident says" },
  { "appellant", LINLI_ARG_ID, .doc = "a known resident" },
  { "name", LINLI_ARG_TEXT, FALSE, 60 },
  { "phone", LINLI_ARG_TEXT, FALSE, 60 },
  { "place", LINLI_ARG_TEXT, FALSE, 200 },
  { "place_id", LINLI_ARG_ID },
  { "latitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { "longitude", LINLI_ARG_INT, .doc = "degrees x 10,000,000" },
  { "radius", LINLI_ARG_INT, .doc = "m within which a position is the same place; 50 when absent, 0 for none" },
  { "item", LINLI_ARG_TEXT, FALSE, 60, .doc = "code of a leaf of the duty list" },
  { "leave_out", LINLI_ARG_ID, .doc = "a case that is not its own duplicate" },
  { "days", LINLI_ARG_INT, .doc = "how far back; 30 when absent, 0 finds nothing" },
  { "limit", LINLI_ARG_INT, .doc = "10 when absent" },
  { NULL }
};

static JsonArray *
reasons_to_array (LinliDuplicateReasons reasons)
{
  static const char *const names[] = { "person", "place", "item", "words" };
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (reasons & 1u << i)
      json_array_add_string_element (array, names[i]);
  return array;
}

static JsonObject *
duplicate_to_object (LinliDuplicate *found)
{
  JsonObject *object = json_object_new ();
  g_autofree char *received = linli_time_to_text (found->received_at);

  json_object_set_string_member (object, "id", found->case_id);
  json_object_set_string_member (object, "case_no", found->case_no);
  json_object_set_string_member (object, "title", found->title);
  json_object_set_string_member (object, "text", found->text != NULL ? found->text : "");
  json_object_set_string_member (object, "state", found->state);
  json_object_set_string_member (object, "received_at", received);
  json_object_set_int_member (object, "n_submissions", found->n_submissions);
  json_object_set_boolean_member (object, "open", found->open);
  json_object_set_array_member (object, "reasons", reasons_to_array (found->reasons));
  json_object_set_double_member (object, "likeness", found->likeness);
  json_object_set_double_member (object, "score", found->score);

  return object;
}

JsonNode *
linli_case_duplicates_query (LinliConn               *conn,
                             const LinliQueryContext *context,
                             JsonObject              *args,
                             GError                 **error)
{
  LinliDuplicateQuestion question = {
    .text = linli_json_get_text (args, "text"),
    .appellant = linli_json_get_text (args, "appellant"),
    .name = linli_json_get_text (args, "name"),
    .phone = linli_json_get_text (args, "phone"),
    .place = linli_json_get_text (args, "place"),
    .place_id = linli_json_get_text (args, "place_id"),
    .item_code = linli_json_get_text (args, "item"),
    .leave_out = linli_json_get_text (args, "leave_out"),
    .now = context->now,
  };
  gint64 days = LINLI_DUPLICATE_DAYS;
  gint64 limit = LIMIT;
  gint64 radius = LINLI_DUPLICATE_RADIUS;
  g_autoptr(GPtrArray) found = NULL;
  JsonArray *array;
  JsonNode *node;

  if (linli_json_get_int (args, "latitude", &question.latitude) && linli_json_get_int (args, "longitude", &question.longitude))
    linli_json_get_int (args, "radius", &radius);
  else
    radius = 0;
  question.radius = (guint) CLAMP (radius, 0, 100000);
  linli_json_get_int (args, "days", &days);
  linli_json_get_int (args, "limit", &limit);
  question.days = (guint) CLAMP (days, 0, 36500);
  found = linli_case_duplicates_find (conn, &question, (guint) CLAMP (limit, 1, 1000), error);
  if (found == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < found->len; i++)
    json_array_add_object_element (array, duplicate_to_object (found->pdata[i]));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);

  return node;
}
