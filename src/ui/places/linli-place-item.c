/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place-item.h"

#include "linli-people-tables.h"

struct _LinliPlaceItem
{
  GObject     parent_instance;

  LinliRow   *row;
  GListStore *inside;
};

G_DEFINE_FINAL_TYPE (LinliPlaceItem, linli_place_item, G_TYPE_OBJECT)

static void
linli_place_item_finalize (GObject *object)
{
  LinliPlaceItem *self = LINLI_PLACE_ITEM (object);

  linli_row_unref (self->row);
  g_object_unref (self->inside);

  G_OBJECT_CLASS (linli_place_item_parent_class)->finalize (object);
}

static void
linli_place_item_class_init (LinliPlaceItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_place_item_finalize;
}

static void
linli_place_item_init (LinliPlaceItem *self)
{
  self->inside = g_list_store_new (LINLI_TYPE_PLACE_ITEM);
}

LinliPlaceItem *
linli_place_item_new (LinliRow *row)
{
  LinliPlaceItem *self = g_object_new (LINLI_TYPE_PLACE_ITEM, NULL);

  self->row = linli_row_ref (row);

  return self;
}

/* Returns: (transfer none) */
LinliRow *
linli_place_item_get_row (LinliPlaceItem *self)
{
  return self->row;
}

/* Returns: (transfer none): what stands in it */
GListStore *
linli_place_item_get_inside (LinliPlaceItem *self)
{
  return self->inside;
}

/**
 * linli_place_items_to_tree:
 * @rows: (element-type LinliRow): places, each before what stands in it
 *
 * Returns: (transfer full): those that stand in none of @rows
 */
GListStore *
linli_place_items_to_tree (GPtrArray *rows)
{
  GListStore *top = g_list_store_new (LINLI_TYPE_PLACE_ITEM);
  g_autoptr(GHashTable) items = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr(LinliPlaceItem) item = linli_place_item_new (rows->pdata[i]);
      const char *parent = linli_row_get_text (rows->pdata[i], LINLI_PLACE_PARENT_ID);
      LinliPlaceItem *above = parent != NULL ? g_hash_table_lookup (items, parent) : NULL;

      g_list_store_append (above != NULL ? above->inside : top, item);
      g_hash_table_insert (items, (gpointer) linli_row_get_id (rows->pdata[i]), item);
    }
  return top;
}
