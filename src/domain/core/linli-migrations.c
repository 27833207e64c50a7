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
    "ALTER TABLE duty_item ADD COLUMN evidence TEXT;\n"
    "ALTER TABLE cases ADD COLUMN instant_answer_id TEXT;\n"
    "ALTER TABLE cases ADD COLUMN supervision_level INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN suspended_until INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN extension_count INTEGER;\n"
    "ALTER TABLE cases ADD COLUMN solved TEXT;\n"
    "ALTER TABLE cases ADD COLUMN satisfaction TEXT;\n"
    "ALTER TABLE cases ADD COLUMN route TEXT;\n"
    "ALTER TABLE clock ADD COLUMN redo INTEGER;\n"
    "CREATE TABLE supervision (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT "
    "NULL, dispatch_id TEXT NOT NULL, unit_id TEXT NOT NULL, unit_name TEXT NOT NULL, level INTEGER "
    "NOT NULL, rule TEXT, issued_by TEXT NOT NULL, issued_at INTEGER NOT NULL, reason TEXT NOT NULL, "
    "reply_limit TEXT, reply_due_at INTEGER, reply TEXT, replied_by TEXT, replied_at INTEGER, "
    "lifted_at INTEGER, lift_reason TEXT) STRICT;\n"
    "CREATE TABLE supervision_rule (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT "
    "NULL, event TEXT NOT NULL, level INTEGER NOT NULL, clocks TEXT, wait TEXT NOT NULL, reply TEXT, "
    "words TEXT NOT NULL, active INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE resident_notice (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT "
    "NULL, submission_id TEXT NOT NULL, round INTEGER NOT NULL, method TEXT NOT NULL, words TEXT NOT "
    "NULL, told_by TEXT NOT NULL, told_at INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE callback (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, "
    "submission_id TEXT NOT NULL, round INTEGER NOT NULL, attempt_no INTEGER NOT NULL, method TEXT "
    "NOT NULL, reached INTEGER NOT NULL, solved TEXT, satisfaction TEXT, reason TEXT, words TEXT, "
    "valid INTEGER NOT NULL, caller_id TEXT NOT NULL, called_at INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE policy (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, code TEXT NOT NULL, value "
    "TEXT NOT NULL) STRICT;\n"
    "CREATE TABLE read_mark (pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, actor TEXT NOT NULL, "
    "at INTEGER NOT NULL) STRICT;\n"
    "CREATE TABLE case_word (word INTEGER PRIMARY KEY, head INTEGER NOT NULL, folded TEXT NOT NULL, "
    "name TEXT NOT NULL, UNIQUE (head, folded)) STRICT;\n"
    "CREATE TABLE case_measure (pk INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, dispatched_at "
    "INTEGER NOT NULL, finished_at INTEGER NOT NULL, limit_at INTEGER NOT NULL, met_at INTEGER NOT "
    "NULL, marks INTEGER NOT NULL, item INTEGER NOT NULL, channel INTEGER NOT NULL, unit INTEGER NOT "
    "NULL, community INTEGER NOT NULL, grade INTEGER NOT NULL) STRICT;\n"
    "DROP INDEX dispatch_lead;\n"
    "CREATE UNIQUE INDEX dispatch_lead ON dispatch (case_id, seq) WHERE role = 'lead' AND state IN "
    "('sent', 'signed', 'working', 'done');\n"
    "CREATE INDEX entry_news ON entry (at) WHERE kind IN ('accept', 'reject', 'done', 'return', "
    "'ruling', 'extend', 'supervise', 'explain', 'callback', 'redo', 'reply', 'assign');\n"
    "CREATE INDEX supervision_case ON supervision (case_id);\n"
    "CREATE INDEX supervision_standing ON supervision (unit_id, reply_due_at) WHERE lifted_at IS "
    "NULL;\n"
    "CREATE UNIQUE INDEX supervision_rule_code ON supervision_rule (code);\n"
    "CREATE INDEX resident_notice_case ON resident_notice (case_id);\n"
    "CREATE INDEX resident_notice_submission ON resident_notice (submission_id);\n"
    "CREATE INDEX callback_case ON callback (case_id);\n"
    "CREATE UNIQUE INDEX callback_attempt ON callback (submission_id, round, attempt_no);\n"
    "CREATE INDEX callback_bad ON callback (called_at) WHERE satisfaction IN ('dissatisfied', "
    "'very_dissatisfied');\n"
    "CREATE UNIQUE INDEX policy_code ON policy (code);\n"
    "CREATE INDEX read_mark_actor ON read_mark (actor, at);\n"
    "CREATE INDEX case_measure_received ON case_measure (received_at);\n"
    "CREATE INDEX case_measure_dispatched ON case_measure (dispatched_at) WHERE dispatched_at > 0;\n"
    "CREATE INDEX case_measure_finished ON case_measure (finished_at) WHERE finished_at > 0;\n"
    "CREATE INDEX case_measure_limit ON case_measure (limit_at) WHERE limit_at > 0;\n"
  },
  { 0 }
};
