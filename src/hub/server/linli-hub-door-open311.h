/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"
#include "linli-http-request.h"

G_BEGIN_DECLS

/* Handlers of side doors; @parts are what stood for names in the path. */
void linli_hub_door_services   (LinliHubService *service, LinliHttpRequest *request, GStrv parts);
void linli_hub_door_definition (LinliHubService *service, LinliHttpRequest *request, GStrv parts);
void linli_hub_door_requests   (LinliHubService *service, LinliHttpRequest *request, GStrv parts);
void linli_hub_door_request    (LinliHubService *service, LinliHttpRequest *request, GStrv parts);
void linli_hub_door_token_of   (LinliHubService *service, LinliHttpRequest *request, GStrv parts);
void linli_hub_door_file       (LinliHubService *service, LinliHttpRequest *request, GStrv parts);

G_END_DECLS
