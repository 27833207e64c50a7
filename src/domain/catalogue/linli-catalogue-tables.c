/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-catalogue-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const char *const urgencies[] = { "urgent", "normal", "hard", NULL };
static const char *const lanes[] = { "major", "minor", "private", NULL };
static const char *const start_rules[] = { "immediate", "next_day", "next_working_day", NULL };

static const LinliColumn duty_item_columns[] = {
  [LINLI_DUTY_ITEM_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_DUTY_ITEM_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "stable over versions" },
  [LINLI_DUTY_ITEM_VERSION] = { "version", LINLI_TYPE_INT, REQUIRED },
  [LINLI_DUTY_ITEM_PARENT_CODE] = { "parent_code", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_DUTY_ITEM_LEVEL] = { "level", LINLI_TYPE_INT, REQUIRED, .doc = "1 for a 大类" },
  [LINLI_DUTY_ITEM_PATH] = { "path", LINLI_TYPE_TEXT, REQUIRED, 400, .doc = "names from the root, separated by ' / '" },
  [LINLI_DUTY_ITEM_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 200 },
  [LINLI_DUTY_ITEM_ALIASES] = { "aliases", LINLI_TYPE_TEXT, 0, 1000, .doc = "residents' words, separated by spaces" },
  [LINLI_DUTY_ITEM_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, 0, 1000, .doc = "initials of name and aliases" },
  [LINLI_DUTY_ITEM_IS_LEAF] = { "is_leaf", LINLI_TYPE_BOOL, REQUIRED },
  [LINLI_DUTY_ITEM_CATCH_ALL] = { "catch_all", LINLI_TYPE_BOOL, REQUIRED, .doc = "may not be closed without reclassifying" },
  [LINLI_DUTY_ITEM_LEAD_UNIT_ID] = { "lead_unit_id", LINLI_TYPE_UUID, 0, .references = "unit", .doc = "主办单位" },
  [LINLI_DUTY_ITEM_ASSIST_UNIT_IDS] = { "assist_unit_ids", LINLI_TYPE_TEXT, 0, 2000, .doc = "协办单位, ids separated by spaces" },
  [LINLI_DUTY_ITEM_OWNER_TEXT] = { "owner_text", LINLI_TYPE_TEXT, 0, 400, .doc = "责任主体 as the list writes it" },
  [LINLI_DUTY_ITEM_LEGAL_BASIS] = { "legal_basis", LINLI_TYPE_TEXT, 0, 4000 },
  [LINLI_DUTY_ITEM_CLAUSE] = { "clause", LINLI_TYPE_TEXT, 0, 8000 },
  [LINLI_DUTY_ITEM_LIMITS] = { "limits", LINLI_TYPE_JSON, 0, 4000, .doc = "{clock kind: limit as typed}" },
  [LINLI_DUTY_ITEM_START_RULE] = { "start_rule", LINLI_TYPE_TEXT, 0, 20, .choices = start_rules },
  [LINLI_DUTY_ITEM_FILING] = { "filing", LINLI_TYPE_TEXT, 0, 4000, .doc = "立案条件" },
  [LINLI_DUTY_ITEM_STANDARD] = { "standard", LINLI_TYPE_TEXT, 0, 4000, .doc = "处置标准" },
  [LINLI_DUTY_ITEM_CLOSING] = { "closing", LINLI_TYPE_TEXT, 0, 4000, .doc = "结案条件" },
  [LINLI_DUTY_ITEM_URGENCY] = { "urgency", LINLI_TYPE_TEXT, 0, 20, .choices = urgencies },
  [LINLI_DUTY_ITEM_LANE] = { "lane", LINLI_TYPE_TEXT, 0, 20, .choices = lanes },
  [LINLI_DUTY_ITEM_SOURCE] = { "source", LINLI_TYPE_TEXT, 0, 200, .doc = "which list it came from" },
  [LINLI_DUTY_ITEM_USES] = { "uses", LINLI_TYPE_INT, REQUIRED, .doc = "how often it is expected to be chosen; orders the picker" },
  [LINLI_DUTY_ITEM_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED, .doc = "the version in force" },
  [LINLI_DUTY_ITEM_EVIDENCE] = { "evidence", LINLI_TYPE_TEXT, 0, 60,
                                .doc = "what a result must show beside words: kinds separated by spaces" },
  { NULL }
};

static const LinliIndex duty_item_indexes[] = {
  { "duty_item_version", "code, version", TRUE, NULL },
  { "duty_item_active", "code", TRUE, "active = 1" },
  { NULL }
};

const LinliTable linli_table_duty_item = {
  "duty_item", duty_item_columns, duty_item_indexes, 0,
  "The duty list: what a matter is, whose duty, under which law, by when, to which standard."
};

static const LinliColumn channel_columns[] = {
  [LINLI_CHANNEL_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_CHANNEL_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_CHANNEL_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_CHANNEL_GROUP_NAME] = { "group_name", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_CHANNEL_ALIASES] = { "aliases", LINLI_TYPE_TEXT, 0, 400 },
  [LINLI_CHANNEL_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, 0, 400 },
  [LINLI_CHANNEL_REPLY_BY] = { "reply_by", LINLI_TYPE_TEXT, 0, 60, .doc = "how the resident is normally answered" },
  [LINLI_CHANNEL_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  { NULL }
};

static const LinliIndex channel_indexes[] = {
  { "channel_code", "code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_channel = {
  "channel", channel_columns, channel_indexes, 0, "The registry of channels through which matters arrive."
};

static const LinliColumn reason_columns[] = {
  [LINLI_REASON_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_REASON_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "decline, withdraw, return, release" },
  [LINLI_REASON_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_REASON_LABEL] = { "label", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_REASON_TEMPLATE] = { "template", LINLI_TYPE_TEXT, 0, 2000, .doc = "text to start from, with {variables}" },
  [LINLI_REASON_BASIS] = { "basis", LINLI_TYPE_TEXT, 0, 400 },
  [LINLI_REASON_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  { NULL }
};

static const LinliIndex reason_indexes[] = {
  { "reason_code", "kind, code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_reason = {
  "reason", reason_columns, reason_indexes, 0, "Coded reasons for declining, withdrawing, returning, releasing."
};
