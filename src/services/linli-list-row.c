/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-list-row.h"

struct _LinliListRow
{
  GObject     parent_instance;

  gint64      pk;
  GObject    *item;   /* (owned) (nullable): the frozen record */
  GHashTable *living; /* (owned): &pk -> row; the row takes itself out when it dies */
};

enum { PROP_0, PROP_ITEM, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LinliListRow, linli_list_row, G_TYPE_OBJECT)

static void
linli_list_row_finalize (GObject *object)
{
  LinliListRow *self = LINLI_LIST_ROW (object);

  g_hash_table_remove (self->living, &self->pk);
  g_hash_table_unref (self->living);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (linli_list_row_parent_class)->finalize (object);
}

static void
linli_list_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  LinliListRow *self = LINLI_LIST_ROW (object);

  if (prop_id == PROP_ITEM)
    g_value_set_object (value, self->item);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
linli_list_row_class_init (LinliListRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = linli_list_row_finalize;
  object_class->get_property = linli_list_row_get_property;

  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, G_TYPE_OBJECT,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
linli_list_row_init (LinliListRow *self)
{
}

/**
 * linli_list_row_new:
 * @living: the table of all rows alive, keyed by their pk; the row enters it
 *   here and leaves it in finalize
 *
 * Returns: (transfer full): a row without its record
 */
LinliListRow *
linli_list_row_new (gint64      pk,
                    GHashTable *living)
{
  LinliListRow *self = g_object_new (LINLI_TYPE_LIST_ROW, NULL);

  self->pk = pk;
  self->living = g_hash_table_ref (living);
  g_hash_table_insert (living, &self->pk, self);

  return self;
}

gint64
linli_list_row_get_pk (LinliListRow *self)
{
  g_return_val_if_fail (LINLI_IS_LIST_ROW (self), 0);

  return self->pk;
}

/* Returns: (transfer none) (nullable): the record, %NULL until it was read */
gpointer
linli_list_row_get_item (LinliListRow *self)
{
  g_return_val_if_fail (LINLI_IS_LIST_ROW (self), NULL);

  return self->item;
}

void
linli_list_row_set_item (LinliListRow *self,
                         gpointer      item)
{
  g_return_if_fail (LINLI_IS_LIST_ROW (self));

  if (g_set_object (&self->item, item))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}
