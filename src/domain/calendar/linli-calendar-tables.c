/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-calendar-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED
#define FIXED    LINLI_COLUMN_FIXED

static const LinliColumn work_calendar_columns[] = {
  [LINLI_WORK_CALENDAR_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_WORK_CALENDAR_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED | FIXED, 120 },
  [LINLI_WORK_CALENDAR_VERSION] = { "version", LINLI_TYPE_INT, REQUIRED | FIXED },
  [LINLI_WORK_CALENDAR_BODY] = { "body", LINLI_TYPE_JSON, REQUIRED | FIXED, 1048576, .doc = "week spans and day exceptions" },
  [LINLI_WORK_CALENDAR_COVERED_FROM] = { "covered_from", LINLI_TYPE_DATE, 0 },
  [LINLI_WORK_CALENDAR_COVERED_UNTIL] = { "covered_until", LINLI_TYPE_DATE, 0, .doc = "last day whose holidays are known" },
  [LINLI_WORK_CALENDAR_SOURCE] = { "source", LINLI_TYPE_TEXT, 0, 400 },
  [LINLI_WORK_CALENDAR_CURRENT] = { "current", LINLI_TYPE_BOOL, REQUIRED, .doc = "the version new clocks use" },
  { NULL }
};

static const LinliIndex work_calendar_indexes[] = {
  { "work_calendar_version", "name, version", TRUE, NULL },
  { "work_calendar_current", "name", TRUE, "current = 1" },
  { NULL }
};

const LinliTable linli_table_work_calendar = {
  "work_calendar", work_calendar_columns, work_calendar_indexes, 0,
  "Working hours, holidays and make-up days, one row a version."
};
