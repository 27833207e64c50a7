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
  { "for", LINLI_ARG_TEXT, .choices = linli_share_choices, .doc = "whose it is; one's own when absent" },
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

void
linli_macro_plan_free (LinliMacroPlan *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->steps);
  g_strfreev (self->overrides);
  g_free (self);
}

/**
 * linli_macro_plan_load:
 * @macro: its id
 * @pk: local key of the only case; 0 for several
 * @error: %LINLI_DOMAIN_ERROR_NOT_FOUND when it is kept no longer
 *
 * Returns: (transfer full)
 */
LinliMacroPlan *
linli_macro_plan_load (LinliConn  *conn,
                       const char *macro,
                       gint64      pk,
                       GError    **error)
{
  g_autoptr(GPtrArray) macros = linli_conn_select (conn, &linli_table_macro, error, "id = ?1 AND active = 1", "s", macro);
  g_autoptr(GPtrArray) cases = macros != NULL ? linli_conn_select (conn, &linli_table_case, error, "pk = ?1", "i", pk) : NULL;
  g_autoptr(GPtrArray) steps = NULL;
  g_autofree const char **names = NULL;
  LinliMacroPlan *self;

  if (cases == NULL)
    return NULL;
  if (macros->len == 0)
    {
      linli_refuse (error, LINLI_DOMAIN_ERROR_NOT_FOUND, "not-found", "macro", N_("This macro is not kept any more."));
      return NULL;
    }
  steps = linli_macro_parse (linli_row_get_text (macros->pdata[0], LINLI_MACRO_STEPS), error);
  if (steps == NULL)
    return NULL;
  if (cases->len > 0)
    names = linli_macro_overrides (steps, cases->pdata[0]);
  self = g_new0 (LinliMacroPlan, 1);
  self->name = g_strdup (linli_row_get_text (macros->pdata[0], LINLI_MACRO_NAME));
  self->steps = g_strdup (linli_row_get_text (macros->pdata[0], LINLI_MACRO_STEPS));
  self->overrides = g_strdupv ((char **) names);

  return self;
}

/* --- From what was done --- */

#define READ_BACK 500 /* operations */

static gboolean
is_about (LinliConn  *conn,
          JsonObject *args,
          const char *case_id,
          gboolean   *about,
          GError    **error)
{
  const char *part = linli_json_get_text (args, "dispatch");
  gint64 n = 0;

  *about = g_strcmp0 (linli_json_get_text (args, "case"), case_id) == 0;
  if (*about || part == NULL)
    return TRUE;
  if (!linli_conn_get_int (conn, &n, error, "SELECT count(*) FROM dispatch WHERE id = ?1 AND case_id = ?2", "ss", part,
                           case_id))
    return FALSE;
  *about = n > 0;
  return TRUE;
}

static void
copy_argument (JsonObject *object,
               const char *name,
               JsonNode   *value,
               gpointer    copy)
{
  static const char *const own[] = { "case", "dispatch", "revision", "draft", NULL };

  if (!g_strv_contains (own, name))
    json_object_set_member (copy, name, json_node_copy (value));
}

/* What was written about one case by its number and its resident's name fits
 * the next one by their variables. */
static void
generalise (JsonObject *args,
            const char *number,
            const char *resident)
{
  static const char *const texts[] = { "instruction", "result", "reply", "reason", "note", "body", "explanation" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GString) text = g_string_new (linli_json_get_text (args, texts[i]));

      if (text->len == 0)
        continue;
      if (number != NULL && *number != '\0')
        g_string_replace (text, number, "{case_no}", 0);
      if (resident != NULL && g_utf8_strlen (resident, -1) > 1)
        g_string_replace (text, resident, "{appellant}", 0);
      json_object_set_string_member (args, texts[i], text->str);
    }
}

static JsonObject *
step_of (const char *kind,
         JsonObject *args,
         LinliRow   *case_row)
{
  JsonObject *step = json_object_new ();
  JsonObject *shared = json_object_new ();

  json_object_foreach_member (args, copy_argument, shared);
  generalise (shared, linli_row_get_text (case_row, LINLI_CASE_CASE_NO),
              linli_row_get_text (case_row, LINLI_CASE_APPELLANT_NAME));
  json_object_set_string_member (step, "command", kind);
  json_object_set_object_member (step, "args", shared);
  return step;
}

static gboolean
read_back (LinliConn  *conn,
           LinliStmt  *stmt,
           LinliRow   *case_row,
           GHashTable *undone,
           GPtrArray  *steps,
           GError    **error)
{
  const char *kind = linli_stmt_get_text (stmt, 1);
  const LinliCommand *command = linli_registry_find_command (kind);
  g_autoptr(LinliOperation) operation = linli_operation_parse (linli_stmt_get_text (stmt, 2), -1, error);
  gboolean about = FALSE;

  if (operation == NULL)
    return FALSE;
  if (g_str_equal (kind, "core.undo"))
    g_hash_table_add (undone, g_strdup (linli_json_get_text (operation->args, "operation")));
  if (command == NULL || !linli_bulk_is_possible (command) ||
      g_hash_table_contains (undone, linli_stmt_get_text (stmt, 0)))
    return TRUE;
  if (!is_about (conn, operation->args, linli_row_get_id (case_row), &about, error))
    return FALSE;
  if (about)
    g_ptr_array_add (steps, step_of (kind, operation->args, case_row));
  return TRUE;
}

/**
 * linli_macro_record:
 * @actor: whose doing
 *
 * Returns: (transfer full): what @actor did last to the case and did not take
 *   back, oldest first, as the steps of a macro; possibly none
 */
JsonArray *
linli_macro_record (LinliConn  *conn,
                    const char *case_id,
                    const char *actor,
                    GError    **error)
{
  g_autoptr(GHashTable) undone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr(LinliStmt) stmt = linli_conn_query (conn, error,
                                                "SELECT id, kind, body FROM audit WHERE actor = ?1"
                                                " ORDER BY pk DESC LIMIT ?2", "si", actor, (gint64) READ_BACK);
  g_autoptr(GPtrArray) cases = linli_conn_select (conn, &linli_table_case, error, "id = ?1", "s", case_id);
  JsonArray *array;
  gboolean row = FALSE;

  if (stmt == NULL || cases == NULL || (cases->len > 0 && !linli_stmt_step (stmt, &row, error)))
    return NULL;
  while (row && steps->len < MAX_STEPS)
    if (!read_back (conn, stmt, cases->pdata[0], undone, steps, error) || !linli_stmt_step (stmt, &row, error))
      return NULL;
  array = json_array_new ();
  for (guint i = steps->len; i > 0; i--)
    json_array_add_object_element (array, json_object_ref (steps->pdata[i - 1]));

  return array;
}

/* linli_macro_record() as a row of macro keeps it. */
char *
linli_macro_record_text (LinliConn  *conn,
                         const char *case_id,
                         const char *actor,
                         GError    **error)
{
  JsonArray *steps = linli_macro_record (conn, case_id, actor, error);
  g_autoptr(JsonNode) node = NULL;

  if (steps == NULL)
    return NULL;
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, steps);
  return json_to_string (node, FALSE);
}

const LinliArgSpec linli_macro_record_args[] = {
  { "case", LINLI_ARG_ID, TRUE },
  { NULL }
};

JsonNode *
linli_macro_record_query (LinliConn               *conn,
                          const LinliQueryContext *context,
                          JsonObject              *args,
                          GError                 **error)
{
  JsonArray *steps = linli_macro_record (conn, linli_json_get_text (args, "case"), context->actor, error);
  JsonNode *node;

  if (steps == NULL)
    return NULL;
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, steps);
  return node;
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
