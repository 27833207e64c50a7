/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-side.h"

#include <string.h>

#include "linli-domain-error.h"
#include "linli-hub-door-figures.h"
#include "linli-hub-door-open311.h"
#include "linli-hub-openapi.h"
#include "linli-hub-routes.h"
#include "linli-hub-secret.h"
#include "linli-json.h"

#define MINUTE        (60 * G_USEC_PER_SEC)
#define SECRET_LETTERS 32 /* 128 bits */

#define REQUESTS_QUERY "jurisdiction_id service_request_id service_code start_date end_date status"

const LinliHubRoute linli_hub_side_routes[] = {
  { "POST", "/v1/t/{workspace}/intake/{channel}", 65536, linli_hub_door_intake, LINLI_HUB_KEY_CHANNEL,
    linli_hub_door_intake_args, NULL, "Another channel hands a matter in; the same number again is answered as before." },
  { "GET", "/v1/t/{workspace}/status/{receipt}", 0, linli_hub_door_status, NULL, NULL, "secret",
    "Where a matter stands that was handed in, for whoever has the secret that was told then." },
  { "GET", "/open311/v2/services.json", 0, linli_hub_door_services, NULL, NULL, "jurisdiction_id",
    "Open311: the leaves of the duty list as services." },
  { "GET", "/open311/v2/services.xml", 0, linli_hub_door_services, NULL, NULL, "jurisdiction_id",
    "Open311: the leaves of the duty list as services." },
  { "GET", "/open311/v2/services/{service_code}.json", 0, linli_hub_door_definition, NULL, NULL, "jurisdiction_id",
    "Open311: what is asked about one service." },
  { "GET", "/open311/v2/services/{service_code}.xml", 0, linli_hub_door_definition, NULL, NULL, "jurisdiction_id",
    "Open311: what is asked about one service." },
  { "GET", "/open311/v2/requests.json", 0, linli_hub_door_requests, NULL, NULL, REQUESTS_QUERY,
    "Open311: requests that came by this door, without a word of anybody's." },
  { "GET", "/open311/v2/requests.xml", 0, linli_hub_door_requests, NULL, NULL, REQUESTS_QUERY,
    "Open311: requests that came by this door, without a word of anybody's." },
  { "POST", "/open311/v2/requests.json", 65536, linli_hub_door_file, LINLI_HUB_KEY_OPEN311, NULL, NULL,
    "Open311: hand a request in, as a form." },
  { "POST", "/open311/v2/requests.xml", 65536, linli_hub_door_file, LINLI_HUB_KEY_OPEN311, NULL, NULL,
    "Open311: hand a request in, as a form." },
  { "GET", "/open311/v2/requests/{service_request_id}.json", 0, linli_hub_door_request, NULL, NULL, "jurisdiction_id",
    "Open311: one request." },
  { "GET", "/open311/v2/requests/{service_request_id}.xml", 0, linli_hub_door_request, NULL, NULL, "jurisdiction_id",
    "Open311: one request." },
  { "GET", "/open311/v2/tokens/{token}.json", 0, linli_hub_door_token_of, NULL, NULL, "jurisdiction_id",
    "Open311: the request of a receipt's number." },
  { "GET", "/open311/v2/tokens/{token}.xml", 0, linli_hub_door_token_of, NULL, NULL, "jurisdiction_id",
    "Open311: the request of a receipt's number." },
  { "GET", "/v1/figures", 0, linli_hub_door_figures, LINLI_HUB_KEY_DISTRICT, NULL, "from to basis compare",
    "The figures of every centre for a period." },
  { "GET", "/v1/figures/{workspace}/cases", 0, linli_hub_door_figures_cases, LINLI_HUB_KEY_DISTRICT, NULL,
    "from to basis set class", "The cases behind a number, without anything about anybody." },
  { "GET", "/v1/openapi.json", 0, linli_hub_door_openapi, NULL, NULL, NULL, "This description." },
  { NULL }
};

/* --- Finding the door --- */

/* Returns: (transfer full) (nullable): what stands for the pattern's names */
static GStrv
match (const char *pattern,
       const char *path)
{
  g_auto(GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto(GStrv) got = g_strsplit (path, "/", (int) g_strv_length (wanted) + 1);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (g_strv_length (got) != g_strv_length (wanted))
    return NULL;
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      const char *open = strchr (wanted[i], '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      gsize before = open != NULL ? (gsize) (open - wanted[i]) : 0;

      if (close == NULL ? !g_str_equal (wanted[i], got[i])
                        : strncmp (wanted[i], got[i], before) != 0 || !g_str_has_suffix (got[i], close + 1) ||
                            strlen (got[i]) <= before + strlen (close + 1))
        return NULL;
      if (close != NULL)
        g_ptr_array_add (parts, g_strndup (got[i] + before, strlen (got[i]) - before - strlen (close + 1)));
    }
  g_ptr_array_add (parts, NULL);

  return (GStrv) g_ptr_array_steal (parts, NULL);
}

/* Returns: whether @request came to a side door, and is or will be answered */
gboolean
linli_hub_side_handle (LinliHubService  *service,
                       LinliHttpRequest *request)
{
  const char *method = linli_http_request_get_method (request);
  const char *path = linli_http_request_get_path (request);
  gboolean is_door = FALSE;

  for (const LinliHubRoute *route = linli_hub_side_routes; route->method != NULL; route++)
    {
      g_auto(GStrv) parts = match (route->path, path);

      if (parts == NULL)
        continue;
      is_door = TRUE;
      if (!g_str_equal (route->method, method))
        continue;
      route->handle (service, request, parts);
      return TRUE;
    }
  if (is_door)
    linli_http_request_reply (request, 405, NULL, NULL);
  return is_door;
}

/* @limit: (out): bytes that a body may have. Returns: whether it is a side door */
gboolean
linli_hub_side_limit (const char *method,
                      const char *path,
                      gsize      *limit)
{
  for (const LinliHubRoute *route = linli_hub_side_routes; route->method != NULL; route++)
    {
      g_auto(GStrv) parts = g_str_equal (route->method, method) ? match (route->path, path) : NULL;

      if (parts == NULL)
        continue;
      *limit = route->limit;
      return TRUE;
    }
  return FALSE;
}

/* --- Who comes --- */

typedef struct
{
  gint64 minute;
  gint64 n;
} Tally;

/* Returns: whether a key may come once more within this minute */
static gboolean
may_come (LinliHubService *service,
          const char      *key)
{
  gint64 most = linli_hub_service_get_settings (service)->per_minute;
  gint64 minute = linli_hub_service_now (service) / MINUTE;
  GHashTable *tallies = g_object_get_data (G_OBJECT (service), "linli-hub-tallies");
  Tally *tally;

  if (tallies == NULL)
    {
      tallies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_object_set_data_full (G_OBJECT (service), "linli-hub-tallies", tallies, (GDestroyNotify) g_hash_table_unref);
    }
  tally = g_hash_table_lookup (tallies, key);
  if (tally == NULL)
    {
      tally = g_new0 (Tally, 1);
      g_hash_table_insert (tallies, g_strdup (key), tally);
    }
  if (tally->minute != minute)
    *tally = (Tally) { .minute = minute };

  return tally->n++ < most;
}

typedef struct
{
  LinliHubService  *service; /* (unowned): outlives its requests */
  LinliHttpRequest *request; /* (owned) */
  char             *secret;
  const char       *kind;
  LinliHubKey       key;
  LinliHubAdmit     func;
  gpointer          data;
} Admission;

static gpointer
find_job (LinliConn *conn,
          gpointer   data,
          GError   **error)
{
  Admission *admission = data;

  linli_hub_key_find (conn, admission->secret, &admission->key, error);
  return NULL;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Admission *self = user_data;
  g_autoptr(GError) error = NULL;
  guint status = 200;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error != NULL)
    status = 503;
  else if (self->key.id == NULL || !g_str_equal (self->key.kind, self->kind))
    status = 401;
  else if (!may_come (self->service, self->key.id))
    status = 429;
  self->func (self->service, self->request, status, status == 200 ? &self->key : NULL, self->data);

  linli_hub_key_clear (&self->key);
  g_object_unref (self->request);
  g_free (self->secret);
  g_free (self);
}

/**
 * linli_hub_side_admit:
 * @secret: (nullable): the key that was shown
 * @kind: of the key that opens the door
 * @func: called later, once
 */
void
linli_hub_side_admit (LinliHubService  *service,
                      LinliHttpRequest *request,
                      const char       *secret,
                      const char       *kind,
                      LinliHubAdmit     func,
                      gpointer          data)
{
  Admission *self = g_new0 (Admission, 1);

  self->service = service;
  self->request = g_object_ref (request);
  self->secret = g_strdup (secret != NULL ? secret : "");
  self->kind = kind;
  self->func = func;
  self->data = data;
  linli_db_run_async (linli_hub_service_get_registry (service), LINLI_DB_READ, find_job, self, NULL, NULL, NULL,
                      found_cb, self);
}

/* Returns: (nullable): the key in the Authorization header */
const char *
linli_hub_side_bearer (LinliHttpRequest *request)
{
  const char *header = linli_http_request_get_header (request, "Authorization");

  return header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0 ? header + 7 : NULL;
}

/* --- Answering --- */

/* @field: (nullable): what to mend */
void
linli_hub_side_refuse (LinliHttpRequest *request,
                       guint             status,
                       const char       *name,
                       const char       *title,
                       const char       *field)
{
  g_autoptr(JsonObject) object = json_object_new ();
  g_autofree char *type = g_strconcat ("urn:linli:problem:", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GBytes) body = NULL;

  json_object_set_string_member (object, "type", type);
  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "title", title);
  if (field != NULL)
    json_object_set_string_member (object, "field", field);
  text = linli_json_object_to_text (object);
  body = g_bytes_new (text, strlen (text));
  if (status == 429 || status == 503)
    linli_http_request_add_header (request, "Retry-After", status == 429 ? "60" : "5");
  linli_http_request_reply (request, status, "application/problem+json", body);
}

/* Returns: what of HTTP says that a command refused, or that the store is at fault */
guint
linli_hub_side_status (const GError *error)
{
  if (error->domain == LINLI_JSON_ERROR)
    return 400;
  if (error->domain != LINLI_DOMAIN_ERROR)
    return 503;
  return error->code == LINLI_DOMAIN_ERROR_DUPLICATE ? 409 : error->code == LINLI_DOMAIN_ERROR_NOT_FOUND ? 404 : 422;
}

/* The engine's words stay here: they may quote a row. */
void
linli_hub_side_refuse_error (LinliHttpRequest *request,
                             const GError     *error)
{
  guint status = linli_hub_side_status (error);

  if (error->domain == LINLI_DOMAIN_ERROR)
    linli_hub_side_refuse (request, status, linli_domain_error_get_reason (error), error->message,
                           linli_domain_error_get_field (error));
  else if (status == 400)
    linli_hub_side_refuse (request, status, "bad-request", "The request cannot be read", NULL);
  else
    linli_hub_side_refuse (request, status, "unavailable", "The hub cannot write for the moment", NULL);
}

/* @status: as LinliHubAdmit has it, not 200 */
void
linli_hub_side_turn_away (LinliHttpRequest *request,
                          guint             status)
{
  if (status == 401)
    {
      linli_http_request_add_header (request, "WWW-Authenticate", "Bearer");
      linli_hub_side_refuse (request, status, "key-unknown", "This key does not open this door", NULL);
    }
  else if (status == 429)
    linli_hub_side_refuse (request, status, "slow-down", "Too many requests with this key", NULL);
  else
    linli_hub_side_refuse (request, status, "unavailable", "The hub cannot answer for the moment", NULL);
}

/* Returns: (transfer full): what opens the status of a matter; the same
 * whenever it is asked for, and kept nowhere */
char *
linli_hub_side_secret (LinliHubService *service,
                       const char      *workspace,
                       const char      *receipt_no)
{
  const char *key = linli_hub_service_get_key (service);
  g_autofree char *claim = g_strconcat ("status.", workspace, ".", receipt_no, NULL);
  char *secret = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key), claim, -1);

  secret[SECRET_LETTERS] = '\0';
  return secret;
}
