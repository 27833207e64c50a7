/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED
#define PERSONAL LINLI_COLUMN_PERSONAL
#define FIXED    LINLI_COLUMN_FIXED

static const char *const case_states[] = {
  "received", "registered", "deliberating", "aiding", "dispatched", "in_progress", "suspended",
  "pending_review", "resolved", "closed", "declined", "withdrawn", "merged", NULL
};
static const char *const urgencies[] = { "urgent", "normal", "hard", NULL };
static const char *const solved[] = { "yes", "partly", "no", NULL };
static const char *const lanes[] = { "major", "minor", "private", NULL };

static const LinliColumn case_columns[] = {
  [LINLI_CASE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_CASE_CASE_NO] = { "case_no", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "案号, printed" },
  [LINLI_CASE_TITLE] = { "title", LINLI_TYPE_TEXT, REQUIRED, 200 },
  [LINLI_CASE_SUMMARY] = { "summary", LINLI_TYPE_TEXT, 0, 4000, .doc = "the clerk's own wording of the matter" },
  [LINLI_CASE_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = case_states },
  [LINLI_CASE_ITEM_ID] = { "item_id", LINLI_TYPE_UUID, 0, .references = "duty_item", .doc = "the leaf in the version used" },
  [LINLI_CASE_ITEM_CODE] = { "item_code", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_CASE_ITEM_NAME] = { "item_name", LINLI_TYPE_TEXT, 0, 400, .doc = "class and leaf, or the imported words" },
  [LINLI_CASE_NATURE] = { "nature", LINLI_TYPE_TEXT, 0, 20, .doc = "投诉, 求助, 咨询, 建议, 举报, 表扬, ..." },
  [LINLI_CASE_LANE] = { "lane", LINLI_TYPE_TEXT, 0, .choices = lanes },
  [LINLI_CASE_URGENCY] = { "urgency", LINLI_TYPE_TEXT, REQUIRED, .choices = urgencies },
  [LINLI_CASE_CHANNEL_CODE] = { "channel_code", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "of the first submission" },
  [LINLI_CASE_COMMUNITY] = { "community", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_CASE_PLACE] = { "place", LINLI_TYPE_TEXT, 0, 200, .doc = "where, in words" },
  [LINLI_CASE_PLACE_ID] = { "place_id", LINLI_TYPE_UUID, 0, .references = "place" },
  [LINLI_CASE_GRID] = { "grid", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_CASE_LATITUDE] = { "latitude", LINLI_TYPE_INT, 0, .doc = "degrees x 10,000,000" },
  [LINLI_CASE_LONGITUDE] = { "longitude", LINLI_TYPE_INT, 0, .doc = "degrees x 10,000,000" },
  [LINLI_CASE_LEAD_UNIT_ID] = { "lead_unit_id", LINLI_TYPE_UUID, 0, .references = "unit" },
  [LINLI_CASE_LEAD_UNIT_NAME] = { "lead_unit_name", LINLI_TYPE_TEXT, 0, 120 },
  [LINLI_CASE_APPELLANT_ID] = { "appellant_id", LINLI_TYPE_UUID, 0, .references = "appellant", .doc = "of the first submission" },
  [LINLI_CASE_APPELLANT_NAME] = { "appellant_name", LINLI_TYPE_TEXT, PERSONAL, 60 },
  [LINLI_CASE_N_SUBMISSIONS] = { "n_submissions", LINLI_TYPE_INT, REQUIRED },
  [LINLI_CASE_RECEIVED_AT] = { "received_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_CASE_DUE_AT] = { "due_at", LINLI_TYPE_TIME, 0, .doc = "the earliest running clock; NULL when none runs" },
  [LINLI_CASE_DUE_KIND] = { "due_kind", LINLI_TYPE_TEXT, 0, 20, .doc = "which clock that is" },
  [LINLI_CASE_CLOSED_AT] = { "closed_at", LINLI_TYPE_TIME, 0 },
  [LINLI_CASE_PARENT_ID] = { "parent_id", LINLI_TYPE_UUID, 0, .references = "cases", .doc = "拆分: the whole this is a part of" },
  [LINLI_CASE_MERGED_INTO_ID] = { "merged_into_id", LINLI_TYPE_UUID, 0, .references = "cases", .doc = "并案" },
  [LINLI_CASE_REDO_COUNT] = { "redo_count", LINLI_TYPE_INT, REQUIRED },
  [LINLI_CASE_RETURN_COUNT] = { "return_count", LINLI_TYPE_INT, REQUIRED },
  [LINLI_CASE_CONFIDENTIAL] = { "confidential", LINLI_TYPE_BOOL, REQUIRED },
  [LINLI_CASE_RESIDENT_REPLY] = { "resident_reply", LINLI_TYPE_TEXT, 0, 8000, .doc = "what the resident was told" },
  [LINLI_CASE_RESULT] = { "result", LINLI_TYPE_TEXT, 0, 8000, .doc = "处置结果" },
  [LINLI_CASE_DECLINE_REASON] = { "decline_reason", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_CASE_OWNER_ID] = { "owner_id", LINLI_TYPE_UUID, 0, .references = "account", .doc = "who at the centre keeps an eye on it" },
  [LINLI_CASE_SOURCE_KEY] = { "source_key", LINLI_TYPE_TEXT, 0, 200, .doc = "where an imported case came from; unique" },
  [LINLI_CASE_IMPORT_ID] = { "import_id", LINLI_TYPE_UUID, 0, .references = "import" },
  [LINLI_CASE_TOUCHED_AT] = { "touched_at", LINLI_TYPE_TIME, REQUIRED, .doc = "last change a person would call one" },
  [LINLI_CASE_REVISION] = { "revision", LINLI_TYPE_INT, REQUIRED, .doc = "counts changes, for edits from a stale screen" },
  [LINLI_CASE_INSTANT_ANSWER_ID] = { "instant_answer_id", LINLI_TYPE_UUID, 0, .doc = "秒回: the answer that closed it" },
  [LINLI_CASE_SUPERVISION_LEVEL] = { "supervision_level", LINLI_TYPE_INT, 0, .doc = "督办: 1 提醒, 2 催办, 3 督办, 4 通报" },
  [LINLI_CASE_SUSPENDED_UNTIL] = { "suspended_until", LINLI_TYPE_TIME, 0, .doc = "挂起: when it goes on by itself" },
  [LINLI_CASE_EXTENSION_COUNT] = { "extension_count", LINLI_TYPE_INT, 0, .doc = "延期 granted" },
  [LINLI_CASE_SOLVED] = { "solved", LINLI_TYPE_TEXT, 0, .choices = solved, .doc = "回访: as the resident sees it" },
  [LINLI_CASE_SATISFACTION] = { "satisfaction", LINLI_TYPE_TEXT, 0, 20, .doc = "回访: code of a grade" },
  [LINLI_CASE_ROUTE] = { "route", LINLI_TYPE_JSON, 0, 8000, .doc = "why this unit was proposed" },
  { NULL }
};

/* The views of the inbox read these alone: a list in its order, out of one
 * index, without touching the rows. case_due holds the open cases only. */
static const LinliIndex case_indexes[] = {
  { "case_no", "case_no", TRUE, NULL },
  { "case_received", "received_at", FALSE, NULL },
  { "case_state_received", "state, received_at", FALSE, NULL },
  { "case_touched", "state, touched_at", FALSE, NULL },
  { "case_closed", "closed_at", FALSE, "closed_at IS NOT NULL" },
  { "case_due", "due_at, state, received_at", FALSE, "due_at IS NOT NULL" },
  { "case_owner", "owner_id, state, received_at, due_at", FALSE, "owner_id IS NOT NULL" },
  { "case_unit", "lead_unit_id, state, received_at", FALSE, "lead_unit_id IS NOT NULL" },
  { "case_item", "item_code, received_at", FALSE, "item_code IS NOT NULL" },
  { "case_appellant", "appellant_id", FALSE, "appellant_id IS NOT NULL" },
  { "case_source", "source_key", TRUE, "source_key IS NOT NULL" },
  { "case_import", "import_id, revision", FALSE, "import_id IS NOT NULL" },
  { "case_answer", "instant_answer_id, closed_at", FALSE, "instant_answer_id IS NOT NULL" },
  { "case_parent", "parent_id", FALSE, "parent_id IS NOT NULL" },
  { "case_lane", "lane, state, received_at", FALSE, "lane IS NOT NULL" },
  { "case_merged", "merged_into_id", FALSE, "merged_into_id IS NOT NULL" },
  { "case_confidential", "state", FALSE, "confidential <> 0" },
  { NULL }
};

const LinliTable linli_table_case = {
  "cases", case_columns, case_indexes, 0, "Matters to be solved, one row each whatever their number of residents."
};

static const LinliColumn submission_columns[] = {
  [LINLI_SUBMISSION_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_SUBMISSION_RECEIPT_NO] = { "receipt_no", LINLI_TYPE_TEXT, REQUIRED | FIXED, 60, .doc = "受理编号, printed" },
  [LINLI_SUBMISSION_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases", .doc = "moves when cases merge" },
  [LINLI_SUBMISSION_APPELLANT_ID] = { "appellant_id", LINLI_TYPE_UUID, 0, .references = "appellant" },
  [LINLI_SUBMISSION_CHANNEL_CODE] = { "channel_code", LINLI_TYPE_TEXT, REQUIRED | FIXED, 60 },
  [LINLI_SUBMISSION_RECEIVED_AT] = { "received_at", LINLI_TYPE_TIME, REQUIRED | FIXED },
  [LINLI_SUBMISSION_CLERK_ID] = { "clerk_id", LINLI_TYPE_TEXT, REQUIRED | FIXED, 60, .doc = "account id" },
  [LINLI_SUBMISSION_SUBJECT] = { "subject", LINLI_TYPE_TEXT, FIXED, 400, .doc = "as the resident headed it" },
  [LINLI_SUBMISSION_TEXT] = { "text_verbatim", LINLI_TYPE_TEXT, REQUIRED | FIXED, 20000, .doc = "the resident's own words, never edited" },
  [LINLI_SUBMISSION_REPLY_WANTED] = { "reply_wanted", LINLI_TYPE_BOOL, REQUIRED | FIXED },
  [LINLI_SUBMISSION_SOURCE_KEY] = { "source_key", LINLI_TYPE_TEXT, FIXED, 200 },
  [LINLI_SUBMISSION_EXTERNAL_NO] = { "external_no", LINLI_TYPE_TEXT, FIXED, 120, .doc = "the other system's number" },
  [LINLI_SUBMISSION_HOME_ID] = { "home_id", LINLI_TYPE_UUID, 0, .references = "cases",
                                 .doc = "并案: the case it came in with, while that is merged into another" },
  { NULL }
};

static const LinliIndex submission_indexes[] = {
  { "submission_receipt", "receipt_no", TRUE, NULL },
  { "submission_case", "case_id", FALSE, NULL },
  { "submission_appellant", "appellant_id", FALSE, "appellant_id IS NOT NULL" },
  { NULL }
};

const LinliTable linli_table_submission = {
  "submission", submission_columns, submission_indexes, 0, "Who came with what words; kept verbatim for ever."
};

static const char *const dispatch_roles[] = { "lead", "assist", NULL };
static const char *const dispatch_states[] = {
  "sent", "signed", "working", "done", "returned", "recalled", "released", NULL
};

static const LinliColumn dispatch_columns[] = {
  [LINLI_DISPATCH_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_DISPATCH_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_DISPATCH_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, REQUIRED, .references = "unit" },
  [LINLI_DISPATCH_UNIT_NAME] = { "unit_name", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_DISPATCH_ROLE] = { "role", LINLI_TYPE_TEXT, REQUIRED, .choices = dispatch_roles, .doc = "主办, 协办" },
  [LINLI_DISPATCH_SEQ] = { "seq", LINLI_TYPE_INT, REQUIRED, .doc = "1 for the first time a case is dispatched" },
  [LINLI_DISPATCH_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = dispatch_states },
  [LINLI_DISPATCH_SENT_AT] = { "sent_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_DISPATCH_SIGNED_AT] = { "signed_at", LINLI_TYPE_TIME, 0 },
  [LINLI_DISPATCH_CONTACTED_AT] = { "contacted_at", LINLI_TYPE_TIME, 0 },
  [LINLI_DISPATCH_DONE_AT] = { "done_at", LINLI_TYPE_TIME, 0 },
  [LINLI_DISPATCH_INSTRUCTION] = { "instruction", LINLI_TYPE_TEXT, 0, 4000 },
  [LINLI_DISPATCH_RESULT] = { "result", LINLI_TYPE_TEXT, 0, 8000 },
  [LINLI_DISPATCH_CLOSE_REASON] = { "close_reason", LINLI_TYPE_TEXT, 0, 2000, .doc = "why returned, recalled or released" },
  [LINLI_DISPATCH_HANDLER_ID] = { "handler_id", LINLI_TYPE_UUID, 0, .references = "account" },
  { NULL }
};

static const LinliIndex dispatch_indexes[] = {
  { "dispatch_case", "case_id", FALSE, NULL },
  { "dispatch_unit", "unit_id, state", FALSE, NULL },
  { "dispatch_lead", "case_id, seq", TRUE,
    "role = 'lead' AND (state = 'sent' OR state = 'signed' OR state = 'working' OR state = 'done')" },
  { NULL }
};

const LinliTable linli_table_dispatch = {
  "dispatch", dispatch_columns, dispatch_indexes, 0, "What was sent to which unit, and what became of it."
};

static const char *const clock_kinds[] = { "dispatch", "sign", "contact", "resolve", "callback", NULL };
static const char *const clock_states[] = { "running", "paused", "met", "stopped", "unknown", NULL };
static const char *const start_rules[] = { "immediate", "next_day", "next_working_day", NULL };

static const LinliColumn clock_columns[] = {
  [LINLI_CLOCK_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_CLOCK_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_CLOCK_DISPATCH_ID] = { "dispatch_id", LINLI_TYPE_UUID, 0, .references = "dispatch" },
  [LINLI_CLOCK_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, .choices = clock_kinds },
  [LINLI_CLOCK_RULE_REF] = { "rule_ref", LINLI_TYPE_TEXT, 0, 200, .doc = "duty item code and version" },
  [LINLI_CLOCK_LIMIT_TEXT] = { "limit_text", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "as typed in the list" },
  [LINLI_CLOCK_START_RULE] = { "start_rule", LINLI_TYPE_TEXT, REQUIRED, .choices = start_rules },
  [LINLI_CLOCK_CALENDAR_ID] = { "calendar_id", LINLI_TYPE_UUID, 0, .references = "work_calendar" },
  [LINLI_CLOCK_STARTED_AT] = { "started_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_CLOCK_DUE_AT] = { "due_at", LINLI_TYPE_TIME, 0, .doc = "NULL when the calendar does not reach" },
  [LINLI_CLOCK_PAUSES] = { "pauses", LINLI_TYPE_JSON, 0, 8000, .doc = "[[from, to], ...]; an open one ends in null" },
  [LINLI_CLOCK_MET_AT] = { "met_at", LINLI_TYPE_TIME, 0 },
  [LINLI_CLOCK_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = clock_states },
  [LINLI_CLOCK_FAULT] = { "fault", LINLI_TYPE_TEXT, 0, 200, .doc = "why there is no due time" },
  [LINLI_CLOCK_TRACE] = { "trace", LINLI_TYPE_JSON, 0, 32000, .doc = "how the due time came about" },
  [LINLI_CLOCK_REDO] = { "redo", LINLI_TYPE_INT, 0, .doc = "重办: which time it is done again; NULL: the first, which the statistics count" },
  [LINLI_CLOCK_ORIGIN_ID] = { "origin_id", LINLI_TYPE_UUID, 0, .references = "cases",
                              .doc = "并案: the merged case whose limit this counts, being the earliest" },
  [LINLI_CLOCK_OWN] = { "own", LINLI_TYPE_JSON, 0, 8000, .doc = "and what it would count for its own case" },
  [LINLI_CLOCK_EXTENSIONS] = { "extensions", LINLI_TYPE_JSON, 0, 4000, .doc = "延期: [[limit, who granted it], ...], as granted" },
  [LINLI_CLOCK_FIRST_DUE_AT] = { "first_due_at", LINLI_TYPE_TIME, 0, .doc = "when it was due before the first extension, for figures" },
  { NULL }
};

static const LinliIndex clock_indexes[] = {
  { "clock_case", "case_id", FALSE, NULL },
  { "clock_running", "due_at", FALSE, "state = 'running'" },
  /* By id alone: whoever asks for the running clocks of a case must not come to all that run by way of the state. */
  { "clock_open", "id", FALSE, LINLI_CLOCK_IS_OPEN },
  { NULL }
};

const LinliTable linli_table_clock = {
  "clock", clock_columns, clock_indexes, 0, "What must happen by when; several run on one case."
};

static const char *const entry_kinds[] = {
  "intake", "accept", "classify", "edit", "dispatch", "recall", "release", "sign", "contact", "work", "note",
  "done", "review", "reject", "close", "decline", "withdraw", "reply", "attach", "detach", "assign", "clock",
  "import", "undo", "merge", "unmerge", "split", "join", "answer", "return", "ruling", "extend", "suspend", "resume",
  "supervise", "explain", "notice", "callback", "redo", "lane", "agenda", "deliberate", "aid", "route", "waive",
  NULL
};
static const char *const audiences[] = { "internal", "unit", "resident", NULL };

static const LinliColumn entry_columns[] = {
  [LINLI_ENTRY_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_ENTRY_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_ENTRY_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, .choices = entry_kinds },
  [LINLI_ENTRY_AUDIENCE] = { "audience", LINLI_TYPE_TEXT, REQUIRED, .choices = audiences, .doc = "who may read it; never widened" },
  [LINLI_ENTRY_BODY] = { "body", LINLI_TYPE_TEXT, 0, 20000 },
  [LINLI_ENTRY_ACTOR_ID] = { "actor_id", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_ENTRY_ACTOR_NAME] = { "actor_name", LINLI_TYPE_TEXT, 0, 60 },
  [LINLI_ENTRY_AT] = { "at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_ENTRY_DISPATCH_ID] = { "dispatch_id", LINLI_TYPE_UUID, 0, .doc = "the part it speaks of; stays said when the part is undone" },
  [LINLI_ENTRY_SUBMISSION_ID] = { "submission_id", LINLI_TYPE_UUID, 0, .references = "submission" },
  [LINLI_ENTRY_PAYLOAD] = { "payload", LINLI_TYPE_JSON, 0, 40000, .doc = "before and after, units, amounts" },
  { NULL }
};

static const LinliIndex entry_indexes[] = {
  { "entry_case", "case_id", FALSE, NULL },
  { "entry_news", "at", FALSE, LINLI_ENTRY_IS_NEWS ("") },
  { NULL }
};

const LinliTable linli_table_entry = {
  "entry", entry_columns, entry_indexes, 0, "The timeline of a case; a correction is a new entry."
};

static const LinliColumn attachment_columns[] = {
  [LINLI_ATTACHMENT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_ATTACHMENT_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_ATTACHMENT_SUBMISSION_ID] = { "submission_id", LINLI_TYPE_UUID, 0, .references = "submission" },
  [LINLI_ATTACHMENT_ENTRY_ID] = { "entry_id", LINLI_TYPE_UUID, 0, .references = "entry" },
  [LINLI_ATTACHMENT_SHA256] = { "sha256", LINLI_TYPE_TEXT, REQUIRED, 64, .doc = "names the file in the store's folder" },
  [LINLI_ATTACHMENT_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 200 },
  [LINLI_ATTACHMENT_CONTENT_TYPE] = { "content_type", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_ATTACHMENT_SIZE] = { "size", LINLI_TYPE_INT, REQUIRED, .doc = "bytes" },
  [LINLI_ATTACHMENT_AUDIENCE] = { "audience", LINLI_TYPE_TEXT, REQUIRED, .choices = audiences },
  [LINLI_ATTACHMENT_ADDED_AT] = { "added_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_ATTACHMENT_REMOVED_AT] = { "removed_at", LINLI_TYPE_TIME, 0 },
  { NULL }
};

static const LinliIndex attachment_indexes[] = {
  { "attachment_case", "case_id", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_attachment = {
  "attachment", attachment_columns, attachment_indexes, 0, "Files of a case, stored once by their content."
};

static const char *const link_kinds[] = { "duplicate", "split", "depends", "related", NULL };

static const LinliColumn link_columns[] = {
  [LINLI_LINK_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_LINK_FROM_ID] = { "from_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_LINK_TO_ID] = { "to_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_LINK_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, .choices = link_kinds },
  [LINLI_LINK_MADE_AT] = { "made_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex link_indexes[] = {
  { "link_from", "from_id", FALSE, NULL },
  { "link_to", "to_id", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_link = {
  "link", link_columns, link_indexes, 0, "Which cases have to do with each other."
};

static const char *const import_states[] = { "running", "finished", "undone", NULL };

static const LinliColumn import_columns[] = {
  [LINLI_IMPORT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_IMPORT_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 40 },
  [LINLI_IMPORT_FILE_NAME] = { "file_name", LINLI_TYPE_TEXT, REQUIRED, 400 },
  [LINLI_IMPORT_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = import_states },
  [LINLI_IMPORT_STARTED_AT] = { "started_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_IMPORT_FINISHED_AT] = { "finished_at", LINLI_TYPE_TIME, 0 },
  [LINLI_IMPORT_N_NEW] = { "n_new", LINLI_TYPE_INT, REQUIRED },
  [LINLI_IMPORT_N_KNOWN] = { "n_known", LINLI_TYPE_INT, REQUIRED },
  [LINLI_IMPORT_N_REFUSED] = { "n_refused", LINLI_TYPE_INT, REQUIRED },
  [LINLI_IMPORT_MAPPING] = { "mapping", LINLI_TYPE_JSON, 0, 8000 },
  { NULL }
};

const LinliTable linli_table_import = {
  "import", import_columns, NULL, 0, "Files brought in; an import can be undone as a whole."
};

static const LinliColumn saved_view_columns[] = {
  [LINLI_SAVED_VIEW_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_SAVED_VIEW_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_SAVED_VIEW_QUERY] = { "query", LINLI_TYPE_TEXT, REQUIRED, 1000, .doc = "a search line with operators" },
  [LINLI_SAVED_VIEW_SORT] = { "sort", LINLI_TYPE_TEXT, REQUIRED, 20 },
  [LINLI_SAVED_VIEW_OWNER_ID] = { "owner_id", LINLI_TYPE_UUID, 0, .references = "account", .doc = "NULL: shared" },
  [LINLI_SAVED_VIEW_POSITION] = { "position", LINLI_TYPE_INT, REQUIRED },
  [LINLI_SAVED_VIEW_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  { NULL }
};

const LinliTable linli_table_saved_view = {
  "saved_view", saved_view_columns, NULL, 0, "Searches kept under a name, personal or shared."
};
