/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

/* How a centre sees to it that matters end well: it presses the units
 * (supervision), tells the residents (resident_notice) and asks them
 * (callback). A case may have many submissions: each is told and asked by
 * itself. */

extern const LinliTable linli_table_supervision;      /* 督办 */
extern const LinliTable linli_table_supervision_rule; /* 督办规则 */
extern const LinliTable linli_table_resident_notice;  /* 告知 */
extern const LinliTable linli_table_callback;         /* 回访 */
extern const LinliTable linli_table_policy;           /* 办理规定 */
extern const LinliTable linli_table_read_mark;        /* 已读 */

enum { LINLI_SUPERVISION_ID, LINLI_SUPERVISION_CASE_ID, LINLI_SUPERVISION_DISPATCH_ID,
       LINLI_SUPERVISION_UNIT_ID, LINLI_SUPERVISION_UNIT_NAME, LINLI_SUPERVISION_LEVEL,
       LINLI_SUPERVISION_RULE, LINLI_SUPERVISION_ISSUED_BY, LINLI_SUPERVISION_ISSUED_AT,
       LINLI_SUPERVISION_REASON, LINLI_SUPERVISION_REPLY_LIMIT, LINLI_SUPERVISION_REPLY_DUE_AT,
       LINLI_SUPERVISION_REPLY, LINLI_SUPERVISION_REPLIED_BY, LINLI_SUPERVISION_REPLIED_AT,
       LINLI_SUPERVISION_LIFTED_AT, LINLI_SUPERVISION_LIFT_REASON };

enum { LINLI_SUPERVISION_RULE_ID, LINLI_SUPERVISION_RULE_CODE, LINLI_SUPERVISION_RULE_EVENT,
       LINLI_SUPERVISION_RULE_LEVEL, LINLI_SUPERVISION_RULE_CLOCKS, LINLI_SUPERVISION_RULE_WAIT,
       LINLI_SUPERVISION_RULE_REPLY, LINLI_SUPERVISION_RULE_WORDS, LINLI_SUPERVISION_RULE_ACTIVE };

enum { LINLI_RESIDENT_NOTICE_ID, LINLI_RESIDENT_NOTICE_CASE_ID, LINLI_RESIDENT_NOTICE_SUBMISSION_ID,
       LINLI_RESIDENT_NOTICE_ROUND, LINLI_RESIDENT_NOTICE_METHOD, LINLI_RESIDENT_NOTICE_WORDS,
       LINLI_RESIDENT_NOTICE_TOLD_BY, LINLI_RESIDENT_NOTICE_TOLD_AT };

enum { LINLI_CALLBACK_ID, LINLI_CALLBACK_CASE_ID, LINLI_CALLBACK_SUBMISSION_ID, LINLI_CALLBACK_ROUND,
       LINLI_CALLBACK_ATTEMPT_NO, LINLI_CALLBACK_METHOD, LINLI_CALLBACK_REACHED, LINLI_CALLBACK_SOLVED,
       LINLI_CALLBACK_SATISFACTION, LINLI_CALLBACK_REASON, LINLI_CALLBACK_WORDS, LINLI_CALLBACK_VALID,
       LINLI_CALLBACK_CALLER_ID, LINLI_CALLBACK_CALLED_AT };

enum { LINLI_POLICY_ID, LINLI_POLICY_CODE, LINLI_POLICY_VALUE };

enum { LINLI_READ_MARK_ID, LINLI_READ_MARK_ACTOR, LINLI_READ_MARK_AT };

/* The grades of 满意度, from the best to the worst; the last two make a
 * closed case an early warning (预警). */
#define LINLI_N_SATISFACTIONS 5
extern const char *const linli_satisfactions[LINLI_N_SATISFACTIONS + 1];
extern const char *const linli_solved_answers[];
extern const char *const linli_contact_methods[];

int linli_satisfaction_rank (const char *grade);
int linli_solved_rank       (const char *answer);

G_END_DECLS
