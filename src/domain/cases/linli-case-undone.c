/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-case-commands.h"

#include <glib/gi18n.h>

#include "linli-case-file.h"
#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-merge-clocks.h"

static gboolean
note_undo (LinliCommandContext *context,
           LinliRow            *entry,
           const char          *id,
           GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_load (context, id, "operation", error);
  g_autoptr(LinliPayload) payload = linli_payload_new ();
  gboolean fits = FALSE;
  const LinliCaseEntry line = { .kind = "undo", .audience = "unit", .payload = payload };

  if (file == NULL || !linli_case_file_settle (file, &fits, error))
    return FALSE;
  /* A merged case rests: only a merge itself comes back. */
  if (linli_case_file_get_state (file) == LINLI_CASE_STATE_MERGED &&
      !g_str_equal (linli_row_get_text (entry, LINLI_AUDIT_KIND), "case.unmerge"))
    fits = FALSE;
  if (fits && !linli_merged_clocks_choose (file, NULL, error))
    return FALSE;
  if (!fits)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "changed-since", NULL,
                    N_("This cannot be undone any more: it was changed again afterwards."));
      return FALSE;
    }
  linli_payload_text (payload, "command", linli_row_get_text (entry, LINLI_AUDIT_KIND));
  linli_payload_text (payload, "operation", linli_row_get_id (entry));
  return linli_case_file_add_entry (file, &line, error) && linli_case_file_save (file, error);
}

/**
 * linli_case_undone:
 *
 * What was said on a timeline stays said; a further line tells that it was
 * taken back. See #LinliUndone.
 */
gboolean
linli_case_undone (LinliCommandContext *context,
                   LinliRow            *entry,
                   JsonArray           *changes,
                   GError             **error)
{
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);

      if (g_strcmp0 (linli_json_get_text (change, "t"), linli_table_case.name) == 0 &&
          linli_json_get_object (change, "b") != NULL && linli_json_get_object (change, "a") != NULL &&
          !note_undo (context, entry, linli_json_get_text (change, "id"), error))
        return FALSE;
    }
  return TRUE;
}
