/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-schema.h"

G_BEGIN_DECLS

/* How a store of an older version becomes one of the next, beside the tables,
 * empty columns and indexes it lacks: the last step up adds these by itself. */
typedef struct
{
  guint       version; /* what the store is afterwards */
  const char *sql;
} LinliMigration;

/* Everything a store is made of: the tables as they are today, what stands
 * beside them on a desk (search index), and the way up from older versions. */
typedef struct
{
  guint                    version;
  const LinliTable *const *tables;     /* NULL-terminated */
  const char              *desk_sql;   /* (nullable) SQLite only */
  const LinliMigration    *migrations; /* (nullable) ends with version 0 */
  gboolean               (*derive) (LinliConn *conn, GError **error); /* (nullable) fills what an older store lacks
                                                                       * beside its tables, in the last step up */
} LinliStoreSchema;

char    *linli_store_schema_to_sql  (const LinliStoreSchema *schema,
                                     const char             *engine);
gboolean linli_migrate              (LinliConn              *conn,
                                     const LinliStoreSchema *schema,
                                     const char             *backup_path,
                                     GError                **error);

G_END_DECLS
