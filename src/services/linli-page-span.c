/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-page-span.h"

/* Most keys of a long list are told apart from the few that live by their last
 * bits, without a look into the table. */
#define N_BITS (1 << 16)

static gboolean
lives (GHashTable   *living,
       const guint8 *seen,
       const gint64 *pk)
{
  guint bit = (guint64) *pk % N_BITS;

  return (seen[bit / 8] & (1 << bit % 8)) != 0 && g_hash_table_contains (living, pk);
}

/**
 * linli_page_span_find:
 * @keys: (element-type gint64): the list
 * @n: how many of @keys count
 * @living: &pk to row, of the rows somebody holds
 * @first: (out): the place of the first of them
 * @last: (out): the place of the last
 *
 * Linear: a millisecond in a list of a million.
 *
 * Returns: whether there is any
 */
gboolean
linli_page_span_find (GArray     *keys,
                      guint       n,
                      GHashTable *living,
                      guint      *first,
                      guint      *last)
{
  g_autofree guint8 *seen = g_new0 (guint8, N_BITS / 8);
  const gint64 *pks = (const gint64 *) (gpointer) keys->data;
  GHashTableIter iter;
  gpointer pk;

  g_hash_table_iter_init (&iter, living);
  while (g_hash_table_iter_next (&iter, &pk, NULL))
    {
      guint bit = (guint64) *(gint64 *) pk % N_BITS;

      seen[bit / 8] |= 1 << bit % 8;
    }
  for (*first = 0; *first < n && !lives (living, seen, &pks[*first]);)
    (*first)++;
  if (*first == n)
    return FALSE;
  for (*last = n - 1; !lives (living, seen, &pks[*last]);)
    (*last)--;

  return TRUE;
}

/* Returns: the place from which on @n_rows of the first @n keys live; 0 when no
 * more of them do */
guint
linli_page_span_cut (GArray     *keys,
                     guint       n,
                     GHashTable *living,
                     guint       n_rows)
{
  while (n > 0 && n_rows > 0)
    if (g_hash_table_contains (living, &g_array_index (keys, gint64, --n)))
      n_rows--;

  return n;
}

/* Returns: (transfer full): @n of the keys from @first on */
GArray *
linli_page_span_copy (GArray *keys,
                      guint   first,
                      guint   n)
{
  GArray *part = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  return g_array_append_vals (part, &g_array_index (keys, gint64, first), n);
}
