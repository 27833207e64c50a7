/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* What the list of places knows of where a matter is. */
typedef struct
{
  LinliRow *row;       /* (owned) */
  char     *grid;      /* (owned) (nullable) 网格: its own, or that of what it stands in */
  char     *community; /* (owned) (nullable) */
  char     *names;     /* (owned) every name of it and of what it stands in, separated by spaces */
} LinliPlaceFound;

gboolean linli_place_resolve    (LinliConn        *conn,
                                 const char       *place_id,
                                 const char       *text,
                                 const char       *community,
                                 LinliPlaceFound **found,
                                 GError          **error);
void     linli_place_found_free (LinliPlaceFound  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPlaceFound, linli_place_found_free)

G_END_DECLS
