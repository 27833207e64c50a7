/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar-builder.h"

G_BEGIN_DECLS

/* The parts of a calendar in JSON, for readers that accept only some of them. */
gboolean linli_calendar_builder_read_week       (LinliCalendarBuilder *builder,
                                                 JsonObject           *week,
                                                 GError              **error);
gboolean linli_calendar_builder_read_years      (LinliCalendarBuilder *builder,
                                                 JsonObject           *object,
                                                 GError              **error);
gboolean linli_calendar_builder_read_exceptions (LinliCalendarBuilder *builder,
                                                 JsonArray            *exceptions,
                                                 GError              **error);

G_END_DECLS
