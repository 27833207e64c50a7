/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-place.h"

#include "linli-hub-registry.h"
#include "linli-hub-secret.h"
#include "linli-hub.h"
#include "linli-postgres.h"
#include "linli-sqlite.h"

#define REGISTRY_SCHEMA  "linli_hub"
#define WORKSPACE_PREFIX "linli_"

void
linli_hub_place_clear (LinliHubPlace *place)
{
  g_clear_pointer (&place->folder, g_free);
  g_clear_pointer (&place->database, g_free);
}

static LinliConn *
open_store (const LinliHubPlace *place,
            const char          *path,
            const char          *schema,
            LinliDbLane          lane,
            GError             **error)
{
  if (place->database != NULL)
    return linli_postgres_open (place->database, schema, lane == LINLI_DB_WRITE ? LINLI_POSTGRES_WRITE
                                                                                : LINLI_POSTGRES_READ, error);
  return linli_sqlite_open (path, lane == LINLI_DB_WRITE ? LINLI_SQLITE_WRITE : LINLI_SQLITE_READ, error);
}

/* A newer program's tables may mean what this one cannot know: hands off. */
static gboolean
bring_up (const LinliHubPlace *place,
          LinliConn           *conn,
          GError             **error)
{
  const LinliStoreSchema *schema = linli_hub_registry_schema (place->database != NULL);
  g_autoptr(GError) local = NULL;
  guint version = 0;

  if (linli_migrate (conn, schema, NULL, &local))
    return TRUE;
  if (g_error_matches (local, LINLI_STORE_ERROR, LINLI_STORE_ERROR_TOO_NEW) && linli_conn_get_version (conn, &version, NULL))
    g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_TOO_NEW,
                 "The registry of this hub was written by a newer linli-hub (version %u; this one knows up to %u). Nothing "
                 "was changed. Install the newer program, or bring back a backup from before it.", version, schema->version);
  else
    g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * linli_hub_place_open_registry:
 * @error: %LINLI_STORE_ERROR; %LINLI_STORE_ERROR_TOO_NEW with words for the
 *   operator
 *
 * Returns: (transfer full): made or brought up to date when it is for writing
 */
LinliConn *
linli_hub_place_open_registry (const LinliHubPlace *place,
                               LinliDbLane          lane,
                               GError             **error)
{
  g_autofree char *path = g_build_filename (place->folder, "hub.db", NULL);
  g_autoptr(LinliConn) conn = open_store (place, path, REGISTRY_SCHEMA, lane, error);

  if (conn == NULL || (lane == LINLI_DB_WRITE && !bring_up (place, conn, error)))
    return NULL;
  return g_steal_pointer (&conn);
}

/**
 * linli_hub_place_open_workspace:
 * @id: of a workspace in the registry
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): made or brought up to date when it is for writing
 */
LinliConn *
linli_hub_place_open_workspace (const LinliHubPlace *place,
                                const char          *id,
                                LinliDbLane          lane,
                                GError             **error)
{
  g_autofree char *name = g_strconcat (id, ".db", NULL);
  g_autofree char *path = g_build_filename (place->folder, "workspaces", name, NULL);
  g_autofree char *schema = g_strconcat (WORKSPACE_PREFIX, id, NULL);
  g_autofree char *epoch = linli_hub_secret_new ();
  g_autoptr(LinliConn) conn = open_store (place, path, schema, lane, error);

  epoch[16] = '\0';
  if (conn == NULL || (lane == LINLI_DB_WRITE && !linli_hub_create (conn, id, epoch, error)))
    return NULL;
  return g_steal_pointer (&conn);
}
