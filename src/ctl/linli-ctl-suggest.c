/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verb suggest: which leaves a text is likely about, and why. */

#include "config.h"

#include "linli-ctl-suggest.h"

#include "linli-catalogue-tables.h"
#include "linli-leaf-knowledge.h"
#include "linli-sight.h"

#define LIMIT 3

static gpointer
read_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  LinliStore *store = data;
  g_autoptr(LinliLeafKnowledge) knowledge = linli_leaf_knowledge_read (conn, linli_store_get_folder (store), error);
  g_autoptr(GPtrArray) examples = NULL;
  g_autoptr(GHashTable) counts = NULL;
  LinliLeafKnowledge *learned;
  gint64 before = G_MAXINT64;

  if (knowledge == NULL || !linli_leaf_knowledge_is_stale (knowledge))
    return g_steal_pointer (&knowledge);
  if (!linli_sight_lift (conn, error))
    return NULL;
  examples = linli_leaf_knowledge_examples (knowledge);
  counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (before != 0)
    if (!linli_leaf_examples_page (conn, examples, counts, &before, error))
      return NULL;
  learned = linli_leaf_knowledge_learn (knowledge, examples,
                                        linli_store_is_read_only (store) ? NULL : linli_store_get_folder (store), NULL, NULL);

  /* One leaf or none: what the list says is all there is. */
  return learned != NULL ? learned : g_steal_pointer (&knowledge);
}

static JsonNode *
to_node (GPtrArray *suggestions)
{
  static const char *const reasons[] = {
    [LINLI_LEAF_BY_NAME] = "name", [LINLI_LEAF_BY_ALIAS] = "alias", [LINLI_LEAF_BY_CASES] = "cases", [LINLI_LEAF_BY_LIST] = "list",
  };
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < suggestions->len; i++)
    {
      LinliLeafSuggestion *suggestion = suggestions->pdata[i];
      JsonObject *object = json_object_new ();
      JsonArray *words = json_array_new ();

      for (guint w = 0; w < G_N_ELEMENTS (suggestion->words) && suggestion->words[w] != NULL; w++)
        json_array_add_string_element (words, suggestion->words[w]);
      json_object_set_string_member (object, "code", linli_row_get_text (suggestion->item, LINLI_DUTY_ITEM_CODE));
      json_object_set_string_member (object, "name", linli_row_get_text (suggestion->item, LINLI_DUTY_ITEM_NAME));
      json_object_set_string_member (object, "reason", reasons[suggestion->reason]);
      json_object_set_array_member (object, "words", words);
      json_object_set_int_member (object, "cases", suggestion->n_cases);
      json_object_set_double_member (object, "score", suggestion->score);
      json_array_add_object_element (array, object);
    }
  json_node_take_array (node, array);

  return node;
}

/* The verb suggest TEXT|-. */
gboolean
linli_ctl_suggest (LinliCtl *ctl,
                   int       argc,
                   char    **argv,
                   int      *exit_code,
                   GError  **error)
{
  g_autofree char *text = NULL;
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(LinliLeafKnowledge) knowledge = NULL;
  g_autoptr(GPtrArray) suggestions = NULL;
  g_autoptr(JsonNode) answer = NULL;

  if (argc != 1)
    return linli_ctl_usage (error, "Say what the resident says: linlictl suggest TEXT, or - to read it");
  text = linli_ctl_read_text (argv[0], error);
  store = text != NULL ? linli_ctl_open (ctl, LINLI_STORE_READ_ONLY, error) : NULL;
  if (store == NULL)
    return FALSE;
  knowledge = linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, read_job, store, error);
  if (knowledge == NULL)
    return FALSE;
  suggestions = linli_leaf_knowledge_suggest (knowledge, text, LIMIT);
  answer = to_node (suggestions);
  linli_ctl_print (ctl, answer);

  return TRUE;
}
