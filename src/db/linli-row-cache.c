/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-row-cache.h"

#include "linli-row-name.h"

#define MOST_ROWS 2000 /* a push of fifty operations touches a few hundred */

typedef struct
{
  LinliRowName name; /* with the id of the row itself */
  LinliRow    *row;  /* (owned) */
} Entry;

struct _LinliRowCache
{
  GHashTable *entries; /* (owned) set of Entry, by its name */
};

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

  self->entries = g_hash_table_new_full (linli_row_name_hash, linli_row_name_equal, entry_free, NULL);
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
  const LinliRowName name = { table, id };
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
  entry->name = (LinliRowName) { table, linli_row_get_id (row) };
  entry->row = linli_row_ref (row);
  g_hash_table_add (self->entries, entry);
}

void
linli_row_cache_forget (LinliRowCache    *self,
                        const LinliTable *table,
                        const char       *id)
{
  const LinliRowName name = { table, id };

  g_hash_table_remove (self->entries, &name);
}

void
linli_row_cache_clear (LinliRowCache *self)
{
  g_hash_table_remove_all (self->entries);
}
