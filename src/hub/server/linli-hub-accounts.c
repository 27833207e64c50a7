/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-accounts.h"

#include "linli-hub-task.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-store-facts.h"

typedef struct
{
  const char *verb;
  const char *command;
  JsonObject *order;  /* (unowned) */
  JsonNode   *rows;   /* (owned) (nullable): the people, or the one in question */
} Errand;

static void
errand_clear (Errand *self)
{
  g_clear_pointer (&self->rows, json_node_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Errand, errand_clear)

static const struct
{
  const char *verb;
  const char *command;
} verbs[] = {
  { "add", "account.create" },
  { "role", "account.set-roles" },
  { "disable", "account.set-active" },
  { "enable", "account.set-active" },
  { "password", "account.set-password" },
};

/* --- In the workspace's lane --- */

/* @id: (nullable): of the one person in question, %NULL for all */
static gboolean
list (Errand     *self,
      LinliConn  *conn,
      const char *id,
      GError    **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  const LinliQueryContext context = { 0 };
  JsonArray *rows;

  self->rows = linli_registry_find_query ("account.list")->run (conn, &context, args, error);
  if (self->rows == NULL)
    return FALSE;
  rows = json_node_get_array (self->rows);
  for (guint i = json_array_get_length (rows); id != NULL && i > 0; i--)
    if (g_strcmp0 (linli_json_get_text (json_array_get_object_element (rows, i - 1), "id"), id) != 0)
      json_array_remove_element (rows, i - 1);
  return TRUE;
}

static gboolean
list_errand (LinliConn  *conn,
             LinliClock *clock,
             gpointer    data,
             GError    **error)
{
  return list (data, conn, NULL, error);
}

/* A word that names no role would be left out without a sign. */
static gboolean
take_roles (JsonObject *args,
            const char *typed,
            GError    **error)
{
  g_auto(GStrv) words = g_strsplit (typed, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && linli_roles_from_text (words[i]) == 0)
      {
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no role “%s”.", words[i]);
        return FALSE;
      }
  json_object_set_string_member (args, "roles", typed);
  return TRUE;
}

/* What a new person has beside name and roles; a unit is named by its code. */
static gboolean
take_members (JsonObject *args,
              LinliConn  *conn,
              JsonObject *set,
              GError    **error)
{
  static const char *const members[] = { "login", "phone", "unit", NULL };
  g_autoptr(GList) told = json_object_get_members (set);

  for (GList *l = told; l != NULL; l = l->next)
    {
      const char *value = linli_json_get_text (set, l->data);
      g_autofree char *unit = NULL;

      if (!g_strv_contains (members, l->data))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "There is nothing called “%s” to set here; linli-hub(1) lists what there is.", (char *) l->data);
          return FALSE;
        }
      if (g_str_equal (l->data, "unit") &&
          !linli_conn_get_text (conn, &unit, error, "SELECT id FROM unit WHERE code = ?1 ORDER BY id LIMIT 1", "s", value))
        return FALSE;
      if (g_str_equal (l->data, "unit") && unit == NULL)
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       "There is no unit with the code “%s”; “linli-hub unit list” lists them.", value);
          return FALSE;
        }
      json_object_set_string_member (args, l->data, unit != NULL ? unit : value);
    }
  return TRUE;
}

static gboolean
take_person (JsonObject *args,
             LinliConn  *conn,
             const char *typed,
             GError    **error)
{
  g_autofree char *id = NULL;

  if (!linli_store_find_account (conn, typed, &id, error))
    return FALSE;
  if (id != NULL)
    json_object_set_string_member (args, "account", id);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 "There is nobody called “%s” in it; “linli-hub account list” lists the people.", typed);
  return id != NULL;
}

/* Returns: (transfer full): what the command is told */
static JsonObject *
make_args (Errand    *self,
           LinliConn *conn,
           GError   **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  const char *person = linli_json_get_text (self->order, "person");
  const char *roles = linli_json_get_text (self->order, "roles");
  JsonObject *set = linli_json_get_object (self->order, "set");

  if (roles != NULL && !take_roles (args, roles, error))
    return NULL;
  if (person != NULL && !take_person (args, conn, person, error))
    return NULL;
  if (set != NULL && !take_members (args, conn, set, error))
    return NULL;
  if (linli_json_get_text (self->order, "name") != NULL)
    json_object_set_string_member (args, "name", linli_json_get_text (self->order, "name"));
  if (linli_json_get_text (self->order, "verifier") != NULL)
    json_object_set_string_member (args, "verifier", linli_json_get_text (self->order, "verifier"));
  if (g_str_equal (self->command, "account.set-active"))
    json_object_set_boolean_member (args, "active", g_str_equal (self->verb, "enable"));

  return g_steal_pointer (&args);
}

static gboolean
change_errand (LinliConn  *conn,
               LinliClock *clock,
               gpointer    data,
               GError    **error)
{
  Errand *self = data;
  g_autoptr(JsonObject) args = make_args (self, conn, error);
  g_autoptr(LinliOutcome) outcome = args != NULL ? linli_hub_task_submit (conn, clock, self->command, args, error) : NULL;
  const char *id;

  if (outcome == NULL)
    return FALSE;
  id = linli_json_get_text (outcome->result, "account");
  return list (self, conn, id != NULL ? id : linli_json_get_text (args, "account"), error);
}

/**
 * linli_hub_accounts_run:
 * @verb: after “account.”
 * @told: what is answered: the people, or the one in question
 * @known: (out): whether it was an order of ours
 */
gboolean
linli_hub_accounts_run (LinliHubService *service,
                        const char      *verb,
                        JsonObject      *order,
                        JsonObject      *told,
                        gboolean        *known,
                        GError         **error)
{
  g_auto(Errand) errand = { .verb = verb, .order = order };
  gboolean listing = g_str_equal (verb, "list");
  g_autofree char *workspace = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].verb, verb))
      errand.command = verbs[i].command;
  *known = listing || errand.command != NULL;
  if (!*known)
    return FALSE;
  workspace = linli_hub_task_find_workspace (service, linli_json_get_text (order, "workspace"), error);
  if (workspace == NULL || !linli_hub_task_run (service, workspace, listing ? LINLI_DB_READ : LINLI_DB_WRITE,
                                                listing ? list_errand : change_errand, &errand, error))
    return FALSE;
  json_object_set_member (told, "rows", g_steal_pointer (&errand.rows));

  return TRUE;
}
