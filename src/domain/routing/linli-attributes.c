/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-attributes.h"

#include <string.h>

#include "linli-json.h"
#include "linli-route.h"
#include "linli-routing-tables.h"
#include "linli-tx.h"

/**
 * linli_attribute_defs_load:
 *
 * Returns: (transfer full) (element-type LinliRow): what is asked, in the order it is asked
 */
GPtrArray *
linli_attribute_defs_load (LinliConn *conn,
                           GError   **error)
{
  return linli_conn_select (conn, &linli_table_attribute, error, "active = 1 ORDER BY position, code", "");
}

/* Also what is not asked any more. Returns: (transfer full) (element-type LinliRow) */
GPtrArray *
linli_attribute_defs_load_all (LinliConn *conn,
                               GError   **error)
{
  return linli_conn_select (conn, &linli_table_attribute, error, "1 = 1 ORDER BY position, code", "");
}

/* Whether it is asked about matters of the leaf @item (nullable). */
gboolean
linli_attribute_applies (LinliRow   *def,
                         const char *item)
{
  return linli_item_is_among (item, linli_row_get_text (def, LINLI_ATTRIBUTE_ITEMS));
}

/* Returns: (transfer full) (nullable): what the leaf @item says by itself */
char *
linli_attribute_dup_default (LinliRow   *def,
                             const char *item)
{
  g_autoptr(GHashTable) defaults = linli_attributes_parse (linli_row_get_text (def, LINLI_ATTRIBUTE_DEFAULTS));

  return item != NULL ? g_strdup (g_hash_table_lookup (defaults, item)) : NULL;
}

/* Returns: (transfer full) (nullable): what may be answered; %NULL for any words */
char **
linli_attribute_dup_choices (LinliRow *def)
{
  const char *text = linli_row_get_text (def, LINLI_ATTRIBUTE_CHOICES);
  g_autoptr(JsonNode) node = text != NULL ? linli_json_parse (text, -1, NULL) : NULL;
  g_autoptr(GStrvBuilder) choices = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_strv_builder_add (choices, json_array_get_string_element (array, i));
  return g_strv_builder_end (choices);
}

/**
 * linli_attributes_asked:
 * @defs: (element-type LinliRow): from linli_attribute_defs_load()
 *
 * Returns: (transfer full): code -> what the leaf @item says by itself (or
 *   %NULL), of every question about it; for linli_attributes_complete()
 */
GHashTable *
linli_attributes_asked (GPtrArray  *defs,
                        const char *item)
{
  GHashTable *asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < defs->len; i++)
    if (linli_attribute_applies (defs->pdata[i], item))
      g_hash_table_insert (asked, g_strdup (linli_row_get_text (defs->pdata[i], LINLI_ATTRIBUTE_CODE)),
                           linli_attribute_dup_default (defs->pdata[i], item));
  return asked;
}

/**
 * linli_attributes_complete:
 * @asked: from linli_attributes_asked()
 * @said: (nullable): code -> value, as somebody filled them in
 *
 * Returns: (transfer full): what counts: what was said to the questions, else
 *   what the leaf says by itself
 */
GHashTable *
linli_attributes_complete (GHashTable *asked,
                           GHashTable *said)
{
  GHashTable *effective = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer code, by_itself;

  g_hash_table_iter_init (&iter, asked);
  while (g_hash_table_iter_next (&iter, &code, &by_itself))
    {
      const char *value = said != NULL ? g_hash_table_lookup (said, code) : NULL;

      if (value == NULL)
        value = by_itself;
      if (value != NULL)
        g_hash_table_insert (effective, g_strdup (code), g_strdup (value));
    }
  return effective;
}

/* linli_attributes_complete() for one matter of the leaf @item. */
GHashTable *
linli_attributes_effective (GPtrArray  *defs,
                            const char *item,
                            GHashTable *said)
{
  g_autoptr(GHashTable) asked = linli_attributes_asked (defs, item);

  return linli_attributes_complete (asked, said);
}

/* Returns: (transfer full): empty for %NULL and for what is no object of texts */
GHashTable *
linli_attributes_parse (const char *json)
{
  GHashTable *attributes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(JsonObject) object = json != NULL ? linli_json_parse_object (json, -1, NULL) : NULL;
  g_autoptr(GList) codes = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = codes; l != NULL; l = l->next)
    {
      const char *value = linli_json_get_text (object, l->data);

      if (value != NULL && *value != '\0')
        g_hash_table_insert (attributes, g_strdup (l->data), g_strdup (value));
    }
  return attributes;
}

/* Returns: (transfer full): the object, its members in the order of their codes */
char *
linli_attributes_to_text (GHashTable *attributes)
{
  g_autoptr(GList) codes = g_list_sort (g_hash_table_get_keys (attributes), (GCompareFunc) strcmp);
  g_autoptr(GString) text = g_string_new ("{");

  for (GList *l = codes; l != NULL; l = l->next)
    {
      if (text->len > 1)
        g_string_append_c (text, ',');
      linli_json_append_text (text, l->data);
      g_string_append_c (text, ':');
      linli_json_append_text (text, g_hash_table_lookup (attributes, l->data));
    }
  g_string_append_c (text, '}');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* %NULL and an empty table are alike. */
gboolean
linli_attributes_equal (GHashTable *a,
                        GHashTable *b)
{
  GHashTableIter iter;
  gpointer code, value;
  guint n_a = a != NULL ? g_hash_table_size (a) : 0;
  guint n_b = b != NULL ? g_hash_table_size (b) : 0;

  if (n_a != n_b)
    return FALSE;
  if (n_a == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &code, &value))
    if (g_strcmp0 (value, g_hash_table_lookup (b, code)) != 0)
      return FALSE;
  return TRUE;
}

/**
 * linli_case_attributes_load:
 * @attributes: (out) (transfer full): code -> value, as somebody filled them in
 */
gboolean
linli_case_attributes_load (LinliConn   *conn,
                            const char  *case_id,
                            GHashTable **attributes,
                            GError     **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_case_attribute, error, "case_id = ?1", "s", case_id);

  if (rows == NULL)
    return FALSE;
  *attributes = linli_attributes_parse (NULL);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (*attributes, g_strdup (linli_row_get_text (rows->pdata[i], LINLI_CASE_ATTRIBUTE_CODE)),
                         g_strdup (linli_row_get_text (rows->pdata[i], LINLI_CASE_ATTRIBUTE_VALUE)));
  return TRUE;
}
