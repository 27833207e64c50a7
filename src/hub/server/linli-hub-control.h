/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"

G_BEGIN_DECLS

/* What the operator of the hub does while it serves, over a socket in its own
 * folder: whoever may open that may do it. One JSON object in, one out. */

#define LINLI_HUB_CONTROL_SOCKET "control"

LinliHttpServer *linli_hub_control_listen   (LinliHubService  *service,
                                             GError          **error);
char            *linli_hub_control_new_code (LinliHubService  *service,
                                             const char       *workspace,
                                             const char       *unit,
                                             GError          **error);
JsonObject      *linli_hub_control_ask      (const char       *folder,
                                             JsonObject       *order,
                                             GError          **error);

G_END_DECLS
