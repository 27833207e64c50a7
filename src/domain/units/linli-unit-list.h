/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-query.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* One handling unit, as those who keep the list of units see it. */
typedef struct
{
  LinliRow *row;
  char     *parent;     /* (nullable): name of the unit above */
  guint     n_open;     /* cases whose part it owes */
  guint     n_late;     /* those of them that are late */
  guint     n_items;    /* duty items in force that it leads */
  guint     n_accounts; /* people who work for it here */
} LinliUnitFacts;

/* What depends on a unit. */
typedef struct
{
  GPtrArray *items;   /* (element-type LinliRow): duty items in force that it leads */
  GPtrArray *people;  /* (element-type LinliRow): accounts, those that are closed last */
  GPtrArray *numbers; /* (element-type utf8): of the cases whose part it owes */
} LinliUnitDetail;

void             linli_unit_facts_free        (LinliUnitFacts          *self);
void             linli_unit_detail_free       (LinliUnitDetail         *self);
GPtrArray       *linli_unit_list_load         (LinliConn               *conn,
                                               gint64                   now,
                                               GError                 **error);
LinliUnitDetail *linli_unit_detail_load       (LinliConn               *conn,
                                               const char              *unit,
                                               GError                 **error);
gboolean         linli_unit_facts_match       (const LinliUnitFacts    *self,
                                               const char              *folded);

JsonNode        *linli_unit_list_query        (LinliConn               *conn,
                                               const LinliQueryContext *context,
                                               JsonObject              *args,
                                               GError                 **error);
JsonNode        *linli_unit_show_query        (LinliConn               *conn,
                                               const LinliQueryContext *context,
                                               JsonObject              *args,
                                               GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliUnitFacts, linli_unit_facts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliUnitDetail, linli_unit_detail_free)

G_END_DECLS
