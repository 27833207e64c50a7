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
    "ALTER TABLE clock ADD COLUMN extensions TEXT;\n"
    "ALTER TABLE clock ADD COLUMN first_due_at INTEGER;\n"
    "CREATE TABLE handling_rule (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT "
    "NULL, value TEXT NOT NULL, valid_from INTEGER NOT NULL, set_by TEXT NOT NULL) STRICT;\n"
    "CREATE TABLE return_note (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT "
    "NULL, dispatch_id TEXT NOT NULL, unit_id TEXT NOT NULL, unit_name TEXT NOT NULL, role TEXT NOT "
    "NULL, item_code TEXT NOT NULL, item_name TEXT NOT NULL, reason TEXT NOT NULL, proposed_unit_id "
    "TEXT, proposed_unit_name TEXT, state TEXT NOT NULL, returned_at INTEGER NOT NULL, returned_by "
    "TEXT NOT NULL) STRICT;\n"
    "CREATE TABLE ruling (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, "
    "return_id TEXT, item_code TEXT, community TEXT, place TEXT, place_id TEXT, unit_id TEXT NOT "
    "NULL, unit_name TEXT NOT NULL, basis TEXT NOT NULL, text TEXT NOT NULL, ruled_at INTEGER NOT "
    "NULL, ruled_by TEXT NOT NULL) STRICT;\n"
    "CREATE TABLE request (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, "
    "dispatch_id TEXT NOT NULL, unit_id TEXT NOT NULL, unit_name TEXT NOT NULL, kind TEXT NOT NULL, "
    "amount TEXT, cause TEXT, until_date TEXT, reason TEXT NOT NULL, state TEXT NOT NULL, asked_at "
    "INTEGER NOT NULL, asked_by TEXT NOT NULL, asked_by_name TEXT, endorsed_at INTEGER, endorsed_by "
    "TEXT, endorsed_by_name TEXT, decided_at INTEGER, decided_by TEXT, decided_by_name TEXT, "
    "decision TEXT, old_due_at INTEGER, new_due_at INTEGER) STRICT;\n"
    "CREATE TABLE suspension (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT "
    "NULL, cause TEXT NOT NULL, reason TEXT NOT NULL, from_at INTEGER NOT NULL, until_date TEXT NOT "
    "NULL, until_at INTEGER NOT NULL, ended_at INTEGER, ended_by TEXT) STRICT;\n"
    "CREATE INDEX handling_rule_name ON handling_rule (name, valid_from);\n"
    "CREATE INDEX return_note_case ON return_note (case_id);\n"
    "CREATE UNIQUE INDEX return_note_ruling ON return_note (case_id) WHERE state = 'ruling';\n"
    "CREATE INDEX ruling_case ON ruling (case_id);\n"
    "CREATE INDEX ruling_item ON ruling (item_code, ruled_at);\n"
    "CREATE INDEX request_case ON request (case_id);\n"
    "CREATE UNIQUE INDEX request_open ON request (case_id) WHERE state IN ('asked', 'endorsed');\n"
    "CREATE INDEX suspension_case ON suspension (case_id);\n"
    "CREATE UNIQUE INDEX suspension_open ON suspension (case_id) WHERE ended_at IS NULL;\n"
    "CREATE INDEX suspension_until ON suspension (until_at) WHERE ended_at IS NULL;\n"
  },
  { 0 }
};
