/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-schema.h"

G_BEGIN_DECLS

/* What makes work with many cases quick. */

extern const LinliTable linli_table_bulk;      /* 批量操作 */
extern const LinliTable linli_table_bulk_case; /* 批量操作的案件 */
extern const LinliTable linli_table_template;  /* 常用语 */
extern const LinliTable linli_table_macro;     /* 快捷流程 */

enum { LINLI_BULK_ID, LINLI_BULK_COMMAND, LINLI_BULK_ARGS, LINLI_BULK_ACTOR, LINLI_BULK_AT,
       LINLI_BULK_STATE, LINLI_BULK_N_WANTED, LINLI_BULK_QUERY };

enum { LINLI_BULK_CASE_ID, LINLI_BULK_CASE_BULK_ID, LINLI_BULK_CASE_CASE_ID,
       LINLI_BULK_CASE_STATE, LINLI_BULK_CASE_OPERATION_ID, LINLI_BULK_CASE_REASON };

enum { LINLI_TEMPLATE_ID, LINLI_TEMPLATE_NAME, LINLI_TEMPLATE_PINYIN, LINLI_TEMPLATE_BODY,
       LINLI_TEMPLATE_PURPOSE, LINLI_TEMPLATE_ITEM_CODE, LINLI_TEMPLATE_STATE, LINLI_TEMPLATE_OWNER_ID,
       LINLI_TEMPLATE_POSITION, LINLI_TEMPLATE_ACTIVE };

enum { LINLI_MACRO_ID, LINLI_MACRO_NAME, LINLI_MACRO_PINYIN, LINLI_MACRO_STEPS, LINLI_MACRO_OWNER_ID,
       LINLI_MACRO_ACTIVE };

G_END_DECLS
