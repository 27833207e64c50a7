/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-people-room.h"

#include "linli-people-tables.h"

static const LinliTable *const tables[] = {
  &linli_table_unit,
  &linli_table_appellant,
  &linli_table_place,
  NULL
};

static const LinliCommand commands[] = {
  { NULL }
};

static const LinliQuery queries[] = {
  { NULL }
};

const LinliRoom linli_people_room = {
  .name = "people",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
