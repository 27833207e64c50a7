/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-tx-frame.h"

#include <string.h>

#include "linli-row-name.h"

/* Which row a change is about: the change itself forgets the id of a row that
 * was made and removed again. */
typedef struct
{
  LinliRowName name;
  LinliChange *change; /* (unowned) */
  char         id[];
} Touched;

static Touched *
touched_new (const LinliTable *table,
             const char       *id,
             LinliChange      *change)
{
  gsize size = strlen (id) + 1;
  Touched *self = g_malloc (sizeof *self + size);

  memcpy (self->id, id, size);
  self->name = (LinliRowName) { table, self->id };
  self->change = change;
  return self;
}

static void
change_free (gpointer data)
{
  LinliChange *change = data;

  linli_row_unref (change->before);
  linli_row_unref (change->after);
  g_free (change);
}

/* @outer: (transfer full) (nullable): goes on once this has ended */
LinliTxFrame *
linli_tx_frame_new (LinliTxFrame *outer)
{
  LinliTxFrame *self = g_new0 (LinliTxFrame, 1);

  self->outer = outer;
  self->changes = g_ptr_array_new_with_free_func (change_free);
  self->index = g_hash_table_new_full (linli_row_name_hash, linli_row_name_equal, g_free, NULL);
  return self;
}

/* Returns: (transfer full) (nullable): the outer one */
LinliTxFrame *
linli_tx_frame_drop (LinliTxFrame *self)
{
  LinliTxFrame *outer = self->outer;

  g_hash_table_unref (self->index);
  g_ptr_array_unref (self->changes);
  g_free (self);
  return outer;
}

/* Returns: (transfer full) (element-type LinliChange): what changed; from here
 * the record begins anew */
GPtrArray *
linli_tx_frame_take (LinliTxFrame *self)
{
  GPtrArray *changes = self->changes;

  self->is_part = self->is_part || changes->len > 0;
  self->changes = g_ptr_array_new_with_free_func (change_free);
  g_hash_table_remove_all (self->index);
  return changes;
}

/**
 * linli_tx_frame_note:
 * @id: may be that of @before or @after
 * @before: (nullable)
 * @after: (transfer full) (nullable): changed by nobody from now on
 */
void
linli_tx_frame_note (LinliTxFrame     *self,
                     const LinliTable *table,
                     const char       *id,
                     LinliRow         *before,
                     LinliRow         *after)
{
  const LinliRowName name = { table, id };
  const Touched *known = g_hash_table_lookup (self->index, &name);
  LinliChange *change = known != NULL ? known->change : NULL;

  if (change == NULL)
    {
      change = g_new0 (LinliChange, 1);
      change->table = table;
      change->before = before != NULL ? linli_row_ref (before) : NULL;
      g_ptr_array_add (self->changes, change);
      g_hash_table_add (self->index, touched_new (table, id, change));
    }
  g_clear_pointer (&change->after, linli_row_unref);
  change->after = after;
}

/* Returns: (transfer full): the outer one, which goes on as if there had been no inner one */
LinliTxFrame *
linli_tx_frame_merge (LinliTxFrame *self)
{
  LinliTxFrame *outer = self->outer;

  outer->is_part = outer->is_part || self->is_part;
  for (guint i = 0; i < self->changes->len; i++)
    {
      LinliChange *change = self->changes->pdata[i];
      LinliRow *row = change->after != NULL ? change->after : change->before;

      if (row != NULL)
        linli_tx_frame_note (outer, change->table, linli_row_get_id (row), change->before,
                             g_steal_pointer (&change->after));
    }
  return linli_tx_frame_drop (self);
}
