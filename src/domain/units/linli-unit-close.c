/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-unit-close.h"

#include <glib/gi18n.h>

#include "linli-people-tables.h"
#include "linli-unit-scope.h"

#define NAMED 5 /* numbers that fit into a sentence */

static char *
join_numbers (GPtrArray *numbers)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < MIN (numbers->len, NAMED); i++)
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", (const char *) numbers->pdata[i]);
  if (numbers->len > NAMED)
    g_string_append_printf (words, ", … (%u)", numbers->len);
  return g_string_free (words, FALSE);
}

/**
 * linli_unit_check_closed:
 * @unit: id of a unit that is to take no more cases
 * @error: %LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, with the numbers of the cases, while it owes some; whoever may not
 *   see confidential ones learns no number of these
 */
gboolean
linli_unit_check_closed (LinliCommandContext *context,
                         const char          *unit,
                         GError             **error)
{
  LinliConn *conn = linli_tx_get_conn (context->tx);
  g_autoptr(GPtrArray) all = linli_unit_scope_numbers (conn, unit, TRUE, error);
  g_autoptr(GPtrArray) numbers = all == NULL ? NULL
    : linli_unit_scope_numbers (conn, unit, (context->rights & LINLI_RIGHT_CONFIDENTIAL) != 0, error);
  g_autofree char *words = numbers != NULL ? join_numbers (numbers) : NULL;

  if (numbers == NULL)
    return FALSE;
  if (all->len == 0)
    return TRUE;
  if (numbers->len > 0)
    linli_refuse_with (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "unit-has-cases", "unit",
                       N_("This unit still has cases: %s. Recall them and send them to another unit; then close it."), words);
  else
    linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "unit-has-cases", "unit",
                  N_("This unit still has confidential cases, which your role may not see. Somebody who may has to recall "
                     "them; then close it."));
  return FALSE;
}

/**
 * linli_unit_set_active:
 * @unit: a unit row that is being written; the caller stores it
 * @active: what it is to be, also when it is so already
 * @reason: (nullable): why it is closed
 * @error: as linli_unit_check_closed()
 */
gboolean
linli_unit_set_active (LinliCommandContext *context,
                       LinliRow            *unit,
                       gboolean             active,
                       const char          *reason,
                       GError             **error)
{
  if (active == (linli_row_get_int (unit, LINLI_UNIT_ACTIVE) != 0))
    return TRUE;
  if (!active && !linli_unit_check_closed (context, linli_row_get_id (unit), error))
    return FALSE;
  linli_row_set_int (unit, LINLI_UNIT_ACTIVE, active);
  linli_row_set_text (unit, LINLI_UNIT_CLOSED_REASON, active ? NULL : reason);
  if (active)
    linli_row_set_null (unit, LINLI_UNIT_CLOSED_AT);
  else
    linli_row_set_int (unit, LINLI_UNIT_CLOSED_AT, linli_command_now (context));

  return TRUE;
}
