/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-bulk-record.h"

/* @n: (out): cases that the bulk action changed and nobody took back yet */
gboolean
linli_bulk_count_done (LinliConn  *conn,
                       const char *bulk,
                       gint64     *n,
                       GError    **error)
{
  return linli_conn_get_int (conn, n, error,
                             "SELECT count(DISTINCT case_id) FROM bulk_case WHERE bulk_id = ?1 AND state = 'done'",
                             "s", bulk);
}

/* A handler who is no dispatcher too acts for the own unit alone.
 * @unit: (out) (transfer full) (nullable): its id */
gboolean
linli_bulk_acting_unit (LinliConn  *conn,
                        const char *actor,
                        char      **unit,
                        GError    **error)
{
  return linli_conn_get_text (conn, unit, error,
                              "SELECT unit_id FROM account WHERE id = ?1"
                              " AND ' ' || roles || ' ' NOT LIKE '% dispatcher %'", "s", actor);
}

/* Returns: (transfer full): a row of number, title, outcome and reason for each
 *   case that was refused or could not be taken back */
LinliStmt *
linli_bulk_refused (LinliConn  *conn,
                    const char *bulk,
                    GError    **error)
{
  return linli_conn_query (conn, error,
                           "SELECT coalesce (c.case_no, b.case_id), c.title, b.state, b.reason"
                           " FROM bulk_case b LEFT JOIN cases c ON c.id = b.case_id"
                           " WHERE b.bulk_id = ?1 AND b.state IN ('refused', 'kept') ORDER BY b.pk", "s", bulk);
}
