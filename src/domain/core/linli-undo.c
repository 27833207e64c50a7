/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Undo from the audit trail: every entry says what its rows were before and
 * after. Rows go back only if they still are as the operation left them;
 * otherwise somebody's later work would be lost, and the undo is refused. */

#include "config.h"

#include "linli-undo.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-rights.h"

/* Timelines are kept: what was said stays said, and the undo adds its own entry. */
static gboolean
keeps_rows (const LinliTable *table)
{
  return g_str_equal (table->name, "entry");
}

/* Counters of changes move on with every edit, the undo being one; they are
 * not the change. */
static gboolean
is_bookkeeping (const char *column)
{
  return g_str_equal (column, "revision") || g_str_equal (column, "touched_at");
}

static gboolean
apply_side (LinliRow   *row,
            JsonObject *side,
            gboolean    whole,
            GError    **error)
{
  g_autoptr(GList) members = json_object_get_members (side);

  for (GList *l = members; l != NULL; l = l->next)
    {
      int column = linli_table_find_column (linli_row_get_table (row), l->data);

      if (column > 0 && (whole || !is_bookkeeping (l->data)) &&
          !linli_row_set_json (row, (guint) column, json_object_get_member (side, l->data), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
refuse_changed (GError **error)
{
  linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "changed-since", NULL,
                N_("This cannot be undone any more: it was changed again afterwards."));
  return FALSE;
}

/* @made: whether the operation made the row, so that what it did not fill in
 * it left empty */
static gboolean
stands_as_left (LinliRow   *row,
                JsonObject *after,
                gboolean    made,
                GError    **error)
{
  const LinliTable *table = linli_row_get_table (row);
  g_autoptr(LinliRow) left = made ? linli_row_new (table) : linli_row_copy (row);

  if (!apply_side (left, after, TRUE, error))
    return FALSE;
  for (guint i = 1; table->columns[i].name != NULL; i++)
    if (!is_bookkeeping (table->columns[i].name) && !linli_row_equal_column (row, left, i))
      return refuse_changed (error);
  return TRUE;
}

static gboolean
restore_removed (LinliTx          *tx,
                 const LinliTable *table,
                 const char       *id,
                 JsonObject       *before,
                 GError          **error)
{
  g_autoptr(LinliRow) row = linli_row_new (table);

  linli_row_set_text (row, 0, id);
  return apply_side (row, before, TRUE, error) && linli_tx_insert (tx, row, error);
}

/* What took the place of a row since, such as the next request of a case that
 * has one open at a time, keeps it. */
static gboolean
refuse_replaced (GError  *fault,
                 GError **error)
{
  if (!g_error_matches (fault, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT))
    {
      g_propagate_error (error, fault);
      return FALSE;
    }
  g_error_free (fault);
  return refuse_changed (error);
}

static gboolean
undo_change (LinliTx    *tx,
             JsonObject *change,
             GError    **error)
{
  const LinliTable *table = linli_registry_find_table (linli_json_get_text (change, "t"));
  const char *id = linli_json_get_text (change, "id");
  JsonObject *before = linli_json_get_object (change, "b");
  JsonObject *after = linli_json_get_object (change, "a");
  g_autoptr(LinliRow) row = NULL;

  if (table == NULL || id == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_UNKNOWN_KIND, "unknown-table", NULL, N_("This cannot be undone."));
      return FALSE;
    }

  if (keeps_rows (table))
    return TRUE;
  if (after == NULL)
    return restore_removed (tx, table, id, before, error);

  if (!linli_tx_find (tx, table, id, &row, error))
    return FALSE;
  if (row == NULL)
    return refuse_changed (error);
  if (!stands_as_left (row, after, before == NULL, error))
    return FALSE;
  if (before == NULL)
    return linli_tx_delete (tx, table, id, error);

  return apply_side (row, before, FALSE, error) && linli_tx_update (tx, row, error);
}

static JsonArray *
find_changes (LinliCommandContext *context,
              const char          *operation,
              LinliRow           **entry,
              GError             **error)
{
  const LinliCommand *command;
  g_autoptr(JsonNode) node = NULL;

  *entry = linli_command_get (context, &linli_table_audit, operation, "operation", error);
  if (*entry == NULL)
    return NULL;
  command = linli_registry_find_command (linli_row_get_text (*entry, LINLI_AUDIT_KIND));
  if (command == NULL || !(command->flags & LINLI_COMMAND_UNDOABLE))
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "not-undoable", "operation",
                    N_("This cannot be undone."));
      return NULL;
    }
  if (!linli_rights_check (command, context->roles, context->rights, error))
    return NULL;
  node = linli_json_parse (linli_row_get_text (*entry, LINLI_AUDIT_CHANGES), -1, error);

  return node != NULL ? json_node_dup_array (node) : NULL;
}

static gboolean
is_pointed_at (LinliConn        *conn,
               const LinliTable *from,
               const LinliTable *to,
               const char       *ids,
               gboolean         *found,
               GError          **error)
{
  gint64 n = 0;

  for (const LinliColumn *column = from->columns; column->name != NULL && n == 0; column++)
    {
      g_autofree char *sql = NULL;

      if (g_strcmp0 (column->references, to->name) != 0)
        continue;
      sql = g_strdup_printf ("SELECT 1 FROM %s WHERE %s IN (%s) LIMIT 1", from->name, column->name, ids);
      if (!linli_conn_get_int (conn, &n, error, sql, ""))
        return FALSE;
    }
  *found = n != 0;
  return TRUE;
}

/* A room looks after what points from its own rows to its own; what others
 * have come to point at since must not go. */
static gboolean
check_pointers (LinliTx          *tx,
                const LinliRoom  *own,
                const LinliTable *table,
                const char       *ids,
                GError          **error)
{
  const LinliRoom *const *rooms = linli_rooms ();

  for (guint r = 0; rooms[r] != NULL; r++)
    for (guint t = 0; rooms[r] != own && rooms[r]->tables[t] != NULL; t++)
      {
        gboolean found = FALSE;

        if (!is_pointed_at (linli_tx_get_conn (tx), rooms[r]->tables[t], table, ids, &found, error))
          return FALSE;
        if (found)
          {
            linli_refuse (error, LINLI_DOMAIN_ERROR_CONFLICT, "in-use", NULL,
                          N_("This cannot be undone any more: it is in use by now."));
            return FALSE;
          }
      }
  return TRUE;
}

/* Returns: (transfer full) (nullable): ids of the rows of @table that the undo
 * removed, as a list in SQL */
static char *
removed_ids (LinliTx          *tx,
             const LinliTable *table)
{
  GPtrArray *changes = linli_tx_get_changes (tx);
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < changes->len; i++)
    {
      LinliChange *change = changes->pdata[i];

      if (change->table == table && change->after == NULL && change->before != NULL)
        g_string_append_printf (ids, "%s'%s'", ids->len > 0 ? ", " : "", linli_row_get_id (change->before));
    }
  return ids->len > 0 ? g_string_free (g_steal_pointer (&ids), FALSE) : NULL;
}

static gboolean
check_removed (LinliTx *tx,
               GError **error)
{
  const LinliRoom *const *rooms = linli_rooms ();

  for (guint r = 0; rooms[r] != NULL; r++)
    for (guint t = 0; rooms[r]->tables[t] != NULL; t++)
      {
        g_autofree char *ids = removed_ids (tx, rooms[r]->tables[t]);

        if (ids != NULL && !check_pointers (tx, rooms[r], rooms[r]->tables[t], ids, error))
          return FALSE;
      }
  return TRUE;
}

/* Lets every room say so where its people look. */
static gboolean
tell_rooms (LinliCommandContext *context,
            LinliRow            *entry,
            JsonArray           *changes,
            GError             **error)
{
  const LinliRoom *const *rooms = linli_rooms ();

  for (guint i = 0; rooms[i] != NULL; i++)
    if (rooms[i]->undone != NULL && !rooms[i]->undone (context, entry, changes, error))
      return FALSE;
  return TRUE;
}

/**
 * linli_undo_run:
 *
 * The command core.undo; see linli_execute() for how commands are run. Tells
 * `undone`, the name of the command that was taken back.
 */
gboolean
linli_undo_run (LinliCommandContext *context,
                JsonObject          *args,
                GError             **error)
{
  g_autoptr(LinliRow) entry = NULL;
  g_autoptr(JsonArray) changes = find_changes (context, linli_json_get_text (args, "operation"), &entry, error);
  GError *fault = NULL;

  if (changes == NULL)
    return FALSE;
  for (guint i = json_array_get_length (changes); i > 0; i--)
    if (!undo_change (context->tx, json_array_get_object_element (changes, i - 1), &fault))
      return refuse_replaced (fault, error);
  if (!check_removed (context->tx, error))
    return FALSE;
  linli_command_tell (context, "undone", linli_row_get_text (entry, LINLI_AUDIT_KIND));

  return tell_rooms (context, entry, changes, error);
}
