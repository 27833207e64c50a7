/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-set.h"
#include "linli-command.h"
#include "linli-conn.h"
#include "linli-query.h"

G_BEGIN_DECLS

/* What a handling unit may see (承办单位端). Whoever is nothing but a handler
 * and has a unit sits at that unit: of the cases there are only those that
 * were dispatched to it, of a case only what was written for units too. This
 * is the one place that says so; lists, cases and commands ask here. */

/* How far a unit is with its part; a set of them is what a list asks for. */
typedef enum
{
  LINLI_PART_IS_OPEN      = 1 << 0, /* 在办: sent, signed or being worked on */
  LINLI_PART_IS_UNSIGNED  = 1 << 1, /* 待签收 */
  LINLI_PART_IS_WORKED_ON = 1 << 2, /* 办理中 */
  LINLI_PART_IS_DUE_SOON  = 1 << 3, /* 快到期: one of its clocks ends within a day */
  LINLI_PART_IS_LATE      = 1 << 4, /* 已逾期 */
  LINLI_PART_IS_REPORTED  = 1 << 5, /* 已报结 */
  LINLI_PART_IS_SENT_BACK = 1 << 6, /* 被退回: the report was refused, or the resident was not content */
  LINLI_PART_IS_RETURNED  = 1 << 7, /* 已退件: the unit gave it back */
} LinliPartStage;

/* What a merged case asked of the unit is asked by the case it went to. */
#define LINLI_UNIT_LIVE "c.state <> 'merged' AND d.state IN ('sent', 'signed', 'working')"

/* The lead answers for the case's own limit beside those of its part. */
#define LINLI_UNIT_ANSWERS \
  "k.case_id = d.case_id AND k.state = 'running' AND (k.dispatch_id = d.id OR (k.kind = 'resolve' AND d.role = 'lead'))"

/* In a statement about the case c: how far the unit that is bound as @unit is
 * with its part, and a column of the clock that ends first of those it answers
 * for. The sign keeps the engine from going through all parts of the unit. */
#define LINLI_UNIT_PART(unit) \
  "(SELECT d.state FROM dispatch d WHERE d.case_id = c.id AND +d.unit_id = " unit " ORDER BY d.sent_at DESC, d.pk DESC LIMIT 1)"
#define LINLI_UNIT_CLOCK(column, unit) \
  "(SELECT k." column " FROM dispatch d JOIN clock k ON " LINLI_UNIT_ANSWERS " WHERE d.case_id = c.id AND +d.unit_id = " unit \
  " AND " LINLI_UNIT_LIVE " AND k.due_at IS NOT NULL ORDER BY k.due_at, k.pk LIMIT 1)"

guint       linli_part_stage_from_text   (const char                *text);

const char *linli_unit_scope_of_account  (LinliRow                  *account);
gboolean    linli_unit_scope_load        (LinliConn                 *conn,
                                          const char                *actor,
                                          char                     **unit,
                                          GError                   **error);
gboolean    linli_unit_scope_open        (LinliConn                 *conn,
                                          const char                *actor,
                                          const char                *case_id,
                                          char                     **unit,
                                          GError                   **error);
gboolean    linli_unit_scope_has         (LinliConn                 *conn,
                                          const char                *unit,
                                          const char                *case_id,
                                          gboolean                  *has,
                                          GError                   **error);
gboolean    linli_unit_scope_reads       (const char                *audience);
gboolean    linli_unit_scope_collect     (LinliConn                 *conn,
                                          const char                *unit,
                                          guint                      stages,
                                          gint64                     now,
                                          LinliCaseSet              *set,
                                          GError                   **error);
gboolean    linli_unit_scope_count       (LinliConn                 *conn,
                                          LinliPartStage             stage,
                                          gint64                     now,
                                          GHashTable                *counts,
                                          GError                   **error);
GPtrArray  *linli_unit_scope_numbers     (LinliConn                 *conn,
                                          const char                *unit,
                                          gboolean                   confidential,
                                          GError                   **error);

gboolean    linli_unit_scope_check_case  (LinliCommandContext       *context,
                                          const char                *case_id,
                                          const char                *field,
                                          GError                   **error);
gboolean    linli_unit_scope_check_words (LinliCommandContext       *context,
                                          const char                *audience,
                                          GError                   **error);
gboolean    linli_unit_scope_check_query (LinliConn                 *conn,
                                          const LinliQuery          *query,
                                          const char                *actor,
                                          GError                   **error);

G_END_DECLS
