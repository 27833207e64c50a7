/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-routing-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const char *const urgencies[] = { "urgent", "normal", "hard", NULL };

static const LinliColumn attribute_columns[] = {
  [LINLI_ATTRIBUTE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_ATTRIBUTE_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "stable, unique" },
  [LINLI_ATTRIBUTE_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "the label of its field" },
  [LINLI_ATTRIBUTE_ITEMS] = { "items", LINLI_TYPE_TEXT, REQUIRED, 2000, .doc = "codes of leaves, groups or classes, separated by spaces" },
  [LINLI_ATTRIBUTE_CHOICES] = { "choices", LINLI_TYPE_JSON, 0, 4000, .doc = "[text, ...]; any words when NULL" },
  [LINLI_ATTRIBUTE_DEFAULTS] = { "defaults", LINLI_TYPE_JSON, 0, 4000, .doc = "{code of a leaf: what the leaf itself says}" },
  [LINLI_ATTRIBUTE_HINT] = { "hint", LINLI_TYPE_TEXT, 0, 200 },
  [LINLI_ATTRIBUTE_POSITION] = { "position", LINLI_TYPE_INT, REQUIRED },
  [LINLI_ATTRIBUTE_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  { NULL }
};

static const LinliIndex attribute_indexes[] = {
  { "attribute_code", "code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_attribute = {
  "attribute", attribute_columns, attribute_indexes, 0,
  "What must be asked about matters of some leaves to know whose they are: the kind of a well cover."
};

static const LinliColumn case_attribute_columns[] = {
  [LINLI_CASE_ATTRIBUTE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_CASE_ATTRIBUTE_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_CASE_ATTRIBUTE_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "of an attribute" },
  [LINLI_CASE_ATTRIBUTE_VALUE] = { "value", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_CASE_ATTRIBUTE_SET_AT] = { "set_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex case_attribute_indexes[] = {
  { "case_attribute_case", "case_id, code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_case_attribute = {
  "case_attribute", case_attribute_columns, case_attribute_indexes, 0, "What one case answers to an attribute."
};

static const LinliColumn routing_rule_columns[] = {
  [LINLI_ROUTING_RULE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_ROUTING_RULE_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "stable, unique" },
  [LINLI_ROUTING_RULE_POSITION] = { "position", LINLI_TYPE_INT, REQUIRED, .doc = "rules are asked in this order, the first that fits decides" },
  [LINLI_ROUTING_RULE_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_ROUTING_RULE_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  [LINLI_ROUTING_RULE_VALID_FROM] = { "valid_from", LINLI_TYPE_DATE, 0 },
  [LINLI_ROUTING_RULE_VALID_TO] = { "valid_to", LINLI_TYPE_DATE, 0, .doc = "the last day" },
  [LINLI_ROUTING_RULE_ITEMS] = { "items", LINLI_TYPE_TEXT, 0, 2000, .doc = "codes of leaves, groups or classes, separated by spaces; any when NULL, as below" },
  [LINLI_ROUTING_RULE_ATTRIBUTES] = { "attributes", LINLI_TYPE_JSON, 0, 4000, .doc = "{code: [value, ...]}: each attribute has one of its values" },
  [LINLI_ROUTING_RULE_COMMUNITIES] = { "communities", LINLI_TYPE_TEXT, 0, 1000, .doc = "separated by spaces" },
  [LINLI_ROUTING_RULE_PLACES] = { "places", LINLI_TYPE_TEXT, 0, 1000, .doc = "words of which the place holds one, separated by spaces" },
  [LINLI_ROUTING_RULE_GRIDS] = { "grids", LINLI_TYPE_TEXT, 0, 1000, .doc = "separated by spaces" },
  [LINLI_ROUTING_RULE_URGENCY] = { "urgency", LINLI_TYPE_TEXT, 0, .choices = urgencies },
  [LINLI_ROUTING_RULE_CHANNELS] = { "channels", LINLI_TYPE_TEXT, 0, 1000, .doc = "codes separated by spaces" },
  [LINLI_ROUTING_RULE_FROM_MINUTE] = { "from_minute", LINLI_TYPE_INT, 0, .doc = "of the centre's day at which the matter came" },
  [LINLI_ROUTING_RULE_TO_MINUTE] = { "to_minute", LINLI_TYPE_INT, 0, .doc = "not included; before from_minute: over midnight" },
  [LINLI_ROUTING_RULE_LEAD_UNIT_ID] = { "lead_unit_id", LINLI_TYPE_UUID, REQUIRED, .references = "unit", .doc = "主办" },
  [LINLI_ROUTING_RULE_ASSIST_UNIT_IDS] = { "assist_unit_ids", LINLI_TYPE_TEXT, 0, 1000, .doc = "协办, ids separated by spaces" },
  [LINLI_ROUTING_RULE_INSTRUCTION] = { "instruction", LINLI_TYPE_TEXT, 0, 2000, .doc = "what the units are told" },
  [LINLI_ROUTING_RULE_LATER_UNIT_ID] = { "later_unit_id", LINLI_TYPE_UUID, 0, .references = "unit", .doc = "先补后认: who finds out the owner afterwards" },
  [LINLI_ROUTING_RULE_OWNERSHIP_ID] = { "ownership_id", LINLI_TYPE_UUID, 0, .references = "ownership", .doc = "the finding it was made from" },
  [LINLI_ROUTING_RULE_CHANGED_AT] = { "changed_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex routing_rule_indexes[] = {
  { "routing_rule_code", "code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_routing_rule = {
  "routing_rule", routing_rule_columns, routing_rule_indexes, 0,
  "Which unit a matter goes to by its attributes and place, in order."
};

static const LinliColumn ownership_columns[] = {
  [LINLI_OWNERSHIP_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_OWNERSHIP_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_OWNERSHIP_CASE_NO] = { "case_no", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_OWNERSHIP_ITEM_CODE] = { "item_code", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_OWNERSHIP_ATTRIBUTES] = { "attributes", LINLI_TYPE_JSON, 0, 4000, .doc = "{code: value} of the case when it was found" },
  [LINLI_OWNERSHIP_COMMUNITY] = { "community", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_OWNERSHIP_PLACE] = { "place", LINLI_TYPE_TEXT, 0, 200 },
  [LINLI_OWNERSHIP_PLACE_ID] = { "place_id", LINLI_TYPE_UUID, 0, .references = "place" },
  [LINLI_OWNERSHIP_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, REQUIRED, .references = "unit", .doc = "the owner found" },
  [LINLI_OWNERSHIP_UNIT_NAME] = { "unit_name", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_OWNERSHIP_BASIS] = { "basis", LINLI_TYPE_TEXT, REQUIRED, 2000, .doc = "by what it was recognised" },
  [LINLI_OWNERSHIP_FOUND_AT] = { "found_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_OWNERSHIP_FOUND_BY] = { "found_by", LINLI_TYPE_TEXT, 0, 60, .doc = "name of the person who recorded it" },
  [LINLI_OWNERSHIP_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED, .doc = "no longer, once a later one of the same case replaced it" },
  { NULL }
};

static const LinliIndex ownership_indexes[] = {
  { "ownership_case", "case_id", TRUE, "active = 1" },
  { "ownership_item", "item_code, found_at", FALSE, "active = 1" },
  { NULL }
};

const LinliTable linli_table_ownership = {
  "ownership", ownership_columns, ownership_indexes, 0,
  "Whose a thing turned out to be: what a routing learns from."
};
