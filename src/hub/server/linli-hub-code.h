/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-service.h"

G_BEGIN_DECLS

/* A code is made for a few minutes, told, and only then kept for as long as it
 * was promised: one that nobody was told of, because the hub died or the line
 * broke in between, does not stay good for a day. Whoever was told in that very
 * moment has the few minutes. */

#define LINLI_HUB_CODE_HOURS 24

gboolean linli_hub_code_keep           (LinliHubService  *service,
                                        const char       *code,
                                        gint64            hours,
                                        GError          **error);
void     linli_hub_code_keep_when_sent (LinliHubService  *service,
                                        LinliHttpRequest *request,
                                        const char       *code,
                                        gint64            hours);

G_END_DECLS
