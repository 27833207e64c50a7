/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-lane-tables.h"

#define REQUIRED LINLI_COLUMN_REQUIRED
#define PERSONAL LINLI_COLUMN_PERSONAL

static const char *const codes[] = { "major", "minor", "private", NULL };
static const char *const records[] = { "agenda", "deliberation", "aid", NULL };
static const char *const agenda_states[] = { "listed", "decided", NULL };
static const char *const deliberation_states[] = { "held", "agreed", "failed", NULL };
static const char *const aid_states[] = { "asked", "done", "failed", NULL };

static const LinliColumn lane_columns[] = {
  [LINLI_LANE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_LANE_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, .choices = codes, .doc = "what cases and the duty list name it by" },
  [LINLI_LANE_NAME] = { "name", LINLI_TYPE_TEXT, REQUIRED, 20, .doc = "大事, 小事, 私事; elsewhere 公事, 共事, 家事" },
  [LINLI_LANE_LEADS] = { "leads", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "who leads on this way" },
  [LINLI_LANE_RECORD] = { "record", LINLI_TYPE_TEXT, REQUIRED, .choices = records, .doc = "what is recorded on it" },
  [LINLI_LANE_POSITION] = { "position", LINLI_TYPE_INT, REQUIRED },
  { NULL }
};

static const LinliIndex lane_indexes[] = {
  { "lane_code", "code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_lane = {
  "lane", lane_columns, lane_indexes, 0, "The three ways a matter may go."
};

static const LinliColumn party_agenda_columns[] = {
  [LINLI_PARTY_AGENDA_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_PARTY_AGENDA_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_PARTY_AGENDA_TOPIC] = { "topic", LINLI_TYPE_TEXT, REQUIRED, 400, .doc = "议题" },
  [LINLI_PARTY_AGENDA_MEETING_ON] = { "meeting_on", LINLI_TYPE_DATE, REQUIRED, .doc = "the meeting it is put before" },
  [LINLI_PARTY_AGENDA_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = agenda_states },
  [LINLI_PARTY_AGENDA_PROPOSED_BY] = { "proposed_by", LINLI_TYPE_TEXT, 0, 60, .doc = "name of a person" },
  [LINLI_PARTY_AGENDA_DECISION] = { "decision", LINLI_TYPE_TEXT, 0, 4000, .doc = "决议" },
  [LINLI_PARTY_AGENDA_RESPONSIBLE] = { "responsible", LINLI_TYPE_TEXT, 0, 120, .doc = "责任人" },
  [LINLI_PARTY_AGENDA_PROMISE_ON] = { "promise_on", LINLI_TYPE_DATE, 0, .doc = "承诺完成日期" },
  [LINLI_PARTY_AGENDA_MADE_AT] = { "made_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_PARTY_AGENDA_DECIDED_AT] = { "decided_at", LINLI_TYPE_TIME, 0 },
  { NULL }
};

static const LinliIndex party_agenda_indexes[] = {
  { "party_agenda_case", "case_id", FALSE, NULL },
  { "party_agenda_listed", "case_id", TRUE, "state = 'listed'" },
  { "party_agenda_meeting", "meeting_on", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_party_agenda = {
  "party_agenda", party_agenda_columns, party_agenda_indexes, 0,
  "Major matters before the Party committee: what is asked, decided and promised."
};

static const LinliColumn deliberation_columns[] = {
  [LINLI_DELIBERATION_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_DELIBERATION_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_DELIBERATION_HELD_ON] = { "held_on", LINLI_TYPE_DATE, REQUIRED },
  [LINLI_DELIBERATION_PLACE] = { "place", LINLI_TYPE_TEXT, 0, 200 },
  [LINLI_DELIBERATION_HOST] = { "host", LINLI_TYPE_TEXT, 0, 120, .doc = "主持" },
  [LINLI_DELIBERATION_PARTICIPANTS] = { "participants", LINLI_TYPE_TEXT, REQUIRED | PERSONAL, 4000, .doc = "who came" },
  [LINLI_DELIBERATION_OPTIONS] = { "options", LINLI_TYPE_TEXT, REQUIRED, 4000, .doc = "what was put forward, one a line" },
  [LINLI_DELIBERATION_NOTES] = { "notes", LINLI_TYPE_TEXT, 0, 8000 },
  [LINLI_DELIBERATION_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = deliberation_states },
  [LINLI_DELIBERATION_AGREEMENT] = { "agreement", LINLI_TYPE_TEXT, 0, 4000 },
  [LINLI_DELIBERATION_FOLLOW_UP] = { "follow_up", LINLI_TYPE_TEXT, 0, 4000 },
  [LINLI_DELIBERATION_RESPONSIBLE] = { "responsible", LINLI_TYPE_TEXT, 0, 120 },
  [LINLI_DELIBERATION_FOLLOW_UP_ON] = { "follow_up_on", LINLI_TYPE_DATE, 0, .doc = "by when" },
  [LINLI_DELIBERATION_MADE_AT] = { "made_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex deliberation_indexes[] = {
  { "deliberation_case", "case_id", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_deliberation = {
  "deliberation", deliberation_columns, deliberation_indexes, 0,
  "Minor matters among neighbours: who came, what was put forward, what was agreed."
};

static const LinliColumn mutual_aid_columns[] = {
  [LINLI_MUTUAL_AID_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_MUTUAL_AID_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_MUTUAL_AID_KIND] = { "kind", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "陪伴, 代办, 维修, 照看, 调解, 教学, 借用, 其他" },
  [LINLI_MUTUAL_AID_NEED] = { "need", LINLI_TYPE_TEXT, REQUIRED, 2000, .doc = "what help is wanted" },
  [LINLI_MUTUAL_AID_WANTED] = { "wanted", LINLI_TYPE_TEXT, REQUIRED, 200, .doc = "when, in words" },
  [LINLI_MUTUAL_AID_WHERE] = { "place", LINLI_TYPE_TEXT, REQUIRED, 200, .doc = "where" },
  [LINLI_MUTUAL_AID_CONTACT_OK] = { "contact_ok", LINLI_TYPE_BOOL, REQUIRED, .doc = "a helper may be told how to reach the resident" },
  [LINLI_MUTUAL_AID_STATE] = { "state", LINLI_TYPE_TEXT, REQUIRED, .choices = aid_states },
  [LINLI_MUTUAL_AID_HELPER] = { "helper", LINLI_TYPE_TEXT, PERSONAL, 120, .doc = "who helped" },
  [LINLI_MUTUAL_AID_HELPER_ID] = { "helper_id", LINLI_TYPE_UUID, 0, .doc = "as a member of the time-bank" },
  [LINLI_MUTUAL_AID_RESULT] = { "result", LINLI_TYPE_TEXT, 0, 4000 },
  [LINLI_MUTUAL_AID_MINUTES] = { "minutes", LINLI_TYPE_INT, 0, .doc = "of service" },
  [LINLI_MUTUAL_AID_ASKED_AT] = { "asked_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_MUTUAL_AID_ENDED_AT] = { "ended_at", LINLI_TYPE_TIME, 0 },
  { NULL }
};

static const LinliIndex mutual_aid_indexes[] = {
  { "mutual_aid_case", "case_id", FALSE, NULL },
  { "mutual_aid_asked", "case_id", TRUE, "state = 'asked'" },
  { NULL }
};

const LinliTable linli_table_mutual_aid = {
  "mutual_aid", mutual_aid_columns, mutual_aid_indexes, 0,
  "Private matters: what help is wanted, and who gave it."
};
