/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-members.h"

#include "linli-case-family.h"
#include "linli-case-tables.h"
#include "linli-merge-tables.h"
#include "linli-tx.h"

void
linli_case_member_free (LinliCaseMember *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->case_row, linli_row_unref);
  g_clear_pointer (&self->record, linli_row_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->attachments, g_ptr_array_unref);
  g_free (self);
}

static gboolean
load_first (LinliConn        *conn,
            const LinliTable *table,
            const char       *condition,
            const char       *id,
            LinliRow        **row,
            GError          **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, table, error, condition, "s", id);

  if (rows == NULL)
    return FALSE;
  *row = rows->len > 0 ? linli_row_ref (rows->pdata[0]) : NULL;
  return TRUE;
}

static LinliCaseMember *
load_member (LinliConn  *conn,
             const char *id,
             GError    **error)
{
  g_autoptr(LinliCaseMember) self = g_new0 (LinliCaseMember, 1);

  if (!load_first (conn, &linli_table_case, "id = ?1", id, &self->case_row, error) ||
      !load_first (conn, &linli_table_merge_record, "source_id = ?1 AND undone_at IS NULL", id, &self->record, error))
    return NULL;
  self->entries = linli_conn_select (conn, &linli_table_entry, error, "case_id = ?1 ORDER BY at, pk", "s", id);
  self->attachments = linli_conn_select (conn, &linli_table_attachment, error,
                                         "case_id = ?1 AND removed_at IS NULL ORDER BY added_at, pk", "s", id);

  return self->entries != NULL && self->attachments != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * linli_case_members_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliCaseMember): the cases merged
 *   into @case_id, directly or by way of others, in the order they came
 */
GPtrArray *
linli_case_members_load (LinliConn  *conn,
                         const char *case_id,
                         GError    **error)
{
  g_autoptr(GPtrArray) ids = linli_case_find_members (conn, case_id, error);
  g_autoptr(GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) linli_case_member_free);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      LinliCaseMember *member = load_member (conn, ids->pdata[i], error);

      if (member == NULL)
        return NULL;
      g_ptr_array_add (members, member);
    }

  return ids != NULL ? g_steal_pointer (&members) : NULL;
}
