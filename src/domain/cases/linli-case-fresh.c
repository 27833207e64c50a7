/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-fresh.h"

#include "linli-case-tables.h"

static void
fresh_free (gpointer data)
{
  LinliCaseFresh *self = data;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
add_case (GHashTable  *made,
          LinliChange *change)
{
  LinliCaseFresh *self;

  if (change->before != NULL)
    return;
  self = g_new (LinliCaseFresh, 1);
  self->matter = change->after;
  self->rows = g_ptr_array_sized_new (8);
  g_hash_table_insert (made, (gpointer) linli_row_get_id (change->after), self);
}

static void
add_row (GHashTable *made,
         LinliRow   *row)
{
  static const struct { const LinliTable *table; guint column; } owners[] = {
    { &linli_table_submission, LINLI_SUBMISSION_CASE_ID }, { &linli_table_dispatch, LINLI_DISPATCH_CASE_ID },
    { &linli_table_clock, LINLI_CLOCK_CASE_ID }, { &linli_table_entry, LINLI_ENTRY_CASE_ID },
  };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    if (linli_row_get_table (row) == owners[i].table)
      {
        LinliCaseFresh *self = g_hash_table_lookup (made, linli_row_get_text (row, owners[i].column));

        if (self != NULL)
          g_ptr_array_add (self->rows, row);
        return;
      }
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  gint64 x = linli_row_get_pk (*(LinliRow *const *) a);
  gint64 y = linli_row_get_pk (*(LinliRow *const *) b);

  return (x > y) - (x < y);
}

/**
 * linli_case_fresh_gather:
 * @tx: of a command, with all its changes made: whatever belongs to a case that
 *   it made is among them. Not of rows that a hub sent, which come in any order
 *
 * Leaves out cases into which others were merged: what is found by those is
 * more than rows of its own.
 *
 * Returns: (transfer full) (element-type utf8 LinliCaseFresh): by the case's id;
 *   good as long as @tx is not changed
 */
GHashTable *
linli_case_fresh_gather (LinliTx *tx)
{
  GHashTable *made = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, fresh_free);
  GPtrArray *changes = linli_tx_get_changes (tx);
  GHashTableIter iter;
  gpointer data;

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];

      if (change->table == &linli_table_case && change->after != NULL)
        add_case (made, change);
    }
  if (g_hash_table_size (made) == 0)
    return made;
  for (guint i = 0; i < changes->len; i++)
    {
      LinliRow *row = ((LinliChange *) changes->pdata[i])->after;

      if (row != NULL && linli_row_get_table (row) != &linli_table_case)
        add_row (made, row);
      else if (row != NULL && !linli_row_is_null (row, LINLI_CASE_MERGED_INTO_ID))
        g_hash_table_remove (made, linli_row_get_text (row, LINLI_CASE_MERGED_INTO_ID));
    }
  g_hash_table_iter_init (&iter, made);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    g_ptr_array_sort (((LinliCaseFresh *) data)->rows, compare_keys);

  return made;
}
