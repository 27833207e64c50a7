/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be done with a case now, for enabling buttons. The commands judge
 * for themselves when they run; this only spares a clerk the refusal. */

#include "config.h"

#include "linli-case-actions.h"

#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-registry.h"

#define BIT(state) LINLI_CASE_STATE_BIT (LINLI_CASE_STATE_##state)
#define HANDLING   (BIT (DISPATCHED) | BIT (IN_PROGRESS))

/* What a dispatch must be like for an action upon it; a set. */
enum
{
  SENT = 1 << 0,
  HELD = 1 << 1, /* signed for, or being worked on */
};

static const struct
{
  const char *command;
  guint       states;     /* of the case */
  guint       dispatches; /* one of these must exist; 0: none is needed */
  gboolean    assist;     /* and be an assisting one */
} actions[] = {
  { "case.accept", BIT (RECEIVED) },
  { "case.decline", BIT (RECEIVED) },
  { "case.classify", LINLI_CASE_STATES_OPEN },
  { "case.dispatch", BIT (REGISTERED) },
  { "case.assist", HANDLING },
  { "case.recall", HANDLING, SENT | HELD },
  { "case.release", HANDLING, SENT | HELD, TRUE },
  { "case.sign", HANDLING, SENT },
  { "case.contact", HANDLING, HELD },
  { "case.work", HANDLING, HELD },
  { "case.done", HANDLING, HELD },
  { "case.review", BIT (PENDING_REVIEW) },
  { "case.close", BIT (RESOLVED) },
  { "case.withdraw", LINLI_CASE_STATES_OPEN },
  { "case.edit", LINLI_CASE_STATES_OPEN },
  { "case.assign", LINLI_CASE_STATES_OPEN },
  { "case.note", LINLI_CASE_STATES_ALL },
  { "case.attach", LINLI_CASE_STATES_ALL },
  { "case.detach", LINLI_CASE_STATES_ALL },
};

static gboolean
has_dispatch (GPtrArray *dispatches,
              guint      wanted,
              gboolean   assist)
{
  for (guint i = 0; i < dispatches->len; i++)
    {
      LinliRow *dispatch = dispatches->pdata[i];
      const char *state = linli_row_get_text (dispatch, LINLI_DISPATCH_STATE);
      guint kind = g_strcmp0 (state, "sent") == 0                                        ? SENT
                   : g_strcmp0 (state, "signed") == 0 || g_strcmp0 (state, "working") == 0 ? HELD
                                                                                           : 0;

      if (kind & wanted &&
          (!assist || g_strcmp0 (linli_row_get_text (dispatch, LINLI_DISPATCH_ROLE), "assist") == 0))
        return TRUE;
    }
  return FALSE;
}

/**
 * linli_case_actions_new:
 * @state: of the case
 * @dispatches: (element-type LinliRow): of the case
 * @roles: of the person who looks at it
 *
 * Returns: (transfer full) (array zero-terminated=1): names of the commands
 *   that state and roles allow
 */
char **
linli_case_actions_new (const char *state,
                        GPtrArray  *dispatches,
                        LinliRole   roles)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  LinliCaseState known;

  g_return_val_if_fail (state != NULL && dispatches != NULL, NULL);

  for (guint i = 0; linli_case_state_from_id (state, &known) && i < G_N_ELEMENTS (actions); i++)
    {
      const LinliCommand *command = linli_registry_find_command (actions[i].command);

      if (command != NULL && command->roles & roles &&
          actions[i].states & LINLI_CASE_STATE_BIT (known) &&
          (actions[i].dispatches == 0 ||
           has_dispatch (dispatches, actions[i].dispatches, actions[i].assist)))
        g_ptr_array_add (names, g_strdup (actions[i].command));
    }
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
