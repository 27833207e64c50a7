/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A district reads the figures of its centres, one after another, and the
 * cases behind a number. */

#include "config.h"

#include "linli-hub-door-figures.h"

#include "linli-domain-error.h"
#include "linli-hub-figures.h"
#include "linli-hub-registry.h"
#include "linli-hub-routes.h"
#include "linli-hub-side.h"
#include "linli-json.h"

typedef struct
{
  LinliHubService  *service;   /* (unowned) */
  LinliHttpRequest *request;   /* (owned) */
  gint64            now;
  JsonObject       *args;      /* (owned) */
  JsonArray        *centres;   /* (owned) (nullable) rows of the registry */
  guint             next;      /* of them */
  JsonArray        *rows;      /* (owned) the answer */
  char             *workspace; /* (nullable): the one whose cases are asked for */
  JsonObject       *figures;   /* (owned) (nullable) of the centre just read */
  GError           *error;
} Survey;

static void
survey_free (Survey *self)
{
  g_object_unref (self->request);
  json_object_unref (self->args);
  g_clear_pointer (&self->centres, json_array_unref);
  json_array_unref (self->rows);
  g_free (self->workspace);
  g_clear_pointer (&self->figures, json_object_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static Survey *
survey_new (LinliHubService   *service,
            LinliHttpRequest  *request,
            const char *const *names)
{
  Survey *self = g_new0 (Survey, 1);

  self->service = service;
  self->request = g_object_ref (request);
  self->now = linli_hub_service_now (service);
  self->args = json_object_new ();
  self->rows = json_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *value = linli_http_request_get_query (request, names[i]);

      if (value != NULL && *value != '\0' && g_utf8_validate (value, -1, NULL))
        json_object_set_string_member (self->args, names[i], value);
    }
  return self;
}

static void
answer_rows (Survey     *self,
             const char *member)
{
  g_autoptr(JsonObject) told = json_object_new ();

  json_object_set_array_member (told, member, json_array_ref (self->rows));
  linli_hub_answer_json (self->request, 200, told);
}

/* --- Centre by centre --- */

static void read_next (Survey *self);

static LinliHubReply *
figures_work (LinliConn *conn,
              gpointer   data)
{
  Survey *self = data;

  self->figures = linli_hub_figures (conn, self->args, self->now, &self->error);
  return NULL;
}

/* A centre that cannot be read says so in its row; a period that is none is
 * refused as a whole. */
static void
figures_cb (LinliHubWorkspace *workspace,
            LinliHubReply     *reply,
            const GError      *error,
            gpointer           data)
{
  Survey *self = data;
  JsonObject *centre = json_array_get_object_element (self->centres, self->next);

  if (g_error_matches (self->error, LINLI_DOMAIN_ERROR, LINLI_DOMAIN_ERROR_INVALID))
    {
      linli_hub_side_refuse_error (self->request, self->error);
      survey_free (self);
      return;
    }
  if (self->figures == NULL)
    {
      self->figures = json_object_new ();
      json_object_set_string_member (self->figures, "error", "This centre cannot be read for the moment");
    }
  json_object_set_string_member (self->figures, "workspace", linli_json_get_text (centre, "id"));
  json_object_set_string_member (self->figures, "name", linli_json_get_text (centre, "name"));
  json_array_add_object_element (self->rows, g_steal_pointer (&self->figures));
  g_clear_error (&self->error);
  self->next++;
  read_next (self);
}

static void
read_next (Survey *self)
{
  const char *id;

  if (linli_http_request_is_answered (self->request)) /* nobody waits any more */
    survey_free (self);
  else if (self->next == json_array_get_length (self->centres))
    {
      answer_rows (self, "centres");
      survey_free (self);
    }
  else
    {
      id = linli_json_get_text (json_array_get_object_element (self->centres, self->next), "id");
      linli_hub_workspace_survey (linli_hub_service_get_workspace (self->service, id), figures_work, figures_cb, self);
    }
}

/* --- The cases of one --- */

static LinliHubReply *
cases_work (LinliConn *conn,
            gpointer   data)
{
  Survey *self = data;
  JsonArray *rows = linli_hub_figures_cases (conn, self->args, self->now, &self->error);

  if (rows != NULL)
    {
      json_array_unref (self->rows);
      self->rows = rows;
    }
  return NULL;
}

static void
cases_cb (LinliHubWorkspace *workspace,
          LinliHubReply     *reply,
          const GError      *error,
          gpointer           data)
{
  Survey *self = data;

  if (error != NULL || self->error != NULL)
    linli_hub_side_refuse_error (self->request, self->error != NULL ? self->error : error);
  else
    answer_rows (self, "cases");
  survey_free (self);
}

static gboolean
is_centre (Survey *self)
{
  for (guint i = 0; i < json_array_get_length (self->centres); i++)
    if (g_str_equal (linli_json_get_text (json_array_get_object_element (self->centres, i), "id"), self->workspace))
      return TRUE;
  return FALSE;
}

/* --- Coming in --- */

static gpointer
centres_job (LinliConn *conn,
             gpointer   data,
             GError   **error)
{
  Survey *self = data;

  self->centres = linli_hub_registry_list (conn, "workspace", error);
  return NULL;
}

static void
centres_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Survey *self = user_data;
  g_autoptr(GError) error = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error == NULL && self->workspace == NULL)
    {
      read_next (self);
      return;
    }
  if (error == NULL && is_centre (self))
    {
      linli_hub_workspace_survey (linli_hub_service_get_workspace (self->service, self->workspace), cases_work, cases_cb,
                                  self);
      return;
    }
  if (error != NULL)
    linli_hub_side_refuse_error (self->request, error);
  else
    linli_hub_side_refuse (self->request, 404, "centre-unknown", "There is no such centre", NULL);
  survey_free (self);
}

static void
admitted_cb (LinliHubService   *service,
             LinliHttpRequest  *request,
             guint              status,
             const LinliHubKey *key,
             gpointer           data)
{
  Survey *self = data;

  if (status == 200)
    {
      linli_db_run_async (linli_hub_service_get_registry (service), LINLI_DB_READ, centres_job, self, NULL, NULL, NULL,
                          centres_cb, self);
      return;
    }
  linli_hub_side_turn_away (request, status);
  survey_free (self);
}

void
linli_hub_door_figures (LinliHubService  *service,
                        LinliHttpRequest *request,
                        GStrv             parts)
{
  static const char *const names[] = { "from", "to", "basis", "compare", NULL };

  linli_hub_side_admit (service, request, linli_hub_side_bearer (request), LINLI_HUB_KEY_DISTRICT, admitted_cb,
                        survey_new (service, request, names));
}

void
linli_hub_door_figures_cases (LinliHubService  *service,
                              LinliHttpRequest *request,
                              GStrv             parts)
{
  static const char *const names[] = { "from", "to", "basis", "set", "class", NULL };
  Survey *self = survey_new (service, request, names);

  self->workspace = g_strdup (parts[0]);
  linli_hub_side_admit (service, request, linli_hub_side_bearer (request), LINLI_HUB_KEY_DISTRICT, admitted_cb, self);
}
