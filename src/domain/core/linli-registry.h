/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-migrate.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* Keeps something derived up to date inside every writing transaction, from
 * the transaction's own record of changes: the search index, for one. */
typedef gboolean (*LinliProjection) (LinliTx  *tx,
                                     gboolean  whole, /* as linli_execute_project() has it */
                                     GError  **error);

/* Called after the rows of an operation went back, inside the undo's own
 * transaction: @entry is the operation's audit entry, @changes what it had
 * changed, as linli_audit_append() wrote it. */
typedef gboolean (*LinliUndone) (LinliCommandContext *context,
                                 LinliRow            *entry,
                                 JsonArray           *changes,
                                 GError             **error);

/* What one room of the house brings. */
typedef struct
{
  const char              *name;
  const LinliTable *const *tables;   /* NULL-terminated */
  const LinliCommand      *commands; /* ends with a NULL name */
  const LinliQuery        *queries;  /* ends with a NULL name */
  LinliProjection          project;  /* (nullable) SQLite only */
  LinliUndone              undone;   /* (nullable) */
  const char              *desk_sql; /* (nullable) SQLite only, beside the tables */
  gboolean               (*derive) (LinliConn *conn, GError **error); /* (nullable) what later versions keep beside the tables */
  gboolean               (*verify) (LinliConn *conn, GPtrArray *problems, GError **error); /* (nullable) */
} LinliRoom;

const LinliRoom *const *linli_rooms              (void);
const LinliStoreSchema *linli_store_schema       (void);
const LinliTable       *linli_registry_find_table   (const char *name);
const LinliCommand     *linli_registry_find_command (const char *name);
const LinliQuery       *linli_registry_find_query   (const char *name);

G_END_DECLS
