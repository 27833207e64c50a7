/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The doors that need no token: how the hub is, what it allows, how a machine
 * becomes a device, and how a device gets its token. */

#include "config.h"

#include "linli-hub-door.h"

#include <string.h>

#include "linli-hub-registry.h"
#include "linli-hub-routes.h"
#include "linli-hub-secret.h"
#include "linli-json.h"
#include "linli-uuid.h"

#define MAX_NAME 120

static void
answer_text (LinliHttpRequest *request,
             guint             status,
             const char       *text)
{
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  linli_http_request_reply (request, status, "text/plain; charset=utf-8", body);
}

/* The process is there. */
void
linli_hub_door_health (LinliHubService  *service,
                       LinliHttpRequest *request)
{
  answer_text (request, 200, "ok\n");
}

/* --- Ready: the registry can be written --- */

static gpointer
write_nothing_job (LinliConn *conn,
                   gpointer   data,
                   GError   **error)
{
  if (linli_conn_begin_write (conn, error))
    linli_conn_rollback (conn);
  return NULL;
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(LinliHttpRequest) request = user_data;
  g_autoptr(GError) error = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  answer_text (request, error == NULL ? 200 : 503, error == NULL ? "ready\n" : "the registry cannot be written\n");
}

void
linli_hub_door_ready (LinliHubService  *service,
                      LinliHttpRequest *request)
{
  linli_db_run_async (linli_hub_service_get_registry (service), LINLI_DB_WRITE, write_nothing_job, NULL, NULL, NULL,
                      NULL, ready_cb, g_object_ref (request));
}

/* --- What is allowed --- */

void
linli_hub_door_config (LinliHubService  *service,
                       LinliHttpRequest *request)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *sum = NULL;
  g_autofree char *tag = NULL;
  g_autoptr(GBytes) body = NULL;

  linli_wire_config_append (linli_hub_service_get_config (service), text);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
  tag = g_strdup_printf ("\"%.16s\"", sum);
  linli_http_request_add_header (request, "ETag", tag);
  if (g_strcmp0 (linli_http_request_get_header (request, "If-None-Match"), tag) == 0)
    {
      linli_http_request_reply (request, 304, NULL, NULL);
      return;
    }
  body = g_bytes_new (text->str, text->len);
  linli_http_request_reply (request, 200, "application/json", body);
}

/* --- A machine becomes a device --- */

typedef struct
{
  LinliHubService   *service; /* (unowned) */
  LinliHttpRequest  *request; /* (owned) */
  char              *code;
  char              *device;
  char              *name;
  gint64             now;
  LinliHubAdmission  admission;
  LinliHubAdmitted   admitted;
  char              *prefix;  /* (nullable) of the numbers it will print */
} Enrolment;

static void
enrolment_free (Enrolment *enrolment)
{
  g_object_unref (enrolment->request);
  g_free (enrolment->code);
  g_free (enrolment->device);
  g_free (enrolment->name);
  g_free (enrolment->prefix);
  linli_hub_admitted_clear (&enrolment->admitted);
  g_free (enrolment);
}

static gpointer
admit_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Enrolment *enrolment = data;

  linli_hub_registry_admit (conn, enrolment->code, enrolment->device, enrolment->name, enrolment->now,
                            &enrolment->admission, &enrolment->admitted, error);
  return NULL;
}

/* The device of a reply that was lost is there already: its tip answers as well. */
static LinliHubReply *
add_device_work (LinliConn *conn,
                 gpointer   data)
{
  Enrolment *enrolment = data;
  g_autoptr(GError) error = NULL;
  g_autofree char *prefix = NULL;

  if (!(enrolment->admitted.unit == NULL
          ? linli_hub_add_device (conn, enrolment->device, &prefix, &error)
          : linli_hub_add_unit_device (conn, enrolment->device, enrolment->admitted.unit, enrolment->now, &prefix, &error)) &&
      !g_error_matches (error, LINLI_STORE_ERROR, LINLI_STORE_ERROR_CONSTRAINT))
    return linli_hub_reply_error (error);
  g_clear_error (&error);
  if (!linli_conn_get_text (conn, &enrolment->prefix, &error, "SELECT prefix FROM hub_device WHERE id = ?1", "s",
                            enrolment->device))
    return linli_hub_reply_error (error);
  return linli_hub_tip (conn, enrolment->device, -1);
}

static void
added_cb (LinliHubWorkspace *workspace,
          LinliHubReply     *reply,
          const GError      *error,
          gpointer           data)
{
  Enrolment *enrolment = data;
  g_autoptr(JsonObject) told = NULL;

  if (reply == NULL || reply->status != 200)
    {
      linli_hub_answer_problem (enrolment->request, "unavailable");
      return;
    }
  told = linli_json_parse_object (reply->body->str, (gssize) reply->body->len, NULL);
  json_object_set_string_member (told, "workspace", enrolment->admitted.workspace);
  json_object_set_string_member (told, "name", enrolment->admitted.name);
  json_object_set_string_member (told, "prefix", enrolment->prefix);
  json_object_set_string_member (told, "credential", enrolment->admitted.credential);
  linli_hub_answer_json (enrolment->request, 200, told);
}

static void
admitted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Enrolment *enrolment = user_data;
  g_autoptr(GError) error = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error != NULL)
    linli_hub_answer_problem (enrolment->request, linli_hub_problem_of (error));
  else if (enrolment->admission != LINLI_HUB_ADMIT_YES)
    {
      linli_hub_service_note_failure (enrolment->service, linli_http_request_get_peer (enrolment->request));
      linli_hub_answer_problem (enrolment->request, "code-unknown");
    }
  else
    {
      linli_hub_workspace_run (linli_hub_service_get_workspace (enrolment->service, enrolment->admitted.workspace),
                               LINLI_DB_WRITE, add_device_work, added_cb, enrolment, (GDestroyNotify) enrolment_free,
                               NULL);
      return;
    }
  enrolment_free (enrolment);
}

void
linli_hub_door_enrol (LinliHubService  *service,
                      LinliHttpRequest *request)
{
  g_autoptr(JsonObject) asked = linli_hub_read_json (request);
  const char *code = asked != NULL ? linli_json_get_text (asked, "code") : NULL;
  const char *device = asked != NULL ? linli_json_get_text (asked, "device") : NULL;
  const char *name = asked != NULL ? linli_json_get_text (asked, "name") : NULL;
  Enrolment *enrolment;

  if (!linli_hub_service_may_try (service, linli_http_request_get_peer (request)))
    {
      linli_hub_answer_problem (request, "slow-down");
      return;
    }
  if (code == NULL || device == NULL || !linli_uuid_is_valid (device))
    {
      linli_hub_answer_problem (request, "bad-batch");
      return;
    }

  enrolment = g_new0 (Enrolment, 1);
  enrolment->service = service;
  enrolment->request = g_object_ref (request);
  enrolment->code = linli_hub_code_fold (code);
  enrolment->device = g_strdup (device);
  enrolment->name = name != NULL ? g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_NAME)) : g_strdup ("");
  enrolment->now = linli_hub_service_now (service);
  linli_db_run_async (linli_hub_service_get_registry (service), LINLI_DB_WRITE, admit_job, enrolment, NULL, NULL, NULL,
                      admitted_cb, enrolment);
}

/* --- A device gets its token --- */

#define AGENT       "linli/"
#define MAX_VERSION 40

typedef struct
{
  LinliHubService  *service; /* (unowned) */
  LinliHttpRequest *request; /* (owned) */
  char             *device;
  char             *credential;
  char             *version;   /* (nullable): of its program */
  gint64            now;
  char             *workspace; /* (nullable) */
  LinliWireEnd     *end;       /* (owned) (nullable): why there is none */
} Identity;

static void
identity_free (Identity *identity)
{
  g_object_unref (identity->request);
  g_free (identity->device);
  g_free (identity->credential);
  g_free (identity->version);
  g_free (identity->workspace);
  linli_wire_end_free (identity->end);
  g_free (identity);
}

static gpointer
identify_job (LinliConn *conn,
              gpointer   data,
              GError   **error)
{
  Identity *identity = data;

  if (linli_hub_registry_identify (conn, identity->device, identity->credential, identity->version, identity->now,
                                   &identity->workspace, error) && identity->workspace == NULL)
    linli_hub_registry_find_end (conn, identity->device, identity->credential, &identity->end, error);
  return NULL;
}

static void
answer_ended (LinliHttpRequest   *request,
              const LinliWireEnd *end)
{
  LinliHubReply *reply = linli_hub_reply_problem ("device-revoked", NULL);

  g_string_truncate (reply->body, 0);
  linli_wire_end_append (end, reply->body);
  linli_hub_answer (request, reply);
  linli_hub_reply_free (reply);
}

static void
identified_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Identity *identity = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) told = NULL;
  g_autofree char *token = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error != NULL)
    linli_hub_answer_problem (identity->request, linli_hub_problem_of (error));
  else if (identity->workspace == NULL)
    {
      linli_hub_service_note_failure (identity->service, linli_http_request_get_peer (identity->request));
      if (identity->end != NULL)
        answer_ended (identity->request, identity->end);
      else
        linli_hub_answer_problem (identity->request, "device-revoked");
    }
  else
    {
      told = json_object_new ();
      token = linli_hub_token_make (linli_hub_service_get_key (identity->service), identity->workspace,
                                    identity->device, linli_hub_service_now (identity->service));
      json_object_set_string_member (told, "token", token);
      json_object_set_string_member (told, "workspace", identity->workspace);
      json_object_set_int_member (told, "expires_in", LINLI_HUB_TOKEN_SECONDS);
      linli_hub_answer_json (identity->request, 200, told);
    }
  identity_free (identity);
}

void
linli_hub_door_token (LinliHubService  *service,
                      LinliHttpRequest *request)
{
  g_autoptr(JsonObject) asked = linli_hub_read_json (request);
  const char *device = asked != NULL ? linli_json_get_text (asked, "device") : NULL;
  const char *credential = asked != NULL ? linli_json_get_text (asked, "credential") : NULL;
  const char *agent = linli_http_request_get_header (request, "User-Agent");
  Identity *identity;

  if (!linli_hub_service_may_try (service, linli_http_request_get_peer (request)))
    {
      linli_hub_answer_problem (request, "slow-down");
      return;
    }
  if (device == NULL || credential == NULL)
    {
      linli_hub_answer_problem (request, "bad-batch");
      return;
    }
  identity = g_new0 (Identity, 1);
  identity->service = service;
  identity->request = g_object_ref (request);
  identity->device = g_strdup (device);
  identity->credential = g_strdup (credential);
  if (agent != NULL && g_str_has_prefix (agent, AGENT) && g_str_is_ascii (agent))
    identity->version = g_strndup (agent + strlen (AGENT), MAX_VERSION);
  identity->now = linli_hub_service_now (service);
  linli_db_run_async (linli_hub_service_get_registry (service), LINLI_DB_WRITE, identify_job, identity, NULL, NULL, NULL,
                      identified_cb, identity);
}
