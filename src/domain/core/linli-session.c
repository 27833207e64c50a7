/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-session.h"

#include "linli-core-tables.h"
#include "linli-rights.h"
#include "linli-sign-in.h"
#include "linli-tx.h"
#include "linli-unit-scope.h"

static gboolean
load_unit (LinliConn    *conn,
           LinliRow     *account,
           LinliSession *self,
           GError      **error)
{
  self->unit = g_strdup (linli_unit_scope_of_account (account));
  return self->unit == NULL ||
         linli_conn_get_text (conn, &self->unit_name, error,
                              "SELECT coalesce(short_name, name) FROM unit WHERE id = ?1", "s", self->unit);
}

/**
 * linli_session_load:
 * @actor: (nullable): account id
 * @error: %LINLI_STORE_ERROR; NOT_FOUND when the store has no centre yet
 *
 * Returns: (transfer full)
 */
LinliSession *
linli_session_load (LinliConn   *conn,
                    const char  *actor,
                    GError     **error)
{
  g_autoptr(GPtrArray) centres = linli_conn_select (conn, &linli_table_centre, error, "1 = 1 ORDER BY pk LIMIT 1", "");
  g_autoptr(GPtrArray) accounts = NULL;
  gboolean required = FALSE;
  LinliRight rights = 0;
  g_autoptr(LinliSession) self = NULL;

  if (centres == NULL)
    return NULL;
  if (centres->len == 0)
    {
      g_set_error_literal (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND, "The store has no centre yet");
      return NULL;
    }
  accounts = linli_conn_select (conn, &linli_table_account, error, "id = ?1", "s", actor);
  if (accounts == NULL || !linli_sign_in_is_required (conn, &required, error) ||
      !linli_rights_of_person (conn, actor, &rights, error))
    return NULL;

  self = g_new0 (LinliSession, 1);
  self->centre = g_strdup (linli_row_get_text (centres->pdata[0], LINLI_CENTRE_NAME));
  self->community = g_strdup (linli_row_get_text (centres->pdata[0], LINLI_CENTRE_COMMUNITY));
  self->is_demo = linli_row_get_int (centres->pdata[0], LINLI_CENTRE_IS_DEMO) != 0;
  self->sign_in = required;
  self->rights = rights;
  if (accounts->len > 0)
    {
      self->person = g_strdup (linli_row_get_text (accounts->pdata[0], LINLI_ACCOUNT_NAME));
      self->roles = linli_roles_from_text (linli_row_get_text (accounts->pdata[0], LINLI_ACCOUNT_ROLES));
    }

  if (self->person != NULL && !load_unit (conn, accounts->pdata[0], self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
linli_session_free (LinliSession *self)
{
  if (self == NULL)
    return;
  g_free (self->centre);
  g_free (self->community);
  g_free (self->person);
  g_free (self->unit);
  g_free (self->unit_name);
  g_free (self);
}
