/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-duty-units.h"

#include "linli-catalogue-tables.h"
#include "linli-people-tables.h"
#include "linli-pick.h"
#include "linli-tx.h"

void
linli_duty_units_free (LinliDutyUnits *units)
{
  if (units == NULL)
    return;
  g_clear_pointer (&units->lead, linli_row_unref);
  g_clear_pointer (&units->assist, g_ptr_array_unref);
  g_free (units);
}

/* A unit that no longer takes cases is left out: it could not be dispatched to. */
static gboolean
find_unit (LinliConn  *conn,
           const char *id,
           LinliRow  **unit,
           GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_unit, error, "id = ?1 AND active = 1", "s", id);

  *unit = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *unit = linli_row_ref (rows->pdata[0]);
  return TRUE;
}

/**
 * linli_duty_units_load:
 * @item: a duty_item row
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): who leads and who assists, as the item proposes it
 */
LinliDutyUnits *
linli_duty_units_load (LinliConn *conn,
                       LinliRow  *item,
                       GError   **error)
{
  return linli_duty_units_find (conn, linli_row_get_text (item, LINLI_DUTY_ITEM_LEAD_UNIT_ID),
                                linli_row_get_text (item, LINLI_DUTY_ITEM_ASSIST_UNIT_IDS), error);
}

/**
 * linli_duty_units_find:
 * @lead: (nullable): id of a unit
 * @assist: (nullable): ids separated by spaces
 *
 * Returns: (transfer full): those of them that take cases
 */
LinliDutyUnits *
linli_duty_units_find (LinliConn  *conn,
                       const char *lead,
                       const char *assist,
                       GError    **error)
{
  g_auto(GStrv) ids = g_strsplit (assist != NULL ? assist : "", " ", -1);
  g_autoptr(LinliDutyUnits) units = g_new0 (LinliDutyUnits, 1);

  units->assist = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_row_unref);
  if (lead != NULL && !find_unit (conn, lead, &units->lead, error))
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      LinliRow *unit = NULL;

      if (!find_unit (conn, ids[i], &unit, error))
        return NULL;
      if (unit != NULL)
        g_ptr_array_add (units->assist, unit);
    }

  return g_steal_pointer (&units);
}

static const LinliPickSpec reason_spec = {
  .table = &linli_table_reason,
  .code = "code",
  .name = "label",
  .words = "label || ' ' || ifnull (basis, '')",
  .filter = "active = 1 AND kind = 'decline'",
  .order = "code",
};

/**
 * linli_reason_search:
 *
 * Returns: (transfer full) (element-type LinliRow): reasons for which a matter
 *   may be declined, by code or words
 */
GPtrArray *
linli_reason_search (LinliConn  *conn,
                     const char *typed,
                     guint       limit,
                     GError    **error)
{
  return linli_pick (conn, &reason_spec, typed, limit, error);
}
