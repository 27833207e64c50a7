/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

/* What every room stands on: who acts, what was done, what waits to be sent,
 * what is half typed. Each table has an enumeration of its columns. */

extern const LinliTable linli_table_centre;  /* 党群服务中心 */
extern const LinliTable linli_table_account; /* 人员 */
extern const LinliTable linli_table_audit;   /* 操作记录 */
extern const LinliTable linli_table_outbox;  /* 待发送 */
extern const LinliTable linli_table_draft;   /* 草稿 */
extern const LinliTable linli_table_counter; /* 编号 */
extern const LinliTable linli_table_setting; /* 本机设置 */

enum { LINLI_CENTRE_ID, LINLI_CENTRE_NAME, LINLI_CENTRE_COMMUNITY, LINLI_CENTRE_STREET,
       LINLI_CENTRE_DISTRICT, LINLI_CENTRE_TIME_ZONE, LINLI_CENTRE_IS_DEMO };

enum { LINLI_ACCOUNT_ID, LINLI_ACCOUNT_NAME, LINLI_ACCOUNT_PINYIN, LINLI_ACCOUNT_ROLES,
       LINLI_ACCOUNT_UNIT_ID, LINLI_ACCOUNT_PHONE, LINLI_ACCOUNT_ACTIVE, LINLI_ACCOUNT_LOGIN,
       LINLI_ACCOUNT_DISABLED_AT };

enum { LINLI_AUDIT_ID, LINLI_AUDIT_AT, LINLI_AUDIT_ACTOR, LINLI_AUDIT_DEVICE, LINLI_AUDIT_KIND,
       LINLI_AUDIT_BODY, LINLI_AUDIT_CHANGES, LINLI_AUDIT_RESULT, LINLI_AUDIT_PREV_HASH,
       LINLI_AUDIT_HASH };

enum { LINLI_OUTBOX_ID, LINLI_OUTBOX_STATE, LINLI_OUTBOX_TRIES, LINLI_OUTBOX_LAST_ERROR,
       LINLI_OUTBOX_SEQ, LINLI_OUTBOX_RESULT, LINLI_OUTBOX_FROM_REV, LINLI_OUTBOX_REV,
       LINLI_OUTBOX_DECIDED_AT, LINLI_OUTBOX_HELD };

enum { LINLI_DRAFT_ID, LINLI_DRAFT_KIND, LINLI_DRAFT_SUBJECT_ID, LINLI_DRAFT_ACTOR,
       LINLI_DRAFT_BODY, LINLI_DRAFT_SAVED_AT };

enum { LINLI_COUNTER_ID, LINLI_COUNTER_VALUE };

enum { LINLI_SETTING_ID, LINLI_SETTING_VALUE };

G_END_DECLS
