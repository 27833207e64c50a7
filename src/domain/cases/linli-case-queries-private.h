/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-query.h"

G_BEGIN_DECLS

/* Queries of the cases room that have a file of their own. */
extern const LinliArgSpec linli_case_duplicates_args[];

JsonNode *linli_case_duplicates_query (LinliConn               *conn,
                                       const LinliQueryContext *context,
                                       JsonObject              *args,
                                       GError                 **error);

G_END_DECLS
