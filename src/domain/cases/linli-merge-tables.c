/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-merge-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const LinliColumn merge_columns[] = {
  [LINLI_MERGE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_MERGE_SOURCE_ID] = { "source_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_MERGE_TARGET_ID] = { "target_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases",
                              .doc = "what it went into; that may itself be merged further on" },
  [LINLI_MERGE_MERGED_AT] = { "merged_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_MERGE_ACTOR_ID] = { "actor_id", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_MERGE_REASON] = { "reason", LINLI_TYPE_TEXT, 0, 2000 },
  [LINLI_MERGE_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, 20, .doc = "of the source before" },
  [LINLI_MERGE_PARTS] = { "parts", LINLI_TYPE_JSON, REQUIRED, 16000,
                          .doc = "[[dispatch of the source, state before, closing reason before], ...]" },
  [LINLI_MERGE_CLOCKS] = { "clocks", LINLI_TYPE_JSON, REQUIRED, 16000,
                           .doc = "[[clock of the source, state before, \"counts\"], ...]: those that were open; the last word "
                                  "where the target still had to do what it waits for" },
  [LINLI_MERGE_CARRIED] = { "carried", LINLI_TYPE_JSON, REQUIRED, 16000,
                            .doc = "[[dispatch made on the target, its state then], ...]" },
  [LINLI_MERGE_MADE_CONFIDENTIAL] = { "made_confidential", LINLI_TYPE_BOOL, REQUIRED, .doc = "the target, which was not" },
  [LINLI_MERGE_TARGET_ITEM_ID] = { "target_item_id", LINLI_TYPE_UUID, 0, .references = "duty_item",
                                   .doc = "of the target then: once it is classified anew, its limits hold for all" },
  [LINLI_MERGE_UNDONE_AT] = { "undone_at", LINLI_TYPE_TIME, 0, .doc = "NULL while the merge holds" },
  [LINLI_MERGE_UNDONE_BY] = { "undone_by", LINLI_TYPE_TEXT, 0, 60 },
  { NULL }
};

static const LinliIndex merge_indexes[] = {
  { "merge_source", "source_id", TRUE, "undone_at IS NULL" },
  { "merge_target", "target_id", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_merge_record = {
  "merge_record", merge_columns, merge_indexes, 0,
  "Which case was merged into which, and what the source was before: enough to take it back at any later time."
};
