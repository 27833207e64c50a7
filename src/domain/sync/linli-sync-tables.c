/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED
#define BODY_LIMIT 16777216

static const char *const bootstraps[] = {
  LINLI_BOOTSTRAP_JOINING, LINLI_BOOTSTRAP_EPOCH_CHANGED, LINLI_BOOTSTRAP_CURSOR_EXPIRED, LINLI_BOOTSTRAP_FORKED, NULL
};

static const LinliColumn sync_state_columns[] = {
  [LINLI_SYNC_STATE_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "the workspace at the hub" },
  [LINLI_SYNC_STATE_DEVICE] = { "device", LINLI_TYPE_UUID, REQUIRED, .doc = "what the hub calls this desk" },
  [LINLI_SYNC_STATE_EPOCH] = { "epoch", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "which history of the hub this is" },
  [LINLI_SYNC_STATE_CURSOR] = { "cursor", LINLI_TYPE_TEXT, 0, 200, .doc = "the hub's own words; never read here" },
  [LINLI_SYNC_STATE_COMPLETE_REV] = { "complete_rev", LINLI_TYPE_INT, REQUIRED,
                                      .doc = "everything up to here is in the tables; 0 while a bootstrap runs" },
  [LINLI_SYNC_STATE_NEXT_SEQ] = { "next_seq", LINLI_TYPE_INT, REQUIRED, .doc = "of the next operation of this device" },
  [LINLI_SYNC_STATE_BOOTSTRAP] = { "bootstrap", LINLI_TYPE_TEXT, 0, .choices = bootstraps, .doc = "why all must be fetched anew" },
  [LINLI_SYNC_STATE_BLOCKED] = { "blocked", LINLI_TYPE_TEXT, 0, 80, .doc = "why only a person can help" },
  [LINLI_SYNC_STATE_CLOCK_OFFSET] = { "clock_offset", LINLI_TYPE_INT, 0, .doc = "hub's time less ours, microseconds" },
  [LINLI_SYNC_STATE_LAST_OK_AT] = { "last_ok_at", LINLI_TYPE_TIME, 0, .doc = "when the hub last answered" },
  [LINLI_SYNC_STATE_INDEX_FROM] = { "index_from", LINLI_TYPE_INT, 0,
                                    .doc = "cases with a smaller local key wait for search index and figures; empty: none" },
  [LINLI_SYNC_STATE_ENDED_BY] = { "ended_by", LINLI_TYPE_TEXT, 0, 120, .doc = "the administrator who let this desk in no more" },
  [LINLI_SYNC_STATE_ENDED_REASON] = { "ended_reason", LINLI_TYPE_TEXT, 0, 200, .doc = "why, in the administrator's words" },
  [LINLI_SYNC_STATE_ENDED_AT] = { "ended_at", LINLI_TYPE_TIME, 0 },
  { NULL }
};

const LinliTable linli_table_sync_state = {
  "sync_state", sync_state_columns, NULL, LINLI_TABLE_LOCAL, "The hub this desk is enrolled at; no row: none."
};

static const LinliColumn shadow_columns[] = {
  [LINLI_SHADOW_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "table/row" },
  [LINLI_SHADOW_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "table" },
  [LINLI_SHADOW_ROW_ID] = { "row_id", LINLI_TYPE_TEXT, REQUIRED, 80 },
  [LINLI_SHADOW_BODY] = { "body", LINLI_TYPE_JSON, 0, BODY_LIMIT, .doc = "the hub's row; empty where the hub has none" },
  { NULL }
};

const LinliTable linli_table_shadow = {
  "shadow", shadow_columns, NULL, LINLI_TABLE_LOCAL,
  "The hub's version of each row that pending operations have changed here."
};

static const LinliColumn arrived_columns[] = {
  [LINLI_ARRIVED_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "table/row" },
  [LINLI_ARRIVED_REV] = { "rev", LINLI_TYPE_INT, REQUIRED },
  { NULL }
};

const LinliTable linli_table_arrived = {
  "arrived", arrived_columns, NULL, LINLI_TABLE_LOCAL,
  "Rows that came since everything was last complete; empty between pulls."
};

static const char *const parked_results[] = { "rejected", "merged", "flagged", NULL };
static const char *const parked_decisions[] = { "again", "changed", "note", "dropped", "seen", NULL };

static const LinliColumn parked_columns[] = {
  [LINLI_PARKED_ID] = { "id", LINLI_TYPE_UUID, REQUIRED, .references = "audit", .doc = "the operation" },
  [LINLI_PARKED_RESULT] = { "result", LINLI_TYPE_TEXT, REQUIRED, .choices = parked_results },
  [LINLI_PARKED_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "stable reason" },
  [LINLI_PARKED_MESSAGE] = { "message", LINLI_TYPE_TEXT, 0, 1000, .doc = "the hub's sentence" },
  [LINLI_PARKED_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "name of the command" },
  [LINLI_PARKED_SUBJECT_ID] = { "subject_id", LINLI_TYPE_TEXT, 0, 80, .doc = "the row it was about" },
  [LINLI_PARKED_MINE] = { "mine", LINLI_TYPE_JSON, REQUIRED, BODY_LIMIT, .doc = "the operation's arguments" },
  [LINLI_PARKED_THEIRS] = { "theirs", LINLI_TYPE_JSON, 0, BODY_LIMIT, .doc = "the hub's row, or both values of each field" },
  [LINLI_PARKED_OPENED_AT] = { "opened_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_PARKED_CLOSED_AT] = { "closed_at", LINLI_TYPE_TIME },
  [LINLI_PARKED_CLOSED_BY] = { "closed_by", LINLI_TYPE_TEXT, 0, 40, .doc = "account" },
  [LINLI_PARKED_DECISION] = { "decision", LINLI_TYPE_TEXT, 0, .choices = parked_decisions },
  [LINLI_PARKED_REASON] = { "reason", LINLI_TYPE_TEXT, 0, 1000, .doc = "in the person's words" },
  { NULL }
};

static const LinliIndex parked_indexes[] = {
  { "parked_open", "opened_at", FALSE, "closed_at IS NULL" },
  { NULL }
};

const LinliTable linli_table_parked = {
  "parked", parked_columns, parked_indexes, LINLI_TABLE_LOCAL,
  "What the hub refused, merged or marked, until a person has decided."
};
