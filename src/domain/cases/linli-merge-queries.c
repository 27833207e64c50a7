/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What linlictl and HTTP may ask about merging, by name. */

#include "config.h"

#include "linli-case-queries.h"

#include "linli-case-queries-private.h"
#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-merge-preview.h"
#include "linli-unmerge-choices.h"

#define MOST_CANDIDATES 20

const LinliArgSpec linli_merge_preview_args[] = {
  { "target", LINLI_ARG_TEXT, FALSE, 60, .doc = "id or number; chosen among the cases when absent" },
  { "sources", LINLI_ARG_TEXTS, TRUE, 100, .doc = "ids or numbers of the cases to come together" },
  { NULL }
};

const LinliArgSpec linli_merge_candidates_args[] = {
  { "case", LINLI_ARG_TEXT, TRUE, 60, .doc = "id or number of a case" },
  { NULL }
};

const LinliArgSpec linli_unmerge_preview_args[] = {
  { "case", LINLI_ARG_TEXT, TRUE, 60, .doc = "id or number of a merged case" },
  { NULL }
};

static JsonArray *
residents_to_array (LinliMergeCase *one)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < one->submissions->len; i++)
    {
      LinliRow *submission = one->submissions->pdata[i];
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "receipt_no", linli_row_get_text (submission, LINLI_SUBMISSION_RECEIPT_NO));
      linli_json_set_text (object, "name", one->names->pdata[i]);
      linli_json_set_text (object, "text", linli_row_get_text (submission, LINLI_SUBMISSION_TEXT));
      json_object_set_boolean_member (object, "reply_wanted", linli_row_get_int (submission, LINLI_SUBMISSION_REPLY_WANTED));
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
case_to_object (LinliMergeCase *one)
{
  static const guint columns[] = { LINLI_CASE_ID, LINLI_CASE_CASE_NO, LINLI_CASE_TITLE, LINLI_CASE_STATE,
                                   LINLI_CASE_ITEM_NAME, LINLI_CASE_PLACE, LINLI_CASE_LEAD_UNIT_NAME };
  JsonObject *object = json_object_new ();
  JsonArray *warnings = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    linli_json_set_text (object, linli_table_case.columns[columns[i]].name, linli_row_get_text (one->row, columns[i]));
  linli_json_set_time (object, "received_at", linli_row_get_int (one->row, LINLI_CASE_RECEIVED_AT));
  linli_json_set_time (object, "due_at", linli_row_get_int (one->row, LINLI_CASE_DUE_AT));
  json_object_set_array_member (object, "residents", residents_to_array (one));
  for (guint bit = 1; bit <= LINLI_MERGE_SETTLED; bit <<= 1)
    if (one->warnings & bit)
      json_array_add_string_element (warnings, linli_merge_warning_to_text (bit));
  json_object_set_array_member (object, "warnings", warnings);
  linli_json_set_text (object, "refused", one->refusal);

  return object;
}

static GPtrArray *
get_texts (JsonArray *array)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_ptr_array_add (texts, g_strdup (json_array_get_string_element (array, i)));
  return texts;
}

JsonNode *
linli_merge_preview_query (LinliConn               *conn,
                           const LinliQueryContext *context,
                           JsonObject              *args,
                           GError                 **error)
{
  g_autoptr(GPtrArray) sources = get_texts (linli_json_get_array (args, "sources"));
  g_autofree char *target = g_strdup (linli_json_get_text (args, "target"));
  g_autoptr(LinliMergePreview) preview = NULL;
  JsonArray *array = json_array_new ();
  JsonObject *object;
  JsonNode *node;

  if (target == NULL)
    target = linli_merge_choose_target (conn, sources, error);
  preview = target != NULL ? linli_merge_preview_load (conn, target, sources, error) : NULL;
  if (preview == NULL)
    {
      json_array_unref (array);
      return NULL;
    }
  object = json_object_new ();
  json_object_set_object_member (object, "target", case_to_object (preview->target));
  for (guint i = 0; i < preview->sources->len; i++)
    {
      LinliMergeCase *source = preview->sources->pdata[i];

      if (!g_str_equal (linli_row_get_id (source->row), linli_row_get_id (preview->target->row)))
        json_array_add_object_element (array, case_to_object (source));
    }
  json_object_set_array_member (object, "sources", array);
  json_object_set_int_member (object, "n_residents", preview->n_residents);
  linli_json_set_time (object, "due_at", preview->due_at);
  if (preview->due_from != NULL)
    linli_json_set_text (object, "due_from", linli_row_get_text (preview->due_from, LINLI_CASE_CASE_NO));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}

JsonNode *
linli_merge_candidates_query (LinliConn               *conn,
                              const LinliQueryContext *context,
                              JsonObject              *args,
                              GError                 **error)
{
  g_autoptr(GPtrArray) found = linli_merge_candidates_load (conn, linli_json_get_text (args, "case"), MOST_CANDIDATES, error);
  JsonArray *array;
  JsonNode *node;

  if (found == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < found->len; i++)
    json_array_add_object_element (array, case_to_object (found->pdata[i]));
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);

  return node;
}

static JsonArray *
since_to_array (GPtrArray *rows,
                guint      at,
                guint      text)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *object = json_object_new ();

      linli_json_set_text (object, "id", linli_row_get_id (rows->pdata[i]));
      linli_json_set_time (object, "at", linli_row_get_int (rows->pdata[i], at));
      linli_json_set_text (object, "text", linli_row_get_text (rows->pdata[i], text));
      json_array_add_object_element (array, object);
    }
  return array;
}

JsonNode *
linli_unmerge_preview_query (LinliConn               *conn,
                             const LinliQueryContext *context,
                             JsonObject              *args,
                             GError                 **error)
{
  g_autoptr(LinliUnmergeChoices) choices = linli_unmerge_choices_load (conn, linli_json_get_text (args, "case"), error);
  JsonObject *object;
  JsonNode *node;

  if (choices == NULL)
    return NULL;
  object = json_object_new ();
  linli_json_set_text (object, "case_no", linli_row_get_text (choices->source, LINLI_CASE_CASE_NO));
  linli_json_set_text (object, "target", linli_row_get_id (choices->root));
  linli_json_set_text (object, "target_no", linli_row_get_text (choices->root, LINLI_CASE_CASE_NO));
  json_object_set_array_member (object, "entries", since_to_array (choices->entries, LINLI_ENTRY_AT, LINLI_ENTRY_BODY));
  json_object_set_array_member (object, "submissions", since_to_array (choices->submissions, LINLI_SUBMISSION_RECEIVED_AT,
                                                                      LINLI_SUBMISSION_TEXT));
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}
