/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Open311 GeoReport v2 over HTTP: which workspace, which format, who may hand
 * in. What is told is decided in linli-hub-georeport.h. */

#include "config.h"

#include "linli-hub-door-open311.h"

#include <string.h>

#include "linli-domain-error.h"
#include "linli-hub-georeport.h"
#include "linli-hub-secret.h"
#include "linli-hub-side.h"
#include "linli-json.h"

#define DEGREE     10000000.0
#define USUAL_SPAN (90 * G_TIME_SPAN_DAY)
#define MOST_IDS   50
#define LONGEST_KEY  100 /* letters that count of an Idempotency-Key */
#define FRESH_NUMBER 24  /* letters of a number that we make ourselves */

typedef struct
{
  LinliHubService  *service;   /* (unowned) */
  LinliHttpRequest *request;   /* (owned) */
  LinliClock       *clock;     /* (unowned) */
  LinliHubWork      work;
  const char       *root;      /* of the answer's XML */
  char             *word;      /* (nullable): from the path */
  GHashTable       *form;      /* (owned) (nullable): what a POST brought */
  char             *jurisdiction; /* (nullable) */
  char             *workspace; /* (nullable) until found */
  char             *channel;   /* (nullable): whose key it is */
  char             *sha256;
  char             *number;
  char            **ids;       /* (nullable) */
  char            **codes;     /* (nullable) */
  char             *status;    /* (nullable) */
  LinliHubReports   wanted;    /* borrows from those */
  JsonNode         *answer;    /* (owned) (nullable) */
  gboolean          written;
  GError           *error;
} Report;

static void
report_free (Report *self)
{
  g_object_unref (self->request);
  g_free (self->word);
  g_clear_pointer (&self->form, g_hash_table_unref);
  g_free (self->jurisdiction);
  g_free (self->workspace);
  g_free (self->channel);
  g_free (self->sha256);
  g_free (self->number);
  g_strfreev (self->ids);
  g_strfreev (self->codes);
  g_free (self->status);
  g_clear_pointer (&self->answer, json_node_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/* --- Answering --- */

static void
reply (LinliHttpRequest *request,
       guint             status,
       JsonNode         *node,
       const char       *root)
{
  gboolean as_xml = g_str_has_suffix (linli_http_request_get_path (request), ".xml");
  g_autofree char *text = as_xml ? linli_hub_report_to_xml (node, root) : linli_json_node_to_text (node, FALSE);
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  if (status == 429 || status == 503)
    linli_http_request_add_header (request, "Retry-After", status == 429 ? "60" : "5");
  linli_http_request_reply (request, status, as_xml ? "text/xml; charset=utf-8" : "application/json; charset=utf-8", body);
}

static JsonNode *
wrap (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_array_add_object_element (array, object);
  json_node_take_array (node, array);
  return node;
}

static void
complain (LinliHttpRequest *request,
          guint             status,
          const char       *words)
{
  JsonObject *object = json_object_new ();
  g_autofree char *code = g_strdup_printf ("%u", status);
  g_autoptr(JsonNode) node = NULL;

  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "description", words);
  node = wrap (object);
  reply (request, status, node, "errors");
}

static void
complain_error (LinliHttpRequest *request,
                const GError     *error)
{
  guint status = linli_hub_side_status (error);
  const char *field = error->domain == LINLI_DOMAIN_ERROR ? linli_domain_error_get_field (error) : NULL;
  g_autofree char *words = NULL;

  if (error->domain != LINLI_DOMAIN_ERROR)
    words = g_strdup ("not now, please try again");
  else
    words = field != NULL ? g_strdup_printf ("%s: %s", field, error->message) : g_strdup (error->message);
  complain (request, status == 422 ? 400 : status, words);
}

/* --- Where it is --- */

static gpointer
place_job (LinliConn *conn,
           gpointer   data,
           GError   **error)
{
  Report *self = data;

  linli_hub_key_place (conn, self->jurisdiction, &self->workspace, error);
  return NULL;
}

static void
worked_cb (LinliHubWorkspace *workspace,
           LinliHubReply     *unused,
           const GError      *error,
           gpointer           data)
{
  Report *self = data;

  if (self->written)
    linli_hub_service_changed (self->service, workspace);
  if (error != NULL || self->error != NULL)
    complain_error (self->request, self->error != NULL ? self->error : error);
  else if (self->answer == NULL)
    complain (self->request, 404, "there is none of that code or id");
  else
    reply (self->request, 200, self->answer, self->root);
}

static void
run (Report     *self,
     LinliDbLane lane)
{
  linli_hub_workspace_run (linli_hub_service_get_workspace (self->service, self->workspace), lane, self->work, worked_cb,
                           self, (GDestroyNotify) report_free,
                           lane == LINLI_DB_READ ? linli_http_request_get_cancellable (self->request) : NULL);
}

static void
admitted_cb (LinliHubService   *service,
             LinliHttpRequest  *request,
             guint              status,
             const LinliHubKey *key,
             gpointer           data)
{
  Report *self = data;

  if (status == 200 && g_strcmp0 (key->workspace, self->workspace) == 0)
    {
      self->channel = g_strdup (key->name);
      run (self, LINLI_DB_WRITE);
      return;
    }
  if (status == 429)
    complain (request, 429, "too many requests with this api_key");
  else if (status == 503)
    complain (request, 503, "not now, please try again");
  else
    complain (request, 403, "the api_key is missing or opens nothing here");
  report_free (self);
}

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Report *self = user_data;
  g_autoptr(GError) error = NULL;

  linli_db_run_finish (LINLI_DB (source), result, &error);
  if (error == NULL && self->workspace != NULL)
    {
      if (self->form != NULL)
        linli_hub_side_admit (self->service, self->request, g_hash_table_lookup (self->form, "api_key"),
                              LINLI_HUB_KEY_OPEN311, admitted_cb, self);
      else
        run (self, LINLI_DB_READ);
      return;
    }
  if (error != NULL)
    complain (self->request, 503, "not now, please try again");
  else if (self->jurisdiction == NULL)
    complain (self->request, 400, "jurisdiction_id was not provided");
  else
    complain (self->request, 404, "jurisdiction_id was not found");
  report_free (self);
}

static Report *
report_new (LinliHubService  *service,
            LinliHttpRequest *request,
            LinliHubWork      work,
            const char       *root)
{
  Report *self = g_new0 (Report, 1);

  self->service = service;
  self->request = g_object_ref (request);
  self->clock = linli_hub_service_get_clock (service);
  self->work = work;
  self->root = root;

  return self;
}

/* What goes on from there frees @self. */
static void
find_place (Report *self)
{
  const char *jurisdiction = self->form != NULL ? g_hash_table_lookup (self->form, "jurisdiction_id") : NULL;

  if (jurisdiction == NULL)
    jurisdiction = linli_http_request_get_query (self->request, "jurisdiction_id");
  if (jurisdiction != NULL && *jurisdiction != '\0' && g_utf8_validate (jurisdiction, -1, NULL))
    self->jurisdiction = g_strdup (jurisdiction);
  linli_db_run_async (linli_hub_service_get_registry (self->service), LINLI_DB_READ, place_job, self, NULL, NULL, NULL,
                      placed_cb, self);
}

/* --- Services --- */

static LinliHubReply *
services_work (LinliConn *conn,
               gpointer   data)
{
  Report *self = data;

  self->answer = linli_hub_report_services (conn, &self->error);
  return NULL;
}

void
linli_hub_door_services (LinliHubService  *service,
                         LinliHttpRequest *request,
                         GStrv             parts)
{
  find_place (report_new (service, request, services_work, "services"));
}

static LinliHubReply *
definition_work (LinliConn *conn,
                 gpointer   data)
{
  Report *self = data;

  self->answer = linli_hub_report_definition (conn, self->word, &self->error);
  return NULL;
}

void
linli_hub_door_definition (LinliHubService  *service,
                           LinliHttpRequest *request,
                           GStrv             parts)
{
  Report *self = report_new (service, request, definition_work, "service_definition");

  self->word = g_strdup (parts[0]);
  find_place (self);
}

/* --- Reading requests --- */

static LinliHubReply *
requests_work (LinliConn *conn,
               gpointer   data)
{
  Report *self = data;
  JsonArray *list = json_array_new ();
  gboolean done = TRUE;

  if (self->ids == NULL)
    done = linli_hub_report_list (conn, &self->wanted, list, &self->error);
  for (guint i = 0; done && self->ids != NULL && self->ids[i] != NULL; i++)
    if (*self->ids[i] != '\0')
      {
        self->wanted.id = self->ids[i];
        done = linli_hub_report_list (conn, &self->wanted, list, &self->error);
      }
  self->answer = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (self->answer, list);

  return NULL;
}

/* Returns: (transfer full) (nullable): the words between commas */
static char **
split_query (LinliHttpRequest *request,
             const char       *name)
{
  const char *text = linli_http_request_get_query (request, name);

  return text != NULL && *text != '\0' && g_utf8_validate (text, -1, NULL) ? g_strsplit (text, ",", MOST_IDS) : NULL;
}

/* Returns: whether what was asked can be read */
static gboolean
read_wish (Report *self)
{
  const char *status = linli_http_request_get_query (self->request, "status");
  const char *from = linli_http_request_get_query (self->request, "start_date");
  const char *to = linli_http_request_get_query (self->request, "end_date");
  gint64 now = linli_hub_service_now (self->service);

  self->ids = split_query (self->request, "service_request_id");
  self->codes = split_query (self->request, "service_code");
  self->status = status != NULL && *status != '\0' ? g_strdup (status) : NULL;
  self->wanted = (LinliHubReports) { .codes = self->codes, .status = self->status, .from = 0, .to = G_MAXINT64 };
  if ((from != NULL && !linli_time_from_text (from, &self->wanted.from)) ||
      (to != NULL && !linli_time_from_text (to, &self->wanted.to)))
    return FALSE;
  if (self->ids == NULL && from == NULL)
    self->wanted.from = (to != NULL ? self->wanted.to : now) - USUAL_SPAN;
  return TRUE;
}

void
linli_hub_door_requests (LinliHubService  *service,
                         LinliHttpRequest *request,
                         GStrv             parts)
{
  Report *self = report_new (service, request, requests_work, "service_requests");

  if (read_wish (self))
    {
      find_place (self);
      return;
    }
  complain (request, 400, "start_date and end_date look like 2026-11-28T08:00:00+08:00");
  report_free (self);
}

static LinliHubReply *
request_work (LinliConn *conn,
              gpointer   data)
{
  Report *self = data;
  LinliHubReports wanted = { .id = self->word, .from = 0, .to = G_MAXINT64 };
  JsonArray *list = json_array_new ();

  if (linli_hub_report_list (conn, &wanted, list, &self->error) && json_array_get_length (list) > 0)
    {
      self->answer = json_node_new (JSON_NODE_ARRAY);
      json_node_set_array (self->answer, list);
    }
  json_array_unref (list);

  return NULL;
}

void
linli_hub_door_request (LinliHubService  *service,
                        LinliHttpRequest *request,
                        GStrv             parts)
{
  Report *self = report_new (service, request, request_work, "service_requests");

  self->word = g_strdup (parts[0]);
  find_place (self);
}

static LinliHubReply *
token_work (LinliConn *conn,
            gpointer   data)
{
  Report *self = data;
  g_autofree char *id = NULL;
  JsonObject *object;

  if (!linli_hub_report_token (conn, self->word, &id, &self->error) || id == NULL)
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "service_request_id", id);
  json_object_set_string_member (object, "token", self->word);
  self->answer = wrap (object);

  return NULL;
}

void
linli_hub_door_token_of (LinliHubService  *service,
                         LinliHttpRequest *request,
                         GStrv             parts)
{
  Report *self = report_new (service, request, token_work, "service_requests");

  self->word = g_strdup (parts[0]);
  find_place (self);
}

/* --- Handing a request in --- */

/* Returns: (nullable): what the form says under @name, unless that is nothing */
static const char *
look (Report     *self,
      const char *name)
{
  const char *value = g_hash_table_lookup (self->form, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static void
add (JsonObject *object,
     const char *member,
     const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

/* A Chinese name is written without a space, family name first. */
static char *
join_name (const char *first,
           const char *last)
{
  if (first == NULL || last == NULL)
    return g_strdup (first != NULL ? first : last);
  return g_str_is_ascii (first) ? g_strconcat (first, " ", last, NULL) : g_strconcat (last, first, NULL);
}

static JsonObject *
make_person (Report *self)
{
  g_autofree char *name = join_name (look (self, "first_name"), look (self, "last_name"));
  JsonObject *person = json_object_new ();

  add (person, "name", name);
  add (person, "phone", look (self, "phone"));
  add (person, "note", look (self, "email"));
  return person;
}

/* "attribute[CODE]=value"; several values of one code are none of ours. */
static JsonObject *
make_attributes (Report *self)
{
  JsonObject *attributes = json_object_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->form);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const char *end = g_str_has_prefix (name, "attribute[") ? strchr (name, ']') : NULL;
      g_autofree char *code = NULL;

      if (end == NULL || *(const char *) value == '\0')
        continue;
      code = g_strndup ((const char *) name + strlen ("attribute["), (gsize) (end - (const char *) name) - strlen ("attribute["));
      json_object_set_string_member (attributes, code, value);
    }
  return attributes;
}

static gboolean
read_degrees (Report     *self,
              JsonObject *args,
              const char *name,
              const char *member,
              double      most)
{
  const char *text = look (self, name);
  char *end = NULL;
  double value;

  if (text == NULL)
    return TRUE;
  value = g_ascii_strtod (text, &end);
  if (*end != '\0' || !(value >= -most && value <= most))
    {
      linli_refuse_invalid (&self->error, name, "this is no number of degrees");
      return FALSE;
    }
  json_object_set_int_member (args, member, (gint64) (value * DEGREE));
  return TRUE;
}

static void
add_place (Report     *self,
           JsonObject *args)
{
  g_autofree char *point = NULL;

  if (look (self, "address_string") == NULL && look (self, "lat") != NULL && look (self, "long") != NULL)
    point = g_strconcat (look (self, "lat"), ", ", look (self, "long"), NULL);
  add (args, "place", point != NULL ? point : look (self, "address_string"));
}

/* Returns: (transfer full) (nullable): what case.intake is told */
static JsonObject *
make_args (Report    *self,
           LinliConn *conn)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(JsonObject) person = make_person (self);
  g_autoptr(JsonObject) attributes = make_attributes (self);
  g_autofree char *service = NULL; /* stands for the words of who wrote none */
  g_autofree char *text = NULL;
  const char *words = look (self, "description");

  if (look (self, "service_code") == NULL || (look (self, "address_string") == NULL && (look (self, "lat") == NULL ||
                                                                                        look (self, "long") == NULL)))
    {
      linli_refuse_invalid (&self->error, look (self, "service_code") == NULL ? "service_code" : "address_string",
                            "was not provided");
      return NULL;
    }
  if (!read_degrees (self, args, "lat", "latitude", 90) || !read_degrees (self, args, "long", "longitude", 180))
    return NULL;
  if (!linli_conn_get_text (conn, &service, &self->error, "SELECT name FROM duty_item WHERE code = ?1 AND active = 1", "s",
                            look (self, "service_code")))
    return NULL;
  text = g_strjoin ("\n", words != NULL ? words : service != NULL ? service : look (self, "service_code"),
                    look (self, "media_url"), NULL);
  json_object_set_string_member (args, "text", text);
  add (args, "item", look (self, "service_code"));
  add_place (self, args);
  if (json_object_get_size (person) > 0)
    json_object_set_object_member (args, "appellant", json_object_ref (person));
  if (json_object_get_size (attributes) > 0)
    json_object_set_object_member (args, "attributes", json_object_ref (attributes));

  return g_steal_pointer (&args);
}

static LinliHubReply *
file_work (LinliConn *conn,
           gpointer   data)
{
  Report *self = data;
  g_autoptr(JsonObject) args = make_args (self, conn);
  g_auto(LinliHubTaken) taken = { 0 };
  const LinliHubMatter matter = {
    .channel = self->channel,
    .number = self->number,
    .door = LINLI_HUB_KEY_OPEN311,
    .service = look (self, "service_code"),
    .sha256 = self->sha256,
    .args = args,
  };
  JsonObject *object;

  if (args == NULL || !linli_hub_take_in (conn, self->clock, &matter, &taken, &self->error))
    return NULL;
  self->written = !taken.known;
  object = json_object_new ();
  json_object_set_string_member (object, "service_request_id", taken.case_no);
  json_object_set_string_member (object, "service_notice", linli_hub_state_note ("received"));
  json_object_set_null_member (object, "account_id");
  self->answer = wrap (object);

  return NULL;
}

void
linli_hub_door_file (LinliHubService  *service,
                     LinliHttpRequest *request,
                     GStrv             parts)
{
  const char *type = linli_http_request_get_header (request, "Content-Type");
  const char *key = linli_http_request_get_header (request, "Idempotency-Key");
  g_autofree char *fresh = linli_hub_secret_new ();
  gsize size = 0;
  const char *body = g_bytes_get_data (linli_http_request_get_body (request), &size);
  GHashTable *form = NULL;
  Report *self;

  if (type == NULL || g_ascii_strncasecmp (type, "application/x-www-form-urlencoded", 33) == 0)
    form = g_uri_parse_params (size > 0 ? body : "", (gssize) size, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (form == NULL)
    {
      complain (request, 400, "the body must be application/x-www-form-urlencoded, in UTF-8; name pictures by media_url");
      return;
    }
  self = report_new (service, request, file_work, "service_requests");
  self->form = form;
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, linli_http_request_get_body (request));
  self->number = key != NULL && *key != '\0' && g_str_is_ascii (key) ? g_strndup (key, LONGEST_KEY)
                                                                      : g_strndup (fresh, FRESH_NUMBER);
  find_place (self);
}
