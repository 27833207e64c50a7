/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-calendar-room.h"

#include "linli-calendar-tables.h"

static const LinliTable *const tables[] = {
  &linli_table_work_calendar,
  NULL
};

static const LinliCommand commands[] = {
  { NULL }
};

static const LinliQuery queries[] = {
  { NULL }
};

const LinliRoom linli_calendar_room = {
  .name = "calendar",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
