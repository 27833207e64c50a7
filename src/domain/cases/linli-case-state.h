/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The states of a case, in the order a case passes through them. */
typedef enum
{
  LINLI_CASE_STATE_RECEIVED,       /* 预受理 */
  LINLI_CASE_STATE_REGISTERED,     /* 待派遣 */
  LINLI_CASE_STATE_DELIBERATING,   /* 协商中 */
  LINLI_CASE_STATE_AIDING,         /* 互助中 */
  LINLI_CASE_STATE_DISPATCHED,     /* 待签收 */
  LINLI_CASE_STATE_IN_PROGRESS,    /* 处置中 */
  LINLI_CASE_STATE_SUSPENDED,      /* 挂起 */
  LINLI_CASE_STATE_PENDING_REVIEW, /* 待审核 */
  LINLI_CASE_STATE_RESOLVED,       /* 已办结, to be called back */
  LINLI_CASE_STATE_CLOSED,         /* 结案 */
  LINLI_CASE_STATE_DECLINED,       /* 不予受理 */
  LINLI_CASE_STATE_WITHDRAWN,      /* 已撤诉 */
  LINLI_CASE_STATE_MERGED,         /* 已并案 */
  LINLI_N_CASE_STATES,
} LinliCaseState;

/* Sets of states: bit n stands for state n. */
#define LINLI_CASE_STATE_BIT(state) (1u << (state))
#define LINLI_CASE_STATES_ALL       ((1u << LINLI_N_CASE_STATES) - 1)
#define LINLI_CASE_STATES_CLOSED    (LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_CLOSED) | \
                                     LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DECLINED) | \
                                     LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_WITHDRAWN) | \
                                     LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_MERGED))
#define LINLI_CASE_STATES_OPEN      (LINLI_CASE_STATES_ALL & ~LINLI_CASE_STATES_CLOSED)

const char *linli_case_state_to_id   (LinliCaseState  state);
gboolean    linli_case_state_from_id (const char     *id,
                                      LinliCaseState *state);
gboolean    linli_case_state_is_open (const char     *id);
guint       linli_case_states_from_text (const char  *typed);

G_END_DECLS
