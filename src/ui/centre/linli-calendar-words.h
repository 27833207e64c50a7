/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"

G_BEGIN_DECLS

/* The working calendar as people say it. All results are (transfer full). */

char       *linli_days_words      (LinliDate          from,
                                   LinliDate          until);
char       *linli_week_words      (LinliWorkCalendar *calendar);
char       *linli_day_words       (LinliWorkCalendar *calendar,
                                   LinliDate          date);
char       *linli_exception_words (const LinliDayException *exception);
const char *linli_day_mark        (LinliDayKind       kind);

G_END_DECLS
