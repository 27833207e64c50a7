/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an administrator of a workspace changes about its desks; those of others are not there. */

#include "config.h"

#include "linli-hub-registry.h"

#include "linli-hub-secret.h"

/* @found: (out): whether @workspace has such a device */
static gboolean
find_desk (LinliConn  *conn,
           const char *workspace,
           const char *device,
           gboolean   *found,
           GError    **error)
{
  gint64 n = 0;
  gboolean done = linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM device WHERE id = ?1 AND workspace_id = ?2",
                                      "ss", device, workspace);

  *found = n > 0;
  return done;
}

/* @found: (out): whether @workspace has such a device */
gboolean
linli_hub_registry_rename (LinliConn  *conn,
                           const char *workspace,
                           const char *device,
                           const char *name,
                           gboolean   *found,
                           GError    **error)
{
  return find_desk (conn, workspace, device, found, error) &&
         linli_conn_run (conn, error, "UPDATE device SET name = ?3 WHERE id = ?1 AND workspace_id = ?2", "sss", device,
                         workspace, name);
}

/**
 * linli_hub_registry_withdraw:
 * @person: who does it
 * @found: (out): whether @workspace has such a device
 *
 * As linli_hub_registry_revoke(), from within the workspace; done twice, the first reason stands.
 */
gboolean
linli_hub_registry_withdraw (LinliConn  *conn,
                             const char *workspace,
                             const char *device,
                             const char *person,
                             const char *reason,
                             gint64      now,
                             gboolean   *found,
                             GError    **error)
{
  return find_desk (conn, workspace, device, found, error) &&
         linli_conn_run (conn, error, "UPDATE device SET revoked_at = ?3, revoked_by = ?4, revoked_reason = ?5 "
                         "WHERE id = ?1 AND workspace_id = ?2 AND revoked_at IS NULL", "ssiss", device, workspace, now,
                         person, reason);
}

/**
 * linli_hub_registry_find_end:
 * @end: (out) (transfer full) (nullable): why the device was ended; %NULL when it was not, or
 *   @credential is not the one it had: nobody else learns anything
 */
gboolean
linli_hub_registry_find_end (LinliConn     *conn,
                             const char    *device,
                             const char    *credential,
                             LinliWireEnd **end,
                             GError       **error)
{
  g_autofree char *hash = linli_hub_secret_hash (credential);
  g_autoptr(LinliStmt) found = linli_conn_query (conn, error, "SELECT credential, revoked_by, revoked_reason, revoked_at "
                                                 "FROM device WHERE id = ?1 AND revoked_at IS NOT NULL", "s", device);
  gboolean more = FALSE;

  *end = NULL;
  if (found == NULL || !linli_stmt_step (found, &more, error))
    return FALSE;
  if (!more || !linli_hub_secret_equal (linli_stmt_get_text (found, 0), hash))
    return TRUE;
  *end = g_new0 (LinliWireEnd, 1);
  (*end)->by = g_strdup (linli_stmt_get_text (found, 1));
  (*end)->reason = g_strdup (linli_stmt_get_text (found, 2));
  (*end)->at = linli_stmt_get_int (found, 3);
  return TRUE;
}
