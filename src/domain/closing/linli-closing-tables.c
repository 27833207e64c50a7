/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-closing-tables.h"

#include <string.h>

#define REQUIRED LINLI_COLUMN_REQUIRED

const char *const linli_satisfactions[] = {
  "very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied", NULL
};
const char *const linli_solved_answers[] = { "yes", "partly", "no", NULL };
const char *const linli_contact_methods[] = {
  "phone", "face", "sms", "wechat", "letter", "mail", "public", "other", NULL
};

static const LinliColumn supervision_columns[] = {
  [LINLI_SUPERVISION_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_SUPERVISION_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_SUPERVISION_DISPATCH_ID] = { "dispatch_id", LINLI_TYPE_UUID, REQUIRED, .references = "dispatch" },
  [LINLI_SUPERVISION_UNIT_ID] = { "unit_id", LINLI_TYPE_UUID, REQUIRED, .references = "unit" },
  [LINLI_SUPERVISION_UNIT_NAME] = { "unit_name", LINLI_TYPE_TEXT, REQUIRED, 120 },
  [LINLI_SUPERVISION_LEVEL] = { "level", LINLI_TYPE_INT, REQUIRED, .doc = "1 提醒, 2 催办, 3 督办, 4 通报" },
  [LINLI_SUPERVISION_RULE] = { "rule", LINLI_TYPE_TEXT, 0, 60, .doc = "code of the rule that called for it" },
  [LINLI_SUPERVISION_ISSUED_BY] = { "issued_by", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "account id" },
  [LINLI_SUPERVISION_ISSUED_AT] = { "issued_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_SUPERVISION_REASON] = { "reason", LINLI_TYPE_TEXT, REQUIRED, 2000 },
  [LINLI_SUPERVISION_REPLY_LIMIT] = { "reply_limit", LINLI_TYPE_TEXT, 0, 60, .doc = "as typed" },
  [LINLI_SUPERVISION_REPLY_DUE_AT] = { "reply_due_at", LINLI_TYPE_TIME, 0, .doc = "NULL when none is asked or the calendar does not reach" },
  [LINLI_SUPERVISION_REPLY] = { "reply", LINLI_TYPE_TEXT, 0, 8000, .doc = "the unit's explanation" },
  [LINLI_SUPERVISION_REPLIED_BY] = { "replied_by", LINLI_TYPE_TEXT, 0, 60, .doc = "account id" },
  [LINLI_SUPERVISION_REPLIED_AT] = { "replied_at", LINLI_TYPE_TIME, 0 },
  [LINLI_SUPERVISION_LIFTED_AT] = { "lifted_at", LINLI_TYPE_TIME, 0, .doc = "解除; NULL while it stands" },
  [LINLI_SUPERVISION_LIFT_REASON] = { "lift_reason", LINLI_TYPE_TEXT, 0, 2000, .doc = "NULL when the end of the work lifted it" },
  { NULL }
};

static const LinliIndex supervision_indexes[] = {
  { "supervision_case", "case_id", FALSE, NULL },
  { "supervision_standing", "unit_id, reply_due_at", FALSE, "lifted_at IS NULL" },
  { NULL }
};

const LinliTable linli_table_supervision = {
  "supervision", supervision_columns, supervision_indexes, 0, "Units pressed to act: on which level, why, and what they answered."
};

static const char *const events[] = { "before_due", "overdue", "silent", NULL };

static const LinliColumn rule_columns[] = {
  [LINLI_SUPERVISION_RULE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_SUPERVISION_RULE_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_SUPERVISION_RULE_EVENT] = { "event", LINLI_TYPE_TEXT, REQUIRED, .choices = events },
  [LINLI_SUPERVISION_RULE_LEVEL] = { "level", LINLI_TYPE_INT, REQUIRED, .doc = "1 to 4" },
  [LINLI_SUPERVISION_RULE_CLOCKS] = { "clocks", LINLI_TYPE_TEXT, 0, 60,
                                      .doc = "kinds separated by spaces; NULL: sign contact resolve" },
  [LINLI_SUPERVISION_RULE_WAIT] = { "wait", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "before or after the event, in working time: 1工作时" },
  [LINLI_SUPERVISION_RULE_REPLY] = { "reply", LINLI_TYPE_TEXT, 0, 60, .doc = "limit for the unit's answer; NULL: none asked" },
  [LINLI_SUPERVISION_RULE_WORDS] = { "words", LINLI_TYPE_TEXT, REQUIRED, 400, .doc = "reason to begin with" },
  [LINLI_SUPERVISION_RULE_ACTIVE] = { "active", LINLI_TYPE_BOOL, REQUIRED },
  { NULL }
};

static const LinliIndex rule_indexes[] = {
  { "supervision_rule_code", "code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_supervision_rule = {
  "supervision_rule", rule_columns, rule_indexes, 0,
  "Rules of the supervision ladder that differ from the built-in ones, by code."
};

static const LinliColumn notice_columns[] = {
  [LINLI_RESIDENT_NOTICE_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_RESIDENT_NOTICE_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases",
                                       .doc = "where it was told; stays when the submission moves" },
  [LINLI_RESIDENT_NOTICE_SUBMISSION_ID] = { "submission_id", LINLI_TYPE_UUID, REQUIRED, .references = "submission" },
  [LINLI_RESIDENT_NOTICE_ROUND] = { "round", LINLI_TYPE_INT, REQUIRED, .doc = "how often the case had been done again" },
  [LINLI_RESIDENT_NOTICE_METHOD] = { "method", LINLI_TYPE_TEXT, REQUIRED, 20, .choices = linli_contact_methods },
  [LINLI_RESIDENT_NOTICE_WORDS] = { "words", LINLI_TYPE_TEXT, REQUIRED, 8000 },
  [LINLI_RESIDENT_NOTICE_TOLD_BY] = { "told_by", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "account id" },
  [LINLI_RESIDENT_NOTICE_TOLD_AT] = { "told_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex notice_indexes[] = {
  { "resident_notice_case", "case_id", FALSE, NULL },
  { "resident_notice_submission", "submission_id", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_resident_notice = {
  "resident_notice", notice_columns, notice_indexes, 0, "Which resident was told the result, how and in which words."
};

static const LinliColumn callback_columns[] = {
  [LINLI_CALLBACK_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_CALLBACK_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases" },
  [LINLI_CALLBACK_SUBMISSION_ID] = { "submission_id", LINLI_TYPE_UUID, REQUIRED, .references = "submission" },
  [LINLI_CALLBACK_ROUND] = { "round", LINLI_TYPE_INT, REQUIRED, .doc = "how often the case had been done again" },
  [LINLI_CALLBACK_ATTEMPT_NO] = { "attempt_no", LINLI_TYPE_INT, REQUIRED, .doc = "per submission and round, from 1" },
  [LINLI_CALLBACK_METHOD] = { "method", LINLI_TYPE_TEXT, REQUIRED, 20, .choices = linli_contact_methods },
  [LINLI_CALLBACK_REACHED] = { "reached", LINLI_TYPE_BOOL, REQUIRED, .doc = "联系上" },
  [LINLI_CALLBACK_SOLVED] = { "solved", LINLI_TYPE_TEXT, 0, 20, .choices = linli_solved_answers, .doc = "是否解决" },
  [LINLI_CALLBACK_SATISFACTION] = { "satisfaction", LINLI_TYPE_TEXT, 0, 20, .choices = linli_satisfactions, .doc = "满意度" },
  [LINLI_CALLBACK_REASON] = { "reason", LINLI_TYPE_TEXT, 0, 2000, .doc = "why unsolved, dissatisfied or not reached" },
  [LINLI_CALLBACK_WORDS] = { "words", LINLI_TYPE_TEXT, 0, 4000, .doc = "what the resident said" },
  [LINLI_CALLBACK_VALID] = { "valid", LINLI_TYPE_BOOL, REQUIRED, .doc = "counts in the figures: reached, and both answers given" },
  [LINLI_CALLBACK_CALLER_ID] = { "caller_id", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "account id" },
  [LINLI_CALLBACK_CALLED_AT] = { "called_at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex callback_indexes[] = {
  { "callback_case", "case_id", FALSE, NULL },
  { "callback_attempt", "submission_id, round, attempt_no", TRUE, NULL },
  { "callback_bad", "called_at", FALSE, "satisfaction IN ('dissatisfied', 'very_dissatisfied')" },
  { NULL }
};

const LinliTable linli_table_callback = {
  "callback", callback_columns, callback_indexes, 0,
  "Every attempt to ask a resident: reached, solved and satisfied kept apart."
};

static const LinliColumn policy_columns[] = {
  [LINLI_POLICY_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_POLICY_CODE] = { "code", LINLI_TYPE_TEXT, REQUIRED, 60 },
  [LINLI_POLICY_VALUE] = { "value", LINLI_TYPE_TEXT, REQUIRED, 200 },
  { NULL }
};

static const LinliIndex policy_indexes[] = {
  { "policy_code", "code", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_policy = {
  "policy", policy_columns, policy_indexes, 0, "The centre's own rules of procedure, where they differ from the built-in ones."
};

static const LinliColumn read_mark_columns[] = {
  [LINLI_READ_MARK_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 120, .doc = "account and notice; notice '*': all up to the time" },
  [LINLI_READ_MARK_ACTOR] = { "actor", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "account id" },
  [LINLI_READ_MARK_AT] = { "at", LINLI_TYPE_TIME, REQUIRED },
  { NULL }
};

static const LinliIndex read_mark_indexes[] = {
  { "read_mark_actor", "actor, at", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_read_mark = {
  "read_mark", read_mark_columns, read_mark_indexes, LINLI_TABLE_LOCAL, "What the people at this desk have seen of their notices."
};

static int
rank_in (const char *const *words,
         const char        *word)
{
  for (int i = 0; word != NULL && words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i;
  return -1;
}

/* Returns: 0 for the best grade, and so on down; -1 for none */
int
linli_satisfaction_rank (const char *grade)
{
  return rank_in (linli_satisfactions, grade);
}

/* Returns: 0 for yes, 1 for partly, 2 for no; -1 for none */
int
linli_solved_rank (const char *answer)
{
  return rank_in (linli_solved_answers, answer);
}
