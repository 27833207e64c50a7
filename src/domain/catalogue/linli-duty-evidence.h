/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"

G_BEGIN_DECLS

extern const LinliArgSpec linli_duty_set_evidence_args[];

gboolean   linli_duty_set_evidence_run (LinliCommandContext *context,
                                        JsonObject          *args,
                                        GError             **error);
GPtrArray *linli_duty_evidence_load    (LinliConn           *conn,
                                        GError             **error);

G_END_DECLS
