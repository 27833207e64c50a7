/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-http-private.h"

#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#include "linli-http-gzip.h"

#define PACKED_FROM 1024 /* shorter bodies are not worth packing */

enum { SENT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LinliHttpRequest, linli_http_request, G_TYPE_OBJECT)

static void
linli_http_request_finalize (GObject *object)
{
  LinliHttpRequest *self = LINLI_HTTP_REQUEST (object);

  g_free (self->method);
  g_free (self->path);
  g_free (self->peer);
  g_clear_pointer (&self->incoming, g_byte_array_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->response, MHD_destroy_response);

  G_OBJECT_CLASS (linli_http_request_parent_class)->finalize (object);
}

static void
linli_http_request_class_init (LinliHttpRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_http_request_finalize;

  /**
   * LinliHttpRequest::sent:
   *
   * The whole reply has gone out; not emitted when the connection broke before.
   */
  signals[SENT] = g_signal_new ("sent", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
linli_http_request_init (LinliHttpRequest *self)
{
  self->cancellable = g_cancellable_new ();
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->began = g_get_monotonic_time ();
}

static char *
get_peer (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  g_autoptr(GSocketAddress) address = NULL;
  gsize size;

  if (info == NULL || info->client_addr == NULL)
    return g_strdup ("");
  if (info->client_addr->sa_family == AF_INET)
    size = sizeof (struct sockaddr_in);
  else if (info->client_addr->sa_family == AF_INET6)
    size = sizeof (struct sockaddr_in6);
  else
    return g_strdup (""); /* the control socket, whose address is a few bytes long */
  address = g_socket_address_new_from_native (info->client_addr, size);
  if (!G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("");
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* Private to the server. Returns: (transfer full): its head is known */
LinliHttpRequest *
linli_http_request_new (LinliHttpServer       *server,
                        struct MHD_Connection *connection,
                        const char            *method,
                        const char            *path)
{
  LinliHttpRequest *self = g_object_new (LINLI_TYPE_HTTP_REQUEST, NULL);

  self->server = server;
  self->connection = connection;
  self->method = g_strdup (method);
  self->path = g_utf8_make_valid (path, -1);
  self->peer = get_peer (connection);
  self->incoming = g_byte_array_new ();

  return self;
}

/* Returns: whether there was room for @data */
gboolean
linli_http_request_take (LinliHttpRequest *self,
                         const char       *data,
                         gsize             size)
{
  if (self->incoming->len + size > self->limit)
    return FALSE;
  g_byte_array_append (self->incoming, (const guint8 *) data, (guint) size);
  return TRUE;
}

/* Returns: whether the body that has come in can be read; else a refusal is set */
gboolean
linli_http_request_complete (LinliHttpRequest *self)
{
  const char *encoding = linli_http_request_get_header (self, "Content-Encoding");
  g_autoptr(GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->incoming));
  g_autoptr(GError) error = NULL;

  if (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0)
    self->body = g_steal_pointer (&body);
  else if (g_ascii_strcasecmp (encoding, "gzip") == 0)
    {
      self->body = linli_http_gzip_inflate (body, self->limit, &error);
      if (self->body == NULL)
        self->refusal = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ? MHD_HTTP_CONTENT_TOO_LARGE
                                                                                 : MHD_HTTP_BAD_REQUEST;
    }
  else
    self->refusal = MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;

  return self->body != NULL;
}

/* Private to the server: its reply has gone out. */
void
linli_http_request_note_sent (LinliHttpRequest *self)
{
  g_signal_emit (self, signals[SENT], 0);
}

/* Private to the server: the connection is gone. */
void
linli_http_request_forget (LinliHttpRequest *self)
{
  self->connection = NULL;
  self->server = NULL;
  if (self->stage != LINLI_HTTP_ANSWERED)
    g_cancellable_cancel (self->cancellable);
  self->stage = LINLI_HTTP_ANSWERED;
}

const char *
linli_http_request_get_method (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), NULL);

  return self->method;
}

/* Returns: the path without its query, decoded */
const char *
linli_http_request_get_path (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), NULL);

  return self->path;
}

/* Returns: (nullable): a parameter of the query, while the connection is there */
const char *
linli_http_request_get_query (LinliHttpRequest *self,
                              const char       *name)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), NULL);

  return self->connection != NULL
           ? MHD_lookup_connection_value (self->connection, MHD_GET_ARGUMENT_KIND, name) : NULL;
}

/* Returns: (nullable): a header, while the connection is there */
const char *
linli_http_request_get_header (LinliHttpRequest *self,
                               const char       *name)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), NULL);

  return self->connection != NULL ? MHD_lookup_connection_value (self->connection, MHD_HEADER_KIND, name) : NULL;
}

/* Returns: (transfer none): the body, unpacked */
GBytes *
linli_http_request_get_body (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), NULL);

  return self->body;
}

/* Returns: the other side's address, for limits and the log */
const char *
linli_http_request_get_peer (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), NULL);

  return self->peer;
}

/* Returns: (transfer none): cancelled when nobody waits for the answer any more */
GCancellable *
linli_http_request_get_cancellable (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), NULL);

  return self->cancellable;
}

/* Returns: monotonic, microseconds */
gint64
linli_http_request_get_began (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), 0);

  return self->began;
}

gboolean
linli_http_request_is_answered (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), TRUE);

  return self->stage == LINLI_HTTP_ANSWERED || self->stage == LINLI_HTTP_RESUMED || self->response != NULL;
}

/* Returns: what it was answered with; 0 before */
guint
linli_http_request_get_status (LinliHttpRequest *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_REQUEST (self), 0);

  return self->status;
}

/* A header of the reply to come. */
void
linli_http_request_add_header (LinliHttpRequest *self,
                               const char       *name,
                               const char       *value)
{
  g_return_if_fail (LINLI_IS_HTTP_REQUEST (self) && name != NULL && value != NULL);

  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

static gboolean
wants_gzip (LinliHttpRequest *self)
{
  const char *accepted = linli_http_request_get_header (self, "Accept-Encoding");

  return accepted != NULL && strstr (accepted, "gzip") != NULL && strstr (accepted, "gzip;q=0") == NULL;
}

static struct MHD_Response *
make_response (GBytes *body)
{
  gsize size = 0;
  gconstpointer data = g_bytes_get_data (body, &size);

  return MHD_create_response_from_buffer_with_free_callback_cls (size, (void *) data,
                                                                 (MHD_ContentReaderFreeCallback) g_bytes_unref,
                                                                 g_bytes_ref (body));
}

static void
send_response (LinliHttpRequest *self,
               const char       *type)
{
  if (type != NULL)
    MHD_add_response_header (self->response, "Content-Type", type);
  for (guint i = 0; i + 1 < self->headers->len; i += 2)
    MHD_add_response_header (self->response, self->headers->pdata[i], self->headers->pdata[i + 1]);
  if (linli_http_server_is_draining (self->server))
    MHD_add_response_header (self->response, "Connection", "close");
  if (self->stage == LINLI_HTTP_SUSPENDED)
    linli_http_server_resume (self->server, self);
}

/**
 * linli_http_request_reply:
 * @status: of HTTP
 * @type: (nullable): media type of @body
 * @body: (nullable) (transfer none)
 *
 * Answers, once. What comes after the connection is gone is dropped.
 */
void
linli_http_request_reply (LinliHttpRequest *self,
                          guint             status,
                          const char       *type,
                          GBytes           *body)
{
  g_autoptr(GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) packed = NULL;

  g_return_if_fail (LINLI_IS_HTTP_REQUEST (self));
  g_return_if_fail (self->response == NULL);

  self->status = status;
  if (self->stage == LINLI_HTTP_ANSWERED || self->stage == LINLI_HTTP_RESUMED)
    return;
  if (body != NULL && g_bytes_get_size (body) >= PACKED_FROM && wants_gzip (self))
    packed = linli_http_gzip_deflate (body);

  self->response = make_response (packed != NULL ? packed : body != NULL ? body : empty);
  if (packed != NULL)
    MHD_add_response_header (self->response, "Content-Encoding", "gzip");
  send_response (self, type);
}

/**
 * linli_http_request_reply_file:
 * @fd: (transfer full): closed when it has been sent, or nobody wants it
 * @offset: where in the file to begin
 * @size: how many bytes to send
 *
 * Answers, once, from the disk: no more of the file than a buffer is in memory.
 */
void
linli_http_request_reply_file (LinliHttpRequest *self,
                               guint             status,
                               const char       *type,
                               int               fd,
                               gint64            offset,
                               gint64            size)
{
  g_return_if_fail (LINLI_IS_HTTP_REQUEST (self));
  g_return_if_fail (self->response == NULL && fd >= 0);

  self->status = status;
  if (self->stage == LINLI_HTTP_ANSWERED || self->stage == LINLI_HTTP_RESUMED)
    {
      close (fd);
      return;
    }
  self->response = MHD_create_response_from_fd_at_offset64 ((guint64) size, fd, (guint64) offset);
  send_response (self, type);
}

/* Private to the server: hands the reply to the connection. */
enum MHD_Result
linli_http_request_queue (LinliHttpRequest *self)
{
  enum MHD_Result queued = MHD_queue_response (self->connection, self->status, self->response);

  self->stage = LINLI_HTTP_ANSWERED;
  g_clear_pointer (&self->response, MHD_destroy_response);
  return queued;
}
