/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-keys.h"

#include "linli-hub-registry.h"
#include "linli-hub-secret.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const LinliColumn key_columns[] = {
  { "id", LINLI_TYPE_UUID, REQUIRED },
  { "kind", LINLI_TYPE_TEXT, REQUIRED, 20, .doc = "channel, open311, district" },
  { "workspace_id", LINLI_TYPE_UUID, 0, .references = "workspace", .doc = "none for a district" },
  { "name", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "code of the channel, name of the district" },
  { "hash", LINLI_TYPE_TEXT, REQUIRED, 64, .doc = "SHA-256 of the key" },
  { "created_at", LINLI_TYPE_TIME, REQUIRED },
  { "revoked_at", LINLI_TYPE_TIME },
  { NULL }
};

static const LinliIndex key_indexes[] = {
  { "door_key_hash", "hash", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_hub_key = {
  "door_key", key_columns, key_indexes, LINLI_TABLE_LOCAL, "Who may come in by the other doors."
};

void
linli_hub_key_clear (LinliHubKey *key)
{
  g_free (key->id);
  g_free (key->kind);
  g_free (key->workspace);
  g_free (key->name);
}

/* @workspace: (nullable): for a district. @secret: only its hash is kept */
gboolean
linli_hub_key_add (LinliConn  *conn,
                   const char *id,
                   const char *kind,
                   const char *workspace,
                   const char *name,
                   const char *secret,
                   gint64      now,
                   GError    **error)
{
  g_autofree char *hash = linli_hub_secret_hash (secret);

  return linli_conn_run (conn, error,
                         "INSERT INTO door_key (id, kind, workspace_id, name, hash, created_at) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", "sssssi", id, kind, workspace, name, hash, now);
}

/**
 * linli_hub_key_find:
 * @secret: as it was shown
 * @key: (out caller-allocates): without an id when it opens nothing
 */
gboolean
linli_hub_key_find (LinliConn   *conn,
                    const char  *secret,
                    LinliHubKey *key,
                    GError     **error)
{
  g_autofree char *hash = linli_hub_secret_hash (secret);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT id, kind, workspace_id, name FROM door_key "
                                                "WHERE hash = ?1 AND revoked_at IS NULL", "s", hash);
  gboolean found = FALSE;

  *key = (LinliHubKey) { NULL };
  if (stmt == NULL || !linli_stmt_step (stmt, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  key->id = linli_stmt_dup_text (stmt, 0);
  key->kind = linli_stmt_dup_text (stmt, 1);
  key->workspace = linli_stmt_dup_text (stmt, 2);
  key->name = linli_stmt_dup_text (stmt, 3);

  return TRUE;
}

/* @known: (out): whether there is such a key */
gboolean
linli_hub_key_withdraw (LinliConn  *conn,
                        const char *id,
                        gint64      now,
                        gboolean   *known,
                        GError    **error)
{
  gint64 n = 0;

  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM door_key WHERE id = ?1", "s", id))
    return FALSE;
  *known = n > 0;
  return linli_conn_run (conn, error, "UPDATE door_key SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL", "si",
                         id, now);
}

/**
 * linli_hub_key_place:
 * @jurisdiction: (nullable): id or name of a workspace; may be left out while
 *   only one takes Open311 requests
 * @workspace: (out) (transfer full) (nullable): whose requests are meant
 */
gboolean
linli_hub_key_place (LinliConn  *conn,
                     const char *jurisdiction,
                     char      **workspace,
                     GError    **error)
{
  return linli_conn_get_text (conn, workspace, error,
                              "SELECT w.id FROM workspace w WHERE EXISTS (SELECT 1 FROM door_key k WHERE "
                              "k.workspace_id = w.id AND k.kind = 'open311' AND k.revoked_at IS NULL) AND "
                              "(w.id = ?1 OR w.name = ?1 OR (?1 = '' AND 1 = (SELECT count(DISTINCT workspace_id) "
                              "FROM door_key WHERE kind = 'open311' AND revoked_at IS NULL))) LIMIT 1", "s",
                              jurisdiction != NULL ? jurisdiction : "");
}

/* Returns: (transfer full): all keys, without what opens anything */
JsonArray *
linli_hub_key_list (LinliConn *conn,
                    GError   **error)
{
  return linli_hub_registry_rows (conn,
                                  "SELECT id, kind, workspace_id AS workspace, name, created_at, revoked_at "
                                  "FROM door_key ORDER BY pk", error);
}
