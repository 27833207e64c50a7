/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-place.h"

enum { COUNTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliPlace, linli_place, G_TYPE_OBJECT)

static void
linli_place_finalize (GObject *object)
{
  LinliPlace *self = LINLI_PLACE (object);

  g_free (self->page);
  g_free (self->id);
  g_free (self->title);
  g_free (self->icon);
  g_free (self->section);
  g_free (self->query);

  G_OBJECT_CLASS (linli_place_parent_class)->finalize (object);
}

static void
linli_place_class_init (LinliPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_place_finalize;

  signals[COUNTED] = g_signal_new ("counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
linli_place_init (LinliPlace *self)
{
  self->n = -1;
}

LinliPlace *
linli_place_new (const char *page,
                 const char *id,
                 const char *title,
                 const char *icon,
                 const char *section)
{
  LinliPlace *self = g_object_new (LINLI_TYPE_PLACE, NULL);

  self->page = g_strdup (page);
  self->id = g_strdup (id);
  self->title = g_strdup (title);
  self->icon = g_strdup (icon);
  self->section = g_strdup (section);

  return self;
}

/* Whether both are one place that shows the same; the numbers do not matter. */
gboolean
linli_place_is_same (LinliPlace *self,
                     LinliPlace *other)
{
  g_return_val_if_fail (LINLI_IS_PLACE (self) && LINLI_IS_PLACE (other), FALSE);

  return g_str_equal (self->id, other->id) && g_str_equal (self->title, other->title) &&
         g_strcmp0 (self->query, other->query) == 0 && self->sort == other->sort && self->shared == other->shared;
}

void
linli_place_set_count (LinliPlace *self,
                       gint64      n,
                       gboolean    more)
{
  g_return_if_fail (LINLI_IS_PLACE (self));

  if (self->n == n && self->more == more)
    return;
  self->n = n;
  self->more = more;
  g_signal_emit (self, signals[COUNTED], 0);
}

/* Returns: (transfer full): the number as shown, "" where there is none to show */
char *
linli_place_dup_count (LinliPlace *self)
{
  g_return_val_if_fail (LINLI_IS_PLACE (self), NULL);

  if (self->n <= 0)
    return g_strdup ("");

  return g_strdup_printf (self->more ? "%'" G_GINT64_FORMAT "+" : "%'" G_GINT64_FORMAT, self->n);
}
