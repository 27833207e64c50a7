/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row-cache.h"

#define MOST_ROWS 2000 /* a push of fifty operations touches a few hundred */

/* What a row is found by; it lies at the beginning of an entry. */
typedef struct
{
  const LinliTable *table;
  const char       *id; /* (unowned) the row's */
} Name;

typedef struct
{
  Name      name;
  LinliRow *row; /* (owned) */
} Entry;

struct _LinliRowCache
{
  GHashTable *entries; /* (owned) set of Entry, by its name */
};

static guint
name_hash (gconstpointer key)
{
  const Name *name = key;

  return g_str_hash (name->id) ^ g_direct_hash (name->table);
}

static gboolean
name_equal (gconstpointer a,
            gconstpointer b)
{
  const Name *x = a;
  const Name *y = b;

  return x->table == y->table && g_str_equal (x->id, y->id);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  linli_row_unref (entry->row);
  g_free (entry);
}

LinliRowCache *
linli_row_cache_new (void)
{
  LinliRowCache *self = g_new0 (LinliRowCache, 1);

  self->entries = g_hash_table_new_full (name_hash, name_equal, entry_free, NULL);
  return self;
}

void
linli_row_cache_free (LinliRowCache *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->entries);
  g_free (self);
}

/* Returns: (transfer none) (nullable) */
LinliRow *
linli_row_cache_find (LinliRowCache    *self,
                      const LinliTable *table,
                      const char       *id)
{
  const Name name = { table, id };
  gpointer entry;

  return id != NULL && g_hash_table_lookup_extended (self->entries, &name, &entry, NULL) ? ((Entry *) entry)->row : NULL;
}

/**
 * linli_row_cache_keep:
 * @row: nobody changes it any more
 *
 * Takes the place of the row of that name. Rows of tables that are written by
 * statements of their own, those of this database alone, are not kept.
 */
void
linli_row_cache_keep (LinliRowCache *self,
                      LinliRow      *row)
{
  const LinliTable *table = linli_row_get_table (row);
  Entry *entry;

  if (table->flags & LINLI_TABLE_LOCAL)
    return;
  if (g_hash_table_size (self->entries) >= MOST_ROWS)
    linli_row_cache_clear (self);
  entry = g_new (Entry, 1);
  entry->name = (Name) { table, linli_row_get_id (row) };
  entry->row = linli_row_ref (row);
  g_hash_table_replace (self->entries, entry, entry);
}

void
linli_row_cache_forget (LinliRowCache    *self,
                        const LinliTable *table,
                        const char       *id)
{
  const Name name = { table, id };

  g_hash_table_remove (self->entries, &name);
}

void
linli_row_cache_clear (LinliRowCache *self)
{
  g_hash_table_remove_all (self->entries);
}
