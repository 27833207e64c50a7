/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-core-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const LinliColumn centre_columns[] = {
  [LINLI_CENTRE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED, .doc = "the centre" },
  [LINLI_CENTRE_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "as on the door" },
  [LINLI_CENTRE_COMMUNITY] = { "community", LINLI_TYPE_TEXT, 0, 60, .doc = "社区" },
  [LINLI_CENTRE_STREET] = { "street", LINLI_TYPE_TEXT, 0, 60, .doc = "街道" },
  [LINLI_CENTRE_DISTRICT] = { "district", LINLI_TYPE_TEXT, 0, 60, .doc = "区" },
  [LINLI_CENTRE_TIME_ZONE] = { "time_zone", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "IANA name" },
  [LINLI_CENTRE_IS_DEMO] = { "is_demo", LINLI_TYPE_BOOL, REQUIRED, .doc = "throw-away sample data" },
  { NULL }
};

const LinliTable linli_table_centre = {
  "centre", centre_columns, NULL, 0, "The Party-service centre this store belongs to; one row."
};

static const LinliColumn account_columns[] = {
  [LINLI_ACCOUNT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED, .doc = "the person at the desk" },
  [LINLI_ACCOUNT_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "姓名" },
  [LINLI_ACCOUNT_PINYIN] = { "pinyin", LINLI_TYPE_TEXT, 0, 60, .doc = "initials of the name" },
  [LINLI_ACCOUNT_ROLES] = { "roles", LINLI_TYPE_TEXT, REQUIRED, 200, .doc = "role names separated by spaces" },
  [LINLI_ACCOUNT_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, 0, .references = "unit", .doc = "a handler's unit" },
  [LINLI_ACCOUNT_PHONE] = { "phone", LINLI_TYPE_TEXT, LINLI_COLUMN_PERSONAL, 40 },
  [LINLI_ACCOUNT_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  [LINLI_ACCOUNT_LOGIN] = { "login", LINLI_TYPE_TEXT, 0, 40, .doc = "登录名; what is typed to sign in" },
  [LINLI_ACCOUNT_DISABLED_AT] = { "disabled_at", LINLI_TYPE_TIME, .doc = "when it was closed" },
  { NULL }
};

const LinliTable linli_table_account = {
  "account", account_columns, NULL, 0, "People who work with Linli."
};

static const LinliColumn audit_columns[] = {
  [LINLI_AUDIT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED, .doc = "the operation's id" },
  [LINLI_AUDIT_AT] = { "at", LINLI_TYPE_TIME, REQUIRED, .doc = "when the person acted" },
  [LINLI_AUDIT_ACTOR] = { "actor", LINLI_TYPE_TEXT, REQUIRED, .doc = "account id" },
  [LINLI_AUDIT_DEVICE] = { "device", LINLI_TYPE_TEXT, REQUIRED, .doc = "desk id" },
  [LINLI_AUDIT_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, .doc = "name of the command" },
  [LINLI_AUDIT_BODY] = { "body", LINLI_TYPE_TEXT, REQUIRED, 4194304, .doc = "the operation's exact line" },
  [LINLI_AUDIT_CHANGES] = { "changes", LINLI_TYPE_JSON, REQUIRED, 16777216, .doc = "rows before and after" },
  [LINLI_AUDIT_RESULT] = { "result", LINLI_TYPE_JSON, REQUIRED, 1048576, .doc = "what the caller was told" },
  [LINLI_AUDIT_PREV_HASH] = { "prev_hash", LINLI_TYPE_TEXT, REQUIRED, .doc = "hash of the entry before" },
  [LINLI_AUDIT_HASH] = { "hash", LINLI_TYPE_TEXT, REQUIRED, .doc = "SHA-256 over prev_hash and this entry" },
  { NULL }
};

const LinliTable linli_table_audit = {
  "audit", audit_columns, NULL, LINLI_TABLE_LOCAL | LINLI_TABLE_APPEND_ONLY,
  "Every change, who made it and what it changed, chained by hashes in the order of pk."
};

static const char *const outbox_states[] = { "queued", "decided", "settled", NULL };

static const char *const outbox_results[] = { "applied", "merged", "flagged", "rejected", NULL };

static const LinliColumn outbox_columns[] = {
  [LINLI_OUTBOX_ID] = { "id", LINLI_TYPE_UUID, REQUIRED, .references = "audit",
                        .doc = "the operation; its line stands in audit.body" },
  [LINLI_OUTBOX_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = outbox_states },
  [LINLI_OUTBOX_TRIES] = { "tries", LINLI_TYPE_INT, REQUIRED },
  [LINLI_OUTBOX_LAST_ERROR] = { "last_error", LINLI_TYPE_TEXT, 0, 1000, .doc = "why the hub's answer is not here yet" },
  [LINLI_OUTBOX_SEQ] = { "seq", LINLI_TYPE_INT, 0, .doc = "the device's own count, without gaps; empty until enrolled" },
  [LINLI_OUTBOX_RESULT] = { "result", LINLI_TYPE_TEXT, 0, .choices = outbox_results, .doc = "the hub's decision" },
  [LINLI_OUTBOX_FROM_REV] = { "from_rev", LINLI_TYPE_INT, 0, .doc = "first revision the decision wrote" },
  [LINLI_OUTBOX_REV] = { "rev", LINLI_TYPE_INT, 0, .doc = "last revision the decision wrote" },
  [LINLI_OUTBOX_DECIDED_AT] = { "decided_at", LINLI_TYPE_TIME, .doc = "hub's time" },
  [LINLI_OUTBOX_HELD] = { "held", LINLI_TYPE_TEXT, 0, 80,
                          .doc = "why it does not apply to the rows here for the moment; the hub will say" },
  { NULL }
};

static const LinliIndex outbox_indexes[] = {
  { "outbox_queued", "pk", FALSE, "state = 'queued'" },
  { "outbox_decided", "pk", FALSE, "state = 'decided'" },
  { NULL }
};

const LinliTable linli_table_outbox = {
  "outbox", outbox_columns, outbox_indexes, LINLI_TABLE_LOCAL,
  "Operations for the hub in the order of pk: queued, decided, and settled once its rows are here."
};

static const LinliColumn draft_columns[] = {
  [LINLI_DRAFT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_DRAFT_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "intake, note, ..." },
  [LINLI_DRAFT_SUBJECT_ID] = { "subject_id", LINLI_TYPE_TEXT, 0, 40, .doc = "the case a note belongs to" },
  [LINLI_DRAFT_ACTOR] = { "actor", LINLI_TYPE_TEXT, REQUIRED, .doc = "whose words these are" },
  [LINLI_DRAFT_BODY] = { "body", LINLI_TYPE_JSON, REQUIRED, 262144, .doc = "fields as typed so far" },
  [LINLI_DRAFT_SAVED_AT] = { "saved_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex draft_indexes[] = {
  { "draft_subject", "kind, subject_id", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_draft = {
  "draft", draft_columns, draft_indexes, LINLI_TABLE_LOCAL, "Words typed but not yet handed in."
};

static const LinliColumn counter_columns[] = {
  [LINLI_COUNTER_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "series and day" },
  [LINLI_COUNTER_VALUE] = { "value", LINLI_TYPE_INT, REQUIRED, .doc = "last number given out" },
  { NULL }
};

const LinliTable linli_table_counter = {
  "counter", counter_columns, NULL, LINLI_TABLE_LOCAL, "Numbers this desk prints, also offline."
};

static const LinliColumn setting_columns[] = {
  [LINLI_SETTING_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 80 },
  [LINLI_SETTING_VALUE] = { "value", LINLI_TYPE_TEXT, REQUIRED },
  { NULL }
};

const LinliTable linli_table_setting = {
  "setting", setting_columns, NULL, LINLI_TABLE_LOCAL,
  "What belongs to this desk: device id and prefix, chosen account."
};
