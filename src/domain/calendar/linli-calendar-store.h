/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-conn.h"

G_BEGIN_DECLS

gboolean linli_calendar_load_current (LinliConn          *conn,
                                      LinliWorkCalendar **calendar,
                                      char              **id,
                                      GError            **error);
gboolean linli_calendar_load         (LinliConn          *conn,
                                      const char         *id,
                                      LinliWorkCalendar **calendar,
                                      GError            **error);

G_END_DECLS
