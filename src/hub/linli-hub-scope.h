/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-conn.h"
#include "linli-schema.h"

G_BEGIN_DECLS

/* What a handling unit's desks have of a workspace (范围): the cases that were
 * dispatched to the unit, and the lists that everybody works with. The rule is
 * linli_unit_scope_has()'s and linli_sight_set()'s; here it decides what leaves
 * the hub, not what a window shows. */

#define LINLI_HUB_SCOPE_ALL "" /* stands for every unit: the lists */

/* One row as a unit has it. */
typedef struct
{
  const LinliTable *table;
  char             *row_id;
  char             *case_id; /* (nullable): whose part it is */
  char             *body;
} LinliHubScopeRow;

/* What a unit has, each row once, in the order in which it is to arrive. */
typedef struct
{
  LinliConn  *conn;    /* (unowned) */
  const char *unit;    /* (unowned) */
  GPtrArray  *rows;    /* (owned) (element-type LinliHubScopeRow) */
  GHashTable *by_key;  /* (owned) "table/row" -> LinliHubScopeRow */
  GHashTable *cases;   /* (owned) id -> whether the unit has it, as far as somebody asked */
} LinliHubScope;

LinliHubScope *linli_hub_scope_new      (LinliConn       *conn,
                                         const char      *unit);
void           linli_hub_scope_free     (LinliHubScope   *self);
gboolean       linli_hub_scope_has_case (LinliConn       *conn,
                                         const char      *unit,
                                         const char      *case_id,
                                         gboolean        *has,
                                         GError         **error);
gboolean       linli_hub_scope_has_actor (LinliConn      *conn,
                                         const char      *unit,
                                         const char      *account,
                                         gboolean        *has,
                                         GError         **error);
gboolean       linli_hub_scope_add_case (LinliHubScope   *self,
                                         const char      *case_id,
                                         GError         **error);
gboolean       linli_hub_scope_add_appellant (LinliHubScope *self,
                                         const char      *id,
                                         GError         **error);
gboolean       linli_hub_scope_add_account (LinliHubScope *self,
                                         const char      *id,
                                         GError         **error);
gboolean       linli_hub_scope_add_lists (LinliHubScope  *self,
                                         GError         **error);
gboolean       linli_hub_scope_add_all  (LinliHubScope   *self,
                                         GError         **error);
GPtrArray     *linli_hub_scope_list     (LinliConn       *conn,
                                         GError         **error,
                                         const char      *sql,
                                         const char      *types,
                                         ...);
gboolean       linli_hub_scope_is_list  (const LinliTable *table);
int            linli_hub_scope_owner    (const LinliTable *table,
                                         gboolean        *shares);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHubScope, linli_hub_scope_free)

G_END_DECLS
