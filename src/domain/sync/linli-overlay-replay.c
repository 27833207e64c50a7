/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Putting the pending operations on again. A queued one is run as a command.
 * A decided one will never be anything but what the hub made of it, whose rows
 * are on their way: until each is here, the row keeps what the operation had
 * made of it, and running it once more would count things twice. */

#include "config.h"

#include "linli-overlay.h"

#include "linli-core-tables.h"
#include "linli-execute.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-sync-tables.h"

static gboolean
has_arrived (LinliTx          *tx,
             const LinliTable *table,
             const char       *id,
             gint64            rev,
             gboolean         *arrived,
             GError          **error)
{
  g_autofree char *key = linli_overlay_key (table, id);
  g_autoptr(LinliRow) row = NULL;

  if (!linli_tx_find (tx, &linli_table_arrived, key, &row, error))
    return FALSE;
  *arrived = row != NULL && linli_row_get_int (row, LINLI_ARRIVED_REV) >= rev;
  return TRUE;
}

static gboolean
is_named (JsonArray  *conflicts,
          const char *field)
{
  for (guint i = 0; conflicts != NULL && i < json_array_get_length (conflicts); i++)
    if (g_strcmp0 (linli_json_get_text (json_array_get_object_element (conflicts, i), "field"), field) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
set_columns (LinliRow   *row,
             JsonObject *side,
             JsonArray  *conflicts,
             GError    **error)
{
  const LinliTable *table = linli_row_get_table (row);

  for (guint i = 1; table->columns[i].name != NULL; i++)
    {
      JsonNode *value = json_object_get_member (side, table->columns[i].name);

      if (value != NULL && !is_named (conflicts, table->columns[i].name) &&
          !linli_row_set_json (row, i, value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
patch_row (LinliTx    *tx,
           JsonObject *change,
           gint64      from_rev,
           JsonArray  *conflicts,
           GError    **error)
{
  const LinliTable *table = linli_registry_find_table (linli_json_get_text (change, "t"));
  const char *id = linli_json_get_text (change, "id");
  JsonObject *after = linli_json_get_object (change, "a");
  gboolean made = linli_json_get_object (change, "b") == NULL;
  g_autoptr(LinliRow) row = NULL;
  gboolean arrived = FALSE;

  if (table == NULL || id == NULL)
    return TRUE;
  if (!has_arrived (tx, table, id, from_rev, &arrived, error) || !linli_tx_find (tx, table, id, &row, error))
    return FALSE;
  if (arrived || (row == NULL) != made)
    return TRUE;
  if (after == NULL)
    return linli_tx_delete (tx, table, id, error);
  if (made)
    {
      row = linli_row_new (table);
      linli_row_set_text (row, 0, id);
    }
  return set_columns (row, after, conflicts, error) && linli_tx_put (tx, row, error);
}

static gboolean
patch (LinliTx   *tx,
       LinliRow  *line,
       JsonArray *changes,
       GError   **error)
{
  const char *id = linli_row_get_text (line, LINLI_OUTBOX_ID);
  g_autoptr(LinliRow) parked = NULL;
  g_autoptr(JsonNode) theirs = NULL;
  JsonArray *conflicts = NULL;

  if (!linli_tx_find (tx, &linli_table_parked, id, &parked, error))
    return FALSE;
  if (parked != NULL && linli_row_get_text (parked, LINLI_PARKED_THEIRS) != NULL)
    {
      theirs = linli_json_parse (linli_row_get_text (parked, LINLI_PARKED_THEIRS), -1, error);
      if (theirs == NULL)
        return FALSE;
      conflicts = JSON_NODE_HOLDS_ARRAY (theirs) ? json_node_get_array (theirs) : NULL;
    }
  for (guint i = 0; i < json_array_get_length (changes); i++)
    if (!patch_row (tx, json_array_get_object_element (changes, i),
                    linli_row_get_int (line, LINLI_OUTBOX_FROM_REV), conflicts, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_again (LinliTx  *tx,
           LinliRow *entry,
           GError  **error)
{
  g_autoptr(LinliOperation) operation = linli_operation_parse (linli_row_get_text (entry, LINLI_AUDIT_BODY), -1, error);
  g_autoptr(LinliOutcome) outcome = NULL;

  if (operation == NULL)
    return FALSE;
  g_free (operation->device);
  operation->device = g_strdup (linli_row_get_text (entry, LINLI_AUDIT_DEVICE));
  outcome = linli_execute_in (tx, operation, LINLI_EXECUTE_AGAIN, error);
  return outcome != NULL;
}

/* An import tells only how many rows it changed, not which. */
static gboolean
spells_out (JsonNode *changes)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (changes) ? json_node_get_array (changes) : NULL;

  return array != NULL &&
         (json_array_get_length (array) == 0 ||
          linli_json_get_text (json_array_get_object_element (array, 0), "id") != NULL);
}

static gboolean
put_on (LinliTx  *tx,
        LinliRow *line,
        LinliRow *entry,
        GError  **error)
{
  g_autoptr(JsonNode) changes = NULL;

  if (g_str_equal (linli_row_get_text (line, LINLI_OUTBOX_STATE), "queued"))
    return run_again (tx, entry, error) && linli_overlay_keep (tx, error);
  changes = linli_json_parse (linli_row_get_text (entry, LINLI_AUDIT_CHANGES), -1, error);
  if (changes == NULL)
    return FALSE;
  return (spells_out (changes) ? patch (tx, line, json_node_get_array (changes), error) : run_again (tx, entry, error)) &&
         linli_overlay_keep (tx, error);
}

/* A refusal belongs to the operation, anything else to the machine. */
static const char *
refusal (const GError *error)
{
  if (error->domain == LINLI_DOMAIN_ERROR)
    return linli_domain_error_get_reason (error);
  if (error->domain == LINLI_JSON_ERROR)
    return "invalid";
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT))
    return "constraint";
  if (g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_NOT_FOUND))
    return "gone";
  return NULL;
}

static gboolean
note_held (LinliTx    *tx,
           LinliRow   *line,
           const char *reason,
           GError    **error)
{
  if (g_strcmp0 (reason, linli_row_get_text (line, LINLI_OUTBOX_HELD)) == 0)
    return TRUE;
  linli_row_set_text (line, LINLI_OUTBOX_HELD, reason);
  return linli_tx_update (tx, line, error);
}

static gboolean
replay_one (LinliTx  *tx,
            LinliRow *line,
            GError  **error)
{
  g_autoptr(LinliRow) entry = linli_tx_get (tx, &linli_table_audit, linli_row_get_text (line, LINLI_OUTBOX_ID), error);
  g_autoptr(GError) failure = NULL;
  gboolean done;

  if (entry == NULL || !linli_tx_push (tx, error))
    return FALSE;
  done = put_on (tx, line, entry, &failure);
  if (!linli_tx_pop (tx, done, error))
    return FALSE;
  if (!done && refusal (failure) == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return note_held (tx, line, done ? NULL : refusal (failure), error);
}

/**
 * linli_overlay_replay:
 * @tx: with the overlay lifted and the news in
 * @error: %LINLI_STORE_ERROR
 *
 * Puts every operation that is decided or queued on top again, in order. One
 * that does not apply to the rows as they are now is held: it changes nothing
 * here, says why, and goes to the hub all the same, which may know better.
 */
gboolean
linli_overlay_replay (LinliTx *tx,
                      GError **error)
{
  static const char *const states[] = { "state = 'decided' ORDER BY pk", "state = 'queued' ORDER BY pk" };

  for (guint s = 0; s < G_N_ELEMENTS (states); s++)
    {
      g_autoptr(GPtrArray) lines = linli_tx_select (tx, &linli_table_outbox, error, states[s], "");

      if (lines == NULL)
        return FALSE;
      for (guint i = 0; i < lines->len; i++)
        if (!replay_one (tx, lines->pdata[i], error))
          return FALSE;
    }
  return TRUE;
}
