/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The handling units of a centre (承办单位), and what each has to do with it. */

#include "config.h"

#include "linli-unit-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-args.h"
#include "linli-catalogue-tables.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-text.h"
#include "linli-tx.h"
#include "linli-unit-scope.h"

void
linli_unit_facts_free (LinliUnitFacts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->row, linli_row_unref);
  g_free (self->parent);
  g_free (self);
}

void
linli_unit_detail_free (LinliUnitDetail *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_free (self);
}

/* @sql: yields ids of units and numbers */
static GHashTable *
count (LinliConn  *conn,
       const char *sql,
       GError    **error)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error, sql, "");
  gboolean row = FALSE;

  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_hash_table_replace (counts, linli_stmt_dup_text (stmt, 0), GUINT_TO_POINTER ((guint) linli_stmt_get_int (stmt, 1)));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  return g_steal_pointer (&counts);
}

static guint
look_up (GHashTable *counts,
         LinliRow   *unit)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (counts, linli_row_get_id (unit)));
}

static const char *
find_name (GPtrArray  *rows,
           const char *id)
{
  for (guint i = 0; id != NULL && i < rows->len; i++)
    if (g_str_equal (linli_row_get_id (rows->pdata[i]), id))
      return linli_row_get_text (rows->pdata[i], LINLI_UNIT_NAME);
  return NULL;
}

/**
 * linli_unit_list_load:
 * @now: microseconds UTC
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliUnitFacts): every unit in the order of its code, the closed ones last
 */
GPtrArray *
linli_unit_list_load (LinliConn *conn,
                      gint64     now,
                      GError   **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_unit, error, "1 = 1 ORDER BY active DESC, code", "");
  g_autoptr(GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) late = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) items = rows == NULL ? NULL
    : count (conn, "SELECT lead_unit_id, count(*) FROM duty_item WHERE lead_unit_id IS NOT NULL AND active = 1 "
             "GROUP BY lead_unit_id", error);
  g_autoptr(GHashTable) people = items == NULL ? NULL
    : count (conn, "SELECT unit_id, count(*) FROM account WHERE unit_id IS NOT NULL AND active = 1 GROUP BY unit_id", error);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_unit_facts_free);

  if (people == NULL || !linli_unit_scope_count (conn, LINLI_PART_IS_OPEN, now, open, error) ||
      !linli_unit_scope_count (conn, LINLI_PART_IS_LATE, now, late, error))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      LinliRow *row = rows->pdata[i];
      LinliUnitFacts *facts = g_new0 (LinliUnitFacts, 1);

      facts->row = linli_row_ref (row);
      facts->parent = g_strdup (find_name (rows, linli_row_get_text (row, LINLI_UNIT_PARENT_ID)));
      facts->n_open = look_up (open, row);
      facts->n_late = look_up (late, row);
      facts->n_items = look_up (items, row);
      facts->n_accounts = look_up (people, row);
      g_ptr_array_add (list, facts);
    }

  return g_steal_pointer (&list);
}

/**
 * linli_unit_detail_load:
 * @unit: id
 * @error: %LINLI_STORE_ERROR
 */
LinliUnitDetail *
linli_unit_detail_load (LinliConn  *conn,
                        const char *unit,
                        GError    **error)
{
  g_autoptr(LinliUnitDetail) self = g_new0 (LinliUnitDetail, 1);

  self->items = linli_conn_select (conn, &linli_table_duty_item, error, "lead_unit_id = ?1 AND active = 1 ORDER BY code",
                                   "s", unit);
  self->people = self->items != NULL ? linli_conn_select (conn, &linli_table_account, error,
                                                          "unit_id = ?1 ORDER BY active DESC, pk", "s", unit) : NULL;
  self->numbers = self->people != NULL ? linli_unit_scope_numbers (conn, unit, TRUE, error) : NULL;

  return self->numbers != NULL ? g_steal_pointer (&self) : NULL;
}

static gboolean
has_word (const LinliUnitFacts *self,
          const char           *word)
{
  static const guint columns[] = { LINLI_UNIT_NAME, LINLI_UNIT_SHORT_NAME, LINLI_UNIT_PINYIN, LINLI_UNIT_CODE,
                                   LINLI_UNIT_KIND, LINLI_UNIT_PHONE, LINLI_UNIT_CONTACT };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const char *text = linli_row_get_text (self->row, columns[i]);
      g_autofree char *folded = text != NULL ? linli_text_fold (text, -1) : NULL;

      if (folded != NULL && strstr (folded, word) != NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * linli_unit_facts_match:
 * @folded: words as linli_text_fold() leaves them
 *
 * Returns: whether every word is part of a name, the initials, the code, the kind or how one reaches the unit
 */
gboolean
linli_unit_facts_match (const LinliUnitFacts *self,
                        const char           *folded)
{
  g_auto(GStrv) words = g_strsplit (folded, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && !has_word (self, words[i]))
      return FALSE;
  return TRUE;
}

/* --- By name --- */

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static JsonObject *
facts_to_object (const LinliUnitFacts *facts)
{
  static const struct
  {
    const char *member;
    guint       column;
  } texts[] = {
    { "id", LINLI_UNIT_ID }, { "code", LINLI_UNIT_CODE }, { "name", LINLI_UNIT_NAME },
    { "short_name", LINLI_UNIT_SHORT_NAME }, { "kind", LINLI_UNIT_KIND }, { "phone", LINLI_UNIT_PHONE },
    { "contact", LINLI_UNIT_CONTACT }, { "closed_reason", LINLI_UNIT_CLOSED_REASON },
  };
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    json_object_set_string_member (object, texts[i].member, linli_row_get_text (facts->row, texts[i].column));
  json_object_set_string_member (object, "parent", facts->parent);
  json_object_set_boolean_member (object, "active", linli_row_get_int (facts->row, LINLI_UNIT_ACTIVE) != 0);
  if (!linli_row_is_null (facts->row, LINLI_UNIT_CLOSED_AT))
    linli_json_set_time (object, "closed_at", linli_row_get_int (facts->row, LINLI_UNIT_CLOSED_AT));
  else
    json_object_set_null_member (object, "closed_at");
  json_object_set_int_member (object, "open", facts->n_open);
  json_object_set_int_member (object, "late", facts->n_late);
  json_object_set_int_member (object, "items", facts->n_items);
  json_object_set_int_member (object, "accounts", facts->n_accounts);

  return object;
}

/* The query unit.list. */
JsonNode *
linli_unit_list_query (LinliConn               *conn,
                       const LinliQueryContext *context,
                       JsonObject              *args,
                       GError                 **error)
{
  g_autoptr(GPtrArray) list = linli_unit_list_load (conn, context->now, error);
  const char *typed = linli_json_get_text (args, "typed");
  g_autofree char *folded = linli_text_fold (typed != NULL ? typed : "", -1);
  JsonArray *array;

  if (list == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    if (linli_unit_facts_match (list->pdata[i], folded))
      json_array_add_object_element (array, facts_to_object (list->pdata[i]));

  return take_array (array);
}

static void
add_rows (JsonObject *object,
          const char *member,
          GPtrArray  *rows,
          guint       code,
          guint       name)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "id", linli_row_get_id (rows->pdata[i]));
      json_object_set_string_member (row, "code", linli_row_get_text (rows->pdata[i], code));
      json_object_set_string_member (row, "name", linli_row_get_text (rows->pdata[i], name));
      json_array_add_object_element (array, row);
    }
  json_object_set_array_member (object, member, array);
}

/* The query unit.show. */
JsonNode *
linli_unit_show_query (LinliConn               *conn,
                       const LinliQueryContext *context,
                       JsonObject              *args,
                       GError                 **error)
{
  const char *unit = linli_json_get_text (args, "unit");
  g_autoptr(GPtrArray) list = linli_unit_list_load (conn, context->now, error);
  g_autoptr(LinliUnitDetail) detail = list != NULL ? linli_unit_detail_load (conn, unit, error) : NULL;
  JsonObject *object = NULL;
  JsonArray *numbers;
  JsonNode *node;

  if (detail == NULL)
    return NULL;
  for (guint i = 0; i < list->len && object == NULL; i++)
    if (g_str_equal (linli_row_get_id (((LinliUnitFacts *) list->pdata[i])->row), unit))
      object = facts_to_object (list->pdata[i]);
  if (object == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "not-found", "unit", N_("There is no such unit."));
      return NULL;
    }
  add_rows (object, "leads", detail->items, LINLI_DUTY_ITEM_CODE, LINLI_DUTY_ITEM_NAME);
  add_rows (object, "people", detail->people, LINLI_ACCOUNT_LOGIN, LINLI_ACCOUNT_NAME);
  numbers = json_array_new ();
  for (guint i = 0; i < detail->numbers->len; i++)
    json_array_add_string_element (numbers, detail->numbers->pdata[i]);
  json_object_set_array_member (object, "cases", numbers);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);

  return node;
}
