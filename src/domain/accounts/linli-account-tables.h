/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

extern const LinliTable linli_table_credential; /* 密码校验值 */
extern const LinliTable linli_table_role_right; /* 角色权限 */
extern const LinliTable linli_table_identity_read; /* 查阅记录 */
extern const LinliTable linli_table_sign_in;    /* 登录失败记录 */

enum { LINLI_CREDENTIAL_ID, LINLI_CREDENTIAL_ACCOUNT_ID, LINLI_CREDENTIAL_VERIFIER, LINLI_CREDENTIAL_SET_AT,
       LINLI_CREDENTIAL_SET_BY };

enum { LINLI_ROLE_RIGHT_ID, LINLI_ROLE_RIGHT_ROLE, LINLI_ROLE_RIGHT_RIGHTS, LINLI_ROLE_RIGHT_SET_BY };

enum { LINLI_IDENTITY_READ_ID, LINLI_IDENTITY_READ_CASE_ID, LINLI_IDENTITY_READ_ACTOR_ID, LINLI_IDENTITY_READ_AT,
       LINLI_IDENTITY_READ_WHY, LINLI_IDENTITY_READ_REASON };

enum { LINLI_SIGN_IN_ID, LINLI_SIGN_IN_FAILURES, LINLI_SIGN_IN_LAST_AT };

G_END_DECLS
