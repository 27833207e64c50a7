/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-duty-version.h"

#include <glib/gi18n.h>

#include "linli-catalogue-tables.h"

/**
 * linli_duty_leaf_find:
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND for "code", %LINLI_STORE_ERROR
 *
 * Returns: (transfer full): the version in force of a leaf
 */
LinliRow *
linli_duty_leaf_find (LinliConn  *conn,
                      const char *code,
                      GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, &linli_table_duty_item, error,
                                                 "code = ?1 AND active = 1 AND is_leaf = 1", "s", code);

  if (rows != NULL && rows->len == 0)
    linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "no-such-item", "code", N_("The duty list has no such item."));
  return rows != NULL && rows->len > 0 ? linli_row_ref (rows->pdata[0]) : NULL;
}

/**
 * linli_duty_version_add:
 * @current: the version in force
 * @next: a copy of it that says something else; gets its own id and number
 *
 * Puts @next in force in the place of @current.
 */
gboolean
linli_duty_version_add (LinliCommandContext *context,
                        LinliRow            *current,
                        LinliRow            *next,
                        GError             **error)
{
  g_autoptr(LinliRow) old = linli_row_copy (current);
  g_autofree char *id = linli_command_new_id (context);

  linli_row_set_int (old, LINLI_DUTY_ITEM_ACTIVE, FALSE);
  linli_row_set_text (next, LINLI_DUTY_ITEM_ID, id);
  linli_row_set_int (next, LINLI_DUTY_ITEM_VERSION, linli_row_get_int (current, LINLI_DUTY_ITEM_VERSION) + 1);

  return linli_tx_update (context->tx, old, error) && linli_tx_insert (context->tx, next, error);
}
