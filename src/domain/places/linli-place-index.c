/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-index.h"

#include <string.h>

#include "linli-people-tables.h"
#include "linli-place-names.h"
#include "linli-tx.h"

#define DEEPEST 8 /* places within each other; a longer chain is broken data */

struct _LinliPlaceIndex
{
  GPtrArray  *spots;   /* LinliPlaceSpot */
  GHashTable *names;   /* stripped name -> GPtrArray of LinliPlaceSpot (unowned) */
  gsize       longest; /* bytes of the longest name */
};

static void
spot_free (gpointer data)
{
  LinliPlaceSpot *spot = data;

  g_free (spot->id);
  g_free (spot->name);
  g_free (spot->kind);
  g_free (spot->within);
  g_free (spot->grid);
  g_free (spot->community);
  g_free (spot);
}

void
linli_place_index_free (LinliPlaceIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->spots);
  g_free (self);
}

static void
add_name (LinliPlaceIndex *self,
          LinliPlaceSpot  *spot,
          const char      *name)
{
  g_autofree char *bare = name != NULL ? linli_place_text_strip (name) : NULL;
  GPtrArray *alike;

  if (bare == NULL || !linli_place_name_counts (bare))
    return;
  alike = g_hash_table_lookup (self->names, bare);
  if (alike == NULL)
    {
      self->longest = MAX (self->longest, strlen (bare));
      alike = g_ptr_array_new ();
      g_hash_table_insert (self->names, g_steal_pointer (&bare), alike);
    }
  if (!g_ptr_array_find (alike, spot, NULL))
    g_ptr_array_add (alike, spot);
}

static void
add_names (LinliPlaceIndex *self,
           LinliPlaceSpot  *spot,
           LinliRow        *row)
{
  const char *aliases = linli_row_get_text (row, LINLI_PLACE_ALIASES);
  g_auto(GStrv) others = aliases != NULL ? g_strsplit (aliases, " ", -1) : NULL;

  add_name (self, spot, linli_row_get_text (row, LINLI_PLACE_FULL_NAME));
  for (guint i = 0; others != NULL && others[i] != NULL; i++)
    add_name (self, spot, others[i]);
}

static LinliPlaceSpot *
new_spot (LinliRow   *row,
          GHashTable *by_id)
{
  LinliPlaceSpot *spot = g_new0 (LinliPlaceSpot, 1);

  spot->id = g_strdup (linli_row_get_id (row));
  spot->name = g_strdup (linli_row_get_text (row, LINLI_PLACE_NAME));
  spot->kind = g_strdup (linli_row_get_text (row, LINLI_PLACE_KIND));
  spot->within = g_strdup (linli_row_get_text (row, LINLI_PLACE_COMMUNITY));
  for (guint depth = 0; row != NULL && depth < DEEPEST; depth++)
    {
      const char *above = linli_row_get_text (row, LINLI_PLACE_PARENT_ID);

      if (spot->grid == NULL)
        spot->grid = g_strdup (linli_row_get_text (row, LINLI_PLACE_GRID));
      if (g_str_equal (linli_row_get_text (row, LINLI_PLACE_KIND), "community"))
        {
          g_free (spot->community);
          spot->community = g_strdup (linli_row_get_text (row, LINLI_PLACE_NAME));
        }
      row = above != NULL ? g_hash_table_lookup (by_id, above) : NULL;
    }
  return spot;
}

/**
 * linli_place_index_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the places in use
 */
LinliPlaceIndex *
linli_place_index_load (LinliConn *conn,
                        GError   **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_place, error, "1 = 1 ORDER BY pk", "");
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  LinliPlaceIndex *self;

  if (rows == NULL)
    return NULL;
  self = g_new0 (LinliPlaceIndex, 1);
  self->spots = g_ptr_array_new_with_free_func (spot_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_insert (by_id, (gpointer) linli_row_get_id (rows->pdata[i]), rows->pdata[i]);
  for (guint i = 0; i < rows->len; i++)
    {
      LinliPlaceSpot *spot;

      if (linli_row_get_int (rows->pdata[i], LINLI_PLACE_ACTIVE) == 0)
        continue;
      spot = new_spot (rows->pdata[i], by_id);
      g_ptr_array_add (self->spots, spot);
      add_names (self, spot, rows->pdata[i]);
    }
  return self;
}

/* Of several with the same name the one of the community, if it is one. */
static const LinliPlaceSpot *
choose (GPtrArray  *alike,
        const char *community)
{
  const LinliPlaceSpot *own = NULL;
  guint n = 0;

  for (guint i = 0; i < alike->len; i++)
    {
      const LinliPlaceSpot *spot = alike->pdata[i];

      if (community != NULL && g_strcmp0 (spot->within, community) == 0)
        {
          own = spot;
          n++;
        }
    }
  if (n > 0)
    return n == 1 ? own : NULL;
  return alike->len == 1 ? alike->pdata[0] : NULL;
}

/* @typed: stripped; it is written to and restored */
static const LinliPlaceSpot *
find (LinliPlaceIndex *self,
      char            *typed,
      const char      *community)
{
  gsize n = strlen (typed);

  while (n > self->longest)
    n = (gsize) (g_utf8_find_prev_char (typed, typed + n) - typed);
  for (; n > 0; n = (gsize) (MAX (g_utf8_find_prev_char (typed, typed + n), typed) - typed))
    {
      char cut = typed[n];
      const LinliPlaceSpot *best;
      const LinliPlaceSpot *inside;
      GPtrArray *alike;

      typed[n] = '\0';
      alike = g_hash_table_lookup (self->names, typed);
      typed[n] = cut;
      if (alike == NULL || !linli_place_name_ends (typed, n))
        continue;
      best = choose (alike, community);
      /* The community may be written first, and the place after it. */
      inside = best != NULL && g_str_equal (best->kind, "community") && cut != '\0' ? find (self, typed + n, best->name) : NULL;
      return inside != NULL ? inside : best;
    }
  return NULL;
}

/**
 * linli_place_index_find:
 * @text: what was typed
 * @community: (nullable): decides among places of the same name
 *
 * Returns: (transfer none) (nullable): %NULL when the list knows no such place, or several
 */
const LinliPlaceSpot *
linli_place_index_find (LinliPlaceIndex *self,
                        const char      *text,
                        const char      *community)
{
  g_autofree char *typed = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  if (self->longest == 0)
    return NULL;
  typed = linli_place_text_strip (text);
  return find (self, typed, community);
}

/**
 * linli_place_index_find_address:
 * @address: as other systems write it, from the district down
 * @community: (nullable): decides among places of the same name
 *
 * Returns: (transfer none) (nullable): as linli_place_index_find(), where what
 *   stands above the community may come first
 */
const LinliPlaceSpot *
linli_place_index_find_address (LinliPlaceIndex *self,
                                const char      *address,
                                const char      *community)
{
  static const char *const above[] = { "街道", "镇", "区" };
  const LinliPlaceSpot *spot = linli_place_index_find (self, address, community);
  const char *inside = community != NULL && *community != '\0' ? strstr (address, community) : NULL;

  if (spot == NULL && inside != NULL && inside != address)
    spot = linli_place_index_find (self, inside, community);
  for (guint i = 0; spot == NULL && i < G_N_ELEMENTS (above); i++)
    {
      const char *end = strstr (address, above[i]);

      if (end != NULL && *(end += strlen (above[i])) != '\0')
        spot = linli_place_index_find (self, end, community);
    }
  return spot;
}
