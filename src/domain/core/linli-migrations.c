/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way up, version by version. A step that was ever on a desk is never
 * edited: what it made is what desks have. tests/golden holds a store of each
 * version. */

#include "config.h"

#include "linli-migrations.h"

const LinliMigration linli_migrations[] = {
  /* Merge, split, return, extension, suspension, supervision, call-back, lanes,
   * routing, answers, templates, places and synchronisation. */
  {
    2,
    "ALTER TABLE cases ADD COLUMN instant_answer_id TEXT;\n"
    "ALTER TABLE cases ADD COLUMN supervision_level INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN suspended_until INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN extension_count INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN solved TEXT;\n"
    "ALTER TABLE cases ADD COLUMN satisfaction TEXT;\n"
    "ALTER TABLE cases ADD COLUMN route TEXT;\n"
    "CREATE TABLE attribute (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, "
    "name TEXT NOT NULL, items TEXT NOT NULL, choices TEXT, defaults TEXT, hint TEXT, position "
    "INTEGER NOT NULL, active INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE case_attribute (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT "
    "NULL, code TEXT NOT NULL, value TEXT NOT NULL, set_at INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE routing_rule (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, "
    "position INTEGER NOT NULL, name TEXT NOT NULL, active INTEGER NOT NULL, valid_from TEXT, "
    "valid_to TEXT, items TEXT, attributes TEXT, communities TEXT, places TEXT, grids TEXT, urgency "
    "TEXT, channels TEXT, from_minute INTEGER, to_minute INTEGER, lead_unit_id TEXT NOT NULL, "
    "assist_unit_ids TEXT, instruction TEXT, later_unit_id TEXT, ownership_id TEXT, changed_at "
    "INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE ownership (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, "
    "case_no TEXT NOT NULL, item_code TEXT NOT NULL, attributes TEXT, community TEXT, place TEXT, "
    "place_id TEXT, unit_id TEXT NOT NULL, unit_name TEXT NOT NULL, basis TEXT NOT NULL, found_at "
    "INTEGER NOT NULL, found_by TEXT, active INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE case_word (word INTEGER PRIMARY KEY, head INTEGER NOT NULL, folded TEXT NOT NULL, "
    "name TEXT NOT NULL, UNIQUE (head, folded)) STRICT;\n"
    "CREATE TABLE case_measure (pk INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, dispatched_at "
    "INTEGER NOT NULL, finished_at INTEGER NOT NULL, limit_at INTEGER NOT NULL, met_at INTEGER NOT "
    "NULL, marks INTEGER NOT NULL, item INTEGER NOT NULL, channel INTEGER NOT NULL, unit INTEGER NOT "
    "NULL, community INTEGER NOT NULL, grade INTEGER NOT NULL) STRICT;\n"
    "CREATE UNIQUE INDEX attribute_code ON attribute (code);\n"
    "CREATE UNIQUE INDEX case_attribute_case ON case_attribute (case_id, code);\n"
    "CREATE UNIQUE INDEX routing_rule_code ON routing_rule (code);\n"
    "CREATE UNIQUE INDEX ownership_case ON ownership (case_id) WHERE active = 1;\n"
    "CREATE INDEX ownership_item ON ownership (item_code, found_at) WHERE active = 1;\n"
    "CREATE INDEX case_measure_received ON case_measure (received_at);\n"
    "CREATE INDEX case_measure_dispatched ON case_measure (dispatched_at) WHERE dispatched_at > 0;\n"
    "CREATE INDEX case_measure_finished ON case_measure (finished_at) WHERE finished_at > 0;\n"
    "CREATE INDEX case_measure_limit ON case_measure (limit_at) WHERE limit_at > 0;\n"
    "ALTER TABLE clock ADD COLUMN origin_id TEXT;\n"
    "ALTER TABLE clock ADD COLUMN own TEXT;\n"
    "ALTER TABLE submission ADD COLUMN home_id TEXT;\n"
    "CREATE TABLE merge_record (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source_id TEXT "
    "NOT NULL, target_id TEXT NOT NULL, merged_at INTEGER NOT NULL, actor_id TEXT NOT NULL, "
    "reason TEXT, state TEXT NOT NULL, parts TEXT NOT NULL, clocks TEXT NOT NULL, carried TEXT "
    "NOT NULL, made_confidential INTEGER NOT NULL, target_item_id TEXT, undone_at INTEGER, "
    "undone_by TEXT) STRICT;\n"
    "CREATE INDEX case_merged ON cases (merged_into_id) WHERE merged_into_id IS NOT NULL;\n"
    "CREATE UNIQUE INDEX merge_source ON merge_record (source_id) WHERE undone_at IS NULL;\n"
    "CREATE INDEX merge_target ON merge_record (target_id);\n"
  },
  { 0 }
};
