/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The record of an action on many cases. The cases' own operations are
 * ordinary ones, each judged and undone by itself; this joins them. */

#include "config.h"

#include "linli-inbox-commands.h"
#include "linli-inbox-tables.h"
#include "linli-json.h"

static const char *const outcomes[] = { "done", "refused", "undone", "kept", NULL };
static const char *const ends[] = { "finished", "stopped", "undone", NULL };

const LinliArgSpec linli_bulk_start_args[] = {
  { "command", LINLI_ARG_TEXT, TRUE, 60 },
  { "args", LINLI_ARG_OBJECT, TRUE, .doc = "arguments that all cases share" },
  { "wanted", LINLI_ARG_INT, TRUE, .doc = "how many cases were chosen" },
  { "query", LINLI_ARG_TEXT, FALSE, 1000, .doc = "the search line that chose them" },
  { NULL }
};

gboolean
linli_bulk_start_run (LinliCommandContext *context,
                      JsonObject          *args,
                      GError             **error)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_bulk);
  g_autofree char *id = linli_command_new_id (context);
  g_autofree char *shared = linli_json_object_to_text (linli_json_get_object (args, "args"));
  gint64 wanted = 0;

  linli_json_get_int (args, "wanted", &wanted);
  linli_row_set_text (row, LINLI_BULK_ID, id);
  linli_row_set_text (row, LINLI_BULK_COMMAND, linli_json_get_text (args, "command"));
  linli_row_set_text (row, LINLI_BULK_ARGS, shared);
  linli_row_set_text (row, LINLI_BULK_ACTOR, context->operation->actor);
  linli_row_set_int (row, LINLI_BULK_AT, linli_command_now (context));
  linli_row_set_text (row, LINLI_BULK_STATE, "running");
  linli_row_set_int (row, LINLI_BULK_N_WANTED, wanted);
  linli_row_set_text (row, LINLI_BULK_QUERY, linli_json_get_text (args, "query"));
  linli_command_tell (context, "bulk", id);

  return linli_tx_insert (context->tx, row, error);
}

const LinliArgSpec linli_bulk_record_args[] = {
  { "bulk", LINLI_ARG_ID, TRUE },
  { "case", LINLI_ARG_ID, TRUE },
  { "state", LINLI_ARG_TEXT, TRUE, .choices = outcomes },
  { "operation", LINLI_ARG_ID, .doc = "what was done to the case" },
  { "reason", LINLI_ARG_TEXT, FALSE, 1000, .doc = "why not" },
  { "entry", LINLI_ARG_ID, .doc = "the case's earlier record, when it is taken back" },
  { NULL }
};

gboolean
linli_bulk_record_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  const char *entry = linli_json_get_text (args, "entry");
  g_autoptr(LinliRow) row = NULL;

  if (entry != NULL)
    row = linli_command_get (context, &linli_table_bulk_case, entry, "entry", error);
  else
    {
      g_autofree char *id = linli_command_new_id (context);

      row = linli_row_new (&linli_table_bulk_case);
      linli_row_set_text (row, LINLI_BULK_CASE_ID, id);
      linli_row_set_text (row, LINLI_BULK_CASE_BULK_ID, linli_json_get_text (args, "bulk"));
      linli_row_set_text (row, LINLI_BULK_CASE_CASE_ID, linli_json_get_text (args, "case"));
      linli_row_set_text (row, LINLI_BULK_CASE_OPERATION_ID, linli_json_get_text (args, "operation"));
    }
  if (row == NULL)
    return FALSE;
  linli_row_set_text (row, LINLI_BULK_CASE_STATE, linli_json_get_text (args, "state"));
  linli_row_set_text (row, LINLI_BULK_CASE_REASON, linli_json_get_text (args, "reason"));

  return entry != NULL ? linli_tx_update (context->tx, row, error) : linli_tx_insert (context->tx, row, error);
}

const LinliArgSpec linli_bulk_finish_args[] = {
  { "bulk", LINLI_ARG_ID, TRUE },
  { "state", LINLI_ARG_TEXT, TRUE, .choices = ends },
  { NULL }
};

gboolean
linli_bulk_finish_run (LinliCommandContext *context,
                       JsonObject          *args,
                       GError             **error)
{
  g_autoptr(LinliRow) row = linli_command_get (context, &linli_table_bulk, linli_json_get_text (args, "bulk"),
                                               "bulk", error);

  if (row == NULL)
    return FALSE;
  linli_row_set_text (row, LINLI_BULK_STATE, linli_json_get_text (args, "state"));
  return linli_tx_update (context->tx, row, error);
}

/* --- What can be asked --- */

/* Rows of a plain SELECT as flat objects under the names of its columns. */
static JsonNode *
rows_to_node (LinliStmt         *stmt,
              const char *const *members,
              GError           **error)
{
  g_autoptr(JsonArray) array = json_array_new ();
  JsonNode *node;
  gboolean row = FALSE;

  if (!linli_stmt_step (stmt, &row, error))
    return NULL;
  while (row)
    {
      JsonObject *object = json_object_new ();

      for (guint i = 0; members[i] != NULL; i++)
        {
          const char *name = members[i] + 1;

          if (members[i][0] == 'i')
            json_object_set_int_member (object, name, linli_stmt_get_int (stmt, (int) i));
          else if (members[i][0] == 't')
            {
              g_autofree char *time = linli_time_to_text (linli_stmt_get_int (stmt, (int) i));

              json_object_set_string_member (object, name, time);
            }
          else if (linli_stmt_get_text (stmt, (int) i) != NULL)
            json_object_set_string_member (object, name, linli_stmt_get_text (stmt, (int) i));
        }
      json_array_add_object_element (array, object);
      if (!linli_stmt_step (stmt, &row, error))
        return NULL;
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_set_array (node, array);
  return node;
}

const LinliArgSpec linli_bulk_list_args[] = {
  { "limit", LINLI_ARG_INT, .doc = "50 when absent" },
  { NULL }
};

JsonNode *
linli_bulk_list_query (LinliConn               *conn,
                       const LinliQueryContext *context,
                       JsonObject              *args,
                       GError                 **error)
{
  static const char *const members[] = { "sid", "scommand", "tat", "sstate", "squery", "iwanted", "idone", "irefused",
                                         "iundone", "ikept", NULL };
  g_autoptr(LinliStmt) stmt = NULL;
  gint64 limit = 50;

  linli_json_get_int (args, "limit", &limit);
  stmt = linli_conn_prepare (conn,
                             "SELECT b.id, b.command, b.at, b.state, b.query, b.n_wanted,"
                             " (SELECT count(*) FROM bulk_case c WHERE c.bulk_id = b.id AND c.state = 'done'),"
                             " (SELECT count(*) FROM bulk_case c WHERE c.bulk_id = b.id AND c.state = 'refused'),"
                             " (SELECT count(*) FROM bulk_case c WHERE c.bulk_id = b.id AND c.state = 'undone'),"
                             " (SELECT count(*) FROM bulk_case c WHERE c.bulk_id = b.id AND c.state = 'kept')"
                             " FROM bulk b ORDER BY b.at DESC, b.pk DESC LIMIT ?1", error);
  if (stmt == NULL)
    return NULL;
  linli_stmt_bind_int (stmt, 1, CLAMP (limit, 1, 1000));

  return rows_to_node (stmt, members, error);
}

const LinliArgSpec linli_bulk_show_args[] = {
  { "bulk", LINLI_ARG_ID, TRUE },
  { "state", LINLI_ARG_TEXT, .choices = outcomes, .doc = "only these" },
  { "limit", LINLI_ARG_INT, .doc = "1000 when absent" },
  { NULL }
};

JsonNode *
linli_bulk_show_query (LinliConn               *conn,
                       const LinliQueryContext *context,
                       JsonObject              *args,
                       GError                 **error)
{
  static const char *const members[] = { "scase", "scase_no", "stitle", "sstate", "soperation", "sreason", NULL };
  const char *state = linli_json_get_text (args, "state");
  g_autoptr(LinliStmt) stmt = NULL;
  gint64 limit = 1000;

  linli_json_get_int (args, "limit", &limit);
  stmt = linli_conn_prepare (conn,
                             "SELECT b.case_id, c.case_no, c.title, b.state, b.operation_id, b.reason"
                             " FROM bulk_case b LEFT JOIN cases c ON c.id = b.case_id"
                             " WHERE b.bulk_id = ?1 AND (?2 = '' OR b.state = ?2) ORDER BY b.pk LIMIT ?3", error);
  if (stmt == NULL)
    return NULL;
  linli_stmt_bind_text (stmt, 1, linli_json_get_text (args, "bulk"));
  linli_stmt_bind_text (stmt, 2, state != NULL ? state : "");
  linli_stmt_bind_int (stmt, 3, CLAMP (limit, 1, 1000000));

  return rows_to_node (stmt, members, error);
}
