/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-admin.h"

#include <string.h>

#include "linli-catalogue-tables.h"
#include "linli-core-tables.h"
#include "linli-hub-accounts.h"
#include "linli-hub-keys.h"
#include "linli-hub-registry.h"
#include "linli-hub-secret.h"
#include "linli-hub-task.h"
#include "linli-json.h"
#include "linli-people-tables.h"
#include "linli-rows-query.h"

/* What an order may set, and the column where it stands. */
typedef struct
{
  const char *member;
  const char *column; /* (nullable): it stands elsewhere, and stays when it is not told */
} Member;

typedef struct
{
  const char       *noun;
  const LinliTable *table;
  const Member     *members;
  const char       *command;
  const char       *list; /* (nullable): the command takes a list of that name */
} Noun;

static const Member unit_members[] = {
  { "name", "name" }, { "short_name", "short_name" }, { "kind", "kind" }, { "parent", NULL }, { "phone", "phone" },
  { "contact", "contact" }, { NULL }
};

static const Member channel_members[] = {
  { "name", "name" }, { "group", "group_name" }, { "aliases", "aliases" }, { "reply_by", "reply_by" },
  { NULL }
};

static const Noun nouns[] = {
  { "unit", &linli_table_unit, unit_members, "unit.save", NULL },
  { "channel", &linli_table_channel, channel_members, "channel.import", "channels" },
};

typedef struct
{
  const Noun *noun;
  const char *verb;
  JsonObject *order;    /* (unowned) */
  JsonNode   *rows;     /* (owned) (nullable) */
  JsonObject *result;   /* (owned) (nullable) */
} Errand;

static void
errand_clear (Errand *self)
{
  g_clear_pointer (&self->rows, json_node_unref);
  g_clear_pointer (&self->result, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Errand, errand_clear)

static gboolean
refuse (GError    **error,
        const char *format,
        const char *word)
{
  g_autofree char *words = NULL;
  const char *at = strstr (format, "%s");

  words = at != NULL ? g_strdup_printf ("%.*s%s%s", (int) (at - format), format, word, at + 2) : g_strdup (format);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, words);
  return FALSE;
}

/* --- In the workspace's lane --- */

static JsonNode *
list_rows (LinliConn        *conn,
           const LinliTable *table,
           GError          **error)
{
  return linli_rows_query (conn, table, "1 = 1 ORDER BY pk", error);
}

/* @row: (out) (nullable): the row with the code that the order names, within @rows */
static gboolean
find_row (Errand      *self,
          LinliConn   *conn,
          JsonObject **row,
          GError     **error)
{
  const char *code = linli_json_get_text (self->order, "code");
  JsonArray *rows;

  *row = NULL;
  self->rows = list_rows (conn, self->noun->table, error);
  if (self->rows == NULL)
    return FALSE;
  rows = json_node_get_array (self->rows);
  for (guint i = 0; i < json_array_get_length (rows) && *row == NULL; i++)
    if (g_strcmp0 (linli_json_get_text (json_array_get_object_element (rows, i), "code"), code) == 0)
      *row = json_array_get_object_element (rows, i);
  return TRUE;
}

static gboolean
is_member (const Noun *noun,
           const char *typed)
{
  for (const Member *member = noun->members; member->member != NULL; member++)
    if (g_str_equal (member->member, typed))
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full): what the command is told: what is there, and over it what the order says */
static JsonObject *
make_args (Errand     *self,
           JsonObject *row,
           GError    **error)
{
  g_autoptr(JsonObject) args = json_object_new ();
  JsonObject *set = linli_json_get_object (self->order, "set");
  g_autoptr(GList) told = set != NULL ? json_object_get_members (set) : NULL;

  for (const Member *member = self->noun->members; row != NULL && member->member != NULL; member++)
    if (member->column != NULL && linli_json_get_text (row, member->column) != NULL)
      json_object_set_string_member (args, member->member, linli_json_get_text (row, member->column));
  if (linli_json_get_text (self->order, "name") != NULL)
    json_object_set_string_member (args, "name", linli_json_get_text (self->order, "name"));
  for (GList *l = told; l != NULL; l = l->next)
    {
      if (!is_member (self->noun, l->data))
        {
          refuse (error, "There is nothing called “%s” to set here; linli-hub(1) lists what there is.", l->data);
          return NULL;
        }
      json_object_set_string_member (args, l->data, linli_json_get_text (set, l->data));
    }
  json_object_set_string_member (args, "code", linli_json_get_text (self->order, "code"));
  if (g_str_equal (self->verb, "disable") || g_str_equal (self->verb, "enable"))
    json_object_set_boolean_member (args, "active", g_str_equal (self->verb, "enable"));
  else if (row != NULL)
    json_object_set_boolean_member (args, "active", linli_json_get_bool (row, "active"));

  return g_steal_pointer (&args);
}

static gboolean
save_errand (LinliConn  *conn,
             LinliClock *clock,
             gpointer    data,
             GError    **error)
{
  Errand *self = data;
  const char *code = linli_json_get_text (self->order, "code");
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autoptr(JsonObject) args = NULL;
  JsonObject *row = NULL;

  if (!find_row (self, conn, &row, error))
    return FALSE;
  if (g_str_equal (self->verb, "add") && row != NULL)
    return refuse (error, "There is one with the code “%s” already; “change” changes it.", code);
  if (!g_str_equal (self->verb, "add") && row == NULL)
    return refuse (error, "There is none with the code “%s”; “list” lists them.", code);
  args = make_args (self, row, error);
  if (args == NULL)
    return FALSE;
  if (self->noun->list != NULL)
    {
      JsonArray *list = json_array_new ();

      json_array_add_object_element (list, g_steal_pointer (&args));
      args = json_object_new ();
      json_object_set_array_member (args, self->noun->list, list);
    }
  outcome = linli_hub_task_submit (conn, clock, self->noun->command, args, error);
  if (outcome == NULL)
    return FALSE;
  g_clear_pointer (&self->rows, json_node_unref);
  if (!find_row (self, conn, &row, error))
    return FALSE;
  self->result = row != NULL ? json_object_ref (row) : NULL;
  g_clear_pointer (&self->rows, json_node_unref);

  return TRUE;
}

static gboolean
list_errand (LinliConn  *conn,
             LinliClock *clock,
             gpointer    data,
             GError    **error)
{
  Errand *self = data;

  self->rows = list_rows (conn, self->noun->table, error);
  return self->rows != NULL;
}

/* --- From the control socket: one person, who waits --- */

static gboolean
run_errand (LinliHubService *service,
            Errand          *errand,
            LinliDbLane      lane,
            LinliHubTask     func,
            JsonObject      *told,
            GError         **error)
{
  g_autofree char *workspace = linli_hub_task_find_workspace (service, linli_json_get_text (errand->order, "workspace"),
                                                              error);

  if (workspace == NULL || !linli_hub_task_run (service, workspace, lane, func, errand, error))
    return FALSE;
  if (errand->rows != NULL)
    json_object_set_member (told, "rows", g_steal_pointer (&errand->rows));
  if (errand->result != NULL)
    json_object_set_object_member (told, errand->noun->noun, json_object_ref (errand->result));

  return TRUE;
}

/* --- Keys --- */

typedef struct
{
  const char *kind;
  const char *workspace; /* (nullable) */
  const char *name;
  const char *key;       /* id */
  const char *secret;
  gint64      now;
  gboolean    known;
  JsonArray  *rows;
} KeyWork;

static gpointer
add_key_job (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  KeyWork *work = data;

  linli_hub_key_add (conn, work->key, work->kind, work->workspace, work->name, work->secret, work->now, error);
  return NULL;
}

static gpointer
withdraw_key_job (LinliConn *conn,
                  gpointer   data,
                  GError   **error)
{
  KeyWork *work = data;

  linli_hub_key_withdraw (conn, work->key, work->now, &work->known, error);
  return NULL;
}

static gpointer
list_keys_job (LinliConn *conn,
               gpointer   data,
               GError   **error)
{
  KeyWork *work = data;

  work->rows = linli_hub_key_list (conn, error);
  return NULL;
}

static gboolean
run_key_job (LinliHubService *service,
             LinliDbLane      lane,
             LinliDbFunc      job,
             KeyWork         *work,
             GError         **error)
{
  g_autoptr(GError) local = NULL;

  work->now = linli_hub_service_now (service);
  linli_db_run_sync (linli_hub_service_get_registry (service), lane, job, work, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* A key hands in by a channel that is there. */
static gboolean
check_channel (LinliHubService *service,
               JsonObject      *order,
               GError         **error)
{
  g_auto(Errand) errand = { .noun = &nouns[1], .order = order };
  g_autoptr(JsonObject) told = json_object_new ();
  JsonArray *rows;

  if (!run_errand (service, &errand, LINLI_DB_READ, list_errand, told, error))
    return FALSE;
  rows = linli_json_get_array (told, "rows");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (g_strcmp0 (linli_json_get_text (json_array_get_object_element (rows, i), "code"),
                   linli_json_get_text (order, "code")) == 0)
      return TRUE;
  return refuse (error, "There is no channel “%s” in it; “linli-hub channel list” lists them.",
                 linli_json_get_text (order, "code"));
}

static gboolean
make_key (LinliHubService *service,
          const char      *kind,
          JsonObject      *order,
          JsonObject      *told,
          GError         **error)
{
  gboolean of_district = g_str_equal (kind, LINLI_HUB_KEY_DISTRICT);
  g_autofree char *workspace = NULL;
  g_autofree char *secret = linli_hub_secret_new ();
  g_autofree char *id = NULL;
  LinliIdSource ids;
  KeyWork work = { .kind = kind, .secret = secret };

  work.name = linli_json_get_text (order, of_district ? "name" : "code");
  if (work.name == NULL || *work.name == '\0')
    return refuse (error, "Whose key is it?", "");
  if (!of_district)
    {
      work.workspace = workspace = linli_hub_task_find_workspace (service, linli_json_get_text (order, "workspace"), error);
      if (workspace == NULL || !check_channel (service, order, error))
        return FALSE;
    }
  linli_id_source_init (&ids);
  work.key = id = linli_uuid_new (&ids, linli_hub_service_now (service));
  if (!run_key_job (service, LINLI_DB_WRITE, add_key_job, &work, error))
    return FALSE;
  json_object_set_string_member (told, "id", id);
  json_object_set_string_member (told, "key", secret);
  if (workspace != NULL)
    json_object_set_string_member (told, "workspace", workspace);

  return TRUE;
}

static gboolean
run_key_order (LinliHubService *service,
               const char      *verb,
               JsonObject      *order,
               JsonObject      *told,
               GError         **error)
{
  KeyWork work = { .key = linli_json_get_text (order, "key") };

  if (g_str_equal (verb, "list"))
    {
      if (!run_key_job (service, LINLI_DB_READ, list_keys_job, &work, error))
        return FALSE;
      json_object_set_array_member (told, "rows", work.rows);
      return TRUE;
    }
  if (!g_str_equal (verb, "withdraw"))
    return make_key (service, verb, order, told, error);
  if (work.key == NULL || !run_key_job (service, LINLI_DB_WRITE, withdraw_key_job, &work, error))
    return FALSE;
  return work.known || refuse (error, "There is no key “%s”; “linli-hub key list” lists them.", work.key);
}

/* --- Orders --- */

static const Noun centre_noun = { "centre", &linli_table_centre, NULL, NULL, NULL };

static const char *const saving[] = { "add", "change", "disable", "enable", NULL };
static const char *const key_verbs[] = { "list", "withdraw", LINLI_HUB_KEY_CHANNEL, LINLI_HUB_KEY_OPEN311,
                                         LINLI_HUB_KEY_DISTRICT, NULL };

/**
 * linli_hub_admin_run:
 * @told: what is answered
 * @known: (out): whether it was an order of ours
 */
gboolean
linli_hub_admin_run (LinliHubService *service,
                     JsonObject      *order,
                     JsonObject      *told,
                     gboolean        *known,
                     GError         **error)
{
  g_auto(GStrv) words = g_strsplit (linli_json_get_text (order, "do"), ".", 2);
  g_auto(Errand) errand = { .order = order, .verb = words[1] };

  *known = TRUE;
  if (words[1] != NULL && g_str_equal (words[0], "key") && g_strv_contains (key_verbs, words[1]))
    return run_key_order (service, words[1], order, told, error);
  for (guint i = 0; words[1] != NULL && i < G_N_ELEMENTS (nouns); i++)
    if (g_str_equal (nouns[i].noun, words[0]))
      errand.noun = &nouns[i];
  if (errand.noun != NULL && g_strv_contains (saving, errand.verb))
    return run_errand (service, &errand, LINLI_DB_WRITE, save_errand, told, error);
  if (errand.noun != NULL && g_str_equal (errand.verb, "list"))
    return run_errand (service, &errand, LINLI_DB_READ, list_errand, told, error);
  if (g_strcmp0 (linli_json_get_text (order, "do"), "centre.show") == 0)
    errand.noun = &centre_noun;
  else if (words[1] != NULL && g_str_equal (words[0], "account"))
    return linli_hub_accounts_run (service, words[1], order, told, known, error);
  else
    {
      *known = FALSE;
      return FALSE;
    }
  return run_errand (service, &errand, LINLI_DB_READ, list_errand, told, error);
}
