/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-parked.h"

#include "linli-case-tables.h"
#include "linli-json.h"
#include "linli-sync-tables.h"
#include "linli-tx.h"
#include "linli-uuid.h"

void
linli_parked_free (LinliParked *self)
{
  if (self == NULL)
    return;

  g_free (self->operation);
  g_free (self->kind);
  g_free (self->result);
  g_free (self->code);
  g_free (self->message);
  g_free (self->args);
  g_free (self->case_id);
  g_free (self->case_no);
  g_free (self->title);
  g_free (self->state);
  g_ptr_array_unref (self->mine);
  g_ptr_array_unref (self->fields);
  g_free (self);
}

/* Texts that a person typed or chose; ids say nothing to anybody. */
static void
read_mine (LinliParked *self,
           JsonObject  *args)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, args);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    {
      const char *text;

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
        continue;
      text = json_node_get_string (node);
      if (*text == '\0' || linli_uuid_is_valid (text))
        continue;
      g_ptr_array_add (self->mine, g_strdup (name));
      g_ptr_array_add (self->mine, g_strdup (text));
    }
}

static char *
value_words (JsonObject *object,
             const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || json_node_is_null (node))
    return g_strdup ("");
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? g_strdup (json_node_get_string (node)) : linli_json_node_to_text (node, FALSE);
}

static void
read_fields (LinliParked *self,
             const char  *theirs)
{
  g_autoptr(JsonNode) node = theirs != NULL ? linli_json_parse (theirs, -1, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *conflict = json_array_get_object_element (array, i);
      const char *field = conflict != NULL ? linli_json_get_text (conflict, "field") : NULL;

      if (field == NULL)
        continue;
      g_ptr_array_add (self->fields, g_strdup (field));
      g_ptr_array_add (self->fields, value_words (conflict, "kept"));
      g_ptr_array_add (self->fields, value_words (conflict, "yours"));
    }
}

/* The case it was about: named itself, or through one of its dispatches. */
static gboolean
find_case (LinliConn   *conn,
           LinliParked *self,
           JsonObject  *args,
           GError     **error)
{
  const char *id = linli_json_get_text (args, "case");
  const char *part = linli_json_get_text (args, "dispatch");
  g_autofree char *of_part = NULL;
  g_autoptr(GPtrArray) rows = NULL;

  if (id == NULL && part != NULL &&
      !linli_conn_get_text (conn, &of_part, error, "SELECT case_id FROM dispatch WHERE id = ?1", "s", part))
    return FALSE;
  if (id == NULL)
    id = of_part;
  if (id == NULL)
    return TRUE;
  rows = linli_conn_select (conn, &linli_table_case, error, "id = ?1", "s", id);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  self->case_id = g_strdup (id);
  self->case_no = g_strdup (linli_row_get_text (rows->pdata[0], LINLI_CASE_CASE_NO));
  self->title = g_strdup (linli_row_get_text (rows->pdata[0], LINLI_CASE_TITLE));
  self->state = g_strdup (linli_row_get_text (rows->pdata[0], LINLI_CASE_STATE));

  return TRUE;
}

static gboolean
add (LinliConn *conn,
     LinliRow  *row,
     GPtrArray *parked,
     GError   **error)
{
  LinliParked *self = g_new0 (LinliParked, 1);
  g_autoptr(JsonObject) args = linli_json_parse_object (linli_row_get_text (row, LINLI_PARKED_MINE), -1, error);

  self->mine = g_ptr_array_new_with_free_func (g_free);
  self->fields = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (parked, self);
  if (args == NULL)
    return FALSE;
  self->operation = g_strdup (linli_row_get_id (row));
  self->kind = g_strdup (linli_row_get_text (row, LINLI_PARKED_KIND));
  self->result = g_strdup (linli_row_get_text (row, LINLI_PARKED_RESULT));
  self->code = g_strdup (linli_row_get_text (row, LINLI_PARKED_CODE));
  self->message = g_strdup (linli_row_get_text (row, LINLI_PARKED_MESSAGE));
  self->args = g_strdup (linli_row_get_text (row, LINLI_PARKED_MINE));
  self->opened_at = linli_row_get_int (row, LINLI_PARKED_OPENED_AT);
  read_mine (self, args);
  read_fields (self, linli_row_get_text (row, LINLI_PARKED_THEIRS));

  return find_case (conn, self, args, error);
}

/**
 * linli_parked_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliParked): what waits for a
 *   person's decision, oldest first
 */
GPtrArray *
linli_parked_load (LinliConn *conn,
                   GError   **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_parked, error,
                                                 "closed_at IS NULL ORDER BY opened_at, pk", "");
  g_autoptr(GPtrArray) parked = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_parked_free);

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    if (!add (conn, rows->pdata[i], parked, error))
      return NULL;
  return g_steal_pointer (&parked);
}
