/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-account-tables.h"

#include "linli-identity.h"

#define REQUIRED LINLI_COLUMN_REQUIRED

static const LinliColumn credential_columns[] = {
  [LINLI_CREDENTIAL_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_CREDENTIAL_ACCOUNT_ID] = { "account_id", LINLI_TYPE_UUID, REQUIRED, .references = "account" },
  [LINLI_CREDENTIAL_VERIFIER] = { "verifier", LINLI_TYPE_TEXT, REQUIRED, 128,
                                  .doc = "argon2id over the password, made where it was typed" },
  [LINLI_CREDENTIAL_SET_AT] = { "set_at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_CREDENTIAL_SET_BY] = { "set_by", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "account" },
  { NULL }
};

static const LinliIndex credential_indexes[] = {
  { "credential_account", "account_id", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_credential = {
  "credential", credential_columns, credential_indexes, 0,
  "What proves a person at sign-in; from the first one on everybody signs in."
};

static const LinliColumn role_right_columns[] = {
  [LINLI_ROLE_RIGHT_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_ROLE_RIGHT_ROLE] = { "role", LINLI_TYPE_TEXT, REQUIRED, 40 },
  [LINLI_ROLE_RIGHT_RIGHTS] = { "rights", LINLI_TYPE_TEXT, REQUIRED, 200, .doc = "names separated by spaces; may be empty" },
  [LINLI_ROLE_RIGHT_SET_BY] = { "set_by", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "account" },
  { NULL }
};

static const LinliIndex role_right_indexes[] = {
  { "role_right_role", "role", TRUE, NULL },
  { NULL }
};

const LinliTable linli_table_role_right = {
  "role_right", role_right_columns, role_right_indexes, 0,
  "Roles whose rights the centre has changed; the others have those they come with."
};

static const LinliColumn sign_in_columns[] = {
  [LINLI_SIGN_IN_ID] = { "id", LINLI_TYPE_TEXT, REQUIRED, 40, .doc = "account" },
  [LINLI_SIGN_IN_FAILURES] = { "failures", LINLI_TYPE_INT, REQUIRED, .doc = "in a row" },
  [LINLI_SIGN_IN_LAST_AT] = { "last_at", LINLI_TYPE_TIME, REQUIRED, .doc = "the last of them, by this desk's clock" },
  { NULL }
};

const LinliTable linli_table_sign_in = {
  "sign_in", sign_in_columns, NULL, LINLI_TABLE_LOCAL, "Wrong passwords typed at this desk; outlives a restart."
};

const char *const linli_identity_whys[] = { "contact", "verify", "repeat", "complaint", "audit", "other", NULL };

static const LinliColumn identity_read_columns[] = {
  [LINLI_IDENTITY_READ_ID] = { "id", LINLI_TYPE_UUID, REQUIRED },
  [LINLI_IDENTITY_READ_CASE_ID] = { "case_id", LINLI_TYPE_UUID, REQUIRED, .references = "cases",
                                    .doc = "whoever came about it was shown" },
  [LINLI_IDENTITY_READ_ACTOR_ID] = { "actor_id", LINLI_TYPE_TEXT, REQUIRED, 60, .doc = "account of who looked" },
  [LINLI_IDENTITY_READ_AT] = { "at", LINLI_TYPE_TIME, REQUIRED },
  [LINLI_IDENTITY_READ_WHY] = { "why", LINLI_TYPE_TEXT, REQUIRED, .choices = linli_identity_whys },
  [LINLI_IDENTITY_READ_REASON] = { "reason", LINLI_TYPE_TEXT, 0, 500, .doc = "in words" },
  { NULL }
};

static const LinliIndex identity_read_indexes[] = {
  { "identity_read_case", "case_id", FALSE, NULL },
  { "identity_read_at", "at", FALSE, NULL },
  { NULL }
};

const LinliTable linli_table_identity_read = {
  "identity_read", identity_read_columns, identity_read_indexes, 0,
  "Who had names and numbers shown that the role hides, and why; nothing changes or removes a row."
};
