/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-draft.h"

#include "linli-core-tables.h"
#include "linli-tx.h"

/* Words belong to who typed them; those of somebody who does not come back go
 * to whoever sits here. */
#define WHOSE "(actor = ?1 OR NOT EXISTS (SELECT 1 FROM account WHERE account.id = draft.actor AND active = 1))"

/**
 * linli_drafts_load:
 * @actor: (nullable): account id of who goes on typing
 * @kind: what was being typed: "intake", "note", or the name of a command
 * @subject: (nullable): the case it is about
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): what is half typed, newest first
 */
GPtrArray *
linli_drafts_load (LinliConn  *conn,
                   const char *actor,
                   const char *kind,
                   const char *subject,
                   GError    **error)
{
  g_return_val_if_fail (conn != NULL && kind != NULL, NULL);

  if (subject == NULL)
    return linli_conn_select (conn, &linli_table_draft, error,
                              WHOSE " AND kind = ?2 AND subject_id IS NULL ORDER BY saved_at DESC, pk DESC", "ss", actor, kind);

  return linli_conn_select (conn, &linli_table_draft, error,
                            WHOSE " AND kind = ?2 AND subject_id = ?3 ORDER BY saved_at DESC, pk DESC", "sss", actor,
                            kind, subject);
}
