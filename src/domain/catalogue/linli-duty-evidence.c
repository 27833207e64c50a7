/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 办结要件 of a duty item. Like everything a duty list says it hangs on the
 * version: what is asked for of a case does not change under way. */

#include "config.h"

#include "linli-duty-evidence.h"

#include <glib/gi18n.h>

#include "linli-catalogue-tables.h"
#include "linli-duty-version.h"
#include "linli-evidence-kinds.h"
#include "linli-json.h"

const LinliArgSpec linli_duty_set_evidence_args[] = {
  { "code", LINLI_ARG_TEXT, TRUE, 60, .doc = "of a leaf of the duty list" },
  { "evidence", LINLI_ARG_TEXT, FALSE, 60,
    .doc = "photo_before, photo, visit, signature, file; several separated by spaces, nothing for none" },
  { NULL }
};

/**
 * linli_duty_set_evidence_run:
 *
 * The command duty.set-evidence. The item gets a new version, unless it asks
 * for the same already.
 */
gboolean
linli_duty_set_evidence_run (LinliCommandContext *context,
                             JsonObject          *args,
                             GError             **error)
{
  const char *kinds[LINLI_EVIDENCE_N_KINDS];
  const char *text = linli_json_get_text (args, "evidence");
  g_autoptr(LinliRow) row = linli_duty_leaf_find (linli_tx_get_conn (context->tx), linli_json_get_text (args, "code"), error);
  g_autofree char *evidence = NULL;
  g_autoptr(LinliRow) next = NULL;
  guint n = 0;

  if (row == NULL)
    return FALSE;
  if (!linli_evidence_kinds_parse (text, kinds, &n))
    return linli_refuse_invalid (error, "evidence", N_("This kind of evidence is not known."));
  evidence = linli_evidence_kinds_normal (text);
  if (g_strcmp0 (evidence, linli_row_get_text (row, LINLI_DUTY_ITEM_EVIDENCE)) == 0)
    return TRUE;
  next = linli_row_copy (row);
  linli_row_set_text (next, LINLI_DUTY_ITEM_EVIDENCE, evidence);

  return linli_duty_version_add (context, row, next, error);
}

/**
 * linli_duty_evidence_load:
 * @error: %LINLI_STORE_ERROR
 *
 * Returns: (transfer full) (element-type LinliRow): the leaves in force that ask for any
 */
GPtrArray *
linli_duty_evidence_load (LinliConn *conn,
                          GError   **error)
{
  return linli_conn_select (conn, &linli_table_duty_item, error,
                            "active = 1 AND is_leaf = 1 AND evidence IS NOT NULL AND evidence <> 'none' ORDER BY code", "");
}
