/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-state.h"

#include <string.h>

static const char *const ids[LINLI_N_CASE_STATES + 1] = {
  [LINLI_CASE_STATE_RECEIVED] = "received",
  [LINLI_CASE_STATE_REGISTERED] = "registered",
  [LINLI_CASE_STATE_DELIBERATING] = "deliberating",
  [LINLI_CASE_STATE_AIDING] = "aiding",
  [LINLI_CASE_STATE_DISPATCHED] = "dispatched",
  [LINLI_CASE_STATE_IN_PROGRESS] = "in_progress",
  [LINLI_CASE_STATE_SUSPENDED] = "suspended",
  [LINLI_CASE_STATE_PENDING_REVIEW] = "pending_review",
  [LINLI_CASE_STATE_RESOLVED] = "resolved",
  [LINLI_CASE_STATE_CLOSED] = "closed",
  [LINLI_CASE_STATE_DECLINED] = "declined",
  [LINLI_CASE_STATE_WITHDRAWN] = "withdrawn",
  [LINLI_CASE_STATE_MERGED] = "merged",
  NULL
};

/* What clerks call the states, more than one word each; "closed" alone is the
 * state, "finished" every state in which nothing more is to be done. */
static const struct
{
  const char *name;
  guint       states;
} names[] = {
  { "open", LINLI_CASE_STATES_OPEN },
  { "在办", LINLI_CASE_STATES_OPEN },
  { "未结", LINLI_CASE_STATES_OPEN },
  { "未办结", LINLI_CASE_STATES_OPEN },
  { "finished", LINLI_CASE_STATES_CLOSED },
  { "办毕", LINLI_CASE_STATES_CLOSED },
  { "待受理", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RECEIVED) },
  { "预受理", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RECEIVED) },
  { "待派遣", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_REGISTERED) },
  { "已立案", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_REGISTERED) },
  { "协商中", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DELIBERATING) },
  { "互助中", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_AIDING) },
  { "待签收", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) },
  { "已派遣", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) },
  { "办理中", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) |
              LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS) |
              LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_SUSPENDED) },
  { "handling", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DISPATCHED) |
                LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS) |
                LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_SUSPENDED) },
  { "处置中", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_IN_PROGRESS) },
  { "挂起", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_SUSPENDED) },
  { "待审核", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_PENDING_REVIEW) },
  { "待回访", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RESOLVED) },
  { "已办结", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_RESOLVED) },
  { "结案", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_CLOSED) },
  { "已结案", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_CLOSED) },
  { "不予受理", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DECLINED) },
  { "不受理", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_DECLINED) },
  { "撤诉", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_WITHDRAWN) },
  { "已撤诉", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_WITHDRAWN) },
  { "并案", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_MERGED) },
  { "已并案", LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_MERGED) },
};

const char *
linli_case_state_to_id (LinliCaseState state)
{
  g_return_val_if_fail (state < LINLI_N_CASE_STATES, NULL);

  return ids[state];
}

/* Returns: whether @id is a state; @state (out) is then set */
gboolean
linli_case_state_from_id (const char     *id,
                          LinliCaseState *state)
{
  g_return_val_if_fail (state != NULL, FALSE);

  for (guint i = 0; id != NULL && i < LINLI_N_CASE_STATES; i++)
    if (g_str_equal (ids[i], id))
      {
        *state = (LinliCaseState) i;
        return TRUE;
      }
  return FALSE;
}

/* Whether something is still to be done about a case in that state. */
gboolean
linli_case_state_is_open (const char *id)
{
  LinliCaseState state;

  return linli_case_state_from_id (id, &state) &&
         (LINLI_CASE_STATE_BIT (state) & LINLI_CASE_STATES_OPEN) != 0;
}

/**
 * linli_case_states_from_text:
 * @typed: folded: an id, a clerk's word for one or several states, or the
 *   beginning of such a word that leaves no doubt
 *
 * Returns: the set of states meant; 0 when it means none
 */
guint
linli_case_states_from_text (const char *typed)
{
  guint begun = 0;
  guint n_begun = 0;

  g_return_val_if_fail (typed != NULL, 0);

  for (guint i = 0; i < LINLI_N_CASE_STATES; i++)
    if (g_str_equal (ids[i], typed))
      return LINLI_CASE_STATE_BIT (i);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, typed))
      return names[i].states;

  for (guint i = 0; *typed != '\0' && i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (names[i].name, typed) && names[i].states != begun)
      {
        begun = names[i].states;
        n_begun++;
      }
  return n_begun == 1 ? begun : 0;
}
