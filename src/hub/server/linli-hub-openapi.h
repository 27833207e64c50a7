/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-side.h"

G_BEGIN_DECLS

/* The description of every route, made from the tables that answer them. */

void linli_hub_door_openapi (LinliHubService *service, LinliHttpRequest *request, GStrv parts);

G_END_DECLS
