/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an administrator of a centre may know of its desks. */

#include "config.h"

#include "linli-hub-private.h"

#include "linli-core-tables.h"
#include "linli-hub-tables.h"
#include "linli-json.h"
#include "linli-rights.h"

/* @name: (out) (transfer full) (nullable): of the person, if that is an administrator at work */
static gboolean
find_administrator (LinliConn  *conn,
                    const char *actor,
                    char      **name,
                    GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_account, error, "id = ?1 AND active = 1", "s", actor);

  *name = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0 &&
      (linli_roles_from_text (linli_row_get_text (rows->pdata[0], LINLI_ACCOUNT_ROLES)) & LINLI_ROLE_ADMIN) != 0)
    *name = g_strdup (linli_row_get_text (rows->pdata[0], LINLI_ACCOUNT_NAME));
  return TRUE;
}

/**
 * linli_hub_find_unit:
 * @typed: code of a handling unit, or its id
 * @id: (out) (transfer full) (nullable): %NULL when there is none at work, or
 *   nobody sits at it: a desk without a person is of use to nobody
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_hub_find_unit (LinliConn  *conn,
                     const char *typed,
                     char      **id,
                     GError    **error)
{
  return linli_conn_get_text (conn, id, error, "SELECT id FROM unit WHERE active <> 0 AND (code = ?1 OR id = ?1) AND "
                              "EXISTS (SELECT 1 FROM account a WHERE a.unit_id = unit.id AND a.active <> 0 "
                              "AND a.roles = 'handler')", "s", typed);
}

static JsonArray *
list_desks (LinliConn *conn,
            GPtrArray *rows)
{
  JsonArray *desks = json_array_new ();

  for (guint i = 0; i < rows->len; i++)
    {
      JsonObject *desk = json_object_new ();

      json_object_set_string_member (desk, "id", linli_row_get_id (rows->pdata[i]));
      json_object_set_string_member (desk, "prefix", linli_row_get_text (rows->pdata[i], LINLI_HUB_DEVICE_PREFIX));
      if (linli_hub_device_unit (rows->pdata[i]) != NULL)
        {
          g_autofree char *name = NULL;

          linli_conn_get_text (conn, &name, NULL, "SELECT coalesce (short_name, name) FROM unit WHERE id = ?1", "s",
                               linli_hub_device_unit (rows->pdata[i]));
          json_object_set_string_member (desk, "unit", linli_hub_device_unit (rows->pdata[i]));
          json_object_set_string_member (desk, "unit_name", name != NULL ? name : "");
        }
      json_object_set_int_member (desk, "last_seq", linli_row_get_int (rows->pdata[i], LINLI_HUB_DEVICE_LAST_SEQ));
      if (!linli_row_is_null (rows->pdata[i], LINLI_HUB_DEVICE_LAST_SEEN))
        json_object_set_int_member (desk, "sent_at", linli_row_get_int (rows->pdata[i], LINLI_HUB_DEVICE_LAST_SEEN));
      json_array_add_object_element (desks, desk);
    }
  return desks;
}

/**
 * linli_hub_desks:
 * @device: who asks
 * @actor: id of the account of the person there, who must be an administrator
 * @unit: (nullable): code or id of a handling unit that is asked about
 *
 * Returns: the desks of the workspace, the person's name, and the id of the unit
 */
LinliHubReply *
linli_hub_desks (LinliConn  *conn,
                 const char *device,
                 const char *actor,
                 const char *unit)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliRow) row = NULL;
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(JsonObject) told = NULL;
  g_autofree char *name = NULL;
  g_autofree char *unit_id = NULL;
  g_autofree char *text = NULL;
  LinliHubReply *reply;

  if (!linli_hub_device_find (conn, device, &row, &error))
    return linli_hub_reply_error (error);
  if (linli_hub_device_fault (row) != NULL)
    return linli_hub_reply_problem (linli_hub_device_fault (row), NULL);
  if (linli_hub_device_unit (row) != NULL) /* whoever is named there, that person sits elsewhere */
    return linli_hub_reply_problem ("not-administrator", NULL);
  if (!find_administrator (conn, actor, &name, &error))
    return linli_hub_reply_error (error);
  if (name == NULL)
    return linli_hub_reply_problem ("not-administrator", NULL);
  if (unit != NULL && !linli_hub_find_unit (conn, unit, &unit_id, &error))
    return linli_hub_reply_error (error);
  if (unit != NULL && unit_id == NULL)
    return linli_hub_reply_problem ("unit-unknown", NULL);
  rows = linli_conn_select (conn, &linli_table_hub_device, &error, "1 = 1 ORDER BY pk", "");
  if (rows == NULL)
    return linli_hub_reply_error (error);
  told = json_object_new ();
  json_object_set_string_member (told, "person", name);
  if (unit_id != NULL)
    json_object_set_string_member (told, "unit", unit_id);
  json_object_set_array_member (told, "desks", list_desks (conn, rows));
  text = linli_json_object_to_text (told);
  reply = linli_hub_reply_new ("application/json");
  g_string_append (reply->body, text);

  return reply;
}
