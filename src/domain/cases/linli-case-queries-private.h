/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-query.h"

G_BEGIN_DECLS

/* Queries that have files of their own; linli-case-queries.c lists them. */

#define LINLI_DECLARE_QUERY(name) \
  extern const LinliArgSpec linli_##name##_args[]; \
  JsonNode *linli_##name##_query (LinliConn *conn, const LinliQueryContext *context, JsonObject *args, GError **error);

LINLI_DECLARE_QUERY (merge_preview)
LINLI_DECLARE_QUERY (merge_candidates)
LINLI_DECLARE_QUERY (unmerge_preview)
LINLI_DECLARE_QUERY (case_duplicates)

G_END_DECLS
