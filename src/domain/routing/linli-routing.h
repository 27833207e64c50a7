/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-duty-units.h"
#include "linli-route.h"

G_BEGIN_DECLS

/* A routing question put to a store, with its answer and the names behind the
 * ids. Frozen once loaded: any thread may hold it. */
typedef struct
{
  LinliRoute *route;
  GHashTable *units;      /* id -> name, of units that take cases */
  GPtrArray  *defs;       /* attribute rows */
  GHashTable *attributes; /* code -> value, that counted */

  /* What @route points into. */
  GPtrArray  *rules;
  GPtrArray  *precedents;
} LinliRouting;

/* What may be asked without a case, for trying a rule out. */
typedef struct
{
  const char *item;       /* (nullable) code of a leaf */
  GHashTable *attributes; /* (nullable) code -> value */
  const char *community;  /* (nullable) */
  const char *place;      /* (nullable) */
  const char *place_id;   /* (nullable) */
  const char *grid;       /* (nullable) */
  const char *urgency;    /* (nullable): as the duty item says */
  const char *channel;    /* (nullable) */
  gint64      at;         /* when it came */
  GPtrArray  *defs;       /* (nullable): attribute rows, asked in the place of the store's own */
} LinliRouteQuestion;

/* What is known about one matter beside its leaf. */
typedef struct
{
  GPtrArray  *defs;       /* (element-type LinliRow) the attributes asked about its leaf */
  GHashTable *attributes; /* code -> value, that count */
  LinliRow   *owner;      /* (nullable) ownership row: whose it turned out to be */
} LinliMatterFacts;

LinliMatterFacts *linli_matter_facts_load (LinliConn           *conn,
                                      LinliRow                 *case_row,
                                      GError                  **error);
void          linli_matter_facts_free (LinliMatterFacts        *self);
LinliRouting *linli_routing_ask      (LinliConn                *conn,
                                      const LinliRouteQuestion *question,
                                      GError                  **error);
LinliRouting *linli_routing_of_case  (LinliConn                *conn,
                                      LinliRow                 *case_row,
                                      GError                  **error);
LinliDutyUnits *linli_routing_load_units (LinliConn            *conn,
                                      LinliRouting             *self,
                                      GError                  **error);
LinliRouting *linli_routing_of_case_id (LinliConn              *conn,
                                      const char               *case_id,
                                      GError                  **error);
void          linli_routing_free     (LinliRouting             *self);
const char   *linli_routing_get_unit (LinliRouting             *self,
                                      const char               *id);
JsonObject   *linli_routing_to_json  (LinliRouting             *self,
                                      gboolean                  whole);
char         *linli_routing_to_text  (LinliRouting             *self,
                                      const char               *chosen_id,
                                      const char               *chosen_name);
GPtrArray    *linli_routing_rules_load (LinliConn              *conn,
                                      GError                  **error);
GHashTable   *linli_routing_units_load (LinliConn              *conn,
                                      GError                  **error);
gboolean      linli_precedents_load  (LinliConn                *conn,
                                      const char               *item,
                                      GPtrArray                *precedents,
                                      GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliRouting, linli_routing_free)

G_END_DECLS
