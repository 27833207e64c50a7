/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-state.h"
#include "linli-command.h"

G_BEGIN_DECLS

/* The life of a case as data: which command leads from which state to which,
 * who may run it, and what else must hold. Commands obey this table and
 * buttons are enabled by it. */

typedef enum
{
  LINLI_PART_SENT     = 1 << 0, /* 待签收 */
  LINLI_PART_SIGNED   = 1 << 1, /* 已签收 */
  LINLI_PART_WORKING  = 1 << 2, /* 处置中 */
  LINLI_PART_DONE     = 1 << 3, /* 已办 */
  LINLI_PART_RETURNED = 1 << 4, /* 退件 */
  LINLI_PART_RECALLED = 1 << 5, /* 撤回 */
  LINLI_PART_RELEASED = 1 << 6, /* 免办 */
} LinliPartState;

/* The unit still owes something. */
#define LINLI_PARTS_LIVE (LINLI_PART_SENT | LINLI_PART_SIGNED | LINLI_PART_WORKING)

/* What must hold beside the state. */
typedef enum
{
  LINLI_GUARD_LEAF          = 1 << 0, /* a leaf of the duty list is chosen */
  LINLI_GUARD_NOT_CATCH_ALL = 1 << 1, /* and it is not a class's catch-all */
  LINLI_GUARD_ONE_LEAD      = 1 << 2, /* one lead, assisting units distinct */
  LINLI_GUARD_ASSIST_ONLY   = 1 << 3, /* the part is not the lead's */
  LINLI_GUARD_OWN_UNIT      = 1 << 4, /* a handler of a unit acts for that unit */
  LINLI_GUARD_TEXT          = 1 << 5, /* a result, reply or reason in words */
  LINLI_GUARD_LEAD_ONLY     = 1 << 6, /* the part is the lead's */
  LINLI_GUARD_RETURN_WINDOW = 1 << 7, /* the time to return it has not run out */
  LINLI_GUARD_NOT_RULED     = 1 << 8, /* it was not ruled to be this unit's */
  LINLI_GUARD_BEFORE_DUE    = 1 << 9, /* the limit has not run out */
  LINLI_GUARD_FOUR_EYES     = 1 << 10, /* whoever asked does not decide */
} LinliCaseGuard;

/* Where a step leads, beside the states themselves. */
#define LINLI_CASE_STATE_SAME     ((LinliCaseState) LINLI_N_CASE_STATES)       /* it stays where it is */
#define LINLI_CASE_STATE_BY_PARTS ((LinliCaseState) (LINLI_N_CASE_STATES + 1)) /* see linli_case_state_of_parts() */

typedef struct
{
  const char     *command;
  const char     *variant; /* (nullable): the argument value that picks this row */
  guint           from;    /* set of states it may start from */
  LinliCaseState  to;
  LinliPartState  part;    /* the part acted on is in one of these; 0: acts on the whole case */
  LinliPartState  part_to; /* 0: acts on the whole case */
  LinliRole       roles;   /* any of these may */
  LinliCaseGuard  guards;
} LinliCaseTransition;

/* One part of a case, for questions about all of them. */
typedef struct
{
  gboolean       lead;
  LinliPartState state;
} LinliCasePart;

const LinliCaseTransition *linli_case_transitions     (void);
const LinliCaseTransition *linli_case_find_transition (const char     *command,
                                                       const char     *variant,
                                                       LinliCaseState  state);
LinliRole                  linli_case_roles           (const char     *command);
LinliCaseState             linli_case_state_of_parts  (const LinliCasePart *parts,
                                                       guint                n_parts);
const char               **linli_case_allowed_actions (LinliCaseState       state,
                                                       const LinliCasePart *parts,
                                                       guint                n_parts,
                                                       LinliRole            roles);

LinliPartState linli_part_state_from_text (const char     *text);
const char    *linli_part_state_to_text   (LinliPartState  state);

G_END_DECLS
