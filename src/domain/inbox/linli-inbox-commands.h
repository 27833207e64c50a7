/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-command.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* The commands and queries of the room by theme; linli-inbox-room.c lists them. */

#define LINLI_DECLARE_COMMAND(name) \
  extern const LinliArgSpec linli_##name##_args[]; \
  gboolean linli_##name##_run (LinliCommandContext *context, JsonObject *args, GError **error);

#define LINLI_DECLARE_QUERY(name) \
  extern const LinliArgSpec linli_##name##_args[]; \
  JsonNode *linli_##name##_query (LinliConn *conn, const LinliQueryContext *context, JsonObject *args, GError **error);

LINLI_DECLARE_COMMAND (bulk_start)
LINLI_DECLARE_COMMAND (bulk_record)
LINLI_DECLARE_COMMAND (bulk_finish)
LINLI_DECLARE_COMMAND (template_save)
LINLI_DECLARE_COMMAND (template_remove)
LINLI_DECLARE_COMMAND (macro_save)
LINLI_DECLARE_COMMAND (macro_remove)
LINLI_DECLARE_QUERY (bulk_list)
LINLI_DECLARE_QUERY (bulk_show)
LINLI_DECLARE_QUERY (case_context)
LINLI_DECLARE_QUERY (jump_find)
LINLI_DECLARE_QUERY (macro_list)
LINLI_DECLARE_QUERY (macro_record)
LINLI_DECLARE_QUERY (template_fill)
LINLI_DECLARE_QUERY (template_list)

G_END_DECLS
