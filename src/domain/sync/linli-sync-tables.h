/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

/* What a desk knows of its hub. All of it is the desk's own. */

extern const LinliTable linli_table_sync_state; /* 同步状态 */
extern const LinliTable linli_table_shadow;     /* 待发改动下面的中心版本 */
extern const LinliTable linli_table_arrived;
extern const LinliTable linli_table_parked;     /* 待处理 */

enum { LINLI_SYNC_STATE_ID, LINLI_SYNC_STATE_DEVICE, LINLI_SYNC_STATE_EPOCH, LINLI_SYNC_STATE_CURSOR,
       LINLI_SYNC_STATE_COMPLETE_REV, LINLI_SYNC_STATE_NEXT_SEQ, LINLI_SYNC_STATE_BOOTSTRAP,
       LINLI_SYNC_STATE_BLOCKED, LINLI_SYNC_STATE_CLOCK_OFFSET, LINLI_SYNC_STATE_LAST_OK_AT,
       LINLI_SYNC_STATE_INDEX_FROM, LINLI_SYNC_STATE_ENDED_BY, LINLI_SYNC_STATE_ENDED_REASON,
       LINLI_SYNC_STATE_ENDED_AT };

enum { LINLI_SHADOW_ID, LINLI_SHADOW_KIND, LINLI_SHADOW_ROW_ID, LINLI_SHADOW_BODY };

enum { LINLI_ARRIVED_ID, LINLI_ARRIVED_REV };

enum { LINLI_PARKED_ID, LINLI_PARKED_RESULT, LINLI_PARKED_CODE, LINLI_PARKED_MESSAGE, LINLI_PARKED_KIND,
       LINLI_PARKED_SUBJECT_ID, LINLI_PARKED_MINE, LINLI_PARKED_THEIRS, LINLI_PARKED_OPENED_AT,
       LINLI_PARKED_CLOSED_AT, LINLI_PARKED_CLOSED_BY, LINLI_PARKED_DECISION, LINLI_PARKED_REASON };

/* Why only a person can help: the hub lets this desk in no more. */
#define LINLI_BLOCKED_ENDED            "device-revoked"

/* Why a desk must fetch everything anew. */
#define LINLI_BOOTSTRAP_JOINING        "joining"        /* enrolled a moment ago */
#define LINLI_BOOTSTRAP_EPOCH_CHANGED  "epoch-changed"  /* the hub was restored */
#define LINLI_BOOTSTRAP_CURSOR_EXPIRED "cursor-expired" /* away longer than removals are remembered */
#define LINLI_BOOTSTRAP_FORKED         "device-forked"  /* this disk lives twice; a new identity first */

G_END_DECLS
