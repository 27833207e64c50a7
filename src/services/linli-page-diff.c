/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The smallest truth that GTK 4.8 digests quickly. A signal that removes and
 * adds at once makes a selection look through everything added for the item
 * it had, so it is kept for small windows; see docs on lists of a million. */

#include "config.h"

#include "linli-page-diff.h"

#include <string.h>

/* The widest window told in one signal, and the most rows told one by one. */
#define WINDOW_MAX 4096
#define SINGLES_MAX 64

static gint64
key_at (GArray *keys,
        guint   index)
{
  return g_array_index (keys, gint64, index);
}

static void
trim (LinliPageDiff *self,
      GArray        *before,
      GArray        *after)
{
  guint shorter = MIN (before->len, after->len);
  guint head = 0, tail = 0;

  while (head < shorter && key_at (before, head) == key_at (after, head))
    head++;
  while (tail < shorter - head &&
         key_at (before, before->len - 1 - tail) == key_at (after, after->len - 1 - tail))
    tail++;

  self->position = head;
  self->removed = before->len - head - tail;
  self->added = after->len - head - tail;
}

/* Walks both windows side by side; only dirty keys may have moved. */
static gboolean
find_singles (LinliPageDiff *self,
              GArray        *before,
              GArray        *after,
              GHashTable    *dirty)
{
  guint i = self->position, j = self->position;
  guint end_before = self->position + self->removed;
  guint end_after = self->position + self->added;

  while (i < end_before || j < end_after)
    {
      gint64 *old_key = i < end_before ? &g_array_index (before, gint64, i) : NULL;
      gint64 *new_key = j < end_after ? &g_array_index (after, gint64, j) : NULL;

      if (old_key != NULL && new_key != NULL && *old_key == *new_key)
        {
          i++;
          j++;
        }
      else if (old_key != NULL && g_hash_table_contains (dirty, old_key))
        g_array_append_val (self->gone, i), i++;
      else if (new_key != NULL && g_hash_table_contains (dirty, new_key))
        g_array_append_val (self->come, j), j++;
      else
        return FALSE;

      if (self->gone->len > SINGLES_MAX || self->come->len > SINGLES_MAX)
        return FALSE;
    }

  return TRUE;
}

static GHashTable *
make_set (GArray *keys,
          guint   from,
          guint   n)
{
  GHashTable *set = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = from; i < from + n; i++)
    g_hash_table_add (set, &g_array_index (keys, gint64, i));

  return set;
}

/* Rows that moved are no arrivals; beyond a few the difference in length
 * tells a reader enough. */
static void
count_arrived (LinliPageDiff *self,
               GArray        *before,
               GArray        *after,
               GHashTable    *dirty)
{
  if (self->kind == LINLI_PAGE_DIFF_SINGLES || (self->removed <= WINDOW_MAX && self->added <= WINDOW_MAX))
    {
      g_autoptr(GHashTable) old_keys = NULL;
      GArray *places = self->kind == LINLI_PAGE_DIFF_SINGLES ? self->come : NULL;
      guint n = places != NULL ? places->len : self->added;

      if (places == NULL)
        old_keys = make_set (before, self->position, self->removed);
      else
        {
          old_keys = g_hash_table_new (g_int64_hash, g_int64_equal);
          for (guint i = 0; i < self->gone->len; i++)
            g_hash_table_add (old_keys, &g_array_index (before, gint64, g_array_index (self->gone, guint, i)));
        }
      for (guint i = 0; i < n; i++)
        {
          guint place = places != NULL ? g_array_index (places, guint, i) : self->position + i;
          gint64 *key = &g_array_index (after, gint64, place);

          if (g_hash_table_contains (dirty, key) && !g_hash_table_contains (old_keys, key))
            self->n_arrived++;
        }
    }
  else if (after->len > before->len)
    self->n_arrived = after->len - before->len;
}

/**
 * linli_page_diff_new:
 * @before: (element-type gint64): the keys in the order they were shown
 * @after: (element-type gint64): the keys in the order to show
 * @dirty: (element-type gint64) (nullable): rows known to have changed, which
 *   alone may have moved; %NULL when @after answers another question
 *
 * Any thread; the arrays are only read.
 */
LinliPageDiff *
linli_page_diff_new (GArray *before,
                     GArray *after,
                     GArray *dirty)
{
  LinliPageDiff *self;
  g_autoptr(GHashTable) set = NULL;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  self = g_new0 (LinliPageDiff, 1);
  self->gone = g_array_new (FALSE, FALSE, sizeof (guint));
  self->come = g_array_new (FALSE, FALSE, sizeof (guint));
  if (dirty != NULL)
    set = make_set (dirty, 0, dirty->len);

  trim (self, before, after);
  if (self->removed == 0 && self->added == 0)
    self->kind = LINLI_PAGE_DIFF_SAME;
  else if (self->removed == 0 || self->added == 0 || MAX (self->removed, self->added) <= WINDOW_MAX)
    self->kind = LINLI_PAGE_DIFF_WINDOW;
  else if (set != NULL && find_singles (self, before, after, set))
    self->kind = LINLI_PAGE_DIFF_SINGLES;
  else
    self->kind = LINLI_PAGE_DIFF_RESET;

  if (set != NULL)
    count_arrived (self, before, after, set);

  return self;
}

void
linli_page_diff_free (LinliPageDiff *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->gone);
  g_array_unref (self->come);
  g_free (self);
}
