/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several commands under one name. A macro knows nothing that its commands do
 * not know: each is judged by its own rules when the macro is run. */

#include "config.h"

#include "linli-macro.h"

#include <glib/gi18n.h>

#include "linli-bulk-args.h"
#include "linli-case-tables.h"
#include "linli-inbox-commands.h"
#include "linli-inbox-share.h"
#include "linli-inbox-tables.h"
#include "linli-json.h"
#include "linli-pinyin.h"
#include "linli-registry.h"
#include "linli-rows-query.h"
#include "linli-tx.h"

#define MAX_STEPS 12

static void
step_free (LinliMacroStep *self)
{
  json_object_unref (self->args);
  g_free (self);
}

static gboolean
read_step (JsonObject      *object,
           LinliMacroStep **step,
           GError         **error)
{
  const char *name = linli_json_get_text (object, "command");
  const LinliCommand *command = name != NULL ? linli_registry_find_command (name) : NULL;
  JsonObject *args = linli_json_get_object (object, "args");

  if (command == NULL || !linli_bulk_is_possible (command))
    {
      linli_refuse_invalid (error, "steps", N_("A step of a macro is something done to a case."));
      return FALSE;
    }
  *step = g_new0 (LinliMacroStep, 1);
  (*step)->command = command;
  (*step)->args = args != NULL ? json_object_ref (args) : json_object_new ();
  return TRUE;
}

static GPtrArray *
read_steps (JsonArray *array,
            GError   **error)
{
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  guint n = array != NULL ? json_array_get_length (array) : 0;

  if (n == 0 || n > MAX_STEPS)
    {
      linli_refuse_invalid (error, "steps", N_("A macro has one to twelve steps."));
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      LinliMacroStep *step = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          linli_refuse_invalid (error, "steps", N_("A step of a macro is something done to a case."));
          return NULL;
        }
      if (!read_step (json_node_get_object (node), &step, error))
        return NULL;
      g_ptr_array_add (steps, step);
    }
  return g_steal_pointer (&steps);
}

/* Returns: (transfer full) (element-type LinliMacroStep): one step, a command
 * with the arguments that all cases share */
GPtrArray *
linli_macro_single (const LinliCommand *command,
                    JsonObject         *args)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  LinliMacroStep *step = g_new0 (LinliMacroStep, 1);

  step->command = command;
  step->args = json_object_ref (args);
  g_ptr_array_add (steps, step);

  return steps;
}

/**
 * linli_macro_parse:
 * @steps: as the store keeps them
 * @error: %LINLI_JSON_ERROR, or %LINLI_DOMAIN_ERROR_INVALID
 *
 * Returns: (transfer full) (element-type LinliMacroStep)
 */
GPtrArray *
linli_macro_parse (const char *steps,
                   GError    **error)
{
  g_autoptr(JsonNode) node = linli_json_parse (steps, -1, error);

  if (node == NULL)
    return NULL;
  return read_steps (JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL, error);
}

/**
 * linli_macro_overrides:
 *
 * Returns: (transfer container): names of the columns that somebody filled in
 *   with something else and that the steps would change; NULL-terminated
 */
const char **
linli_macro_overrides (GPtrArray *steps,
                       LinliRow  *case_row)
{
  static const struct { const char *arg; guint column; const char *plain; } fields[] = {
    { "item", LINLI_CASE_ITEM_CODE, NULL }, { "owner", LINLI_CASE_OWNER_ID, NULL },
    { "urgency", LINLI_CASE_URGENCY, "normal" }, { "lane", LINLI_CASE_LANE, NULL },
    { "nature", LINLI_CASE_NATURE, NULL }, { "place", LINLI_CASE_PLACE, NULL }, { "title", LINLI_CASE_TITLE, NULL },
  };
  GPtrArray *names = g_ptr_array_new ();

  for (guint s = 0; s < steps->len; s++)
    for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
      {
        const char *wanted = linli_json_get_text (((LinliMacroStep *) steps->pdata[s])->args, fields[f].arg);
        const char *present = linli_row_get_text (case_row, fields[f].column);

        if (wanted != NULL && present != NULL && g_strcmp0 (present, fields[f].plain) != 0 &&
            !g_str_equal (wanted, present))
          g_ptr_array_add (names, (gpointer) fields[f].arg);
      }
  g_ptr_array_add (names, NULL);

  return (const char **) g_ptr_array_free (names, FALSE);
}

/* Returns: (transfer full) (element-type LinliRow): the macros that @actor may
 * use, everybody's first */
GPtrArray *
linli_macro_find (LinliConn  *conn,
                  const char *actor,
                  GError    **error)
{
  return linli_conn_select (conn, &linli_table_macro, error,
                            "active = 1 AND (owner_id IS NULL OR owner_id = ?1) ORDER BY owner_id IS NOT NULL, pk", "s",
                            actor != NULL ? actor : "");
}

/* @macro: (out) (transfer full) (nullable): the macro of that name */
gboolean
linli_macro_find_named (LinliConn  *conn,
                        const char *name,
                        const char *actor,
                        LinliRow  **macro,
                        GError    **error)
{
  g_autoptr(GPtrArray) rows = linli_macro_find (conn, actor, error);

  *macro = NULL;
  for (guint i = 0; rows != NULL && *macro == NULL && i < rows->len; i++)
    if (g_strcmp0 (linli_row_get_text (rows->pdata[i], LINLI_MACRO_NAME), name) == 0)
      *macro = linli_row_ref (rows->pdata[i]);
  return rows != NULL;
}

const LinliArgSpec linli_macro_save_args[] = {
  { "id", LINLI_ARG_ID, .doc = "of a known macro; a new one when absent" },
  { "name", LINLI_ARG_TEXT, TRUE, 60 },
  { "steps", LINLI_ARG_OBJECTS, TRUE, MAX_STEPS, .doc = "command, and args without the case" },
  { "shared", LINLI_ARG_BOOL, .doc = "for everybody" },
  { NULL }
};

gboolean
linli_macro_save_run (LinliCommandContext *context,
                      JsonObject          *args,
                      GError             **error)
{
  const char *id = linli_json_get_text (args, "id");
  JsonArray *array = linli_json_get_array (args, "steps");
  g_autofree char *name = g_strstrip (g_strdup (linli_json_get_text (args, "name")));
  g_autofree char *pinyin = linli_pinyin_initials (name);
  g_autoptr(GPtrArray) steps = read_steps (array, error);
  g_autoptr(LinliRow) row = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (steps == NULL)
    return FALSE;
  if (*name == '\0')
    return linli_refuse_invalid (error, "name", N_("This must be filled in."));
  row = linli_share_open (context, &linli_table_macro, id, LINLI_MACRO_OWNER_ID, error);
  if (row == NULL || !linli_share_set (context, row, LINLI_MACRO_OWNER_ID, id == NULL, args, error))
    return FALSE;

  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  text = json_to_string (node, FALSE);
  linli_row_set_text (row, LINLI_MACRO_NAME, name);
  linli_row_set_text (row, LINLI_MACRO_PINYIN, pinyin);
  linli_row_set_text (row, LINLI_MACRO_STEPS, text);
  linli_row_set_int (row, LINLI_MACRO_ACTIVE, TRUE);
  linli_command_tell (context, "macro", linli_row_get_id (row));

  return id != NULL ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

const LinliArgSpec linli_macro_remove_args[] = {
  { "id", LINLI_ARG_ID, TRUE },
  { NULL }
};

gboolean
linli_macro_remove_run (LinliCommandContext *context,
                        JsonObject          *args,
                        GError             **error)
{
  g_autoptr(LinliRow) row = linli_share_open (context, &linli_table_macro, linli_json_get_text (args, "id"),
                                              LINLI_MACRO_OWNER_ID, error);

  if (row == NULL)
    return FALSE;
  linli_row_set_int (row, LINLI_MACRO_ACTIVE, FALSE);
  return linli_tx_update (context->tx, row, error);
}

const LinliArgSpec linli_macro_list_args[] = { { NULL } };

JsonNode *
linli_macro_list_query (LinliConn               *conn,
                        const LinliQueryContext *context,
                        JsonObject              *args,
                        GError                 **error)
{
  g_autoptr(GPtrArray) rows = linli_macro_find (conn, context->actor, error);

  return rows != NULL ? linli_rows_to_node (rows, error) : NULL;
}
