/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-overlay.h"

#include "linli-registry.h"
#include "linli-row-json.h"
#include "linli-sync-tables.h"

/* Returns: (transfer full): how shadows and arrivals name a row */
char *
linli_overlay_key (const LinliTable *table,
                   const char       *id)
{
  return g_strconcat (table->name, "/", id, NULL);
}

static gboolean
keep_one (LinliTx          *tx,
          const LinliTable *table,
          const char       *id,
          LinliRow         *before,
          GError          **error)
{
  g_autofree char *key = linli_overlay_key (table, id);
  g_autofree char *body = before != NULL ? linli_row_to_json (before) : NULL;
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) shadow = NULL;

  if (!linli_tx_find (tx, &linli_table_shadow, key, &known, error))
    return FALSE;
  if (known != NULL)
    return TRUE;
  shadow = linli_row_new (&linli_table_shadow);
  linli_row_set_text (shadow, LINLI_SHADOW_ID, key);
  linli_row_set_text (shadow, LINLI_SHADOW_KIND, table->name);
  linli_row_set_text (shadow, LINLI_SHADOW_ROW_ID, id);
  linli_row_set_text (shadow, LINLI_SHADOW_BODY, body);

  return linli_tx_insert (tx, shadow, error);
}

/**
 * linli_overlay_keep:
 * @tx: with what a pending operation has just changed
 * @error: %LINLI_STORE_ERROR
 *
 * Keeps the hub's version of every row changed that has no shadow yet.
 */
gboolean
linli_overlay_keep (LinliTx *tx,
                    GError **error)
{
  GPtrArray *changes = linli_tx_get_changes (tx);
  guint n = changes->len; /* shadows are rows too, and come behind */

  for (guint i = 0; i < n; i++)
    {
      const LinliChange *change = changes->pdata[i];
      LinliRow *row = change->after != NULL ? change->after : change->before;

      if (row != NULL && !(change->table->flags & LINLI_TABLE_LOCAL) &&
          !keep_one (tx, change->table, linli_row_get_id (row), change->before, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether @row falls under the partial index @index. */
static gboolean
is_covered (LinliTx          *tx,
            LinliRow         *row,
            const LinliIndex *index,
            gboolean         *covered,
            GError          **error)
{
  const LinliTable *table = linli_row_get_table (row);
  g_autoptr(GString) sql = g_string_new ("SELECT 1 FROM (SELECT ");
  g_autoptr(LinliStmt) stmt = NULL;

  *covered = index->where == NULL;
  if (*covered)
    return TRUE;
  for (guint i = 0; table->columns[i].name != NULL; i++)
    g_string_append_printf (sql, "%s?%u AS %s", i > 0 ? ", " : "", i + 1, table->columns[i].name);
  g_string_append_printf (sql, ") AS candidate WHERE %s", index->where);
  stmt = linli_conn_prepare (linli_tx_get_conn (tx), sql->str, error);
  if (stmt == NULL)
    return FALSE;
  linli_row_bind (row, stmt, 1);
  return linli_stmt_step (stmt, covered, error);
}

/* Returns: (transfer full): ids of the rows that stand where @row wants to */
static GPtrArray *
find_rivals (LinliTx          *tx,
             LinliRow         *row,
             const LinliIndex *index,
             GError          **error)
{
  const LinliTable *table = linli_row_get_table (row);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) sql = g_string_new (NULL);
  g_auto(GStrv) columns = g_strsplit (index->columns, ", ", -1);
  g_autoptr(LinliStmt) stmt = NULL;
  gboolean more = FALSE;

  g_string_printf (sql, "SELECT id FROM %s WHERE id <> ?1", table->name);
  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sql, " AND %s = ?%u", columns[i], i + 2);
  if (index->where != NULL)
    g_string_append_printf (sql, " AND (%s)", index->where);
  stmt = linli_conn_prepare (linli_tx_get_conn (tx), sql->str, error);
  if (stmt == NULL)
    return NULL;
  linli_stmt_bind_text (stmt, 1, linli_row_get_id (row));
  for (guint i = 0; columns[i] != NULL; i++)
    linli_row_bind_column (row, (guint) linli_table_find_column (table, columns[i]), stmt, (int) i + 2);
  if (!linli_stmt_step (stmt, &more, error))
    return NULL;
  while (more)
    {
      g_ptr_array_add (ids, linli_stmt_dup_text (stmt, 0));
      if (!linli_stmt_step (stmt, &more, error))
        return NULL;
    }

  return g_steal_pointer (&ids);
}

static gboolean
evict_rivals (LinliTx  *tx,
              LinliRow *row,
              GError  **error)
{
  const LinliTable *table = linli_row_get_table (row);

  for (const LinliIndex *index = table->indexes; index != NULL && index->name != NULL; index++)
    {
      g_autoptr(GPtrArray) rivals = NULL;
      gboolean covered = FALSE;

      if (!index->unique)
        continue;
      if (!is_covered (tx, row, index, &covered, error))
        return FALSE;
      if (!covered)
        continue;
      rivals = find_rivals (tx, row, index, error);
      if (rivals == NULL)
        return FALSE;
      for (guint i = 0; i < rivals->len; i++)
        if (!linli_tx_delete (tx, table, rivals->pdata[i], error))
          return FALSE;
    }
  return TRUE;
}

/**
 * linli_overlay_put:
 * @tx: with the overlay lifted
 * @row: as the hub has it
 * @error: %LINLI_STORE_ERROR
 *
 * Writes a row of the hub. The feed brings each row once, at its newest, so a
 * number or code can have gone from one row to another before the news of the
 * first is here: a row that stands in the way is out of date, goes, and comes
 * again with the news of itself.
 *
 * On the engine of a desk, where a statement that fails leaves nothing behind.
 */
gboolean
linli_overlay_put (LinliTx  *tx,
                   LinliRow *row,
                   GError  **error)
{
  g_autoptr(GError) failure = NULL;

  if (linli_tx_put (tx, row, &failure))
    return TRUE;
  if (!g_error_matches (failure, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return evict_rivals (tx, row, error) && linli_tx_put (tx, row, error);
}

/* The hub has no such row, or no longer. */
gboolean
linli_overlay_remove (LinliTx          *tx,
                      const LinliTable *table,
                      const char       *id,
                      GError          **error)
{
  g_autoptr(LinliRow) row = NULL;

  return linli_tx_find (tx, table, id, &row, error) &&
         (row == NULL || linli_tx_delete (tx, table, id, error));
}

static gboolean
put_back (LinliTx  *tx,
          LinliRow *shadow,
          GError  **error)
{
  const LinliTable *table = linli_registry_find_table (linli_row_get_text (shadow, LINLI_SHADOW_KIND));
  const char *body = linli_row_get_text (shadow, LINLI_SHADOW_BODY);
  g_autoptr(LinliRow) row = NULL;

  if (table == NULL)
    return TRUE;
  if (body == NULL)
    return linli_overlay_remove (tx, table, linli_row_get_text (shadow, LINLI_SHADOW_ROW_ID), error);
  row = linli_row_from_text (table, body, error);
  return row != NULL && linli_overlay_put (tx, row, error);
}

/**
 * linli_overlay_lift:
 * @error: %LINLI_STORE_ERROR
 *
 * Takes the pending operations off: the tables are as the hub last sent them.
 * linli_overlay_replay() puts them on again, in the same transaction.
 */
gboolean
linli_overlay_lift (LinliTx *tx,
                    GError **error)
{
  /* Rows that only exist here go first: they may stand in the way of others. */
  g_autoptr(GPtrArray) shadows = linli_tx_select (tx, &linli_table_shadow, error,
                                                  "1 = 1 ORDER BY body IS NOT NULL, pk", "");

  if (shadows == NULL)
    return FALSE;
  for (guint i = 0; i < shadows->len; i++)
    if (!put_back (tx, shadows->pdata[i], error))
      return FALSE;
  return linli_conn_run (linli_tx_get_conn (tx), error, "DELETE FROM shadow", "");
}
