/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 免交: what shows a result may be let off, for a reason, by somebody who may
 * review the case. It is asked for again by the same command. */

#include "config.h"

#include "linli-closing-private.h"

#include <glib/gi18n.h>

#include "linli-catalogue-tables.h"
#include "linli-evidence.h"
#include "linli-json.h"

const LinliArgSpec linli_case_waive_evidence_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { "evidence", LINLI_ARG_TEXT, TRUE, .choices = linli_evidence_kinds },
  { "reason", LINLI_ARG_TEXT, TRUE, 2000 },
  { "waived", LINLI_ARG_BOOL, .doc = "false to ask for it again; true when absent" },
  { NULL }
};

/* Returns: whether it is asked for, and not let off or asked for already */
static gboolean
check_asked (LinliCaseFile *file,
             const char    *kind,
             gboolean       waived,
             GError       **error)
{
  LinliRow *item = NULL;
  g_autoptr(GPtrArray) list = NULL;

  if (!linli_case_file_get_item (file, &item, error))
    return FALSE;
  list = linli_evidence_load (linli_tx_get_conn (file->context->tx), linli_case_file_get_id (file), item, FALSE, error);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      LinliEvidence *one = list->pdata[i];

      if (!g_str_equal (one->kind, kind))
        continue;
      if (one->state == LINLI_EVIDENCE_SHOWN)
        return linli_refuse_invalid (error, "evidence", N_("The case shows this already."));
      return (one->state == LINLI_EVIDENCE_WAIVED) != waived ||
             linli_refuse_invalid (error, "evidence", waived ? N_("This was waived already.") : N_("This is not waived."));
    }
  return list != NULL && linli_refuse_invalid (error, "evidence", N_("This is not asked for of this case."));
}

gboolean
linli_case_waive_evidence_run (LinliCommandContext *context,
                               JsonObject          *args,
                               GError             **error)
{
  const char *kind = linli_json_get_text (args, "evidence");
  const char *reason = linli_case_get_words (args, "reason", error);
  gboolean waived = !json_object_has_member (args, "waived") || linli_json_get_bool (args, "waived");
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  const LinliCaseEntry entry = { .kind = "waive", .audience = "unit", .body = reason, .payload = payload };
  g_autoptr(LinliCaseFile) file = reason != NULL ? linli_case_file_open (context, args, NULL, error) : NULL;

  if (file == NULL || !check_asked (file, kind, waived, error) || !linli_check_four_eyes (file, error))
    return FALSE;
  linli_payload_text (payload, "evidence", kind);
  linli_payload_text (payload, "waived", waived ? "yes" : "no");
  return linli_case_file_add_entry (file, &entry, error) && linli_case_file_save (file, error);
}
