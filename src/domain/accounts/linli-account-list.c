/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The people of a centre and what their roles may: what an administrator reads. */

#include "config.h"

#include "linli-account-list.h"

#include "linli-account-tables.h"
#include "linli-json.h"
#include "linli-rights.h"
#include "linli-tx.h"

void
linli_account_facts_free (LinliAccountFacts *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->login);
  g_free (self->unit);
  g_free (self);
}

static LinliAccountFacts *
read_account (LinliStmt *stmt)
{
  LinliAccountFacts *self = g_new0 (LinliAccountFacts, 1);
  g_autofree char *roles = linli_stmt_dup_text (stmt, 4);

  self->id = linli_stmt_dup_text (stmt, 0);
  self->name = linli_stmt_dup_text (stmt, 1);
  self->login = linli_stmt_dup_text (stmt, 2);
  self->unit = linli_stmt_dup_text (stmt, 3);
  self->roles = linli_roles_from_text (roles);
  self->active = linli_stmt_get_int (stmt, 5) != 0;
  self->has_password = linli_stmt_get_int (stmt, 6) != 0;

  return self;
}

/**
 * linli_account_list_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliAccountFacts): who works here
 *   first, then the closed accounts, each in the order they were made
 */
GPtrArray *
linli_account_list_load (LinliConn *conn,
                         GError   **error)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_account_facts_free);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean row = FALSE;

  stmt = linli_conn_query (conn, error,
                           "SELECT account.id, account.name, account.login, unit.name, account.roles, account.active, "
                           "CASE WHEN credential.id IS NULL THEN 0 ELSE 1 END FROM account "
                           "LEFT JOIN unit ON unit.id = account.unit_id "
                           "LEFT JOIN credential ON credential.account_id = account.id "
                           "ORDER BY account.active DESC, account.pk", "");
  if (stmt == NULL || !linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      g_ptr_array_add (list, read_account (stmt));
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }

  return g_steal_pointer (&list);
}

/* Returns: (transfer full) (element-type LinliRoleFacts): every role in its fixed order */
GArray *
linli_role_list_load (LinliConn *conn,
                      GError   **error)
{
  g_autoptr(GArray) list = g_array_new (FALSE, TRUE, sizeof (LinliRoleFacts));
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_role_right, error, "1 = 1", "");

  if (rows == NULL)
    return NULL;
  for (guint i = 0; (1u << i) & LINLI_ROLE_ANY; i++)
    {
      LinliRoleFacts facts = { .role = (LinliRole) (1u << i) };

      if (!linli_rights_load (conn, facts.role, &facts.rights, error))
        return NULL;
      for (guint r = 0; r < rows->len; r++)
        if (linli_roles_from_text (linli_row_get_text (rows->pdata[r], LINLI_ROLE_RIGHT_ROLE)) == facts.role)
          facts.changed = TRUE;
      g_array_append_val (list, facts);
    }

  return g_steal_pointer (&list);
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

/* The query account.list. */
JsonNode *
linli_account_list_query (LinliConn               *conn,
                          const LinliQueryContext *context,
                          JsonObject              *args,
                          GError                 **error)
{
  g_autoptr(GPtrArray) list = linli_account_list_load (conn, error);
  JsonArray *array;

  if (list == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      LinliAccountFacts *facts = list->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *roles = linli_roles_to_text (facts->roles);

      json_object_set_string_member (object, "id", facts->id);
      json_object_set_string_member (object, "name", facts->name);
      json_object_set_string_member (object, "login", facts->login);
      json_object_set_string_member (object, "unit", facts->unit);
      json_object_set_string_member (object, "roles", roles);
      json_object_set_boolean_member (object, "active", facts->active);
      json_object_set_boolean_member (object, "password", facts->has_password);
      json_array_add_object_element (array, object);
    }

  return take_array (array);
}

/* The query role.list. */
JsonNode *
linli_role_list_query (LinliConn               *conn,
                       const LinliQueryContext *context,
                       JsonObject              *args,
                       GError                 **error)
{
  g_autoptr(GArray) list = linli_role_list_load (conn, error);
  JsonArray *array;

  if (list == NULL)
    return NULL;
  array = json_array_new ();
  for (guint i = 0; i < list->len; i++)
    {
      LinliRoleFacts *facts = &g_array_index (list, LinliRoleFacts, i);
      JsonObject *object = json_object_new ();
      g_autofree char *rights = linli_rights_to_text (facts->rights);

      json_object_set_string_member (object, "role", linli_role_to_text (facts->role));
      json_object_set_string_member (object, "rights", rights);
      json_object_set_boolean_member (object, "changed", facts->changed);
      json_array_add_object_element (array, object);
    }

  return take_array (array);
}
