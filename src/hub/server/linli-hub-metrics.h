/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"
#include "linli-http-server.h"

G_BEGIN_DECLS

/* What Prometheus asks for: counts and times, nothing about anybody. */

void linli_hub_metrics_note_push   (LinliHubService  *service,
                                    gint64            duration,
                                    gboolean          decided);
void linli_hub_metrics_note_pull   (LinliHubService  *service,
                                    gsize             bytes);
void linli_hub_metrics_answer      (LinliHubService  *service,
                                    LinliHttpRequest *request);

G_END_DECLS
