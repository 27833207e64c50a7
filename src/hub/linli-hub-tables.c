/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-tables.h"

#include "linli-hub-intake.h"
#include "linli-registry.h"

#define REQUIRED LINLI_COLUMN_REQUIRED
#define BODY_LIMIT 16777216

static const LinliColumn clock_columns[] = {
  [LINLI_HUB_CLOCK_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "the workspace" },
  [LINLI_HUB_CLOCK_REV] = { "rev", LINLI_TYPE_INT, REQUIRED, .doc = "last revision given out; locked first by every writer" },
  [LINLI_HUB_CLOCK_EPOCH] = { "epoch", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "which history this is; another one after a restore" },
  [LINLI_HUB_CLOCK_FLOOR_REV] = { "floor_rev", LINLI_TYPE_INT, REQUIRED, .doc = "removals up to here are forgotten" },
  { NULL }
};

const LinliTable linli_table_hub_clock = {
  "hub_clock", clock_columns, NULL, LINLI_TABLE_LOCAL, "The one order of everything; one row."
};

static const LinliColumn device_columns[] = {
  [LINLI_HUB_DEVICE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_HUB_DEVICE_LAST_SEQ] = { "last_seq", LINLI_TYPE_INT, REQUIRED, .doc = "its operations up to here are decided" },
  [LINLI_HUB_DEVICE_PREFIX] = { "prefix", LINLI_TYPE_TEXT, REQUIRED, 8, .doc = "of the numbers it prints; no other has it" },
  [LINLI_HUB_DEVICE_REVOKED_AT] = { "revoked_at", LINLI_TYPE_TIME },
  [LINLI_HUB_DEVICE_LAST_SEEN] = { "last_seen", LINLI_TYPE_TIME },
  [LINLI_HUB_DEVICE_SKEW] = { "skew", LINLI_TYPE_INT, 0, .doc = "hub's time less the device's at its last push, microseconds" },
  [LINLI_HUB_DEVICE_FORKED_FROM] = { "forked_from", LINLI_TYPE_UUID, 0, .doc = "the identity it had before" },
  [LINLI_HUB_DEVICE_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, 0, .doc = "a handling unit's: it has what hub_scope says" },
  { NULL }
};

static const LinliIndex device_indexes[] = {
  { "hub_device_prefix", "prefix", TRUE, NULL },
  { "hub_device_unit", "unit_id", FALSE, "unit_id IS NOT NULL" },
  { NULL }
};

const LinliTable linli_table_hub_device = {
  "hub_device", device_columns, device_indexes, LINLI_TABLE_LOCAL, "The desks of this workspace."
};

static const LinliColumn op_columns[] = {
  [LINLI_HUB_OP_ID] = { "id", LINLI_TYPE_UUID, REQUIRED, .doc = "the operation" },
  [LINLI_HUB_OP_DEVICE] = { "device", LINLI_TYPE_UUID, REQUIRED, .doc = "which brought it first" },
  [LINLI_HUB_OP_SEQ] = { "seq", LINLI_TYPE_INT, REQUIRED },
  [LINLI_HUB_OP_SHA256] = { "sha256", LINLI_TYPE_TEXT, REQUIRED, 64, .doc = "of its line" },
  [LINLI_HUB_OP_RESULT] = { "result", LINLI_TYPE_TEXT, REQUIRED, BODY_LIMIT, .doc = "what is told whoever sends it again" },
  [LINLI_HUB_OP_REV] = { "rev", LINLI_TYPE_INT, REQUIRED, .doc = "of the workspace when it was decided" },
  [LINLI_HUB_OP_RECEIVED_AT] = { "received_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_HUB_OP_BODY] = { "body", LINLI_TYPE_TEXT, 0, BODY_LIMIT, .doc = "the line of a refused one; others stand in audit" },
  { NULL }
};

const LinliTable linli_table_hub_op = {
  "hub_op", op_columns, NULL, LINLI_TABLE_LOCAL, "Every operation ever decided, in the order of pk, and how."
};

static const LinliColumn feed_columns[] = {
  [LINLI_HUB_FEED_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 160, .doc = "table/row" },
  [LINLI_HUB_FEED_REV] = { "rev", LINLI_TYPE_INT, REQUIRED, .doc = "when it last changed" },
  [LINLI_HUB_FEED_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "table" },
  [LINLI_HUB_FEED_ROW_ID] = { "row_id", LINLI_TYPE_TEXT, REQUIRED, 80 },
  [LINLI_HUB_FEED_BODY] = { "body", LINLI_TYPE_TEXT, 0, BODY_LIMIT, .doc = "as it was committed; empty once removed" },
  [LINLI_HUB_FEED_AT] = { "at", LINLI_TYPE_TIME, REQUIRED, .doc = "hub's time" },
  { NULL }
};

static const LinliIndex feed_indexes[] = {
  { "hub_feed_rev", "rev", TRUE, NULL },
  { "hub_feed_row", "row_id", FALSE, NULL },
  { "hub_feed_removed", "at", FALSE, "body IS NULL" },
  { NULL }
};

const LinliTable linli_table_hub_feed = {
  "hub_feed", feed_columns, feed_indexes, LINLI_TABLE_LOCAL, "Every row once, at its newest revision."
};

static const LinliColumn scope_columns[] = {
  [LINLI_HUB_SCOPE_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 200, .doc = "unit/table/row" },
  [LINLI_HUB_SCOPE_UNIT_ID] = { "unit_id", LINLI_TYPE_TEXT, REQUIRED, 80, .doc = "empty: every unit's, the lists" },
  [LINLI_HUB_SCOPE_REV] = { "rev", LINLI_TYPE_INT, REQUIRED, .doc = "when it came to the unit, last changed, or went" },
  [LINLI_HUB_SCOPE_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "table" },
  [LINLI_HUB_SCOPE_ROW_ID] = { "row_id", LINLI_TYPE_TEXT, REQUIRED, 80 },
  [LINLI_HUB_SCOPE_CASE_ID] = { "case_id", LINLI_TYPE_UUID, 0, .doc = "whose part it is" },
  [LINLI_HUB_SCOPE_BODY] = { "body", LINLI_TYPE_TEXT, 0, BODY_LIMIT, .doc = "as the unit may have it; empty once it may not" },
  [LINLI_HUB_SCOPE_AT] = { "at", LINLI_TYPE_TIME, REQUIRED, .doc = "hub's time" },
  { NULL }
};

static const LinliIndex scope_indexes[] = {
  { "hub_scope_rev", "unit_id, rev", TRUE, NULL },
  { "hub_scope_case", "case_id, unit_id", FALSE, "case_id IS NOT NULL" },
  { "hub_scope_row", "row_id", FALSE, NULL },
  { "hub_scope_removed", "at", FALSE, "body IS NULL" },
  { NULL }
};

const LinliTable linli_table_hub_scope = {
  "hub_scope", scope_columns, scope_indexes, LINLI_TABLE_LOCAL,
  "What each unit that has a desk has of the feed, every row once, at its newest revision."
};

static const LinliColumn digest_columns[] = {
  [LINLI_HUB_DIGEST_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "table" },
  [LINLI_HUB_DIGEST_N] = { "n", LINLI_TYPE_INT, REQUIRED },
  [LINLI_HUB_DIGEST_HASH] = { "hash", LINLI_TYPE_INT, REQUIRED, .doc = "sum of the hashes of its rows" },
  { NULL }
};

const LinliTable linli_table_hub_digest = {
  "hub_digest", digest_columns, NULL, LINLI_TABLE_LOCAL, "What a desk compares with its own rows."
};

/* Whoever changes a table, of a room too, raises it; new tables, columns and
 * indexes need no more than that. */
#define HUB_VERSION 3

/* What the rooms' tables had got by version 2. A step that was ever on a hub is
 * never edited. */
#define ROOMS_2 \
  "ALTER TABLE account ADD COLUMN login TEXT;\n" \
  "ALTER TABLE account ADD COLUMN disabled_at INTEGER;\n" \
  "ALTER TABLE place ADD COLUMN aliases TEXT;\n" \
  "ALTER TABLE sync_state ADD COLUMN index_from INTEGER;\n" \
  "ALTER TABLE place ADD COLUMN full_name TEXT;\n" \
  "ALTER TABLE place ADD COLUMN community TEXT;\n" \
  "ALTER TABLE unit ADD COLUMN contact TEXT;\n" \
  "ALTER TABLE unit ADD COLUMN closed_reason TEXT;\n" \
  "ALTER TABLE unit ADD COLUMN closed_at INTEGER;\n" \
  "CREATE TABLE credential (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL, " \
  "verifier TEXT NOT NULL, set_at INTEGER NOT NULL, set_by TEXT NOT NULL) STRICT;\n" \
  "CREATE TABLE role_right (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, role TEXT NOT NULL, " \
  "rights TEXT NOT NULL, set_by TEXT NOT NULL) STRICT;\n" \
  "CREATE TABLE sign_in (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, failures INTEGER NOT NULL, " \
  "last_at INTEGER NOT NULL) STRICT;\n" \
  "CREATE TABLE identity_read (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, " \
  "actor_id TEXT NOT NULL, at INTEGER NOT NULL, why TEXT NOT NULL, reason TEXT) STRICT;\n" \
  "CREATE UNIQUE INDEX credential_account ON credential (account_id);\n" \
  "CREATE UNIQUE INDEX role_right_role ON role_right (role);\n" \
  "CREATE INDEX identity_read_case ON identity_read (case_id);\n" \
  "CREATE INDEX identity_read_at ON identity_read (at);\n" \
  "CREATE INDEX case_confidential ON cases (state) WHERE confidential <> 0;\n" \
  "DROP INDEX dispatch_lead;\n" \
  "CREATE UNIQUE INDEX dispatch_lead ON dispatch (case_id, seq) WHERE role = 'lead' AND " \
  "(state = 'sent' OR state = 'signed' OR state = 'working' OR state = 'done');\n" \
  "DROP INDEX clock_open;\n" \
  "CREATE INDEX clock_open ON clock (id) WHERE (state = 'running' OR state = 'paused' OR state = 'unknown');\n" \
  "DROP INDEX entry_news;\n" \
  "CREATE INDEX entry_news ON entry (at) WHERE (kind = 'accept' OR kind = 'reject' OR kind = 'done' OR " \
  "kind = 'return' OR kind = 'ruling' OR kind = 'extend' OR kind = 'supervise' OR kind = 'explain' OR " \
  "kind = 'callback' OR kind = 'redo' OR kind = 'reply' OR kind = 'assign');\n"

static gpointer
make_schema (gpointer unused)
{
  static const LinliTable *const own[] = {
    &linli_table_hub_clock, &linli_table_hub_device, &linli_table_hub_op, &linli_table_hub_feed, &linli_table_hub_digest,
    &linli_table_hub_intake, &linli_table_hub_scope,
  };
  GString *step = g_string_new (ROOMS_2);
  LinliStoreSchema *schema = g_new0 (LinliStoreSchema, 1);
  LinliMigration *steps = g_new0 (LinliMigration, 2);
  const LinliTable *const *rooms = linli_store_schema ()->tables;
  GPtrArray *tables = g_ptr_array_new ();

  for (guint i = 0; rooms[i] != NULL; i++)
    g_ptr_array_add (tables, (gpointer) rooms[i]);
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    g_ptr_array_add (tables, (gpointer) own[i]);
  g_ptr_array_add (tables, NULL);
  linli_table_append_ddl (&linli_table_hub_intake, "sqlite", step);
  steps[0] = (LinliMigration) { 2, g_string_free (step, FALSE) };
  schema->migrations = steps;
  schema->version = HUB_VERSION;
  schema->tables = (const LinliTable *const *) g_ptr_array_free (tables, FALSE);

  return schema;
}

/* Returns: (transfer none): the rooms' tables without what only a desk derives
 * from them, and the hub's own */
const LinliStoreSchema *
linli_hub_schema (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_schema, NULL);
}
