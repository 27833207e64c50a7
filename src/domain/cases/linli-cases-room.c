/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-cases-room.h"

#include "linli-case-commands.h"
#include "linli-case-index.h"
#include "linli-case-measure.h"
#include "linli-case-queries.h"
#include "linli-case-tables.h"
#include "linli-case-verify.h"
#include "linli-handling-tables.h"
#include "linli-merge-tables.h"

static const LinliTable *const tables[] = {
  &linli_table_case,
  &linli_table_submission,
  &linli_table_dispatch,
  &linli_table_clock,
  &linli_table_entry,
  &linli_table_attachment,
  &linli_table_link,
  &linli_table_import,
  &linli_table_saved_view,
  &linli_table_handling_rule,
  &linli_table_return_note,
  &linli_table_ruling,
  &linli_table_request,
  &linli_table_suspension,
  &linli_table_merge_record,
  NULL
};

const LinliRoom linli_cases_room = {
  .name = "cases",
  .tables = tables,
  .commands = linli_case_commands,
  .undone = linli_case_undone,
  .queries = linli_case_queries,
  .project = linli_case_index_project,
  .desk_sql = linli_case_index_sql,
  .derive = linli_case_measure_rebuild,
  .verify = linli_case_verify,
};
