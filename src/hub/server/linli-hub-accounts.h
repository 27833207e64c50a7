/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"

G_BEGIN_DECLS

/* The operator's orders about the people of a centre: `linli-hub account …`.
 * Each is the desk's own command, in the hub's name. */

gboolean linli_hub_accounts_run (LinliHubService *service,
                                 const char      *verb,
                                 JsonObject      *order,
                                 JsonObject      *told,
                                 gboolean        *known,
                                 GError         **error);

G_END_DECLS
