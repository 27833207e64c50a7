/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"
#include "linli-http-request.h"

G_BEGIN_DECLS

void linli_hub_door_figures       (LinliHubService *service, LinliHttpRequest *request, GStrv parts);
void linli_hub_door_figures_cases (LinliHubService *service, LinliHttpRequest *request, GStrv parts);

G_END_DECLS
