/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

/* What a row is found by. Who keeps something by it puts it first, so that
 * these take the whole for it. */
typedef struct
{
  const LinliTable *table;
  const char       *id;
} LinliRowName;

static inline guint
linli_row_name_hash (gconstpointer name)
{
  const LinliRowName *self = name;

  return g_str_hash (self->id) ^ g_direct_hash (self->table);
}

static inline gboolean
linli_row_name_equal (gconstpointer a,
                      gconstpointer b)
{
  const LinliRowName *x = a;
  const LinliRowName *y = b;

  return x->table == y->table && g_str_equal (x->id, y->id);
}

G_END_DECLS
