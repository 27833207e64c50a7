/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-registry.h"

G_BEGIN_DECLS

extern const LinliRoom linli_calendar_room;
extern const LinliArgSpec linli_calendar_save_args[];

gboolean linli_calendar_save_run    (LinliCommandContext *context,
                                     JsonObject          *args,
                                     GError             **error);
gboolean linli_calendar_add_version (LinliCommandContext *context,
                                     const char          *name,
                                     LinliWorkCalendar   *calendar,
                                     JsonObject          *body,
                                     GError             **error);

G_END_DECLS
