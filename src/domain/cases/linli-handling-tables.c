/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-handling-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED
#define FIXED    LINLI_COLUMN_FIXED

/* 季节, 工程条件, 等待诉求人 */
const char *const linli_suspension_causes[] = { "season", "works", "resident", "other", NULL };

static const char *const roles[] = { "lead", "assist", NULL };
static const char *const return_states[] = { "back", "ruling", "ruled", "lapsed", NULL };
static const char *const request_kinds[] = { "extension", "suspension", NULL };
static const char *const request_states[] = {
  "asked", "endorsed", "granted", "refused", "withdrawn", "lapsed", NULL
};
static const char *const ends[] = { "date", "hand", "over", NULL };

static const LinliColumn handling_rule_columns[] = {
  [LINLI_HANDLING_RULE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_HANDLING_RULE_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "return.window, return.limit, ..." },
  [LINLI_HANDLING_RULE_VALUE] = { "value", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "a number or a limit as typed" },
  [LINLI_HANDLING_RULE_VALID_FROM] = { "valid_from", LINLI_TYPE_TIME, REQUIRED, .doc = "until a later one of the name" },
  [LINLI_HANDLING_RULE_SET_BY] = { "set_by", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "account id" },
  { NULL }
};

static const LinliIndex handling_rule_indexes[] = {
  { "handling_rule_name", "name, valid_from", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_handling_rule = {
  "handling_rule", handling_rule_columns, handling_rule_indexes, 0,
  "How returning, extending and suspending are bounded, from which moment on."
};

static const LinliColumn return_note_columns[] = {
  [LINLI_RETURN_NOTE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_RETURN_NOTE_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_RETURN_NOTE_DISPATCH_ID] = { "dispatch_id", LINLI_TYPE_UUID, REQUIRED | FIXED, .doc = "the part returned" },
  [LINLI_RETURN_NOTE_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, REQUIRED | FIXED, .references = "unit", .doc = "who returned it" },
  [LINLI_RETURN_NOTE_UNIT_NAME] = { "unit_name", LINLI_TYPE_TEXT, REQUIRED | FIXED, 120 },
  [LINLI_RETURN_NOTE_ROLE] = { "role", LINLI_TYPE_TEXT, REQUIRED | FIXED, .choices = roles, .doc = "主办, 协办" },
  [LINLI_RETURN_NOTE_ITEM_CODE] = { "item_code", LINLI_TYPE_TEXT, REQUIRED | FIXED, 60, .doc = "the clause of the duty list it is returned under" },
  [LINLI_RETURN_NOTE_ITEM_NAME] = { "item_name", LINLI_TYPE_TEXT, REQUIRED | FIXED, 400 },
  [LINLI_RETURN_NOTE_REASON] = { "reason", LINLI_TYPE_TEXT, REQUIRED | FIXED, 2000 },
  [LINLI_RETURN_NOTE_PROPOSED_UNIT_ID] = { "proposed_unit_id", LINLI_TYPE_UUID, FIXED, .references = "unit", .doc = "whose it is, as the unit sees it" },
  [LINLI_RETURN_NOTE_PROPOSED_UNIT_NAME] = { "proposed_unit_name", LINLI_TYPE_TEXT, FIXED, 120 },
  [LINLI_RETURN_NOTE_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = return_states, .doc = "back to the dispatcher, waiting for a ruling, ruled" },
  [LINLI_RETURN_NOTE_RETURNED_AT] = { "returned_at", LINLI_TYPE_TIME, REQUIRED | FIXED },
  [LINLI_RETURN_NOTE_RETURNED_BY] = { "returned_by", LINLI_TYPE_TEXT, REQUIRED | FIXED, 60, .doc = "account id" },
  { NULL }
};

static const LinliIndex return_note_indexes[] = {
  { "return_note_case", "case_id", FALSE, NULL },
  { "return_note_ruling", "case_id", TRUE, "state = 'ruling'" },
  { NULL }
};

const LinliTable linli_table_return_note = {
  "return_note", return_note_columns, return_note_indexes, 0, "Parts that units gave back, under which clause and why."
};

static const LinliColumn ruling_columns[] = {
  [LINLI_RULING_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_RULING_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_RULING_RETURN_ID] = { "return_id", LINLI_TYPE_UUID, FIXED, .references = "return_note", .doc = "the return that led to it" },
  [LINLI_RULING_ITEM_CODE] = { "item_code", LINLI_TYPE_TEXT, FIXED, 60, .doc = "what the matter is" },
  [LINLI_RULING_COMMUNITY] = { "community", LINLI_TYPE_TEXT, FIXED, 60 },
  [LINLI_RULING_PLACE] = { "place", LINLI_TYPE_TEXT, FIXED, 200 },
  [LINLI_RULING_PLACE_ID] = { "place_id", LINLI_TYPE_UUID, FIXED, .references = "place" },
  [LINLI_RULING_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, REQUIRED | FIXED, .references = "unit", .doc = "whose it is ruled to be" },
  [LINLI_RULING_UNIT_NAME] = { "unit_name", LINLI_TYPE_TEXT, REQUIRED | FIXED, 120 },
  [LINLI_RULING_BASIS] = { "basis", LINLI_TYPE_TEXT, REQUIRED | FIXED, 1000, .doc = "law and clause" },
  [LINLI_RULING_TEXT] = { "text", LINLI_TYPE_TEXT, REQUIRED | FIXED, 4000 },
  [LINLI_RULING_RULED_AT] = { "ruled_at", LINLI_TYPE_TIME, REQUIRED | FIXED },
  [LINLI_RULING_RULED_BY] = { "ruled_by", LINLI_TYPE_TEXT, REQUIRED | FIXED, 60, .doc = "account id" },
  { NULL }
};

static const LinliIndex ruling_indexes[] = {
  { "ruling_case", "case_id", FALSE, NULL },
  { "ruling_item", "item_code, ruled_at", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_ruling = {
  "ruling", ruling_columns, ruling_indexes, 0, "Whose a disputed matter is, by what law; routing learns from it."
};

static const LinliColumn request_columns[] = {
  [LINLI_REQUEST_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_REQUEST_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_REQUEST_DISPATCH_ID] = { "dispatch_id", LINLI_TYPE_UUID, REQUIRED | FIXED, .doc = "the part whose unit asks" },
  [LINLI_REQUEST_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, REQUIRED | FIXED, .references = "unit" },
  [LINLI_REQUEST_UNIT_NAME] = { "unit_name", LINLI_TYPE_TEXT, REQUIRED | FIXED, 120 },
  [LINLI_REQUEST_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED | FIXED, .choices = request_kinds, .doc = "延期, 挂起" },
  [LINLI_REQUEST_AMOUNT] = { "amount", LINLI_TYPE_TEXT, FIXED, 40, .doc = "of an extension: 5工作日" },
  [LINLI_REQUEST_CAUSE] = { "cause", LINLI_TYPE_TEXT, FIXED, .choices = linli_suspension_causes, .doc = "of a suspension" },
  [LINLI_REQUEST_UNTIL_DATE] = { "until_date", LINLI_TYPE_DATE, FIXED, .doc = "of a suspension" },
  [LINLI_REQUEST_REASON] = { "reason", LINLI_TYPE_TEXT, REQUIRED | FIXED, 2000 },
  [LINLI_REQUEST_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = request_states, .doc = "endorsed: the unit's second person agreed" },
  [LINLI_REQUEST_ASKED_AT] = { "asked_at", LINLI_TYPE_TIME, REQUIRED | FIXED },
  [LINLI_REQUEST_ASKED_BY] = { "asked_by", LINLI_TYPE_TEXT, REQUIRED | FIXED, 60, .doc = "account id" },
  [LINLI_REQUEST_ASKED_BY_NAME] = { "asked_by_name", LINLI_TYPE_TEXT, FIXED, 60 },
  [LINLI_REQUEST_ENDORSED_AT] = { "endorsed_at", LINLI_TYPE_TIME, 0 },
  [LINLI_REQUEST_ENDORSED_BY] = { "endorsed_by", LINLI_TYPE_TEXT, 0, 60, .doc = "account id" },
  [LINLI_REQUEST_ENDORSED_BY_NAME] = { "endorsed_by_name", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_REQUEST_DECIDED_AT] = { "decided_at", LINLI_TYPE_TIME, 0 },
  [LINLI_REQUEST_DECIDED_BY] = { "decided_by", LINLI_TYPE_TEXT, 0, 60, .doc = "account id" },
  [LINLI_REQUEST_DECIDED_BY_NAME] = { "decided_by_name", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_REQUEST_DECISION] = { "decision", LINLI_TYPE_TEXT, 0, 2000, .doc = "in words" },
  [LINLI_REQUEST_OLD_DUE_AT] = { "old_due_at", LINLI_TYPE_TIME, 0, .doc = "of a granted extension" },
  [LINLI_REQUEST_NEW_DUE_AT] = { "new_due_at", LINLI_TYPE_TIME, 0 },
  { NULL }
};

static const LinliIndex request_indexes[] = {
  { "request_case", "case_id", FALSE, NULL },
  { "request_open", "case_id", TRUE, "state IN ('asked', 'endorsed')" },
  { NULL }
};

const LinliTable linli_table_request = {
  "request", request_columns, request_indexes, 0, "What units asked for, and who decided it."
};

static const LinliColumn suspension_columns[] = {
  [LINLI_SUSPENSION_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_SUSPENSION_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_SUSPENSION_CAUSE] = { "cause", LINLI_TYPE_TEXT, REQUIRED | FIXED, .choices = linli_suspension_causes },
  [LINLI_SUSPENSION_REASON] = { "reason", LINLI_TYPE_TEXT, REQUIRED | FIXED, 2000 },
  [LINLI_SUSPENSION_FROM_AT] = { "from_at", LINLI_TYPE_TIME, REQUIRED | FIXED },
  [LINLI_SUSPENSION_UNTIL_DATE] = { "until_date", LINLI_TYPE_DATE, REQUIRED | FIXED },
  [LINLI_SUSPENSION_UNTIL_AT] = { "until_at", LINLI_TYPE_TIME, REQUIRED | FIXED, .doc = "the opening of that day" },
  [LINLI_SUSPENSION_ENDED_AT] = { "ended_at", LINLI_TYPE_TIME, 0, .doc = "NULL while it lasts" },
  [LINLI_SUSPENSION_ENDED_BY] = { "ended_by", LINLI_TYPE_TEXT, 0, .choices = ends, .doc = "by its date, by hand, or with the case" },
  { NULL }
};

static const LinliIndex suspension_indexes[] = {
  { "suspension_case", "case_id", FALSE, NULL },
  { "suspension_open", "case_id", TRUE, "ended_at IS NULL" },
  { "suspension_until", "until_at", FALSE, "ended_at IS NULL" },
  { NULL }
};

const LinliTable linli_table_suspension = {
  "suspension", suspension_columns, suspension_indexes, 0, "While these last, no clock of the case counts."
};
