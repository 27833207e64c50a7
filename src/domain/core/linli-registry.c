/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The house's directory: which rooms there are, and by name every table,
 * command and query they bring. */

#include "config.h"

#include "linli-registry.h"

#include "linli-accounts-room.h"
#include "linli-calendar-room.h"
#include "linli-cases-room.h"
#include "linli-catalogue-room.h"
#include "linli-closing-room.h"
#include "linli-core-room.h"
#include "linli-inbox-room.h"
#include "linli-knowledge-room.h"
#include "linli-lanes-room.h"
#include "linli-migrations.h"
#include "linli-people-room.h"
#include "linli-places-room.h"
#include "linli-routing-room.h"
#include "linli-sync-room.h"
#include "linli-units-room.h"

/* What a store of this program's version is called; a change of any table
 * raises it and adds a golden dump of the version before, and what is more than
 * new tables, columns and indexes a migration. */
#define STORE_VERSION 3

static const LinliRoom *const rooms[] = {
  &linli_core_room,
  &linli_sync_room,
  &linli_people_room,
  &linli_places_room,
  &linli_accounts_room,
  &linli_calendar_room,
  &linli_catalogue_room,
  &linli_cases_room,
  &linli_inbox_room,
  &linli_knowledge_room,
  &linli_routing_room,
  &linli_closing_room,
  &linli_lanes_room,
  &linli_units_room,
  NULL
};

const LinliRoom *const *
linli_rooms (void)
{
  return rooms;
}

typedef struct
{
  LinliStoreSchema schema;
  GHashTable      *tables;   /* name -> LinliTable */
  GHashTable      *commands; /* name -> LinliCommand */
  GHashTable      *queries;  /* name -> LinliQuery */
} Directory;

static gboolean
derive (LinliConn *conn,
        GError   **error)
{
  for (guint i = 0; rooms[i] != NULL; i++)
    if (rooms[i]->derive != NULL && !rooms[i]->derive (conn, error))
      return FALSE;
  return TRUE;
}

static gpointer
make_directory (gpointer unused)
{
  Directory *self = g_new0 (Directory, 1);
  GPtrArray *tables = g_ptr_array_new ();
  GString *desk_sql = g_string_new (NULL);

  self->tables = g_hash_table_new (g_str_hash, g_str_equal);
  self->commands = g_hash_table_new (g_str_hash, g_str_equal);
  self->queries = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; rooms[i] != NULL; i++)
    {
      const LinliRoom *room = rooms[i];

      for (guint t = 0; room->tables[t] != NULL; t++)
        {
          g_hash_table_insert (self->tables, (gpointer) room->tables[t]->name, (gpointer) room->tables[t]);
          g_ptr_array_add (tables, (gpointer) room->tables[t]);
        }
      for (const LinliCommand *c = room->commands; c->name != NULL; c++)
        g_hash_table_insert (self->commands, (gpointer) c->name, (gpointer) c);
      for (const LinliQuery *q = room->queries; q->name != NULL; q++)
        g_hash_table_insert (self->queries, (gpointer) q->name, (gpointer) q);
      if (room->desk_sql != NULL)
        g_string_append (desk_sql, room->desk_sql);
    }
  g_ptr_array_add (tables, NULL);
  self->schema.version = STORE_VERSION;
  self->schema.tables = (const LinliTable *const *) g_ptr_array_free (tables, FALSE);
  self->schema.migrations = linli_migrations;
  self->schema.derive = derive;
  self->schema.desk_sql = g_string_free (desk_sql, FALSE);

  return self;
}

/* Made once from constants and never changed: the one thing here that outlives
 * its caller. */
static const Directory *
directory (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_directory, NULL);
}

const LinliStoreSchema *
linli_store_schema (void)
{
  return &directory ()->schema;
}

/* Returns: (nullable) */
const LinliTable *
linli_registry_find_table (const char *name)
{
  return g_hash_table_lookup (directory ()->tables, name);
}

/* Returns: (nullable) */
const LinliCommand *
linli_registry_find_command (const char *name)
{
  return g_hash_table_lookup (directory ()->commands, name);
}

/* Returns: (nullable) */
const LinliQuery *
linli_registry_find_query (const char *name)
{
  return g_hash_table_lookup (directory ()->queries, name);
}
