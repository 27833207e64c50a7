/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom matters are sent to, and who brings them. */

#include "config.h"

#include "linli-people-room.h"

#include <glib/gi18n.h>

#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-pinyin.h"
#include "linli-rows-query.h"
#include "linli-unit-close.h"
#include "linli-unit-search.h"

static const LinliTable *const tables[] = {
  &linli_table_unit,
  &linli_table_appellant,
  NULL
};

#define BATCH 500 /* rows of one import command */

static gboolean
find_by_code (LinliTx          *tx,
              const LinliTable *table,
              const char       *column,
              const char       *code,
              LinliRow        **row,
              GError          **error)
{
  g_autofree char *condition = g_strconcat (column, " = ?1 ORDER BY id LIMIT 1", NULL);
  g_autoptr(GPtrArray) rows = linli_tx_select (tx, table, error, condition, "s", code);

  *row = NULL;
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    *row = linli_row_ref (rows->pdata[0]);
  return TRUE;
}

static gboolean
store_row (LinliCommandContext *context,
           LinliRow            *row,
           gboolean             known,
           GError             **error)
{
  return known ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

static char *
unit_initials (const char *name,
               const char *short_name)
{
  g_autofree char *full = linli_pinyin_initials (name);
  g_autofree char *brief = short_name != NULL ? linli_pinyin_initials (short_name) : NULL;

  return g_strjoin (" ", full, brief, NULL);
}

/* A member that is absent leaves a known unit's value as it was; an empty one takes it away. */
static void
take_text (LinliRow   *row,
           guint       column,
           JsonObject *from,
           const char *member)
{
  const char *text = linli_json_get_text (from, member);

  if (json_object_has_member (from, member))
    linli_row_set_text (row, column, text != NULL && *text != '\0' ? text : NULL);
}

static gboolean
take_parent (LinliRow   *row,
             LinliRow   *parent,
             JsonObject *from,
             GError    **error)
{
  const char *code = linli_json_get_text (from, "parent");

  if (parent != NULL && g_strcmp0 (linli_row_get_id (parent), linli_row_get_id (row)) == 0)
    return linli_refuse_invalid (error, "parent", N_("A unit does not stand above itself."));
  if (parent != NULL)
    linli_row_set_text (row, LINLI_UNIT_PARENT_ID, linli_row_get_id (parent));
  else if (json_object_has_member (from, "parent") && (code == NULL || *code == '\0'))
    linli_row_set_null (row, LINLI_UNIT_PARENT_ID);
  return TRUE;
}

static gboolean
save_unit (LinliCommandContext *context,
           JsonObject          *unit,
           GError             **error)
{
  const char *code = linli_json_get_text (unit, "code");
  const char *name = linli_json_get_text (unit, "name");
  g_autoptr(LinliRow) known = NULL;
  g_autoptr(LinliRow) parent = NULL;
  g_autoptr(LinliRow) row = NULL;
  g_autofree char *pinyin = NULL;

  if (code == NULL || *code == '\0')
    return linli_refuse_invalid (error, "code", N_("Every unit needs a code."));
  if (name == NULL || *name == '\0')
    return linli_refuse_invalid (error, "name", N_("Every unit needs a name."));
  if (!find_by_code (context->tx, &linli_table_unit, "code", code, &known, error) ||
      !find_by_code (context->tx, &linli_table_unit, "code", linli_json_get_text (unit, "parent"), &parent, error))
    return FALSE;

  row = known != NULL ? linli_row_copy (known) : linli_row_new (&linli_table_unit);
  if (known == NULL)
    {
      g_autofree char *id = linli_command_new_id (context);

      linli_row_set_text (row, LINLI_UNIT_ID, id);
      linli_row_set_text (row, LINLI_UNIT_CODE, code);
      linli_row_set_int (row, LINLI_UNIT_ACTIVE, TRUE);
    }
  linli_row_set_text (row, LINLI_UNIT_NAME, name);
  take_text (row, LINLI_UNIT_SHORT_NAME, unit, "short_name");
  take_text (row, LINLI_UNIT_KIND, unit, "kind");
  take_text (row, LINLI_UNIT_PHONE, unit, "phone");
  take_text (row, LINLI_UNIT_CONTACT, unit, "contact");
  if (!take_parent (row, parent, unit, error))
    return FALSE;
  if (json_object_has_member (unit, "active") &&
      !linli_unit_set_active (context, row, linli_json_get_bool (unit, "active"), NULL, error))
    return FALSE;
  pinyin = unit_initials (name, linli_row_get_text (row, LINLI_UNIT_SHORT_NAME));
  linli_row_set_text (row, LINLI_UNIT_PINYIN, pinyin);
  linli_command_tell (context, "unit", linli_row_get_id (row));

  return store_row (context, row, known != NULL, error);
}

static const LinliArgSpec unit_args[] = {
  { "code", LINLI_ARG_TEXT, TRUE, 60, .doc = "stable; a known code is changed" },
  { "name", LINLI_ARG_TEXT, TRUE, 120 },
  { "short_name", LINLI_ARG_TEXT, FALSE, 60 },
  { "kind", LINLI_ARG_TEXT, FALSE, 40 },
  { "parent", LINLI_ARG_TEXT, FALSE, 60, .doc = "code of the unit above; empty: none" },
  { "phone", LINLI_ARG_TEXT, FALSE, 60 },
  { "active", LINLI_ARG_BOOL, .doc = "absent: as it is; without a reason, see unit.close" },
  { "contact", LINLI_ARG_TEXT, FALSE, 60, .doc = "whom one asks for there" },
  { NULL }
};

static const LinliArgSpec units_args[] = {
  { "units", LINLI_ARG_OBJECTS, TRUE, BATCH, .doc = "as for unit.save" },
  { NULL }
};

static gboolean
import_units (LinliCommandContext *context,
              JsonObject          *args,
              GError             **error)
{
  JsonArray *units = linli_json_get_array (args, "units");

  for (guint i = 0; i < json_array_get_length (units); i++)
    if (!save_unit (context, json_array_get_object_element (units, i), error))
      return FALSE;
  json_object_remove_member (context->result, "unit");
  linli_command_tell_int (context, "n_units", json_array_get_length (units));

  return TRUE;
}

static const LinliCommand commands[] = {
  { "unit.save", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, unit_args, save_unit,
    "Add a handling unit, or change the one with this code.",
    .right = LINLI_RIGHT_LISTS },
  { "unit.import", 1, LINLI_ROLE_ADMIN, LINLI_COMMAND_UNDOABLE, units_args, import_units,
    "Add or change many handling units.",
    .right = LINLI_RIGHT_LISTS },
  { NULL }
};

static const LinliArgSpec pick_args[] = {
  { "typed", LINLI_ARG_TEXT, FALSE, 100, .doc = "name, pinyin initials, code or part of them" },
  { "limit", LINLI_ARG_INT, .doc = "20 when absent" },
  { NULL }
};

static guint
get_limit (JsonObject *args)
{
  gint64 limit = 20;

  linli_json_get_int (args, "limit", &limit);
  return (guint) CLAMP (limit, 1, 100000);
}

static JsonNode *
find_units (LinliConn               *conn,
            const LinliQueryContext *context,
            JsonObject              *args,
            GError                 **error)
{
  g_autoptr(GPtrArray) rows = linli_unit_search (conn, linli_json_get_text (args, "typed"), get_limit (args), error);

  return linli_rows_to_node (rows, error);
}

static JsonNode *
find_appellants (LinliConn               *conn,
                 const LinliQueryContext *context,
                 JsonObject              *args,
                 GError                 **error)
{
  g_autoptr(GPtrArray) rows = linli_appellant_search (conn, linli_json_get_text (args, "typed"), get_limit (args), error);

  return linli_rows_to_node (rows, error);
}

static const LinliQuery queries[] = {
  { "unit.find", pick_args, find_units, "Handling units by name, short name or pinyin initials.", TRUE },
  { "appellant.find", pick_args, find_appellants, "Residents by name, pinyin initials, phone or its tail." },
  { NULL }
};

const LinliRoom linli_people_room = {
  .name = "people",
  .tables = tables,
  .commands = commands,
  .queries = queries,
};
