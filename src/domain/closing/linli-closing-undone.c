/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-closing-undone.h"

#include <glib/gi18n.h>

#include "linli-closing-private.h"
#include "linli-json.h"

/* An attempt that others followed is history: their numbers count it. */
static gboolean
check_last (LinliCommandContext *context,
            JsonObject          *attempt,
            GError             **error)
{
  gint64 round = 0;
  gint64 n = 0;

  linli_json_get_int (attempt, "round", &round);
  if (!linli_conn_get_int (linli_tx_get_conn (context->tx), &n, error,
                           "SELECT max(attempt_no) - count(*) FROM callback WHERE submission_id = ?1 AND round = ?2", "si",
                           linli_json_get_text (attempt, "submission_id"), round))
    return FALSE;
  if (n == 0)
    return TRUE;
  linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "changed-since", NULL,
                N_("This cannot be undone any more: the resident was called again afterwards."));
  return FALSE;
}

/* What the other residents of the case said still holds. */
static gboolean
sum_again (LinliCommandContext *context,
           const char          *id,
           GError             **error)
{
  g_autoptr(LinliCaseFile) file = linli_case_file_load (context, id, "operation", error);

  return file != NULL && linli_sum_up_callbacks (file, error) && linli_tx_update (context->tx, file->row, error);
}

/**
 * linli_closing_undone:
 *
 * See #LinliUndone.
 */
gboolean
linli_closing_undone (LinliCommandContext *context,
                      LinliRow            *entry,
                      JsonArray           *changes,
                      GError             **error)
{
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      JsonObject *after = linli_json_get_object (change, "a");

      if (g_strcmp0 (linli_json_get_text (change, "t"), linli_table_callback.name) == 0 &&
          linli_json_get_object (change, "b") == NULL && after != NULL &&
          !(check_last (context, after, error) && sum_again (context, linli_json_get_text (after, "case_id"), error)))
        return FALSE;
    }
  return TRUE;
}
