/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-draft.h"

#include "linli-core-tables.h"
#include "linli-tx.h"

/**
 * linli_drafts_load:
 * @kind: what was being typed: "intake", "note", or the name of a command
 * @subject: (nullable): the case it is about
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): what is half typed, newest first
 */
GPtrArray *
linli_drafts_load (LinliConn  *conn,
                   const char *kind,
                   const char *subject,
                   GError    **error)
{
  g_return_val_if_fail (conn != NULL && kind != NULL, NULL);

  if (subject == NULL)
    return linli_conn_select (conn, &linli_table_draft, error,
                              "kind = ?1 AND subject_id IS NULL ORDER BY saved_at DESC, pk DESC", "s", kind);

  return linli_conn_select (conn, &linli_table_draft, error,
                            "kind = ?1 AND subject_id = ?2 ORDER BY saved_at DESC, pk DESC", "ss", kind, subject);
}
