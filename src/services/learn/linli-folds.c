/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-folds.h"

static void
shuffle (guint *numbers,
         guint  n,
         GRand *rand)
{
  for (guint i = n; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      guint other = numbers[j];

      numbers[j] = numbers[i - 1];
      numbers[i - 1] = other;
    }
}

/**
 * linli_folds_new:
 * @labels: (element-type utf8): the class of every example
 *
 * Shuffled stratified folds: every class is spread over the folds as evenly
 * as it goes, and equal seeds give equal folds.
 *
 * Returns: (transfer full): the fold, from 0, of every example
 */
guint *
linli_folds_new (GPtrArray *labels,
                 guint      n_folds,
                 guint32    seed)
{
  guint *folds = g_new (guint, labels->len);
  g_autofree guint *order = g_new (guint, labels->len);
  g_autoptr(GHashTable) next = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  guint start = 0;

  for (guint i = 0; i < labels->len; i++)
    order[i] = i;
  shuffle (order, labels->len, rand);
  for (guint k = 0; k < labels->len; k++)
    {
      const char *label = labels->pdata[order[k]];
      gpointer turn = NULL;

      /* Each class begins with another fold, or the first would be the largest. */
      if (!g_hash_table_lookup_extended (next, label, NULL, &turn))
        turn = GUINT_TO_POINTER (start++ % n_folds);
      folds[order[k]] = GPOINTER_TO_UINT (turn);
      g_hash_table_insert (next, (gpointer) label, GUINT_TO_POINTER ((GPOINTER_TO_UINT (turn) + 1) % n_folds));
    }

  return folds;
}
