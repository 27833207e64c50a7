/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People and roles from a terminal. Each verb is a command of the registry
 * with names in the place of ids; a password is read from standard input and
 * goes no further than its verifier. */

#include "config.h"

#include <string.h>

#include "linli-ctl.h"
#include "linli-json.h"
#include "linli-password.h"
#include "linli-person.h"
#include "linli-registry.h"
#include "linli-store-facts.h"

typedef struct
{
  LinliStore *store;
  const char *command;
  JsonObject *args;
  const char *person; /* (nullable): becomes the argument "account" */
  JsonObject *result; /* (owned) (nullable) */
} Run;

static gpointer
run_job (LinliConn *conn,
         gpointer   data,
         GError   **error)
{
  Run *run = data;
  g_autofree char *id = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;

  if (run->person != NULL)
    {
      if (!linli_store_find_account (conn, run->person, &id, error))
        return NULL;
      if (id == NULL)
        {
          linli_ctl_usage (error, "There is no account of that name; see linlictl accounts list");
          return NULL;
        }
      json_object_set_string_member (run->args, "account", id);
    }
  if (run->command == NULL)
    return NULL;
  outcome = linli_store_submit (run->store, conn, run->command, run->args, LINLI_EXECUTE_QUEUE, error);
  if (outcome == NULL)
    return NULL;
  json_object_set_string_member (outcome->result, "operation", outcome->operation);
  run->result = json_object_ref (outcome->result);

  return NULL;
}

/* @person: (nullable): whom the command is about */
static gboolean
submit (LinliCtl    *ctl,
        const char  *command,
        JsonObject  *args,
        const char  *person,
        GError     **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  g_autoptr(JsonObject) result = NULL;
  Run run = { store, command, args, person, NULL };

  if (store == NULL)
    return FALSE;
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_WRITE, run_job, &run, error);
  result = run.result;
  if (result == NULL)
    return FALSE;
  linli_ctl_print_object (ctl, result);

  return TRUE;
}

static gpointer
list_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  JsonNode **answer = data;
  g_autoptr(JsonObject) args = json_object_new ();
  const LinliQueryContext context = { 0 };

  *answer = linli_registry_find_query ("account.list")->run (conn, &context, args, error);
  return NULL;
}

static gboolean
list (LinliCtl  *ctl,
      GError   **error)
{
  g_autoptr(LinliStore) store = linli_ctl_open (ctl, LINLI_STORE_READ_ONLY, error);
  g_autoptr(JsonNode) answer = NULL;

  if (store == NULL)
    return FALSE;
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, list_job, &answer, error);
  if (answer == NULL)
    return FALSE;
  linli_ctl_print (ctl, answer);

  return TRUE;
}

/* The first line of standard input. */
static char *
read_password (GError **error)
{
  char *text = linli_ctl_read_text ("-", error);

  if (text != NULL)
    text[strcspn (text, "\r\n")] = '\0';
  return text;
}

static gboolean
set_password (LinliCtl    *ctl,
              const char  *person,
              GError     **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(GError) local = NULL;
  Run run = { NULL, NULL, args, person, NULL };
  char *password;
  gboolean done;

  store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  if (store == NULL)
    return FALSE;
  linli_db_run_sync (linli_store_get_db (store), LINLI_DB_READ, run_job, &run, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  password = read_password (error);
  if (password == NULL)
    return FALSE;
  done = linli_person_set_password_sync (store, linli_json_get_text (args, "account"), ctl->password, password, error);
  linli_password_free (password);
  if (!done)
    return FALSE;
  json_object_set_string_member (answer, "account", linli_json_get_text (args, "account"));
  json_object_set_boolean_member (answer, "password", TRUE);
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}

static gboolean
verb_accounts (LinliCtl *ctl,
               int       argc,
               char    **argv,
               int      *exit_code,
               GError  **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  const char *what = argc > 0 ? argv[0] : "list";

  if (g_str_equal (what, "list") && argc <= 1)
    return list (ctl, error);
  if (g_str_equal (what, "add") && argc == 3)
    {
      json_object_set_string_member (args, "name", argv[1]);
      json_object_set_string_member (args, "roles", argv[2]);
      return submit (ctl, "account.create", args, NULL, error);
    }
  if (g_str_equal (what, "role") && argc == 3)
    {
      json_object_set_string_member (args, "roles", argv[2]);
      return submit (ctl, "account.set-roles", args, argv[1], error);
    }
  if (g_str_equal (what, "login") && argc == 3)
    {
      json_object_set_string_member (args, "login", argv[2]);
      return submit (ctl, "account.change", args, argv[1], error);
    }
  if ((g_str_equal (what, "disable") || g_str_equal (what, "enable")) && argc == 2)
    {
      json_object_set_boolean_member (args, "active", g_str_equal (what, "enable"));
      return submit (ctl, "account.set-active", args, argv[1], error);
    }
  if (g_str_equal (what, "password") && argc == 2)
    return set_password (ctl, argv[1], error);
  if (g_str_equal (what, "no-password") && argc == 2)
    return submit (ctl, "account.clear-password", args, argv[1], error);
  if (g_str_equal (what, "rights") && argc == 3)
    {
      json_object_set_string_member (args, "role", argv[1]);
      json_object_set_string_member (args, "rights", argv[2]);
      return submit (ctl, "role.set-rights", args, NULL, error);
    }

  return linli_ctl_usage (error, "accounts list | add NAME ROLES | role PERSON ROLES | login PERSON NAME | disable PERSON | "
                                 "enable PERSON | password PERSON | no-password PERSON | rights ROLE RIGHTS");
}

const LinliVerb linli_verbs_accounts[] = {
  { "accounts", "[list|add|role|…]", "people, roles and passwords; a password comes from standard input", verb_accounts },
  { NULL }
};
