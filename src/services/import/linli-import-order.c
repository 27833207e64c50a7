/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-import-order.h"

static gpointer
order_job (LinliConn  *conn,
           LinliDesk  *desk,
           LinliStore *store,
           gpointer    data,
           GError    **error)
{
  LinliImportOrder *order = data;

  order->outcome = linli_store_submit_written (store, conn, order->command, order->args, order->written,
                                               LINLI_EXECUTE_QUEUE | order->flags, error);
  return NULL;
}

/**
 * linli_import_order_carry_out:
 * @error: %LINLI_STORE_ERROR, %LINLI_DOMAIN_ERROR
 *
 * Blocks; not to be called in a lane.
 *
 * Returns: (nullable): how it ended; it is the order's
 */
LinliOutcome *
linli_import_order_carry_out (LinliImportOrder *order,
                              GError          **error)
{
  linli_store_write_for_sync (order->store, order->actor, order_job, order, error);
  return order->outcome;
}

/**
 * linli_import_order_give:
 * @error: as linli_import_order_carry_out()
 *
 * Returns: (transfer full) (nullable): what the command told
 */
JsonObject *
linli_import_order_give (LinliStore *store,
                         const char *actor,
                         const char *command,
                         JsonObject *args,
                         GError    **error)
{
  LinliImportOrder order = { store, actor, command, args, NULL, 0, NULL };
  g_autoptr(LinliOutcome) outcome = linli_import_order_carry_out (&order, error);

  return outcome != NULL ? json_object_ref (outcome->result) : NULL;
}
