/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 保密: a case that only those with the right find, its unit works on without
 * knowing who came, and everybody else neither sees nor touches. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-merge-tables.h"
#include "linli-sight.h"

const LinliArgSpec linli_case_mark_confidential_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

const LinliArgSpec linli_case_unmark_confidential_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { NULL }
};

/**
 * linli_case_check_seen:
 * @row: a case
 * @field: the argument that led to it, for the refusal
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND, in the words for what was never there
 *
 * What linli_sight_set() hides from who reads is hidden from who writes: also
 * whoever knows the id of a confidential case by other ways learns nothing.
 */
gboolean
linli_case_check_seen (LinliCommandContext *context,
                       LinliRow            *row,
                       const char          *field,
                       GError             **error)
{
  const char *unit = context->account != NULL ? linli_row_get_text (context->account, LINLI_ACCOUNT_UNIT_ID) : NULL;
  gint64 n = 0;

  if (!linli_row_get_int (row, LINLI_CASE_CONFIDENTIAL) || context->rights & LINLI_RIGHT_CONFIDENTIAL)
    return TRUE;
  if (unit != NULL &&
      !linli_conn_get_int (linli_tx_get_conn (context->tx), &n, error,
                           "SELECT count(*) FROM dispatch WHERE case_id = ?1 AND unit_id = ?2 AND " LINLI_SIGHT_IN_HAND, "ss",
                           linli_row_get_id (row), unit))
    return FALSE;
  return n > 0 || linli_command_refuse_missing (field, error);
}

/* The centre's own word outlives the merges for whose sake the mark was set. */
static gboolean
forget_merges (LinliCaseFile *file,
               GError       **error)
{
  LinliTx *tx = file->context->tx;
  g_autoptr(GPtrArray) merges = linli_tx_select (tx, &linli_table_merge_record, error, "target_id = ?1 AND undone_at IS NULL "
                                                 "AND made_confidential <> 0 ORDER BY id", "s", linli_case_file_get_id (file));

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr(LinliRow) merge = linli_row_copy (merges->pdata[i]);

      linli_row_set_int (merge, LINLI_MERGE_MADE_CONFIDENTIAL, FALSE);
      if (!linli_tx_update (tx, merge, error))
        return FALSE;
    }
  return merges != NULL;
}

static gboolean
mark (LinliCommandContext *context,
      JsonObject          *args,
      gboolean             confidential,
      GError             **error)
{
  const char *reason = linli_case_get_words (args, "reason", error);
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "edit", .audience = "internal", .body = reason, .payload = payload };

  if (file == NULL)
    return FALSE;
  if ((linli_row_get_int (file->row, LINLI_CASE_CONFIDENTIAL) != 0) == confidential)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, confidential ? "confidential" : "not-confidential", "case",
                    confidential ? N_("This case is confidential already.") : N_("This case is not confidential."));
      return FALSE;
    }
  linli_payload_change (payload, "confidential", confidential ? "0" : "1", confidential ? "1" : "0");
  linli_row_set_int (file->row, LINLI_CASE_CONFIDENTIAL, confidential);

  return forget_merges (file, error) && linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}

gboolean
linli_case_mark_confidential_run (LinliCommandContext *context,
                                  JsonObject          *args,
                                  GError             **error)
{
  return mark (context, args, TRUE, error);
}

gboolean
linli_case_unmark_confidential_run (LinliCommandContext *context,
                                    JsonObject          *args,
                                    GError             **error)
{
  return mark (context, args, FALSE, error);
}
