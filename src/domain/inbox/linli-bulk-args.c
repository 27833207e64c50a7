/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a command asks of each case beside the arguments that all share: the
 * case itself, the part the command is about, the units of its leaf. */

#include "config.h"

#include "linli-bulk-args.h"

#include <glib/gi18n.h>
#include <string.h>

#include "linli-case-rules.h"
#include "linli-case-tables.h"
#include "linli-catalogue-tables.h"
#include "linli-duty-units.h"
#include "linli-json.h"
#include "linli-template.h"

static gboolean
takes (const LinliCommand *command,
       const char         *name)
{
  for (const LinliArgSpec *spec = command->args; spec->name != NULL; spec++)
    if (g_str_equal (spec->name, name))
      return TRUE;
  return FALSE;
}

/* Whether @command is about one case, or one part of one, and so can be done
 * to many. */
gboolean
linli_bulk_is_possible (const LinliCommand *command)
{
  return linli_case_roles (command->name) != 0 && (takes (command, "case") || takes (command, "dispatch"));
}

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode   *value,
             gpointer    copy)
{
  json_object_set_member (copy, name, json_node_copy (value));
}

static gboolean
fill_units (LinliConn  *conn,
            LinliRow   *case_row,
            JsonObject *args,
            GError    **error)
{
  const char *item_id = linli_row_get_text (case_row, LINLI_CASE_ITEM_ID);
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(LinliDutyUnits) units = NULL;
  JsonArray *assist;

  if (item_id == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_INVALID, "no-leaf", "lead",
                    N_("It has no duty item yet, so no unit is named for it."));
      return FALSE;
    }
  items = linli_conn_select (conn, &linli_table_duty_item, error, "id = ?1", "s", item_id);
  units = items != NULL && items->len > 0 ? linli_duty_units_load (conn, items->pdata[0], error) : NULL;
  if (units == NULL)
    return FALSE;
  if (units->lead == NULL)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_INVALID, "no-unit", "lead",
                    N_("The duty list names no unit for its item."));
      return FALSE;
    }
  json_object_set_string_member (args, "lead", linli_row_get_id (units->lead));
  if (units->assist->len == 0)
    return TRUE;
  assist = json_array_new ();
  for (guint i = 0; i < units->assist->len; i++)
    json_array_add_string_element (assist, linli_row_get_id (units->assist->pdata[i]));
  json_object_set_array_member (args, "assist", assist);

  return TRUE;
}

/* Of several parts a handler's own unit's, else the lead's. */
static gboolean
fill_part (LinliConn          *conn,
           const LinliCommand *command,
           LinliRow           *case_row,
           const char         *unit,
           JsonObject         *args,
           GError            **error)
{
  const char *id = linli_row_get_id (case_row);
  LinliCaseState state = LINLI_CASE_STATE_RECEIVED;
  const LinliCaseTransition *rule = NULL;
  g_autoptr(GPtrArray) parts = linli_conn_select (conn, &linli_table_dispatch, error,
                                                  "case_id = ?1 ORDER BY role = 'lead' DESC, pk", "s", id);

  if (parts == NULL)
    return FALSE;
  if (linli_case_state_from_id (linli_row_get_text (case_row, LINLI_CASE_STATE), &state))
    rule = linli_case_find_transition (command->name, NULL, state);
  for (guint i = 0; rule != NULL && i < parts->len; i++)
    {
      LinliRow *part = parts->pdata[i];

      if ((linli_part_state_from_text (linli_row_get_text (part, LINLI_DISPATCH_STATE)) & rule->part) == 0 ||
          (unit != NULL && g_strcmp0 (linli_row_get_text (part, LINLI_DISPATCH_UNIT_ID), unit) != 0))
        continue;
      json_object_set_string_member (args, "dispatch", linli_row_get_id (part));
      return TRUE;
    }
  linli_refuse (error, LINLI_DOMAIN_ERROR_ILLEGAL_TRANSITION, "no-part", "dispatch",
                N_("No unit’s part of it waits for this."));
  return FALSE;
}

/**
 * linli_bulk_args:
 * @shared: (transfer none): arguments of every case
 * @unit: (nullable): id of the unit the actor handles for
 * @error: %LINLI_DOMAIN_ERROR when this case cannot be given what @command needs
 *
 * case.dispatch without a lead goes to the units of the case's leaf; an edit
 * is about the case as it is now.
 *
 * Returns: (transfer full): the arguments of @command for @case_row
 */
JsonObject *
linli_bulk_args (LinliConn          *conn,
                 const LinliCommand *command,
                 JsonObject         *shared,
                 LinliRow           *case_row,
                 const char         *unit,
                 GError            **error)
{
  g_autoptr(JsonObject) args = json_object_new ();

  g_return_val_if_fail (conn != NULL && command != NULL && shared != NULL && case_row != NULL, NULL);

  json_object_foreach_member (shared, copy_member, args);
  if (takes (command, "case"))
    json_object_set_string_member (args, "case", linli_row_get_id (case_row));
  if (takes (command, "revision"))
    json_object_set_int_member (args, "revision", linli_row_get_int (case_row, LINLI_CASE_REVISION));
  if (g_str_equal (command->name, "case.dispatch") && !json_object_has_member (args, "lead") &&
      !fill_units (conn, case_row, args, error))
    return NULL;
  if (takes (command, "dispatch") && !takes (command, "case") &&
      !fill_part (conn, command, case_row, unit, args, error))
    return NULL;

  return g_steal_pointer (&args);
}

/**
 * linli_bulk_fill_texts:
 *
 * Lets the case fill in the variables of the texts among @args, see
 * linli_template_fill(): many residents are each called by name.
 */
gboolean
linli_bulk_fill_texts (LinliConn  *conn,
                       JsonObject *args,
                       const char *case_id,
                       gint64      now,
                       const char *actor,
                       GError    **error)
{
  g_autoptr(GList) members = json_object_get_members (args);

  for (GList *l = members; l != NULL; l = l->next)
    {
      const char *text = linli_json_get_text (args, l->data);
      g_autofree char *filled = NULL;

      if (text == NULL || strchr (text, '{') == NULL)
        continue;
      filled = linli_template_fill (conn, text, case_id, now, actor, error);
      if (filled == NULL)
        return FALSE;
      json_object_set_string_member (args, l->data, filled);
    }
  return TRUE;
}
