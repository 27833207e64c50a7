/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-sync-row.h"

#include "linli-registry.h"
#include "linli-row-json.h"

/**
 * linli_sync_read_row:
 * @table: (out) (transfer none): whose row it is
 * @row: (out) (transfer full) (nullable): sound, without a local key; %NULL
 *   when the hub has it no more
 * @error: %LINLI_STORE_ERROR, %LINLI_JSON_ERROR or %LINLI_WIRE_ERROR
 *
 * What one line of a page says.
 */
gboolean
linli_sync_read_row (const LinliWireRow *news,
                     const LinliTable  **table,
                     LinliRow          **row,
                     GError            **error)
{
  *row = NULL;
  *table = linli_registry_find_table (news->kind);
  if (*table == NULL || (*table)->flags & LINLI_TABLE_LOCAL)
    {
      g_set_error (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_TOO_NEW, "The hub knows a table %s", news->kind);
      return FALSE;
    }
  if (news->body == NULL)
    return TRUE;
  *row = linli_row_from_text (*table, news->body, error);
  if (*row == NULL)
    return FALSE;
  if (!g_str_equal (linli_row_get_id (*row), news->id))
    {
      g_clear_pointer (row, linli_row_unref);
      return linli_wire_foreign (error, "a row");
    }
  return TRUE;
}
