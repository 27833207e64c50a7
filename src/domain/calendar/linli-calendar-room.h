/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-registry.h"

G_BEGIN_DECLS

extern const LinliRoom linli_calendar_room;

gboolean linli_calendar_add_version (LinliCommandContext *context,
                                     const char          *name,
                                     LinliWorkCalendar   *calendar,
                                     JsonObject          *body,
                                     GError             **error);

G_END_DECLS
