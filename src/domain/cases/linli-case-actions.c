/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be done with a case now, for enabling buttons. The commands judge
 * for themselves when they run; this only spares a clerk the refusal. */

#include "config.h"

#include "linli-case-actions.h"

#include "linli-case-rules.h"
#include "linli-case-tables.h"

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
  g_autofree LinliCasePart *parts = NULL;
  g_autofree const char **names = NULL;
  LinliCaseState known;

  g_return_val_if_fail (state != NULL && dispatches != NULL, NULL);

  if (!linli_case_state_from_id (state, &known))
    return g_new0 (char *, 1);
  parts = g_new0 (LinliCasePart, dispatches->len);
  for (guint i = 0; i < dispatches->len; i++)
    {
      parts[i].lead = g_strcmp0 (linli_row_get_text (dispatches->pdata[i], LINLI_DISPATCH_ROLE), "lead") == 0;
      parts[i].state = linli_part_state_from_text (linli_row_get_text (dispatches->pdata[i], LINLI_DISPATCH_STATE));
    }
  names = linli_case_allowed_actions (known, parts, dispatches->len, roles);

  return g_strdupv ((char **) names);
}
