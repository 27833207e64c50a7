/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "linli-conn.h"
#include "linli-migrate.h"
#include "linli-wire-end.h"

G_BEGIN_DECLS

/* What the hub knows besides its workspaces: which there are, which devices
 * belong to them, and the codes that let new ones in. Every function runs on a
 * lane of the registry's own database. */

#define LINLI_HUB_MOST_REASON 200 /* characters of why a device is let in no more */

typedef enum
{
  LINLI_HUB_ADMIT_YES,
  LINLI_HUB_ADMIT_UNKNOWN, /* no such code, or it was used, or its time is over */
} LinliHubAdmission;

typedef struct
{
  char *workspace;
  char *name;       /* of the workspace */
  char *device;
  char *credential; /* told once */
  char *unit;       /* (nullable): whose desk it is; %NULL: the centre's */
} LinliHubAdmitted;

void     linli_hub_admitted_clear        (LinliHubAdmitted  *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliHubAdmitted, linli_hub_admitted_clear)

const LinliStoreSchema *linli_hub_registry_schema (gboolean shared);

gboolean linli_hub_registry_add_workspace (LinliConn         *conn,
                                           const char        *id,
                                           const char        *name,
                                           gint64             now,
                                           gboolean           only_first,
                                           gboolean          *added,
                                           GError           **error);
gboolean linli_hub_registry_share_secret  (LinliConn         *conn,
                                           const char        *name,
                                           const char        *fresh,
                                           char             **secret,
                                           GError           **error);
gboolean linli_hub_registry_find_secret   (LinliConn         *conn,
                                           const char        *name,
                                           char             **secret,
                                           GError           **error);
gboolean linli_hub_registry_find_workspace (LinliConn        *conn,
                                           const char        *typed,
                                           char             **id,
                                           char             **name,
                                           GError           **error);
gboolean linli_hub_registry_add_code      (LinliConn         *conn,
                                           const char        *code,
                                           const char        *workspace,
                                           const char        *unit,
                                           gint64             now,
                                           const char        *made_by,
                                           GError           **error);
gboolean linli_hub_registry_keep_code     (LinliConn         *conn,
                                           const char        *code,
                                           gint64             until,
                                           GError           **error);
gboolean linli_hub_registry_admit         (LinliConn         *conn,
                                           const char        *code,
                                           const char        *device,
                                           const char        *name,
                                           gint64             now,
                                           LinliHubAdmission *admission,
                                           LinliHubAdmitted  *admitted,
                                           GError           **error);
gboolean linli_hub_registry_identify      (LinliConn         *conn,
                                           const char        *device,
                                           const char        *credential,
                                           const char        *version,
                                           gint64             now,
                                           char             **workspace,
                                           GError           **error);
gboolean linli_hub_registry_find_end      (LinliConn         *conn,
                                           const char        *device,
                                           const char        *credential,
                                           LinliWireEnd     **end,
                                           GError           **error);
gboolean linli_hub_registry_fork          (LinliConn         *conn,
                                           const char        *device,
                                           const char        *fresh,
                                           gint64             now,
                                           char             **credential,
                                           GError           **error);
gboolean linli_hub_registry_revoke        (LinliConn         *conn,
                                           const char        *device,
                                           const char        *reason,
                                           gint64             now,
                                           char             **workspace,
                                           GError           **error);
JsonArray *linli_hub_registry_desks       (LinliConn         *conn,
                                           const char        *workspace,
                                           GError           **error);
gboolean linli_hub_registry_rename        (LinliConn         *conn,
                                           const char        *workspace,
                                           const char        *device,
                                           const char        *name,
                                           gboolean          *found,
                                           GError           **error);
gboolean linli_hub_registry_withdraw      (LinliConn         *conn,
                                           const char        *workspace,
                                           const char        *device,
                                           const char        *person,
                                           const char        *reason,
                                           gint64             now,
                                           gboolean          *found,
                                           GError           **error);
JsonArray *linli_hub_registry_list        (LinliConn         *conn,
                                           const char        *table,
                                           GError           **error);
JsonArray *linli_hub_registry_rows        (LinliConn         *conn,
                                           const char        *sql,
                                           GError           **error);

G_END_DECLS
