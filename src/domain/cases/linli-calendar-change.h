/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-command.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* 工作日历: one thing that a person changes about it, taken together with what
 * it does to the clocks of the open cases. */

char      *linli_hours_to_text (const LinliHours *hours);
GPtrArray *linli_calendar_try  (LinliConn        *conn,
                                const char       *command,
                                JsonObject       *args,
                                GError          **error);

extern const LinliArgSpec linli_calendar_set_days_args[];
gboolean linli_calendar_set_days_run (LinliCommandContext *context,
                                      JsonObject          *args,
                                      GError             **error);
extern const LinliArgSpec linli_calendar_set_week_args[];
gboolean linli_calendar_set_week_run (LinliCommandContext *context,
                                      JsonObject          *args,
                                      GError             **error);
extern const LinliArgSpec linli_calendar_set_years_args[];
gboolean linli_calendar_set_years_run (LinliCommandContext *context,
                                       JsonObject          *args,
                                       GError             **error);

gboolean linli_calendar_replace_run (LinliCommandContext *context,
                                     JsonObject          *args,
                                     GError             **error);

JsonNode *linli_calendar_try_days_query  (LinliConn               *conn,
                                          const LinliQueryContext *context,
                                          JsonObject              *args,
                                          GError                 **error);
JsonNode *linli_calendar_try_week_query  (LinliConn               *conn,
                                          const LinliQueryContext *context,
                                          JsonObject              *args,
                                          GError                 **error);
JsonNode *linli_calendar_try_years_query (LinliConn               *conn,
                                          const LinliQueryContext *context,
                                          JsonObject              *args,
                                          GError                 **error);

G_END_DECLS
