/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-migrate.h"

#include "linli-complete.h"
#include "linli-sqlite.h"

/**
 * linli_store_schema_to_sql:
 * @engine: "sqlite" or "postgresql"
 *
 * Returns: (transfer full): the statements that make an empty store
 */
char *
linli_store_schema_to_sql (const LinliStoreSchema *schema,
                           const char             *engine)
{
  GString *sql = g_string_new (NULL);

  linli_schema_append_prelude (engine, sql);
  for (guint i = 0; schema->tables[i] != NULL; i++)
    linli_table_append_ddl (schema->tables[i], engine, sql);
  if (schema->desk_sql != NULL && g_str_equal (engine, "sqlite"))
    g_string_append (sql, schema->desk_sql);

  return g_string_free (sql, FALSE);
}

/* What an older store lacks of today's tables, and beside them. */
static gboolean
fill_up (LinliConn              *conn,
         const LinliStoreSchema *schema,
         GError                **error)
{
  return linli_complete (conn, schema, error) && (schema->derive == NULL || schema->derive (conn, error));
}

/* One transaction a step, the version number last: a crash leaves the store
 * at one version or the next, never between. Another process may have taken
 * the same step while this one waited for its turn.
 *
 * @sql: (nullable)
 * @fills: with the last step of an older store */
static gboolean
apply (LinliConn              *conn,
       const LinliStoreSchema *schema,
       const char             *sql,
       guint                   version,
       gboolean                fills,
       GError                **error)
{
  guint found = 0;

  if (!linli_conn_begin_change (conn, error))
    return FALSE;
  if (linli_conn_get_version (conn, &found, error) &&
      (found >= version ||
       ((sql == NULL || linli_conn_exec (conn, sql, error)) && (!fills || fill_up (conn, schema, error)) &&
        linli_conn_set_version (conn, version, error))) &&
      linli_conn_commit (conn, error))
    return TRUE;
  linli_conn_rollback (conn);
  return FALSE;
}

/* Returns: (nullable): what leads to the version, beside what is only lacking */
static const char *
find_step (const LinliStoreSchema *schema,
           guint                   version)
{
  for (const LinliMigration *step = schema->migrations; step != NULL && step->version != 0; step++)
    if (step->version == version)
      return step->sql;
  return NULL;
}

static gboolean
climb (LinliConn              *conn,
       const LinliStoreSchema *schema,
       guint                   version,
       GError                **error)
{
  for (const LinliMigration *step = schema->migrations; step != NULL && step->version != 0; step++)
    if (step->version > version && step->version < schema->version &&
        !apply (conn, schema, step->sql, step->version, FALSE, error))
      {
        g_prefix_error (error, "Cannot bring the store to version %u: ", step->version);
        return FALSE;
      }
  if (apply (conn, schema, find_step (schema, schema->version), schema->version, TRUE, error))
    return TRUE;
  g_prefix_error (error, "Cannot bring the store to version %u: ", schema->version);
  return FALSE;
}

/**
 * linli_migrate:
 * @conn: the writing connection
 * @backup_path: (nullable): where to copy an older store before it is changed
 * @error: %LINLI_STORE_ERROR_TOO_NEW for a store of a later version
 *
 * Makes a new store, or brings an older one up to @schema's version.
 */
gboolean
linli_migrate (LinliConn              *conn,
               const LinliStoreSchema *schema,
               const char             *backup_path,
               GError                **error)
{
  guint version = 0;

  if (!linli_conn_get_version (conn, &version, error))
    return FALSE;
  if (version == schema->version)
    return TRUE;
  if (version > schema->version)
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_TOO_NEW,
                   "The store is of version %u, this program knows up to %u",
                   version, schema->version);
      return FALSE;
    }

  if (version == 0)
    {
      g_autofree char *sql = linli_store_schema_to_sql (schema, linli_conn_get_engine (conn));

      return apply (conn, schema, sql, schema->version, FALSE, error);
    }
  if (backup_path != NULL && !linli_sqlite_copy (conn, backup_path, error))
    return FALSE;

  return climb (conn, schema, version, error);
}
