/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-unmerge-choices.h"

#include <glib/gi18n.h>

#include "linli-case-family.h"
#include "linli-case-tables.h"
#include "linli-domain-error.h"
#include "linli-merge-tables.h"
#include "linli-tx.h"

void
linli_unmerge_choices_free (LinliUnmergeChoices *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->source, linli_row_unref);
  g_clear_pointer (&self->root, linli_row_unref);
  g_clear_pointer (&self->record, linli_row_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->submissions, g_ptr_array_unref);
  g_free (self);
}

static LinliRow *
load_one (LinliConn        *conn,
          const LinliTable *table,
          const char       *condition,
          const char       *id,
          GError          **error)
{
  g_autoptr(GPtrArray) rows = linli_conn_select (conn, table, error, condition, "s", id);

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "not-merged", "case", N_("This case is not merged."));
      return NULL;
    }
  return linli_row_ref (rows->pdata[0]);
}

/**
 * linli_unmerge_choices_load:
 * @case_id: id or number of a merged case
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND when it is not merged, or %LINLI_STORE_ERROR
 *
 * Several reads: for a picture of one moment call it inside a transaction.
 *
 * Returns: (transfer full)
 */
LinliUnmergeChoices *
linli_unmerge_choices_load (LinliConn  *conn,
                            const char *case_id,
                            GError    **error)
{
  g_autoptr(LinliUnmergeChoices) self = g_new0 (LinliUnmergeChoices, 1);
  g_autofree char *root = NULL;
  gint64 since;

  self->source = load_one (conn, &linli_table_case, "(id = ?1 OR case_no = ?1) AND state = 'merged'", case_id, error);
  if (self->source == NULL)
    return NULL;
  self->record = load_one (conn, &linli_table_merge_record, "source_id = ?1 AND undone_at IS NULL",
                           linli_row_get_id (self->source), error);
  if (self->record == NULL || !linli_case_find_root (conn, linli_row_get_id (self->source), &root, error))
    return NULL;
  self->root = load_one (conn, &linli_table_case, "id = ?1", root, error);
  if (self->root == NULL)
    return NULL;
  since = linli_row_get_int (self->record, LINLI_MERGE_MERGED_AT);
  self->entries = linli_conn_select (conn, &linli_table_entry, error,
                                     "case_id = ?1 AND at >= ?2 AND kind IN ('note', 'attach', 'reply') ORDER BY at, id",
                                     "si", root, since);
  self->submissions = linli_conn_select (conn, &linli_table_submission, error,
                                         "case_id = ?1 AND home_id IS NULL AND EXISTS (SELECT 1 FROM entry WHERE "
                                         "submission_id = submission.id AND kind = 'intake' AND at >= ?2) "
                                         "ORDER BY received_at, id", "si", root, since);

  return self->entries != NULL && self->submissions != NULL ? g_steal_pointer (&self) : NULL;
}
