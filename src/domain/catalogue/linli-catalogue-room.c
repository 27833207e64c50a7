/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-catalogue-room.h"

#include "linli-catalogue-tables.h"

static const LinliTable *const tables[] = {
  &linli_table_duty_item,
  &linli_table_channel,
  &linli_table_reason,
  NULL
};

static const LinliCommand commands[] = {
  { NULL }
};

static const LinliQuery queries[] = {
  { NULL }
};

const LinliRoom linli_catalogue_room = {
  .name = "catalogue",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
