/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The desks of a centre, looked after from one of them: which there are, a code
 * for one more, another name, and that one may come in no more. The person who
 * asks must be an administrator of the centre, as for any command that a desk
 * brings; what is named must be a desk of the same centre. */

#include "config.h"

#include "linli-hub-door.h"

#include "linli-hub-code.h"
#include "linli-hub-registry.h"
#include "linli-hub-routes.h"
#include "linli-hub-secret.h"
#include "linli-json.h"

#define MAX_NAME 120

typedef enum { LIST, CODE, NAME, REVOKE } Wish;

typedef struct
{
  LinliHubService  *service;   /* (unowned): outlives its requests */
  LinliHttpRequest *request;   /* (owned) */
  char             *workspace;
  char             *device;    /* of who asks */
  Wish              wish;
  JsonObject       *asked;     /* (owned) */
  JsonObject       *known;     /* (owned) (nullable): what the workspace's database tells */
  char             *code;      /* (nullable) */
  JsonArray        *rows;      /* (owned) (nullable) */
  gboolean          found;
  gint64            now;
} Errand;

static void
errand_free (Errand *self)
{
  g_object_unref (self->request);
  g_free (self->workspace);
  g_free (self->device);
  g_free (self->code);
  json_object_unref (self->asked);
  g_clear_pointer (&self->known, json_object_unref);
  g_clear_pointer (&self->rows, json_array_unref);
  g_free (self);
}

/* --- Answers --- */

static void
merge (JsonObject *desk,
       JsonArray  *known)
{
  static const char *const members[] = { "prefix", "last_seq", "sent_at", "unit", "unit_name" };

  for (guint i = 0; i < json_array_get_length (known); i++)
    {
      JsonObject *of = json_array_get_object_element (known, i);

      if (g_strcmp0 (linli_json_get_text (of, "id"), linli_json_get_text (desk, "id")) == 0)
        for (guint m = 0; m < G_N_ELEMENTS (members); m++)
          if (json_object_has_member (of, members[m]))
            json_object_set_member (desk, members[m], json_node_copy (json_object_get_member (of, members[m])));
    }
}

static void
answer_done (Errand *self)
{
  g_autoptr(JsonObject) told = json_object_new ();

  if (self->wish == LIST)
    {
      for (guint i = 0; i < json_array_get_length (self->rows); i++)
        {
          JsonObject *desk = json_array_get_object_element (self->rows, i);

          merge (desk, linli_json_get_array (self->known, "desks"));
          json_object_set_boolean_member (desk, "own", g_strcmp0 (linli_json_get_text (desk, "id"), self->device) == 0);
        }
      json_object_set_array_member (told, "devices", json_array_ref (self->rows));
      json_object_set_int_member (told, "at", self->now);
    }
  else if (self->wish == CODE)
    {
      json_object_set_string_member (told, "code", self->code);
      json_object_set_int_member (told, "hours", LINLI_HUB_CODE_HOURS);
      json_object_set_int_member (told, "made_at", self->now);
      linli_hub_code_keep_when_sent (self->service, self->request, self->code, LINLI_HUB_CODE_HOURS);
    }
  linli_hub_answer_json (self->request, 200, told);
}

/* --- In the workspace's lane, once the registry knows it --- */

static LinliHubReply *
revoke_work (LinliConn *conn,
             gpointer   data)
{
  Errand *self = data;
  g_autoptr(GError) error = NULL;

  if (!linli_hub_revoke_device (conn, linli_json_get_text (self->asked, "device"), self->now, &error))
    return linli_hub_reply_error (error);
  return linli_hub_reply_new ("application/json");
}

static void
revoked_cb (LinliHubWorkspace *workspace,
            LinliHubReply     *reply,
            const GError      *error,
            gpointer           data)
{
  Errand *self = data;

  if (reply == NULL)
    linli_hub_answer_problem (self->request, linli_hub_problem_of (error));
  else if (reply->status != 200)
    linli_hub_answer (self->request, reply);
  else
    answer_done (self);
}

/* --- In the registry --- */

static gpointer
registry_job (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  Errand *self = data;
  const char *device = linli_json_get_text (self->asked, "device");
  const char *person = linli_json_get_text (self->known, "person");

  self->found = TRUE;
  switch (self->wish)
    {
    case LIST:
      self->rows = linli_hub_registry_desks (conn, self->workspace, error);
      break;
    case CODE:
      linli_hub_registry_add_code (conn, self->code, self->workspace, linli_json_get_text (self->known, "unit"), self->now, person,
                                   error);
      break;
    case NAME:
      linli_hub_registry_rename (conn, self->workspace, device, linli_json_get_text (self->asked, "name"), &self->found,
                                 error);
      break;
    case REVOKE:
      linli_hub_registry_withdraw (conn, self->workspace, device, person, linli_json_get_text (self->asked, "reason"),
                                   self->now, &self->found, error);
      break;
    }
  return NULL;
}

static void
registry_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Errand *self = user_data;
  g_autoptr(GError) error = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error == NULL && self->found && self->wish == REVOKE)
    {
      linli_hub_workspace_run (linli_hub_service_get_workspace (self->service, self->workspace), LINLI_DB_WRITE,
                               revoke_work, revoked_cb, self, (GDestroyNotify) errand_free, NULL);
      return;
    }
  if (error != NULL)
    linli_hub_answer_problem (self->request, linli_hub_problem_of (error));
  else if (!self->found)
    linli_hub_answer_problem (self->request, "device-foreign");
  else
    answer_done (self);
  errand_free (self);
}

/* --- From the door --- */

static gboolean
has_text (JsonObject *asked,
          const char *member,
          glong       limit)
{
  const char *text = linli_json_get_text (asked, member);

  return text != NULL && *text != '\0' && g_utf8_strlen (text, -1) <= limit;
}

/* Nobody cuts the branch they sit on. */
static gboolean
is_complete (Wish        wish,
             JsonObject *asked,
             const char *device)
{
  switch (wish)
    {
    case NAME:
      return has_text (asked, "device", 40) && has_text (asked, "name", MAX_NAME);
    case REVOKE:
      return has_text (asked, "device", 40) && has_text (asked, "reason", LINLI_HUB_MOST_REASON) &&
             g_strcmp0 (linli_json_get_text (asked, "device"), device) != 0;
    case LIST:
    case CODE:
      break;
    }
  return TRUE;
}

static LinliHubReply *
desks_work (LinliConn *conn,
            gpointer   data)
{
  LinliHubVisit *visit = data;
  g_autoptr(JsonObject) asked = (Wish) visit->turn == CODE ? linli_hub_read_json (visit->request) : NULL;

  return linli_hub_desks (conn, visit->device, visit->word, asked != NULL ? linli_json_get_text (asked, "unit") : NULL);
}

static void
allowed_cb (LinliHubWorkspace *workspace,
            LinliHubReply     *reply,
            const GError      *error,
            gpointer           data)
{
  LinliHubVisit *visit = data;
  g_autoptr(JsonObject) known = NULL;
  Errand *errand;

  if (reply == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL || reply->status != 200)
    {
      if (reply != NULL)
        linli_hub_answer (visit->request, reply);
      else
        linli_hub_answer_problem (visit->request, linli_hub_problem_of (error));
      return;
    }
  known = linli_json_parse_object (reply->body->str, (gssize) reply->body->len, NULL);
  errand = g_new0 (Errand, 1);
  errand->service = visit->service;
  errand->request = g_object_ref (visit->request);
  errand->workspace = g_strdup (visit->workspace_id);
  errand->device = g_strdup (visit->device);
  errand->wish = (Wish) visit->turn;
  errand->asked = linli_hub_read_json (visit->request);
  errand->known = g_steal_pointer (&known);
  errand->now = visit->now;
  if (errand->wish == CODE)
    errand->code = linli_hub_code_new ();
  linli_db_run_async (linli_hub_service_get_registry (visit->service), errand->wish == LIST ? LINLI_DB_READ : LINLI_DB_WRITE,
                      registry_job, errand, NULL, NULL, NULL, registry_cb, errand);
}

static void
come_in (LinliHubVisit *visit,
         Wish           wish)
{
  g_autoptr(JsonObject) asked = linli_hub_read_json (visit->request);
  const char *actor = asked != NULL ? linli_json_get_text (asked, "actor") : NULL;

  if (actor == NULL || !is_complete (wish, asked, visit->device))
    {
      linli_hub_answer_problem (visit->request, "bad-batch");
      linli_hub_visit_free (visit);
      return;
    }
  visit->word = g_strdup (actor);
  visit->turn = (guint64) wish;
  linli_hub_workspace_run (visit->workspace, LINLI_DB_READ, desks_work, allowed_cb, visit,
                           (GDestroyNotify) linli_hub_visit_free, linli_http_request_get_cancellable (visit->request));
}

void
linli_hub_door_devices (LinliHubVisit *visit)
{
  come_in (visit, LIST);
}

void
linli_hub_door_device_code (LinliHubVisit *visit)
{
  come_in (visit, CODE);
}

void
linli_hub_door_device_name (LinliHubVisit *visit)
{
  come_in (visit, NAME);
}

void
linli_hub_door_device_revoke (LinliHubVisit *visit)
{
  come_in (visit, REVOKE);
}
