/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-side.h"

G_BEGIN_DECLS

/* The doors of the hub for devices: paths, who may come, how much they may
 * bring. What is said is decided in linli-hub.h. */

void     linli_hub_routes_handle (LinliHubService  *service,
                                  LinliHttpRequest *request);
gsize    linli_hub_routes_limit  (LinliHubService  *service,
                                  const char       *method,
                                  const char       *path);

void     linli_hub_routes_each   (void            (*func) (const LinliHubRoute *route, gpointer data),
                                  gpointer          data);

void     linli_hub_answer        (LinliHttpRequest *request,
                                  LinliHubReply    *reply);
void     linli_hub_answer_problem (LinliHttpRequest *request,
                                  const char       *problem);
void     linli_hub_answer_json   (LinliHttpRequest *request,
                                  guint             status,
                                  JsonObject       *object);
JsonObject *linli_hub_read_json  (LinliHttpRequest *request);

G_END_DECLS
