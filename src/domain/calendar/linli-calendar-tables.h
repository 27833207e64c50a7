/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

extern const LinliTable linli_table_work_calendar; /* 工作日历 */

/* One row a version; versions are never changed, a correction makes the next.
 * `body` is the calendar as linli_work_calendar_to_json() writes it. */
enum { LINLI_WORK_CALENDAR_ID, LINLI_WORK_CALENDAR_NAME, LINLI_WORK_CALENDAR_VERSION,
       LINLI_WORK_CALENDAR_BODY, LINLI_WORK_CALENDAR_COVERED_FROM, LINLI_WORK_CALENDAR_COVERED_UNTIL,
       LINLI_WORK_CALENDAR_SOURCE, LINLI_WORK_CALENDAR_CURRENT };

G_END_DECLS
