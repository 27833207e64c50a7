/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-routes.h"

#include <string.h>

#include "linli-hub-door.h"
#include "linli-hub-metrics.h"
#include "linli-hub-secret.h"
#include "linli-hub-side.h"
#include "linli-json.h"
#include "linli-shelf.h"

#define SMALL_BODY 4096
#define LONGEST_OPERATION (4 << 20) /* what an audit entry may hold */
#define RETRY_SECONDS "5"

#define BLOB "blobs/" /* and its hash */

/* What follows /v1/t/WORKSPACE/. */
static const struct
{
  const char *method;
  const char *name;
  gboolean    body;
  void      (*handle) (LinliHubVisit *visit);
  const char *query; /* (nullable) as in LinliHubRoute */
  const char *doc;
} doors[] = {
  { "GET", "tip", FALSE, linli_hub_door_tip, "after wait",
    "Where the workspace stands; with after and wait, once it has moved." },
  { "POST", "ops", TRUE, linli_hub_door_ops, NULL,
    "Operations of a desk, to be decided in their order." },
  { "GET", "changes", FALSE, linli_hub_door_changes, "since limit wait",
    "What changed since a cursor." },
  { "GET", "digest", FALSE, linli_hub_door_digest, NULL,
    "Counts and sums by which a desk compares its rows." },
  { "POST", "fork", TRUE, linli_hub_door_fork, NULL,
    "Another identity for a machine that was copied." },
  { "POST", "presence", TRUE, linli_hub_door_presence, NULL,
    "Which case a desk has open, and who else has it open." },
  { "POST", "devices", TRUE, linli_hub_door_devices, NULL,
    "The desks of the centre, for an administrator (actor)." },
  { "POST", "device-code", TRUE, linli_hub_door_device_code, NULL,
    "A code that lets one more desk in, of the centre or of a handling unit (unit), for an administrator." },
  { "POST", "device-name", TRUE, linli_hub_door_device_name, NULL,
    "Another name for a desk (device, name), by an administrator." },
  { "POST", "device-revoke", TRUE, linli_hub_door_device_revoke, NULL,
    "Let a desk in no more (device, reason), by an administrator." },
  { "GET", "blobs", FALSE, linli_hub_door_missing, NULL,
    "Which files of cases the hub lacks." },
  { "HEAD", BLOB, FALSE, linli_hub_door_blob_look, "row",
    "How much of a file has arrived." },
  { "GET", BLOB, FALSE, linli_hub_door_blob_get, "row",
    "A file of a case." },
  { "PUT", BLOB, TRUE, linli_hub_door_blob_begin, "row",
    "Begin to send a file." },
  { "PATCH", BLOB, TRUE, linli_hub_door_blob_append, "row",
    "Send the next part of a file." },
};

static const struct
{
  const char *method;
  const char *path;
  gboolean    body;
  void      (*handle) (LinliHubService *service, LinliHttpRequest *request);
  const char *query; /* (nullable) */
  const char *doc;
} open_doors[] = {
  { "GET", "/healthz", FALSE, linli_hub_door_health, NULL,
    "The process is there." },
  { "GET", "/readyz", FALSE, linli_hub_door_ready, NULL,
    "It can write." },
  { "GET", "/metrics", FALSE, linli_hub_metrics_answer, NULL,
    "Counts and times for Prometheus." },
  { "GET", "/v1/config", FALSE, linli_hub_door_config, NULL,
    "What is allowed." },
  { "POST", "/v1/devices", TRUE, linli_hub_door_enrol, NULL,
    "A code makes a machine a device of a workspace." },
  { "POST", "/v1/token", TRUE, linli_hub_door_token, NULL,
    "A device gets a token for a quarter of an hour." },
};

/* --- Answering --- */

void
linli_hub_answer (LinliHttpRequest *request,
                  LinliHubReply    *reply)
{
  g_autoptr(GBytes) body = g_bytes_new (reply->body->str, reply->body->len);

  if (reply->status == 503 || reply->status == 429)
    linli_http_request_add_header (request, "Retry-After", RETRY_SECONDS);
  linli_http_request_reply (request, reply->status, reply->type, body);
}

/* @problem: a name of linli_wire_problems */
void
linli_hub_answer_problem (LinliHttpRequest *request,
                          const char       *problem)
{
  g_autoptr(LinliHubReply) reply = linli_hub_reply_problem (problem, NULL);

  linli_hub_answer (request, reply);
}

void
linli_hub_answer_json (LinliHttpRequest *request,
                       guint             status,
                       JsonObject       *object)
{
  g_autofree char *text = linli_json_object_to_text (object);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  linli_http_request_reply (request, status, "application/json", body);
}

/* Returns: (transfer full) (nullable): the body, if it is one JSON object */
JsonObject *
linli_hub_read_json (LinliHttpRequest *request)
{
  gsize size = 0;
  const char *text = g_bytes_get_data (linli_http_request_get_body (request), &size);

  return size > 0 ? linli_json_parse_object (text, (gssize) size, NULL) : NULL;
}

/* --- Finding the door --- */

/* "/v1/t/WORKSPACE/NAME" or "/v1/t/WORKSPACE/blobs/HASH"; %NULL for any other path. */
static GStrv
split_path (const char *path)
{
  g_auto(GStrv) parts = g_strsplit (path, "/", 6);
  guint n = g_strv_length (parts);

  if (n < 5 || *parts[0] != '\0' || !g_str_equal (parts[1], "v1") || !g_str_equal (parts[2], "t") ||
      (n == 6 && (!g_str_equal (parts[4], "blobs") || !linli_shelf_is_name (parts[5]))))
    return NULL;
  return g_steal_pointer (&parts);
}

/* Returns: whether the request has a token of the workspace that it names; the
 * path alone opens nothing */
static gboolean
is_admitted (LinliHubService  *service,
             LinliHttpRequest *request,
             const char       *workspace,
             char            **device)
{
  const char *header = linli_http_request_get_header (request, "Authorization");
  g_autofree char *of = NULL;

  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", 7) != 0 ||
      !linli_hub_token_check (linli_hub_service_get_key (service), header + 7, linli_hub_service_now (service), &of,
                              device))
    return FALSE;
  return g_str_equal (of, workspace);
}

static void
answer_status (LinliHttpRequest *request,
               guint             status)
{
  linli_http_request_reply (request, status, NULL, NULL);
}

/* @hash: (nullable): of a file */
static void
visit_workspace (LinliHubService  *service,
                 LinliHttpRequest *request,
                 const char       *workspace,
                 const char       *name,
                 const char       *hash)
{
  const char *method = linli_http_request_get_method (request);
  g_autofree char *device = NULL;
  gboolean is_door = FALSE;
  LinliHubVisit *visit;

  /* Whoever may not come in is not told what doors there are. */
  if (!is_admitted (service, request, workspace, &device))
    {
      linli_hub_answer_problem (request, "token-expired");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      if (!g_str_equal (doors[i].name, name))
        continue;
      is_door = TRUE;
      if (!g_str_equal (doors[i].method, method))
        continue;
      visit = linli_hub_visit_new (service, request, workspace, device);
      visit->word = g_strdup (hash);
      doors[i].handle (visit);
      return;
    }
  answer_status (request, is_door ? 405 : 404);
}

/**
 * linli_hub_routes_handle:
 *
 * Answers @request, now or later.
 */
void
linli_hub_routes_handle (LinliHubService  *service,
                         LinliHttpRequest *request)
{
  const char *path = linli_http_request_get_path (request);
  const char *method = linli_http_request_get_method (request);
  g_auto(GStrv) parts = split_path (path);
  gboolean is_door = FALSE;

  if (parts != NULL)
    {
      visit_workspace (service, request, parts[3], parts[5] != NULL ? BLOB : parts[4], parts[5]);
      return;
    }
  if (linli_hub_side_handle (service, request))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (open_doors); i++)
    {
      if (!g_str_equal (open_doors[i].path, path))
        continue;
      is_door = TRUE;
      if (!g_str_equal (open_doors[i].method, method))
        continue;
      open_doors[i].handle (service, request);
      return;
    }
  answer_status (request, is_door ? 405 : 404);
}

/* Returns: bytes that a request's body may have, packed or unpacked */
gsize
linli_hub_routes_limit (LinliHubService *service,
                        const char      *method,
                        const char      *path)
{
  g_auto(GStrv) parts = split_path (path);
  gsize limit = 0;

  if (linli_hub_side_limit (method, path, &limit))
    return limit;
  if (parts != NULL && g_str_equal (method, "POST") && g_str_equal (parts[4], "ops"))
    /* max_bytes is for several operations together; one alone may be longer. */
    return (gsize) MAX (linli_hub_service_get_config (service)->max_bytes, LONGEST_OPERATION) + SMALL_BODY;
  if (parts != NULL && parts[5] != NULL && g_str_equal (method, "PATCH"))
    return LINLI_SHELF_PART_MAX;
  return g_str_equal (method, "POST") || g_str_equal (method, "PUT") ? SMALL_BODY : 0;
}

/**
 * linli_hub_routes_each:
 * @func: called with every route there is; what it is given lives as long as the call
 */
void
linli_hub_routes_each (void   (*func) (const LinliHubRoute *route, gpointer data),
                       gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (open_doors); i++)
    {
      const LinliHubRoute route = { .method = open_doors[i].method, .path = open_doors[i].path,
                                    .limit = open_doors[i].body ? SMALL_BODY : 0, .query = open_doors[i].query,
                                    .doc = open_doors[i].doc };

      func (&route, data);
    }
  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      g_autofree char *path = g_strconcat ("/v1/t/{workspace}/", doors[i].name,
                                           g_str_has_suffix (doors[i].name, "/") ? "{sha256}" : NULL, NULL);
      const LinliHubRoute route = { .method = doors[i].method, .path = path, .limit = doors[i].body ? SMALL_BODY : 0,
                                    .key = LINLI_HUB_KEY_DEVICE, .query = doors[i].query, .doc = doors[i].doc };

      func (&route, data);
    }
  for (const LinliHubRoute *route = linli_hub_side_routes; route->method != NULL; route++)
    func (route, data);
}
