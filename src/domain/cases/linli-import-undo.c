/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking an import back, a page at a time. What somebody worked on meanwhile
 * is nobody's import any more and stays. */

#include "config.h"

#include "linli-case-commands-private.h"

#include <glib/gi18n.h>

#include "linli-catalogue-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"

#define PAGE_MAX 2000

const LinliArgSpec linli_import_undo_args[] = {
  { "import", LINLI_ARG_ID, TRUE },
  { "limit", LINLI_ARG_INT, .doc = "cases taken back at most; 500 when absent" },
  { NULL }
};

/* Untouched since it came in: every command counts the revision on. */
#define UNTOUCHED "import_id = ?1 AND revision = 1 AND NOT EXISTS (SELECT 1 FROM identity_read r WHERE r.case_id = cases.id)"

static gboolean
delete_rows (LinliTx          *tx,
             const LinliTable *table,
             const char       *condition,
             const char       *value,
             GError          **error)
{
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, table, error, condition, "s", value);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!linli_tx_delete (tx, table, linli_row_get_id (rows->pdata[i]), error))
      return FALSE;
  return rows != NULL;
}

/* A resident whom nobody else's words speak of came with the import. */
static gboolean
delete_appellant (LinliTx    *tx,
                  const char *id,
                  GError    **error)
{
  gint64 n = 0;

  if (id == NULL)
    return TRUE;
  return linli_conn_get_int (linli_tx_get_conn (tx), &n, error,
                             "SELECT EXISTS (SELECT 1 FROM submission WHERE appellant_id = ?1) OR "
                             "EXISTS (SELECT 1 FROM cases WHERE appellant_id = ?1)", "s", id) &&
         (n != 0 || delete_rows (tx, &linli_table_appellant, "id = ?1", id, error));
}

static gboolean
delete_case (LinliTx  *tx,
             LinliRow *row,
             GError  **error)
{
  static const LinliTable *const tables[] = { &linli_table_clock, &linli_table_entry, &linli_table_submission };
  const char *id = linli_row_get_id (row);

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!delete_rows (tx, tables[i], "case_id = ?1 ORDER BY id", id, error))
      return FALSE;

  return linli_tx_delete (tx, &linli_table_case, id, error) &&
         delete_appellant (tx, linli_row_get_text (row, LINLI_CASE_APPELLANT_ID), error);
}

/* Units and channels that only imports brought, and that nothing names now. */
static gboolean
delete_leftovers (LinliTx *tx,
                  GError **error)
{
  return delete_rows (tx, &linli_table_unit,
                      "kind = ?1 AND NOT EXISTS (SELECT 1 FROM cases WHERE lead_unit_id = unit.id) "
                      "AND NOT EXISTS (SELECT 1 FROM dispatch WHERE unit_id = unit.id) "
                      "AND NOT EXISTS (SELECT 1 FROM account WHERE unit_id = unit.id) "
                      "AND NOT EXISTS (SELECT 1 FROM duty_item WHERE lead_unit_id = unit.id "
                      "OR assist_unit_ids LIKE '%' || unit.id || '%') "
                      "AND NOT EXISTS (SELECT 1 FROM unit below WHERE below.parent_id = unit.id) ORDER BY id",
                      "imported", error) &&
         delete_rows (tx, &linli_table_channel,
                      "group_name = ?1 AND code NOT IN (SELECT channel_code FROM submission) "
                      "AND code NOT IN (SELECT channel_code FROM cases) ORDER BY id", "imported", error);
}

static gboolean
finish (LinliCommandContext *context,
        LinliRow            *import,
        GError             **error)
{
  gint64 n_kept = 0;

  if (!delete_leftovers (context->tx, error) ||
      !linli_conn_get_int (linli_tx_get_conn (context->tx), &n_kept, error,
                           "SELECT count(*) FROM cases WHERE import_id = ?1", "s", linli_row_get_id (import)))
    return FALSE;
  linli_command_tell_int (context, "n_kept", n_kept);
  linli_row_set_text (import, LINLI_IMPORT_STATE, "undone");
  linli_row_set_int (import, LINLI_IMPORT_FINISHED_AT, linli_command_now (context));

  return linli_tx_update (context->tx, import, error);
}

/* Tells `left`, the cases still to be taken back; 0 when the import is undone. */
gboolean
linli_import_undo_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  const char *id = linli_json_get_text (args, "import");
  g_autoptr(LinliRow) import = linli_command_get (context, &linli_table_import, id, "import", error);
  g_autoptr(GPtrArray) cases = NULL;
  gint64 limit = 500;
  gint64 left = 0;

  if (import == NULL)
    return FALSE;
  if (g_str_equal (linli_row_get_text (import, LINLI_IMPORT_STATE), "undone"))
    return linli_refuse_invalid (error, "import", N_("This import was already taken back."));
  linli_json_get_int (args, "limit", &limit);
  cases = linli_tx_select (context->tx, &linli_table_case, error, UNTOUCHED " ORDER BY id DESC LIMIT ?2",
                           "si", id, CLAMP (limit, 1, PAGE_MAX));
  for (guint i = 0; cases != NULL && i < cases->len; i++)
    if (!delete_case (context->tx, cases->pdata[i], error))
      return FALSE;
  if (cases == NULL ||
      !linli_conn_get_int (linli_tx_get_conn (context->tx), &left, error,
                           "SELECT count(*) FROM cases WHERE " UNTOUCHED, "s", id))
    return FALSE;
  linli_command_tell_int (context, "n_undone", cases->len);
  linli_command_tell_int (context, "left", left);

  return left > 0 || finish (context, import, error);
}
