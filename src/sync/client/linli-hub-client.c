/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-hub-client.h"

#include <libsoup/soup.h>
#include <string.h>

#include "linli-json.h"
#include "linli-wire-end.h"

#define SILENT_SECONDS  60       /* longer than a held request, shorter than patience */
#define MAX_ANSWER      (64 << 20)
#define PACKED_FROM     1024

struct _LinliHubClient
{
  GObject          parent_instance;

  LinliHubAddress *address; /* (owned) */
  SoupSession     *session; /* (owned) */
  char            *token;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LinliHubClient, linli_hub_client, G_TYPE_OBJECT)

void
linli_hub_answer_free (LinliHubAnswer *self)
{
  if (self == NULL)
    return;

  g_bytes_unref (self->body);
  g_free (self);
}

/* One connection is enough: requests go one at a time, but for one that waits. */
static SoupSession *
new_session (const char *authority)
{
  g_autofree char *agent = g_strdup_printf ("linli/%s", LINLI_VERSION);
  SoupSession *session = soup_session_new_with_options ("timeout", SILENT_SECONDS, "idle-timeout", SILENT_SECONDS,
                                                        "max-conns", 4, "max-conns-per-host", 3,
                                                        "user-agent", agent, NULL);

  if (authority != NULL)
    {
      g_autoptr(GTlsDatabase) database = g_tls_file_database_new (authority, NULL);

      if (database != NULL)
        soup_session_set_tls_database (session, database);
    }
  return session;
}

static void
linli_hub_client_finalize (GObject *object)
{
  LinliHubClient *self = LINLI_HUB_CLIENT (object);

  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->address, linli_hub_address_free);
  g_free (self->token);

  G_OBJECT_CLASS (linli_hub_client_parent_class)->finalize (object);
}

static void
linli_hub_client_class_init (LinliHubClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_hub_client_finalize;
}

static void
linli_hub_client_init (LinliHubClient *self)
{
}

LinliHubClient *
linli_hub_client_new (const LinliHubAddress *address)
{
  LinliHubClient *self = g_object_new (LINLI_TYPE_HUB_CLIENT, NULL);

  self->address = linli_hub_address_copy (address);
  self->session = new_session (address->authority);

  return self;
}

/* The next request fetches a new token. */
void
linli_hub_client_forget (LinliHubClient *self)
{
  g_clear_pointer (&self->token, g_free);
}

/* --- One message --- */

static GBytes *
pack (GBytes *plain)
{
  g_autoptr(GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
  g_autoptr(GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr(GOutputStream) out = g_converter_output_stream_new (memory, converter);

  if (!g_output_stream_write_all (out, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), NULL, NULL, NULL) ||
      !g_output_stream_close (out, NULL, NULL))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* --- Faults --- */

#define FLAGS "linli-tls-flags"

/* Never accepted here; what is wrong with it is for whoever is told. */
static gboolean
certificate_cb (SoupMessage         *message,
                GTlsCertificate     *certificate,
                GTlsCertificateFlags flags,
                gpointer             unused)
{
  g_object_set_data (G_OBJECT (message), FLAGS, GUINT_TO_POINTER (flags));
  return FALSE;
}

/* @error: (transfer full). Returns: (transfer full): the same, as a fault */
static GError *
name_fault (SoupMessage *message,
            GError      *error)
{
  LinliHubFault fault;
  GError *named;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;
  fault = linli_hub_fault_of_error (error, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (message), FLAGS)));
  named = g_error_new_literal (LINLI_HUB_FAULT, (int) fault, linli_hub_fault_words (fault));
  g_debug ("No answer: %s", error->message);
  g_error_free (error);

  return named;
}

/* Safe to be sent again on a new connection: the hub knows every operation by
 * its id. Without the flag every POST would open a connection of its own. */
static SoupMessage *
new_plain_message (const char *url,
                   const char *method,
                   const char *path,
                   const char *token)
{
  g_autofree char *whole = g_strconcat (url, path, NULL);
  SoupMessage *message = soup_message_new (method, whole);

  if (message == NULL)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT | SOUP_MESSAGE_NO_REDIRECT);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (certificate_cb), NULL);
  if (token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
    }
  return message;
}

static SoupMessage *
new_message (const char *url,
             const char *method,
             const char *path,
             const char *token,
             GBytes     *body)
{
  g_autoptr(SoupMessage) message = new_plain_message (url, method, path, token);
  g_autoptr(GBytes) packed = body != NULL && g_bytes_get_size (body) >= PACKED_FROM ? pack (body) : NULL;

  if (message == NULL)
    return NULL;
  if (packed != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", packed != NULL ? packed : body);

  return g_steal_pointer (&message);
}

/* Of a file: where it goes on, or which piece of it this is. */
static void
read_position (LinliHubAnswer     *answer,
               SoupMessageHeaders *headers)
{
  const char *offset = soup_message_headers_get_one (headers, "Upload-Offset");
  goffset from = 0;
  goffset to = 0;
  goffset total = 0;

  answer->offset = -1;
  answer->total = -1;
  answer->complete = g_strcmp0 (soup_message_headers_get_one (headers, "Upload-Complete"), "?1") == 0;
  if (offset != NULL && !g_ascii_string_to_signed (offset, 10, 0, G_MAXINT64, &answer->offset, NULL))
    answer->offset = -1;
  if (soup_message_headers_get_content_range (headers, &from, &to, &total))
    {
      answer->offset = from;
      answer->total = total;
    }
}

static LinliHubFault
fault_of (SoupMessage *message,
          GBytes      *body)
{
  const char *type = soup_message_headers_get_one (soup_message_get_response_headers (message), "Content-Type");

  return linli_hub_fault_of_answer (soup_message_get_status (message), type, body);
}

static LinliHubAnswer *
read_answer (SoupMessage *message,
             GBytes      *body)
{
  LinliHubAnswer *answer = g_new0 (LinliHubAnswer, 1);
  const char *after = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds = 0;

  if (after != NULL && g_ascii_string_to_unsigned (after, 10, 0, 86400, &seconds, NULL))
    answer->retry_after = (guint) seconds;
  answer->status = soup_message_get_status (message);
  answer->body = g_bytes_ref (body);
  answer->fault = fault_of (message, body);
  read_position (answer, soup_message_get_response_headers (message));

  return answer;
}

/* --- A request, with the token it takes --- */

typedef struct
{
  char    *method;
  char    *path;
  GBytes  *body;   /* (nullable) */
  char   **headers; /* (nullable): names and values; the body is bytes of a file then */
  gboolean renewed; /* a new token has been fetched for it */
} Request;

static void
request_free (Request *request)
{
  g_free (request->method);
  g_free (request->path);
  g_clear_pointer (&request->body, g_bytes_unref);
  g_strfreev (request->headers);
  g_free (request);
}

static void send_request (GTask *task);

static void
return_refused (GTask       *task,
                SoupMessage *message,
                GBytes      *body)
{
  g_task_return_pointer (task, read_answer (message, body), (GDestroyNotify) linli_hub_answer_free);
}

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LinliHubClient *self = g_task_get_source_object (task);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr(JsonObject) told = NULL;
  gsize size = 0;

  if (body == NULL)
    {
      g_task_return_error (task, name_fault (message, g_steal_pointer (&error)));
      return;
    }
  if (soup_message_get_status (message) == 200)
    told = linli_json_parse_object (g_bytes_get_data (body, NULL), (gssize) (size = g_bytes_get_size (body)), NULL);
  if (told == NULL || linli_json_get_text (told, "token") == NULL)
    {
      return_refused (task, message, body);
      return;
    }
  g_free (self->token);
  self->token = g_strdup (linli_json_get_text (told, "token"));
  send_request (g_steal_pointer (&task));
}

static void
fetch_token (GTask *task)
{
  LinliHubClient *self = g_task_get_source_object (task);
  g_autoptr(JsonObject) asked = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(SoupMessage) message = NULL;

  json_object_set_string_member (asked, "device", self->address->device);
  json_object_set_string_member (asked, "credential", self->address->credential);
  text = linli_json_object_to_text (asked);
  body = g_bytes_new (text, strlen (text));
  message = new_message (self->address->url, "POST", "/v1/token", NULL, body);
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), token_cb,
                                    task);
}

/* An ended desk asks once more who it is: only where it shows its key it is told why. */
static gboolean
wants_token (guint   status,
             GBytes *body)
{
  g_autoptr(LinliWireEnd) end = status == 403 ? linli_wire_end_parse (body) : NULL;

  return status == 401 || (end != NULL && end->at == 0);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  LinliHubClient *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  if (body == NULL)
    g_task_return_error (task, name_fault (message, g_steal_pointer (&error)));
  else if (g_bytes_get_size (body) > MAX_ANSWER)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The answer is too long");
  else if (!request->renewed && wants_token (soup_message_get_status (message), body))
    {
      request->renewed = TRUE;
      linli_hub_client_forget (self);
      fetch_token (g_steal_pointer (&task));
    }
  else
    return_refused (task, message, body);
}

/* Bytes of a file go as they are: most are packed already. */
static SoupMessage *
new_file_message (LinliHubClient *self,
                  Request        *request)
{
  SoupMessage *message = new_plain_message (self->address->url, request->method, request->path, self->token);

  for (guint i = 0; request->headers[i] != NULL && request->headers[i + 1] != NULL; i += 2)
    soup_message_headers_replace (soup_message_get_request_headers (message), request->headers[i], request->headers[i + 1]);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/octet-stream", request->body);
  return message;
}

static void
send_request (GTask *task)
{
  LinliHubClient *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  g_autoptr(SoupMessage) message = request->headers != NULL
    ? new_file_message (self, request)
    : new_message (self->address->url, request->method, request->path, self->token, request->body);

  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                    answered_cb, task);
}

static void
begin_request (LinliHubClient      *self,
               const char          *method,
               const char          *path,
               GBytes              *body,
               const char *const   *headers,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->method = g_strdup (method);
  request->path = g_strdup_printf ("/v1/t/%s/%s", self->address->workspace, path);
  request->body = body != NULL ? g_bytes_ref (body) : NULL;
  request->headers = g_strdupv ((char **) headers);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  if (self->token != NULL)
    send_request (task);
  else
    {
      request->renewed = TRUE;
      fetch_token (task);
    }
}

/**
 * linli_hub_client_send_async:
 * @path: "tip", "ops", "changes?since=…": within the workspace
 * @body: (nullable)
 * @cancellable: (nullable)
 *
 * Sends one request. An expired token is renewed once on the way; that the
 * credential itself is refused is an answer like any other.
 */
void
linli_hub_client_send_async (LinliHubClient      *self,
                             const char          *method,
                             const char          *path,
                             GBytes              *body,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (LINLI_IS_HUB_CLIENT (self));

  begin_request (self, method, path, body, NULL, cancellable, callback, user_data);
}

/**
 * linli_hub_client_send_file_async:
 * @path: "blobs/HASH"
 * @headers: %NULL-terminated names and values
 * @bytes: (nullable): of a file
 * @cancellable: (nullable)
 *
 * linli_hub_client_send_async() for a piece of a file.
 */
void
linli_hub_client_send_file_async (LinliHubClient      *self,
                                  const char          *method,
                                  const char          *path,
                                  const char *const   *headers,
                                  GBytes              *bytes,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_return_if_fail (LINLI_IS_HUB_CLIENT (self) && headers != NULL);

  begin_request (self, method, path, bytes, headers, cancellable, callback, user_data);
}

/**
 * linli_hub_client_send_finish:
 * @error: %LINLI_HUB_FAULT: no answer came; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full): what the hub, or whoever stands in its place, answered
 */
LinliHubAnswer *
linli_hub_client_send_finish (LinliHubClient *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- Joining --- */

typedef struct
{
  SoupSession *session;
  char        *url;
  char        *device;
  char        *authority; /* (nullable) */
} Enrolment;

static void
enrolment_free (Enrolment *enrolment)
{
  g_object_unref (enrolment->session);
  g_free (enrolment->url);
  g_free (enrolment->device);
  g_free (enrolment->authority);
  g_free (enrolment);
}

/* @fault: who answered instead of a hub */
static void
return_enrolment_error (GTask        *task,
                        guint         status,
                        LinliHubFault fault)
{
  if (fault != LINLI_HUB_FAULT_NONE)
    {
      g_task_return_new_error (task, LINLI_HUB_FAULT, (int) fault, "%s", linli_hub_fault_words (fault));
      return;
    }
  switch (status)
    {
    case 401:
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                               "The hub does not know this code, or it was used, or its time is over.");
      break;
    case 429:
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY,
                               "Too many wrong codes came from here; wait a minute and try again.");
      break;
    default:
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               "What answers at that address is no hub of Linli.");
    }
}

/* Returns: (nullable): %NULL when something is missing */
static LinliHubEnrolled *
read_enrolled (Enrolment  *enrolment,
               JsonObject *told)
{
  const char *workspace = linli_json_get_text (told, "workspace");
  const char *credential = linli_json_get_text (told, "credential");
  const char *prefix = linli_json_get_text (told, "prefix");
  const char *epoch = linli_json_get_text (told, "epoch");
  LinliHubEnrolled *enrolled;

  if (workspace == NULL || credential == NULL || prefix == NULL || epoch == NULL)
    return NULL;
  enrolled = g_new0 (LinliHubEnrolled, 1);
  enrolled->address = linli_hub_address_new (enrolment->url, workspace, enrolment->device, credential,
                                             enrolment->authority);
  enrolled->name = g_strdup (linli_json_get_text (told, "name"));
  enrolled->prefix = g_strdup (prefix);
  enrolled->epoch = g_strdup (epoch);

  return enrolled;
}

static void
enrolled_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  Enrolment *enrolment = g_task_get_task_data (task);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autoptr(JsonObject) told = NULL;
  LinliHubEnrolled *enrolled;

  if (body == NULL)
    {
      g_task_return_error (task, name_fault (message, g_steal_pointer (&error)));
      return;
    }
  if (soup_message_get_status (message) == 200)
    told = linli_json_parse_object (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL);
  enrolled = told != NULL ? read_enrolled (enrolment, told) : NULL;
  if (enrolled != NULL)
    g_task_return_pointer (task, enrolled, (GDestroyNotify) linli_hub_enrolled_free);
  else
    return_enrolment_error (task, soup_message_get_status (message), fault_of (message, body));
}

/**
 * linli_hub_enrol_async:
 * @url: as linli_hub_url_tidy() gives it
 * @code: as it was typed
 * @device: the id this machine made for itself; the same for every try
 * @name: of the machine, for the operator's list
 * @authority: (nullable): a PEM file
 *
 * Makes this machine a device of the workspace that the code belongs to.
 */
void
linli_hub_enrol_async (const char          *url,
                       const char          *code,
                       const char          *device,
                       const char          *name,
                       const char          *authority,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Enrolment *enrolment = g_new0 (Enrolment, 1);
  g_autoptr(JsonObject) asked = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr(GBytes) body = NULL;
  g_autoptr(SoupMessage) message = NULL;

  json_object_set_string_member (asked, "code", code);
  json_object_set_string_member (asked, "device", device);
  json_object_set_string_member (asked, "name", name);
  text = linli_json_object_to_text (asked);
  body = g_bytes_new (text, strlen (text));
  enrolment->session = new_session (authority);
  enrolment->url = g_strdup (url);
  enrolment->device = g_strdup (device);
  enrolment->authority = g_strdup (authority);
  g_task_set_task_data (task, enrolment, (GDestroyNotify) enrolment_free);
  message = new_message (url, "POST", "/v1/devices", NULL, body);
  if (message == NULL)
    {
      return_enrolment_error (task, 0, LINLI_HUB_FAULT_NONE);
      g_object_unref (task);
      return;
    }
  soup_session_send_and_read_async (enrolment->session, message, G_PRIORITY_DEFAULT, cancellable, enrolled_cb, task);
}

/**
 * linli_hub_enrol_finish:
 * @error: %G_IO_ERROR and others, in words for whoever typed the code
 *
 * Returns: (transfer full): what to keep, and to make a client with
 */
LinliHubEnrolled *
linli_hub_enrol_finish (GAsyncResult *result,
                        GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
