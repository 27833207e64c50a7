/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

/* What makes work with many cases quick. */

extern const LinliTable linli_table_bulk;      /* 批量操作 */
extern const LinliTable linli_table_bulk_case; /* 批量操作的案件 */

enum { LINLI_BULK_ID, LINLI_BULK_COMMAND, LINLI_BULK_ARGS, LINLI_BULK_ACTOR, LINLI_BULK_AT,
       LINLI_BULK_STATE, LINLI_BULK_N_WANTED, LINLI_BULK_QUERY };

enum { LINLI_BULK_CASE_ID, LINLI_BULK_CASE_BULK_ID, LINLI_BULK_CASE_CASE_ID,
       LINLI_BULK_CASE_STATE, LINLI_BULK_CASE_OPERATION_ID, LINLI_BULK_CASE_REASON };

G_END_DECLS
