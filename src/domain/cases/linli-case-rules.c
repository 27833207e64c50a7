/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Merge, split, supervision, call-back and lanes add rows here; nothing else decides what leads where. */

#include "config.h"

#include "linli-case-rules.h"

#define CLERK      LINLI_ROLE_CLERK
#define DISPATCHER LINLI_ROLE_DISPATCHER
#define HANDLER    LINLI_ROLE_HANDLER
#define REVIEWER   LINLI_ROLE_REVIEWER
#define CALLBACK   LINLI_ROLE_CALLBACK
#define SUPERVISOR LINLI_ROLE_SUPERVISOR
#define WRITERS    (LINLI_ROLE_ANY & ~LINLI_ROLE_AUDITOR)

#define BIT(state) LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_##state)
#define TO(state)  LINLI_CASE_STATE_##state
#define OPEN       LINLI_CASE_STATES_OPEN
#define UNSOLVED   (OPEN & ~BIT (RESOLVED))
#define UNDER_WAY  (BIT (DISPATCHED) | BIT (IN_PROGRESS))
#define AMONG_US   (BIT (REGISTERED) | BIT (DELIBERATING) | BIT (AIDING)) /* no unit has it */
#define HANDLED    (UNDER_WAY | BIT (SUSPENDED) | BIT (PENDING_REVIEW))
#define LANES      (DISPATCHER | LINLI_ROLE_SECRETARY)
#define KEEPERS    (CLERK | DISPATCHER | REVIEWER | CALLBACK | SUPERVISOR | LINLI_ROLE_SECRETARY) /* of secrets */
#define OWNABLE    ((OPEN & ~BIT (RECEIVED)) | BIT (CLOSED)) /* who owns a thing may turn out long after */
#define BEGUN      (LINLI_PART_SIGNED | LINLI_PART_WORKING)
#define UNBEGUN    (LINLI_PART_SENT | LINLI_PART_SIGNED)
#define HELD       (UNDER_WAY | BIT (SUSPENDED))

/* A unit without a desk of its own reports by telephone: then the dispatcher
 * records for it what a handler would. */
static const LinliCaseTransition transitions[] = {
  { "case.accept", NULL, BIT (RECEIVED), TO (REGISTERED), 0, 0,
    CLERK | DISPATCHER, LINLI_GUARD_LEAF },
  { "case.classify", NULL, OPEN, TO (SAME), 0, 0,
    CLERK | DISPATCHER | REVIEWER, LINLI_GUARD_LEAF },
  { "case.edit", NULL, OPEN, TO (SAME), 0, 0,
    CLERK | DISPATCHER | REVIEWER, 0 },
  { "case.dispatch", NULL, BIT (REGISTERED), TO (DISPATCHED), 0, 0,
    DISPATCHER, LINLI_GUARD_LEAF | LINLI_GUARD_ONE_LEAD },
  { "case.assist", NULL, UNDER_WAY, TO (BY_PARTS), 0, 0,
    DISPATCHER, LINLI_GUARD_ONE_LEAD },
  { "case.recall", NULL, UNDER_WAY, TO (BY_PARTS), LINLI_PARTS_LIVE, LINLI_PART_RECALLED,
    DISPATCHER, LINLI_GUARD_TEXT },
  { "case.release", NULL, UNDER_WAY, TO (BY_PARTS), LINLI_PARTS_LIVE, LINLI_PART_RELEASED,
    DISPATCHER | REVIEWER, LINLI_GUARD_ASSIST_ONLY | LINLI_GUARD_TEXT },
  { "case.sign", NULL, UNDER_WAY, TO (BY_PARTS), LINLI_PART_SENT, LINLI_PART_SIGNED,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT },
  { "case.contact", NULL, UNDER_WAY, TO (BY_PARTS), BEGUN, LINLI_PART_WORKING,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT },
  { "case.work", NULL, UNDER_WAY, TO (BY_PARTS), BEGUN, LINLI_PART_WORKING,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT | LINLI_GUARD_TEXT },
  { "case.done", NULL, UNDER_WAY, TO (BY_PARTS), BEGUN, LINLI_PART_DONE,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT | LINLI_GUARD_TEXT },
  { "case.return", NULL, UNDER_WAY, TO (BY_PARTS), UNBEGUN, LINLI_PART_RETURNED,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT | LINLI_GUARD_TEXT | LINLI_GUARD_LEAF | LINLI_GUARD_RETURN_WINDOW |
    LINLI_GUARD_NOT_RULED },
  { "case.rule", NULL, UNDER_WAY | BIT (REGISTERED), TO (BY_PARTS), 0, 0,
    DISPATCHER | REVIEWER, LINLI_GUARD_LEAF | LINLI_GUARD_ONE_LEAD | LINLI_GUARD_TEXT },
  { "case.ask-extension", NULL, UNDER_WAY, TO (SAME), BEGUN, 0,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT | LINLI_GUARD_LEAD_ONLY | LINLI_GUARD_TEXT | LINLI_GUARD_BEFORE_DUE },
  { "case.ask-suspension", NULL, UNDER_WAY, TO (SAME), BEGUN, 0,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT | LINLI_GUARD_LEAD_ONLY | LINLI_GUARD_TEXT },
  { "case.withdraw-request", NULL, HELD, TO (SAME), 0, 0,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT },
  { "case.decide-extension", NULL, HELD, TO (SAME), 0, 0,
    HANDLER | DISPATCHER | REVIEWER, LINLI_GUARD_FOUR_EYES },
  { "case.decide-suspension", NULL, UNDER_WAY, TO (SUSPENDED), 0, 0,
    REVIEWER, LINLI_GUARD_FOUR_EYES },
  { "case.suspend", NULL, UNDER_WAY, TO (SUSPENDED), 0, 0,
    REVIEWER, LINLI_GUARD_TEXT },
  { "case.resume", NULL, BIT (SUSPENDED), TO (BY_PARTS), 0, 0,
    HANDLER | DISPATCHER | REVIEWER, LINLI_GUARD_OWN_UNIT },
  { "case.review", "pass", BIT (PENDING_REVIEW), TO (RESOLVED), 0, 0,
    REVIEWER, LINLI_GUARD_NOT_CATCH_ALL },
  { "case.review", "reject", BIT (PENDING_REVIEW), TO (IN_PROGRESS), 0, 0,
    REVIEWER, LINLI_GUARD_TEXT },
  { "case.waive-evidence", NULL, UNDER_WAY | BIT (PENDING_REVIEW) | BIT (RESOLVED), TO (SAME), 0, 0,
    REVIEWER, LINLI_GUARD_TEXT },
  { "case.close", NULL, BIT (RESOLVED), TO (CLOSED), 0, 0,
    CALLBACK | REVIEWER, LINLI_GUARD_NOT_CATCH_ALL | LINLI_GUARD_TEXT },
  { "case.notify-resident", NULL, BIT (RESOLVED), TO (SAME), 0, 0,
    CALLBACK | REVIEWER | CLERK, LINLI_GUARD_TEXT },
  { "case.callback", "later", BIT (RESOLVED), TO (SAME), 0, 0,
    CALLBACK | REVIEWER, 0 },
  { "case.callback", "close", BIT (RESOLVED), TO (CLOSED), 0, 0,
    CALLBACK | REVIEWER, LINLI_GUARD_NOT_CATCH_ALL },
  { "case.callback", "redo", BIT (RESOLVED), TO (DISPATCHED), 0, 0,
    CALLBACK | REVIEWER, LINLI_GUARD_TEXT | LINLI_GUARD_ONE_LEAD },
  { "case.redo", NULL, BIT (RESOLVED) | BIT (CLOSED), TO (DISPATCHED), 0, 0,
    CALLBACK | REVIEWER | DISPATCHER, LINLI_GUARD_TEXT | LINLI_GUARD_ONE_LEAD },
  { "case.supervise", NULL, UNDER_WAY, TO (SAME), 0, 0,
    SUPERVISOR | DISPATCHER | REVIEWER, LINLI_GUARD_TEXT },
  { "case.explain", NULL, UNDER_WAY | BIT (SUSPENDED) | BIT (PENDING_REVIEW), TO (SAME), 0, 0,
    HANDLER | DISPATCHER, LINLI_GUARD_OWN_UNIT | LINLI_GUARD_TEXT },
  { "case.lift", NULL, UNDER_WAY | BIT (SUSPENDED) | BIT (PENDING_REVIEW), TO (SAME), 0, 0,
    SUPERVISOR | REVIEWER, LINLI_GUARD_TEXT },
  { "case.decline", NULL, BIT (RECEIVED), TO (DECLINED), 0, 0,
    CLERK | REVIEWER, LINLI_GUARD_TEXT },
  { "case.answer", NULL, BIT (RECEIVED), TO (CLOSED), 0, 0,
    CLERK | DISPATCHER, LINLI_GUARD_NOT_CATCH_ALL },
  { "case.withdraw", NULL, UNSOLVED, TO (WITHDRAWN), 0, 0,
    CLERK | DISPATCHER, LINLI_GUARD_TEXT },
  { "case.assign", NULL, OPEN, TO (SAME), 0, 0,
    CLERK | DISPATCHER | REVIEWER | LINLI_ROLE_SUPERVISOR | LINLI_ROLE_SECRETARY, 0 },
  { "case.split", NULL, BIT (RECEIVED) | BIT (REGISTERED), TO (IN_PROGRESS), 0, 0, DISPATCHER, 0 },
  { "case.merge", "source", UNSOLVED & ~BIT (SUSPENDED), TO (MERGED), 0, 0, DISPATCHER, 0 },
  { "case.merge", "target", OPEN & ~BIT (SUSPENDED), TO (SAME), 0, 0, DISPATCHER, 0 },
  { "case.unmerge", NULL, BIT (MERGED), TO (SAME), 0, 0, DISPATCHER, 0 },
  { "case.set-attributes", NULL, OPEN, TO (SAME), 0, 0, CLERK | DISPATCHER | HANDLER | REVIEWER, 0 },
  { "case.record-owner", NULL, OWNABLE, TO (SAME), 0, 0, DISPATCHER | HANDLER | REVIEWER, LINLI_GUARD_TEXT },
  { "case.set-lane", "major", AMONG_US, TO (REGISTERED), 0, 0, LANES, LINLI_GUARD_TEXT },
  { "case.set-lane", "major", HANDLED, TO (SAME), 0, 0, LANES, LINLI_GUARD_TEXT },
  { "case.set-lane", "minor", AMONG_US, TO (DELIBERATING), 0, 0, LANES, LINLI_GUARD_TEXT },
  { "case.set-lane", "private", AMONG_US, TO (AIDING), 0, 0, LANES, LINLI_GUARD_TEXT },
  { "case.put-on-agenda", NULL, BIT (REGISTERED) | HANDLED, TO (SAME), 0, 0, LANES, LINLI_GUARD_TEXT },
  { "case.record-decision", NULL, BIT (REGISTERED) | HANDLED, TO (SAME), 0, 0, LANES, LINLI_GUARD_TEXT },
  { "case.deliberate", NULL, BIT (DELIBERATING), TO (SAME), 0, 0,
    CLERK | LANES | LINLI_ROLE_GRID, LINLI_GUARD_TEXT },
  { "case.agree", NULL, BIT (DELIBERATING), TO (RESOLVED), 0, 0, CLERK | LANES, LINLI_GUARD_TEXT },
  { "case.ask-aid", NULL, BIT (AIDING), TO (SAME), 0, 0,
    CLERK | LANES | LINLI_ROLE_GRID, LINLI_GUARD_TEXT },
  { "case.aid-done", NULL, BIT (AIDING), TO (RESOLVED), 0, 0, CLERK | LANES, LINLI_GUARD_TEXT },
  { "case.fail-to-agree", NULL, BIT (DELIBERATING) | BIT (AIDING), TO (REGISTERED), 0, 0,
    CLERK | LANES, LINLI_GUARD_TEXT },
  { "case.note", NULL, LINLI_CASE_STATES_ALL, TO (SAME), 0, 0, WRITERS, LINLI_GUARD_TEXT },
  { "case.attach", NULL, LINLI_CASE_STATES_ALL, TO (SAME), 0, 0, WRITERS, 0 },
  { "case.detach", NULL, LINLI_CASE_STATES_ALL, TO (SAME), 0, 0, CLERK | DISPATCHER | REVIEWER, 0 },
  { "case.mark-confidential", NULL, LINLI_CASE_STATES_ALL, TO (SAME), 0, 0, KEEPERS, LINLI_GUARD_TEXT },
  { "case.unmark-confidential", NULL, LINLI_CASE_STATES_ALL, TO (SAME), 0, 0, KEEPERS, LINLI_GUARD_TEXT },
  { "identity.reveal", NULL, LINLI_CASE_STATES_ALL, TO (SAME), 0, 0, LINLI_ROLE_ANY, 0 },
  { NULL }
};

static const char *const part_names[] = {
  "sent", "signed", "working", "done", "returned", "recalled", "released", NULL
};

/* Returns: (transfer none): every row; the last has no command */
const LinliCaseTransition *
linli_case_transitions (void)
{
  return transitions;
}

static gboolean
is_variant (const LinliCaseTransition *row,
            const char                *variant)
{
  return row->variant == NULL || variant == NULL || g_str_equal (row->variant, variant);
}

/**
 * linli_case_find_transition:
 * @variant: (nullable): the value of the argument that picks among several rows
 *
 * Returns: (transfer none) (nullable): the row that lets @command run in @state
 */
const LinliCaseTransition *
linli_case_find_transition (const char    *command,
                            const char    *variant,
                            LinliCaseState state)
{
  for (const LinliCaseTransition *row = transitions; row->command != NULL; row++)
    if (row->from & LINLI_CASE_STATE_BIT (state) && g_str_equal (row->command, command) && is_variant (row, variant))
      return row;
  return NULL;
}

/* Returns: whoever may run @command in some state or other */
LinliRole
linli_case_roles (const char *command)
{
  LinliRole roles = 0;

  for (const LinliCaseTransition *row = transitions; row->command != NULL; row++)
    if (g_str_equal (row->command, command))
      roles |= row->roles;
  return roles;
}

/**
 * linli_case_state_of_parts:
 *
 * Between registration and review the state of a case is no choice but a
 * summary: without a lead it waits for dispatch; while nobody has begun it
 * waits to be signed for; when nobody owes anything it waits for review.
 */
LinliCaseState
linli_case_state_of_parts (const LinliCasePart *parts,
                           guint                n_parts)
{
  gboolean lead = FALSE;
  LinliPartState seen = 0;

  for (guint i = 0; i < n_parts; i++)
    {
      if (parts[i].lead && parts[i].state & (LINLI_PARTS_LIVE | LINLI_PART_DONE))
        lead = TRUE;
      seen |= parts[i].state;
    }

  if (!lead)
    return LINLI_CASE_STATE_REGISTERED;
  if ((seen & LINLI_PARTS_LIVE) == 0)
    return LINLI_CASE_STATE_PENDING_REVIEW;
  return seen & (BEGUN | LINLI_PART_DONE) ? LINLI_CASE_STATE_IN_PROGRESS
                                           : LINLI_CASE_STATE_DISPATCHED;
}

static gboolean
has_part (const LinliCaseTransition *row,
          const LinliCasePart       *parts,
          guint                      n_parts)
{
  if (row->part == 0)
    return TRUE;
  for (guint i = 0; i < n_parts; i++)
    if (parts[i].state & row->part && !(row->guards & LINLI_GUARD_ASSIST_ONLY && parts[i].lead) &&
        !(row->guards & LINLI_GUARD_LEAD_ONLY && !parts[i].lead))
      return TRUE;
  return FALSE;
}

/**
 * linli_case_allowed_actions:
 * @parts: the case's dispatches; for a handler, only its own unit's
 *
 * Returns: (transfer container): names of the commands that state and roles
 *   allow, each once, in the order of the table; NULL-terminated
 */
const char **
linli_case_allowed_actions (LinliCaseState       state,
                            const LinliCasePart *parts,
                            guint                n_parts,
                            LinliRole            roles)
{
  GPtrArray *names = g_ptr_array_new ();

  for (const LinliCaseTransition *row = transitions; row->command != NULL; row++)
    if (row->from & LINLI_CASE_STATE_BIT (state) && row->roles & roles && has_part (row, parts, n_parts) &&
        (names->len == 0 || !g_str_equal (names->pdata[names->len - 1], row->command)))
      g_ptr_array_add (names, (gpointer) row->command);
  g_ptr_array_add (names, NULL);

  return (const char **) g_ptr_array_free (names, FALSE);
}

/* Returns: 0 for a name that is none */
LinliPartState
linli_part_state_from_text (const char *text)
{
  for (guint i = 0; text != NULL && part_names[i] != NULL; i++)
    if (g_str_equal (part_names[i], text))
      return 1u << i;
  return 0;
}

/* Returns: (nullable): %NULL unless @state is exactly one */
const char *
linli_part_state_to_text (LinliPartState state)
{
  for (guint i = 0; part_names[i] != NULL; i++)
    if (state == 1u << i)
      return part_names[i];
  return NULL;
}
