/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-registry.h"

#include <string.h>

#include "linli-hub-keys.h"
#include "linli-hub-secret.h"

/* A reply that was lost: the desk may show the same code again so soon after. */
#define SECOND_CHANCE (10 * G_TIME_SPAN_MINUTE)

/* A code that nobody may know of. */
#define UNTOLD (10 * G_TIME_SPAN_MINUTE)

#define REQUIRED LINLI_COLUMN_REQUIRED

static const LinliColumn workspace_columns[] = {
  { "id", LINLI_TYPE_UUID, REQUIRED },
  { "name", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "what its people call it" },
  { "created_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliTable workspace_table = {
  "workspace", workspace_columns, NULL, LINLI_TABLE_LOCAL, "The centres of this hub, a database each."
};

static const LinliColumn device_columns[] = {
  { "id", LINLI_TYPE_UUID, REQUIRED },
  { "workspace_id", LINLI_TYPE_UUID, REQUIRED, .references = "workspace" },
  { "name", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "of the machine, as it said itself" },
  { "credential", LINLI_TYPE_TEXT, REQUIRED, 64, .doc = "SHA-256 of it" },
  { "created_at", LINLI_TYPE_TIME, REQUIRED },
  { "seen_at", LINLI_TYPE_TIME, 0, .doc = "last asked for a token" },
  { "revoked_at", LINLI_TYPE_TIME },
  { "version", LINLI_TYPE_TEXT, 0, 40, .doc = "of its program, when it last asked" },
  { "enrolled_by", LINLI_TYPE_TEXT, 0, 120, .doc = "who made its code; empty: the operator" },
  { "revoked_by", LINLI_TYPE_TEXT, 0, 120, .doc = "empty: the operator" },
  { "revoked_reason", LINLI_TYPE_TEXT, 0, LINLI_HUB_MOST_REASON },
  { "unit_id", LINLI_TYPE_UUID, 0, .doc = "of the workspace, whose desk it is; empty: the centre's" },
  { NULL }
};

static const LinliIndex device_indexes[] = {
  { "device_workspace", "workspace_id", FALSE, NULL },
  { NULL }
};

static const LinliTable device_table = {
  "device", device_columns, device_indexes, LINLI_TABLE_LOCAL, "Who may ask for a token."
};

static const LinliColumn code_columns[] = {
  { "id", LINLI_TYPE_TEXT, REQUIRED, 64, .doc = "SHA-256 of the code" },
  { "workspace_id", LINLI_TYPE_UUID, REQUIRED, .references = "workspace" },
  { "expires_at", LINLI_TYPE_TIME, REQUIRED },
  { "used_at", LINLI_TYPE_TIME },
  { "device_id", LINLI_TYPE_UUID, 0, .references = "device", .doc = "whom it let in" },
  { "made_by", LINLI_TYPE_TEXT, 0, 120, .doc = "empty: the operator" },
  { "unit_id", LINLI_TYPE_UUID, 0, .doc = "whose desk it makes; empty: the centre's" },
  { NULL }
};

static const LinliTable code_table = {
  "code", code_columns, NULL, LINLI_TABLE_LOCAL, "Codes that let one device in, once."
};

static const LinliColumn secret_columns[] = {
  { "id", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "what it is for" },
  { "value", LINLI_TYPE_TEXT, REQUIRED, 64 },
  { NULL }
};

static const LinliTable secret_table = {
  "secret", secret_columns, NULL, LINLI_TABLE_LOCAL, "What the processes of one hub must agree on, and nobody else may know."
};

static const LinliTable *const tables[] = { &workspace_table, &device_table, &code_table, &linli_table_hub_key, NULL };
static const LinliTable *const shared_tables[] = {
  &workspace_table, &device_table, &code_table, &linli_table_hub_key, &secret_table, NULL,
};

/* Who looks after the desks, and what their programs are; said so that both engines understand it. */
#define DESKS_3 \
  "ALTER TABLE device ADD COLUMN version TEXT;\n" \
  "ALTER TABLE device ADD COLUMN enrolled_by TEXT;\n" \
  "ALTER TABLE device ADD COLUMN revoked_by TEXT;\n" \
  "ALTER TABLE device ADD COLUMN revoked_reason TEXT;\n" \
  "ALTER TABLE code ADD COLUMN made_by TEXT;\n"

/* Desks of handling units. */
#define UNITS_4 \
  "ALTER TABLE device ADD COLUMN unit_id TEXT;\n" \
  "ALTER TABLE code ADD COLUMN unit_id TEXT;\n"

#define REGISTRY_VERSION 4

/* A registry in PostgreSQL begins with version 2. */
static gpointer
make_schemas (gpointer unused)
{
  static const LinliMigration shared_steps[] = { { 3, DESKS_3 }, { 4, UNITS_4 }, { 0, NULL } };
  LinliStoreSchema *schemas = g_new0 (LinliStoreSchema, 2);
  LinliMigration *steps = g_new0 (LinliMigration, 4);
  GString *keys = g_string_new (NULL);

  linli_table_append_ddl (&linli_table_hub_key, "sqlite", keys);
  steps[0] = (LinliMigration) { 2, g_string_free (keys, FALSE) };
  steps[1] = shared_steps[0];
  steps[2] = shared_steps[1];
  schemas[0] = (LinliStoreSchema) { .version = REGISTRY_VERSION, .tables = tables, .migrations = steps };
  schemas[1] = (LinliStoreSchema) { .version = REGISTRY_VERSION, .tables = shared_tables, .migrations = shared_steps };

  return schemas;
}

/**
 * linli_hub_registry_schema:
 * @shared: whether several processes use it: they have no folder in common to
 *   keep a secret in
 *
 * Returns: (transfer none)
 */
const LinliStoreSchema *
linli_hub_registry_schema (gboolean shared)
{
  static GOnce once = G_ONCE_INIT;
  const LinliStoreSchema *schemas = g_once (&once, make_schemas, NULL);

  return &schemas[shared ? 1 : 0];
}

void
linli_hub_admitted_clear (LinliHubAdmitted *self)
{
  g_clear_pointer (&self->workspace, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->device, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_pointer (&self->credential, g_free);
}

static gboolean
finish (LinliConn *conn,
        gboolean   done,
        GError   **error)
{
  if (done && linli_conn_commit (conn, error))
    return TRUE;
  linli_conn_rollback (conn);
  return FALSE;
}

/**
 * linli_hub_registry_add_workspace:
 * @only_first: whether it is wanted only while there is none
 * @added: (out): %FALSE when there is one already, of that name or at all: of
 *   two processes or operators that come at once, one makes it
 */
gboolean
linli_hub_registry_add_workspace (LinliConn  *conn,
                                  const char *id,
                                  const char *name,
                                  gint64      now,
                                  gboolean    only_first,
                                  gboolean   *added,
                                  GError    **error)
{
  gint64 n = 0;

  *added = FALSE;
  if (!linli_conn_begin_change (conn, error))
    return FALSE;
  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM workspace WHERE ?2 = 1 OR id = ?1 OR name = ?1", "si",
                           name, (gint64) only_first) ||
      (n == 0 && !linli_conn_run (conn, error, "INSERT INTO workspace (id, name, created_at) VALUES (?1, ?2, ?3)", "ssi",
                                  id, name, now)))
    return finish (conn, FALSE, error);
  *added = n == 0;
  return finish (conn, TRUE, error);
}

/**
 * linli_hub_registry_share_secret:
 * @fresh: becomes the secret when there is none
 * @secret: (out) (transfer full): the one that all processes have
 */
gboolean
linli_hub_registry_share_secret (LinliConn  *conn,
                                 const char *name,
                                 const char *fresh,
                                 char      **secret,
                                 GError    **error)
{
  return linli_conn_run (conn, error, "INSERT INTO secret (id, value) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING", "ss",
                         name, fresh) &&
         linli_hub_registry_find_secret (conn, name, secret, error);
}

/* @secret: (out) (transfer full) (nullable) */
gboolean
linli_hub_registry_find_secret (LinliConn  *conn,
                                const char *name,
                                char      **secret,
                                GError    **error)
{
  return linli_conn_get_text (conn, secret, error, "SELECT value FROM secret WHERE id = ?1", "s", name);
}

/**
 * linli_hub_registry_find_workspace:
 * @typed: its id or its name
 * @id: (out) (transfer full) (nullable)
 * @name: (out) (transfer full) (nullable)
 */
gboolean
linli_hub_registry_find_workspace (LinliConn  *conn,
                                   const char *typed,
                                   char      **id,
                                   char      **name,
                                   GError    **error)
{
  *id = *name = NULL;
  return linli_conn_get_text (conn, id, error, "SELECT id FROM workspace WHERE id = ?1 OR name = ?1 LIMIT 1", "s",
                              typed) &&
         (*id == NULL ||
          linli_conn_get_text (conn, name, error, "SELECT name FROM workspace WHERE id = ?1", "s", *id));
}

/* @code: as linli_hub_code_fold() gives it; only its hash is kept
 * @unit: (nullable): id of the handling unit whose desk it makes; %NULL for one of the centre
 * @made_by: (nullable): who made it; %NULL for the operator
 *
 * It is good for a few minutes, until linli_hub_registry_keep_code(). */
gboolean
linli_hub_registry_add_code (LinliConn  *conn,
                             const char *code,
                             const char *workspace,
                             const char *unit,
                             gint64      now,
                             const char *made_by,
                             GError    **error)
{
  g_autofree char *hash = linli_hub_secret_hash (code);

  return linli_conn_run (conn, error, "INSERT INTO code (id, workspace_id, expires_at, made_by, unit_id) "
                         "VALUES (?1, ?2, ?3, ?4, ?5)", "ssiss", hash, workspace, now + UNTOLD, made_by, unit);
}

/* Somebody was told of @code, as linli_hub_code_fold() gives it: it is good until @until. */
gboolean
linli_hub_registry_keep_code (LinliConn  *conn,
                              const char *code,
                              gint64      until,
                              GError    **error)
{
  g_autofree char *hash = linli_hub_secret_hash (code);

  return linli_conn_run (conn, error, "UPDATE code SET expires_at = ?2 WHERE id = ?1", "si", hash, until);
}

/* The code, when it lets @device in: unused, or first used by the same device a
 * moment ago, and the device never heard of it: who has had a token got the
 * reply, and whoever shows the code after that is somebody else. */
static gboolean
find_code (LinliConn        *conn,
           const char       *hash,
           const char       *device,
           gint64            now,
           LinliHubAdmitted *admitted,
           GError          **error)
{
  return linli_conn_get_text (conn, &admitted->workspace, error,
                              "SELECT workspace_id FROM code WHERE id = ?1 AND expires_at > ?2 AND "
                              "(used_at IS NULL OR (device_id = ?3 AND used_at > ?4 AND NOT EXISTS "
                              "(SELECT 1 FROM device WHERE id = ?3 AND (seen_at IS NOT NULL OR revoked_at IS NOT NULL))))",
                              "sisi",
                              hash, now, device, now - SECOND_CHANCE) &&
         (admitted->workspace == NULL ||
          (linli_conn_get_text (conn, &admitted->unit, error, "SELECT unit_id FROM code WHERE id = ?1", "s", hash) &&
          linli_conn_get_text (conn, &admitted->name, error, "SELECT name FROM workspace WHERE id = ?1", "s",
                                admitted->workspace)));
}

static gboolean
admit (LinliConn        *conn,
       const char       *hash,
       const char       *device,
       const char       *name,
       gint64            now,
       LinliHubAdmitted *admitted,
       GError          **error)
{
  g_autofree char *kept = NULL;

  admitted->device = g_strdup (device);
  admitted->credential = linli_hub_secret_new ();
  kept = linli_hub_secret_hash (admitted->credential);

  return linli_conn_run (conn, error,
                         "INSERT INTO device (id, workspace_id, name, credential, created_at, unit_id) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
                         "ON CONFLICT (id) DO UPDATE SET credential = excluded.credential, name = excluded.name "
                         "WHERE device.workspace_id = excluded.workspace_id", "ssssis",
                         device, admitted->workspace, name, kept, now, admitted->unit) &&
         linli_conn_run (conn, error, "UPDATE code SET used_at = coalesce (used_at, ?2), device_id = ?3 WHERE id = ?1", "sis",
                         hash, now, device) &&
         linli_conn_run (conn, error, "UPDATE device SET enrolled_by = (SELECT made_by FROM code WHERE id = ?1) WHERE id = ?2",
                         "ss", hash, device);
}

/**
 * linli_hub_registry_admit:
 * @code: folded
 * @device: the id that the machine made for itself
 * @name: of the machine
 * @admission: (out)
 * @admitted: (out caller-allocates): filled when it is let in
 * @error: %LINLI_STORE_ERROR
 */
gboolean
linli_hub_registry_admit (LinliConn         *conn,
                          const char        *code,
                          const char        *device,
                          const char        *name,
                          gint64             now,
                          LinliHubAdmission *admission,
                          LinliHubAdmitted  *admitted,
                          GError           **error)
{
  g_autofree char *hash = linli_hub_secret_hash (code);
  g_autofree char *elsewhere = NULL;
  g_autofree char *spent_by = NULL;

  *admission = LINLI_HUB_ADMIT_UNKNOWN;
  if (!linli_conn_begin_write (conn, error))
    return FALSE;
  /* Taken first: of two machines that show one code at once, the second waits and finds it used. */
  if (!linli_conn_run (conn, error, "UPDATE code SET expires_at = expires_at WHERE id = ?1", "s", hash) ||
      !find_code (conn, hash, device, now, admitted, error) ||
      !linli_conn_get_text (conn, &elsewhere, error, "SELECT workspace_id FROM device WHERE id = ?1", "s", device) ||
      !linli_conn_get_text (conn, &spent_by, error, "SELECT device_id FROM code WHERE id = ?1", "s", hash))
    return finish (conn, FALSE, error);
  /* A device that is known is let in again only by the code it came with. */
  if (admitted->workspace == NULL ||
      (elsewhere != NULL && (!g_str_equal (elsewhere, admitted->workspace) || g_strcmp0 (spent_by, device) != 0)))
    return finish (conn, TRUE, error);
  *admission = LINLI_HUB_ADMIT_YES;

  return finish (conn, admit (conn, hash, device, name, now, admitted, error), error);
}

/**
 * linli_hub_registry_identify:
 * @version: (nullable): of the program that asks
 * @workspace: (out) (transfer full) (nullable): whose the device is; %NULL when
 *   the credential is not its own or was withdrawn
 */
gboolean
linli_hub_registry_identify (LinliConn  *conn,
                             const char *device,
                             const char *credential,
                             const char *version,
                             gint64      now,
                             char      **workspace,
                             GError    **error)
{
  g_autofree char *hash = linli_hub_secret_hash (credential);
  g_autofree char *kept = NULL;

  *workspace = NULL;
  if (!linli_conn_get_text (conn, &kept, error, "SELECT credential FROM device WHERE id = ?1 AND revoked_at IS NULL",
                            "s", device))
    return FALSE;
  if (kept == NULL || !linli_hub_secret_equal (kept, hash))
    return TRUE;

  if (!linli_conn_get_text (conn, workspace, error, "SELECT workspace_id FROM device WHERE id = ?1", "s", device))
    return FALSE;
  /* For the administrator's list only: a full disk shuts nobody out who reads. */
  linli_conn_run (conn, NULL, "UPDATE device SET seen_at = ?2, version = coalesce (?3, version) WHERE id = ?1", "sis",
                  device, now, version);

  return TRUE;
}

/**
 * linli_hub_registry_fork:
 * @fresh: the identity that a copied machine takes instead of @device
 * @credential: (out) (transfer full): its own from now on; another one when it is asked for again
 */
gboolean
linli_hub_registry_fork (LinliConn  *conn,
                         const char *device,
                         const char *fresh,
                         gint64      now,
                         char      **credential,
                         GError    **error)
{
  g_autofree char *kept = NULL;

  *credential = linli_hub_secret_new ();
  kept = linli_hub_secret_hash (*credential);
  return linli_conn_run (conn, error,
                         "INSERT INTO device (id, workspace_id, name, credential, created_at, unit_id) "
                         "SELECT ?2, workspace_id, name, ?3, ?4, unit_id FROM device WHERE id = ?1 "
                         "ON CONFLICT (id) DO UPDATE SET credential = excluded.credential "
                         "WHERE device.workspace_id = excluded.workspace_id", "sssi", device, fresh, kept, now);
}

/* @reason: (nullable): for who sits at the desk; done twice, the first stands
 * @workspace: (out) (transfer full) (nullable): %NULL for a device nobody knows */
gboolean
linli_hub_registry_revoke (LinliConn  *conn,
                           const char *device,
                           const char *reason,
                           gint64      now,
                           char      **workspace,
                           GError    **error)
{
  return linli_conn_get_text (conn, workspace, error, "SELECT workspace_id FROM device WHERE id = ?1", "s", device) &&
         linli_conn_run (conn, error, "UPDATE device SET revoked_at = ?2, revoked_reason = ?3 WHERE id = ?1 AND revoked_at IS NULL",
                         "sis", device, now, reason);
}

/**
 * linli_hub_registry_list:
 * @table: "workspace" or "device"
 *
 * Returns: (transfer full): its rows, without what anybody could misuse
 */
JsonArray *
linli_hub_registry_list (LinliConn  *conn,
                         const char *table,
                         GError    **error)
{
  const char *sql = g_str_equal (table, "workspace")
                      ? "SELECT id, name, created_at FROM workspace ORDER BY pk"
                      : "SELECT id, workspace_id AS workspace, name, created_at, seen_at, revoked_at, unit_id AS unit "
                        "FROM device ORDER BY pk";

  return linli_hub_registry_rows (conn, sql, error);
}

/* @statement: (transfer full) (nullable) */
static JsonArray *
collect_rows (LinliStmt *statement,
              GError   **error)
{
  g_autoptr(JsonArray) rows = json_array_new ();
  g_autoptr(LinliStmt) stmt = statement;
  gboolean found = FALSE;

  if (stmt == NULL)
    return NULL;
  while (TRUE)
    {
      JsonObject *row;

      if (!linli_stmt_step (stmt, &found, error))
        return NULL;
      if (!found)
        return g_steal_pointer (&rows);
      row = json_object_new ();
      for (int i = 0; i < linli_stmt_n_columns (stmt); i++)
        if (linli_stmt_is_null (stmt, i))
          json_object_set_null_member (row, linli_stmt_column_name (stmt, i));
        else if (linli_stmt_is_int (stmt, i))
          json_object_set_int_member (row, linli_stmt_column_name (stmt, i), linli_stmt_get_int (stmt, i));
        else
          json_object_set_string_member (row, linli_stmt_column_name (stmt, i), linli_stmt_get_text (stmt, i));
      json_array_add_object_element (rows, row);
    }
}

/* Returns: (transfer full): what a statement without parameters finds */
JsonArray *
linli_hub_registry_rows (LinliConn  *conn,
                         const char *sql,
                         GError    **error)
{
  return collect_rows (linli_conn_query (conn, error, sql, ""), error);
}

/* Returns: (transfer full): the desks of @workspace, without what anybody could misuse */
JsonArray *
linli_hub_registry_desks (LinliConn  *conn,
                          const char *workspace,
                          GError    **error)
{
  return collect_rows (linli_conn_query (conn, error, "SELECT id, name, created_at, seen_at, version, enrolled_by, "
                                         "revoked_at, revoked_by, revoked_reason FROM device WHERE workspace_id = ?1 "
                                         "ORDER BY pk", "s", workspace), error);
}
