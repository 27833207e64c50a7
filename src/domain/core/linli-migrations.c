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
    "CREATE TABLE bulk (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, command TEXT NOT NULL, args "
    "TEXT NOT NULL, actor TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, n_wanted INTEGER "
    "NOT NULL, query TEXT) STRICT;\n"
    "CREATE TABLE bulk_case (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, bulk_id TEXT NOT NULL, "
    "case_id TEXT NOT NULL, state TEXT NOT NULL, operation_id TEXT, reason TEXT) STRICT;\n"
    "CREATE TABLE case_word (word INTEGER PRIMARY KEY, head INTEGER NOT NULL, folded TEXT NOT NULL, "
    "name TEXT NOT NULL, UNIQUE (head, folded)) STRICT;\n"
    "CREATE TABLE case_measure (pk INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, dispatched_at "
    "INTEGER NOT NULL, finished_at INTEGER NOT NULL, limit_at INTEGER NOT NULL, met_at INTEGER NOT "
    "NULL, marks INTEGER NOT NULL, item INTEGER NOT NULL, channel INTEGER NOT NULL, unit INTEGER NOT "
    "NULL, community INTEGER NOT NULL, grade INTEGER NOT NULL) STRICT;\n"
    "CREATE INDEX bulk_at ON bulk (at);\n"
    "CREATE INDEX bulk_case_bulk ON bulk_case (bulk_id, state);\n"
    "CREATE INDEX case_measure_received ON case_measure (received_at);\n"
    "CREATE INDEX case_measure_dispatched ON case_measure (dispatched_at) WHERE dispatched_at > 0;\n"
    "CREATE INDEX case_measure_finished ON case_measure (finished_at) WHERE finished_at > 0;\n"
    "CREATE INDEX case_measure_limit ON case_measure (limit_at) WHERE limit_at > 0;\n"
  },
  { 0 }
};
