/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The registry's door: what can be asked and ordered, and doing it. */

#include "config.h"

#include "linli-ctl.h"
#include "linli-ctl-bulk.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-unit-scope.h"

static JsonObject *
describe_command (const LinliCommand *command)
{
  JsonObject *object = json_object_new ();
  g_autofree char *roles = linli_roles_to_text (command->roles);

  json_object_set_string_member (object, "name", command->name);
  json_object_set_int_member (object, "version", command->version);
  json_object_set_string_member (object, "doc", command->doc);
  json_object_set_string_member (object, "roles", roles);
  json_object_set_boolean_member (object, "undoable", (command->flags & LINLI_COMMAND_UNDOABLE) != 0);
  json_object_set_object_member (object, "args", linli_args_to_schema (command->args));
  return object;
}

static JsonObject *
describe_query (const LinliQuery *query)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", query->name);
  json_object_set_string_member (object, "doc", query->doc);
  json_object_set_object_member (object, "args", linli_args_to_schema (query->args));
  return object;
}

static gboolean
print_all (LinliCtl *ctl,
           gboolean  commands)
{
  const LinliRoom *const *rooms = linli_rooms ();
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  for (guint i = 0; rooms[i] != NULL; i++)
    if (commands)
      for (const LinliCommand *c = rooms[i]->commands; c->name != NULL; c++)
        json_array_add_object_element (array, describe_command (c));
    else
      for (const LinliQuery *q = rooms[i]->queries; q->name != NULL; q++)
        json_array_add_object_element (array, describe_query (q));
  json_node_take_array (answer, array);
  linli_ctl_print (ctl, answer);

  return TRUE;
}

static gboolean
verb_commands (LinliCtl *ctl,
               int       argc,
               char    **argv,
               int      *exit_code,
               GError  **error)
{
  return print_all (ctl, TRUE);
}

static gboolean
verb_queries (LinliCtl *ctl,
              int       argc,
              char    **argv,
              int      *exit_code,
              GError  **error)
{
  return print_all (ctl, FALSE);
}

/* Returns: (transfer full): the arguments behind the first word, none when absent */
JsonObject *
linli_ctl_read_args (int      argc,
                     char   **argv,
                     GError **error)
{
  g_autofree char *text = argc > 1 ? linli_ctl_read_text (argv[1], error) : g_strdup ("{}");
  g_autoptr(JsonObject) read_only = text != NULL ? linli_json_parse_object (text, -1, error) : NULL;
  g_autoptr(JsonNode) copy = NULL;

  if (read_only == NULL)
    return NULL;
  /* Parsed JSON is immutable; the desk fills numbers in. */
  copy = json_from_string (text, NULL);
  return json_node_dup_object (copy);
}

typedef struct
{
  LinliCtl     *ctl;
  LinliStore   *store;
  const char   *name;
  JsonObject   *args;
  LinliOutcome *outcome;
  JsonNode     *answer;
} Ask;

static gpointer
run_job (LinliConn *conn,
         gpointer   data,
         GError   **error)
{
  Ask *ask = data;

  ask->outcome = linli_store_submit (ask->store, conn, ask->name, ask->args,
                                     LINLI_EXECUTE_QUEUE | (ask->ctl->dry_run ? LINLI_EXECUTE_DRY_RUN : 0), error);
  return NULL;
}

static gboolean
verb_run (LinliCtl *ctl,
          int       argc,
          char    **argv,
          int      *exit_code,
          GError  **error)
{
  g_autoptr(JsonObject) args = NULL;
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  Ask ask = { 0 };

  if (argc < 1)
    return linli_ctl_usage (error, "Say which command to run; `linlictl commands` lists them");
  args = linli_ctl_read_args (argc, argv, error);
  store = args != NULL ? linli_ctl_open (ctl, LINLI_STORE_CREATE, error) : NULL;
  if (store == NULL)
    return FALSE;

  ask = (Ask) { .ctl = ctl, .store = store, .name = argv[0], .args = args };
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, run_job, &ask, error);
  outcome = ask.outcome;
  if (outcome == NULL)
    return FALSE;
  json_object_set_string_member (outcome->result, "operation", outcome->operation);
  linli_ctl_print_object (ctl, outcome->result);

  return TRUE;
}

static gpointer
query_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Ask *ask = data;
  const LinliQuery *query = linli_registry_find_query (ask->name);
  g_autofree char *actor = linli_store_dup_actor (ask->store);
  LinliQueryContext context = { linli_clock_now (ask->ctl->clock), actor };

  if (query == NULL)
    linli_refuse (error, LINLI_DOMAIN_ERROR_UNKNOWN_KIND, "unknown-kind", NULL,
                  "This program does not know that query.");
  else if (linli_unit_scope_check_query (conn, query, actor, error) && linli_args_check (query->args, ask->args, error))
    ask->answer = query->run (conn, &context, ask->args, error);
  return NULL;
}

static gboolean
verb_query (LinliCtl *ctl,
            int       argc,
            char    **argv,
            int      *exit_code,
            GError  **error)
{
  g_autoptr(JsonObject) args = NULL;
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(JsonNode) answer = NULL;
  Ask ask = { 0 };

  if (argc < 1)
    return linli_ctl_usage (error, "Say which query to ask; `linlictl queries` lists them");
  args = linli_ctl_read_args (argc, argv, error);
  store = args != NULL ? linli_ctl_open (ctl, LINLI_STORE_READ_ONLY, error) : NULL;
  if (store == NULL)
    return FALSE;

  ask = (Ask) { .ctl = ctl, .store = store, .name = argv[0], .args = args };
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, query_job, &ask, error);
  answer = ask.answer;
  if (answer == NULL)
    return FALSE;
  linli_ctl_print (ctl, answer);

  return TRUE;
}

const LinliVerb linli_verbs_registry[] = {
  { "commands", "", "every command with its arguments", verb_commands },
  { "queries", "", "every query with its arguments", verb_queries },
  { "run", "COMMAND [JSON|-]", "run a command", verb_run },
  { "query", "NAME [JSON|-]", "ask a query", verb_query },
  { "bulk", "COMMAND|MACRO [JSON|-] | undo ID", "run a command or macro on every case that --query finds", linli_ctl_bulk },
  { NULL }
};
