/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-migrate.h"

G_BEGIN_DECLS

/* What a hub keeps beside the rooms' own tables. One database is one
 * workspace: its name needs no column, and no statement can reach another's
 * rows. With PostgreSQL a workspace is a schema of its own on the search path
 * of the transaction, and nothing here changes. */

extern const LinliTable linli_table_hub_clock;
extern const LinliTable linli_table_hub_device;
extern const LinliTable linli_table_hub_op;
extern const LinliTable linli_table_hub_feed;
extern const LinliTable linli_table_hub_digest;
extern const LinliTable linli_table_hub_scope;

enum { LINLI_HUB_CLOCK_ID, LINLI_HUB_CLOCK_REV, LINLI_HUB_CLOCK_EPOCH, LINLI_HUB_CLOCK_FLOOR_REV };

enum { LINLI_HUB_DEVICE_ID, LINLI_HUB_DEVICE_LAST_SEQ, LINLI_HUB_DEVICE_PREFIX, LINLI_HUB_DEVICE_REVOKED_AT,
       LINLI_HUB_DEVICE_LAST_SEEN, LINLI_HUB_DEVICE_SKEW, LINLI_HUB_DEVICE_FORKED_FROM, LINLI_HUB_DEVICE_UNIT_ID };

enum { LINLI_HUB_OP_ID, LINLI_HUB_OP_DEVICE, LINLI_HUB_OP_SEQ, LINLI_HUB_OP_SHA256, LINLI_HUB_OP_RESULT,
       LINLI_HUB_OP_REV, LINLI_HUB_OP_RECEIVED_AT, LINLI_HUB_OP_BODY };

enum { LINLI_HUB_FEED_ID, LINLI_HUB_FEED_REV, LINLI_HUB_FEED_KIND, LINLI_HUB_FEED_ROW_ID, LINLI_HUB_FEED_BODY,
       LINLI_HUB_FEED_AT };

enum { LINLI_HUB_SCOPE_ID, LINLI_HUB_SCOPE_UNIT_ID, LINLI_HUB_SCOPE_REV, LINLI_HUB_SCOPE_KIND, LINLI_HUB_SCOPE_ROW_ID,
       LINLI_HUB_SCOPE_CASE_ID, LINLI_HUB_SCOPE_BODY, LINLI_HUB_SCOPE_AT };

enum { LINLI_HUB_DIGEST_ID, LINLI_HUB_DIGEST_N, LINLI_HUB_DIGEST_HASH };

const LinliStoreSchema *linli_hub_schema (void);

G_END_DECLS
