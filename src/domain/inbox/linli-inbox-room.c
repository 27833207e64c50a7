/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-inbox-room.h"

#include "linli-inbox-commands.h"
#include "linli-inbox-tables.h"

#define WRITERS (LINLI_ROLE_ANY & ~LINLI_ROLE_AUDITOR)
#define LOCAL   LINLI_COMMAND_LOCAL

#define RUN(name) linli_##name##_args, linli_##name##_run
#define ASK(name) linli_##name##_args, linli_##name##_query

static const LinliTable *const tables[] = {
  &linli_table_bulk,
  &linli_table_bulk_case,
  NULL
};

static const LinliCommand commands[] = {
  { "bulk.start", 1, WRITERS, LOCAL, RUN (bulk_start),
    "Open the record of an action on many cases." },
  { "bulk.record", 1, WRITERS, LOCAL, RUN (bulk_record),
    "Write down what became of one case of a bulk action." },
  { "bulk.finish", 1, WRITERS, LOCAL, RUN (bulk_finish),
    "Close the record of a bulk action." },
  { NULL }
};

static const LinliQuery queries[] = {
  { "bulk.list", ASK (bulk_list), "Actions on many cases with their numbers, latest first." },
  { "bulk.show", ASK (bulk_show), "What became of each case of a bulk action." },
  { NULL }
};

const LinliRoom linli_inbox_room = {
  .name = "inbox",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
