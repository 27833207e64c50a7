/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-page-cache.h"

#define CACHE_MAX 2048

struct _LinliPageCache
{
  GHashTable *records; /* gint64 (owned) -> GObject (owned) */
  GQueue      order;   /* gint64 (owned), oldest first; may name keys that were forgotten */
};

LinliPageCache *
linli_page_cache_new (void)
{
  LinliPageCache *self = g_new0 (LinliPageCache, 1);

  self->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_queue_init (&self->order);

  return self;
}

void
linli_page_cache_free (LinliPageCache *self)
{
  g_hash_table_unref (self->records);
  g_queue_clear_full (&self->order, g_free);
  g_free (self);
}

/* @record: (nullable): %NULL is not remembered */
void
linli_page_cache_put (LinliPageCache *self,
                      gint64          pk,
                      gpointer        record)
{
  if (record == NULL)
    return;

  g_hash_table_replace (self->records, g_memdup2 (&pk, sizeof pk), g_object_ref (record));
  g_queue_push_tail (&self->order, g_memdup2 (&pk, sizeof pk));
  while (self->order.length > CACHE_MAX)
    {
      g_autofree gint64 *oldest = g_queue_pop_head (&self->order);

      g_hash_table_remove (self->records, oldest);
    }
}

void
linli_page_cache_forget (LinliPageCache *self,
                         gint64          pk)
{
  g_hash_table_remove (self->records, &pk);
}

/* Returns: (transfer none) (nullable) */
gpointer
linli_page_cache_lookup (LinliPageCache *self,
                         gint64          pk)
{
  return g_hash_table_lookup (self->records, &pk);
}
