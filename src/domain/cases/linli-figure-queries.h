/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-query.h"

G_BEGIN_DECLS

extern const LinliArgSpec linli_case_figures_args[];

JsonNode *linli_case_figures_query (LinliConn               *conn,
                                    const LinliQueryContext *context,
                                    JsonObject              *args,
                                    GError                 **error);

G_END_DECLS
