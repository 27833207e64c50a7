/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-inbox-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const char *const bulk_states[] = { "running", "finished", "stopped", "undone", NULL };

static const LinliColumn bulk_columns[] = {
  [LINLI_BULK_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_BULK_COMMAND] = { "command", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "what was done to every case" },
  [LINLI_BULK_ARGS] = { "args", LINLI_TYPE_JSON, REQUIRED, .doc = "arguments that all cases share" },
  [LINLI_BULK_ACTOR] = { "actor", LINLI_TYPE_TEXT, REQUIRED, .doc = "account id" },
  [LINLI_BULK_AT] = { "at", LINLI_TYPE_TIME, REQUIRED, .doc = "when it began" },
  [LINLI_BULK_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = bulk_states },
  [LINLI_BULK_N_WANTED] = { "n_wanted", LINLI_TYPE_INT, REQUIRED, .doc = "cases that were chosen" },
  [LINLI_BULK_QUERY] = { "query", LINLI_TYPE_TEXT, 0, 1000, .doc = "the search line that chose them" },
  { NULL }
};

static const LinliIndex bulk_indexes[] = {
  { "bulk_at", "at", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_bulk = {
  "bulk", bulk_columns, bulk_indexes, LINLI_TABLE_LOCAL,
  "One action on many cases; every case has an operation of its own, which bulk_case names."
};

static const char *const case_states[] = { "done", "refused", "undone", "kept", NULL };

static const LinliColumn bulk_case_columns[] = {
  [LINLI_BULK_CASE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_BULK_CASE_BULK_ID] = { "bulk_id", LINLI_TYPE_UUID, REQUIRED, .references = "bulk" },
  [LINLI_BULK_CASE_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .doc = "of the case, which may be gone since" },
  [LINLI_BULK_CASE_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = case_states,
                              .doc = "kept: it could not be taken back" },
  [LINLI_BULK_CASE_OPERATION_ID] = { "operation_id", LINLI_TYPE_UUID, 0, .doc = "what core.undo takes back" },
  [LINLI_BULK_CASE_REASON] = { "reason", LINLI_TYPE_TEXT, 0, 1000, .doc = "why it was refused or kept, in English" },
  { NULL }
};

static const LinliIndex bulk_case_indexes[] = {
  { "bulk_case_bulk", "bulk_id, state", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_bulk_case = {
  "bulk_case", bulk_case_columns, bulk_case_indexes, LINLI_TABLE_LOCAL,
  "What became of each case of a bulk action."
};

static const char *const purposes[] = { "any", "note", "reply", "instruction", "result", "reason", NULL };

static const LinliColumn template_columns[] = {
  [LINLI_TEMPLATE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_TEMPLATE_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_TEMPLATE_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, 0, 120, .doc = "initials of the name" },
  [LINLI_TEMPLATE_BODY] = { "body", LINLI_TYPE_TEXT, REQUIRED, 4000, .doc = "with variables such as {appellant}" },
  [LINLI_TEMPLATE_PURPOSE] = { "purpose", LINLI_TYPE_TEXT, REQUIRED, 20, .choices = purposes },
  [LINLI_TEMPLATE_ITEM_CODE] = { "item_code", LINLI_TYPE_TEXT, 0, 60, .doc = "leaf or class it is for; NULL: any" },
  [LINLI_TEMPLATE_STATE] = { "state", LINLI_TYPE_TEXT, 0, 20, .doc = "state of the case it is for; NULL: any" },
  [LINLI_TEMPLATE_OWNER_ID] = { "owner_id", LINLI_TYPE_UUID, 0, .references = "account", .doc = "NULL: shared" },
  [LINLI_TEMPLATE_POSITION] = { "position", LINLI_TYPE_INT, REQUIRED },
  [LINLI_TEMPLATE_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  { NULL }
};

const LinliTable linli_table_template = {
  "text_template", template_columns, NULL, 0, "Texts that are written again and again, personal or shared."
};

static const LinliColumn macro_columns[] = {
  [LINLI_MACRO_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_MACRO_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_MACRO_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, 0, 120, .doc = "initials of the name" },
  [LINLI_MACRO_STEPS] = { "steps", LINLI_TYPE_JSON, REQUIRED, 20000, .doc = "commands and their arguments, in order" },
  [LINLI_MACRO_OWNER_ID] = { "owner_id", LINLI_TYPE_UUID, 0, .references = "account", .doc = "NULL: shared" },
  [LINLI_MACRO_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  { NULL }
};

const LinliTable linli_table_macro = {
  "macro", macro_columns, NULL, 0, "Several commands under one name, personal or shared."
};
