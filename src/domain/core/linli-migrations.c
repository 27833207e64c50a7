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
    "ALTER TABLE outbox ADD COLUMN seq INTEGER;\n"
    "ALTER TABLE outbox ADD COLUMN result TEXT;\n"
    "ALTER TABLE outbox ADD COLUMN from_rev INTEGER;\n"
    "ALTER TABLE outbox ADD COLUMN rev INTEGER;\n"
    "ALTER TABLE outbox ADD COLUMN decided_at INTEGER;\n"
    "ALTER TABLE outbox ADD COLUMN held TEXT;\n"
    "CREATE TABLE sync_state (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, device TEXT NOT NULL, "
    "epoch TEXT NOT NULL, cursor TEXT, complete_rev INTEGER NOT NULL, next_seq INTEGER NOT NULL, "
    "bootstrap TEXT, blocked TEXT, clock_offset INTEGER, last_ok_at INTEGER) STRICT;\n"
    "CREATE TABLE shadow (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, "
    "row_id TEXT NOT NULL, body TEXT) STRICT;\n"
    "CREATE TABLE arrived (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL) "
    "STRICT;\n"
    "CREATE TABLE parked (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, result TEXT NOT NULL, "
    "code TEXT NOT NULL, message TEXT, kind TEXT NOT NULL, subject_id TEXT, mine TEXT NOT NULL, "
    "theirs TEXT, opened_at INTEGER NOT NULL, closed_at INTEGER, closed_by TEXT, decision TEXT, "
    "reason TEXT) STRICT;\n"
    "ALTER TABLE cases ADD COLUMN instant_answer_id TEXT;\n"
    "ALTER TABLE cases ADD COLUMN supervision_level INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN suspended_until INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN extension_count INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN solved TEXT;\n"
    "ALTER TABLE cases ADD COLUMN satisfaction TEXT;\n"
    "ALTER TABLE cases ADD COLUMN route TEXT;\n"
    "CREATE TABLE case_word (word INTEGER PRIMARY KEY, head INTEGER NOT NULL, folded TEXT NOT NULL, "
    "name TEXT NOT NULL, UNIQUE (head, folded)) STRICT;\n"
    "CREATE TABLE case_measure (pk INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, dispatched_at "
    "INTEGER NOT NULL, finished_at INTEGER NOT NULL, limit_at INTEGER NOT NULL, met_at INTEGER NOT "
    "NULL, marks INTEGER NOT NULL, item INTEGER NOT NULL, channel INTEGER NOT NULL, unit INTEGER NOT "
    "NULL, community INTEGER NOT NULL, grade INTEGER NOT NULL) STRICT;\n"
    "CREATE INDEX outbox_decided ON outbox (pk) WHERE state = 'decided';\n"
    "CREATE INDEX parked_open ON parked (opened_at) WHERE closed_at IS NULL;\n"
    "CREATE INDEX case_measure_received ON case_measure (received_at);\n"
    "CREATE INDEX case_measure_dispatched ON case_measure (dispatched_at) WHERE dispatched_at > 0;\n"
    "CREATE INDEX case_measure_finished ON case_measure (finished_at) WHERE finished_at > 0;\n"
    "CREATE INDEX case_measure_limit ON case_measure (limit_at) WHERE limit_at > 0;\n"
  },
  { 0 }
};
