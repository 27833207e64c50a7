/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping the list of handling units: which are closed and why, and what depends on them. */

#include "config.h"

#include "linli-units-room.h"

#include <glib/gi18n.h>

#include "linli-core-tables.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-unit-close.h"
#include "linli-unit-list.h"

static const LinliTable *const tables[] = { NULL };

static gboolean
change (LinliCommandContext *context,
        JsonObject          *args,
        gboolean             active,
        GError             **error)
{
  const char *reason = linli_json_get_text (args, "reason");
  g_autoptr(LinliRow) unit = linli_command_get (context, &linli_table_unit, linli_json_get_text (args, "unit"), "unit",
                                                error);
  g_autoptr(LinliRow) row = unit != NULL ? linli_row_copy (unit) : NULL;

  if (row == NULL)
    return FALSE;
  if (active == (linli_row_get_int (row, LINLI_UNIT_ACTIVE) != 0))
    return linli_refuse_invalid (error, "unit", active ? N_("This unit takes cases already.")
                                                       : N_("This unit is closed already."));
  if (!active && (reason == NULL || *reason == '\0'))
    return linli_refuse_invalid (error, "reason", N_("This must be filled in."));

  return linli_unit_set_active (context, row, active, reason, error) && linli_tx_update (context->tx, row, error);
}

static const LinliArgSpec close_args[] = {
  { "unit", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, TRUE, 200 },
  { NULL }
};

static gboolean
close_unit (LinliCommandContext *context,
            JsonObject          *args,
            GError             **error)
{
  return change (context, args, FALSE, error);
}

static const LinliArgSpec unit_args[] = {
  { "unit", LINLI_ARG_ID, TRUE },
  { NULL }
};

static const LinliArgSpec reopen_args[] = {
  { "unit", LINLI_ARG_ID, TRUE },
  { "reason", LINLI_ARG_TEXT, FALSE, 200, .doc = "for the record of what was done" },
  { NULL }
};

static gboolean
reopen_unit (LinliCommandContext *context,
             JsonObject          *args,
             GError             **error)
{
  return change (context, args, TRUE, error);
}

static const LinliCommand commands[] = {
  { "unit.close", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, close_args, close_unit,
    "Nothing is sent to this handling unit any more; refused while it owes a case.",
    .right = LINLI_RIGHT_LISTS },
  { "unit.reopen", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, reopen_args, reopen_unit,
    "A closed handling unit takes cases again.",
    .right = LINLI_RIGHT_LISTS },
  { NULL }
};

static const LinliArgSpec list_args[] = {
  { "typed", LINLI_ARG_TEXT, FALSE, 100, .doc = "name, pinyin initials, code, kind, telephone, contact or parts of them" },
  { NULL }
};

static const LinliQuery queries[] = {
  { "unit.list", list_args, linli_unit_list_query,
    "Every handling unit, closed ones too, with its open and late cases, the duty items it leads, its accounts." },
  { "unit.show", unit_args, linli_unit_show_query,
    "One handling unit with the duty items it leads, the people who work for it and the cases it owes." },
  { NULL }
};

/* Taking back what opened a unit closes it: that it owes nothing is no matter of its row alone. */
static gboolean
undone (LinliCommandContext *context,
        LinliRow            *entry,
        JsonArray           *changes,
        GError             **error)
{
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      JsonObject *before = linli_json_get_object (change, "b");
      const char *unit = linli_json_get_text (change, "id");

      if (g_strcmp0 (linli_json_get_text (change, "t"), linli_table_unit.name) == 0 && before != NULL &&
          json_object_has_member (before, "active") && !linli_json_get_bool (before, "active") &&
          !linli_unit_check_closed (context, unit, error))
        return FALSE;
    }
  return TRUE;
}

const LinliRoom linli_units_room = {
  .name = "units",
  .tables = tables,
  .commands = commands,
  .queries = queries,
  .undone = undone,
};
