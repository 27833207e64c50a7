/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* The list of places as one table in memory, for whoever looks up many at
 * once: a file of cases. It answers as linli_place_resolve() does, at the cost
 * of a few look-ups, and never asks the store again.
 *
 * Frozen once loaded: any thread may hold it. */
typedef struct _LinliPlaceIndex LinliPlaceIndex;

typedef struct
{
  char *id;
  char *name;
  char *kind;
  char *within;    /* (nullable): name of the community that the list says it is in */
  char *grid;      /* (nullable) 网格: its own, or that of what it stands in */
  char *community; /* (nullable): found by what it stands in */
} LinliPlaceSpot;

LinliPlaceIndex      *linli_place_index_load (LinliConn       *conn,
                                              GError         **error);
void                  linli_place_index_free (LinliPlaceIndex *self);
const LinliPlaceSpot *linli_place_index_find (LinliPlaceIndex *self,
                                              const char      *text,
                                              const char      *community);
const LinliPlaceSpot *linli_place_index_find_address (LinliPlaceIndex *self,
                                              const char      *address,
                                              const char      *community);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPlaceIndex, linli_place_index_free)

G_END_DECLS
