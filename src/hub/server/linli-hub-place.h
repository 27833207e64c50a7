/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-db.h"

G_BEGIN_DECLS

/* Where a hub keeps what it knows: its folder, with a SQLite file for the
 * registry and one for each workspace, or a PostgreSQL database with a schema
 * for each. Never changes while the hub serves; any thread may read it. */
typedef struct
{
  char *folder;
  char *database; /* (nullable) a PostgreSQL address */
} LinliHubPlace;

void       linli_hub_place_clear          (LinliHubPlace       *place);
LinliConn *linli_hub_place_open_registry  (const LinliHubPlace *place,
                                           LinliDbLane          lane,
                                           GError             **error);
LinliConn *linli_hub_place_open_workspace (const LinliHubPlace *place,
                                           const char          *id,
                                           LinliDbLane          lane,
                                           GError             **error);

G_END_DECLS
