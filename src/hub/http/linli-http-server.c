/* SPDX-License-Identifier: GPL-3.0-or-later */

/* libmicrohttpd in external epoll mode, as one source of the main loop. Three
 * of its habits are answered here: after a connection is resumed it must be
 * run by hand, after it ran out of descriptors it must be run now and then,
 * and it never looks at a connection that is suspended. */

#include "config.h"

#include "linli-http-private.h"

#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#include "linli-http-listen.h"

#define MEMORY_PER_CONNECTION 16384 /* also bounds a request's head */
#define QUIET_TICK_SECONDS    5     /* between looks while nobody sends */
#define LONELY_TICK_SECONDS   30    /* while nobody is connected */
#define DRAIN_HEAD_SECONDS    1     /* for a head, once no new connection is taken: nobody waits for an answer there */

struct _LinliHttpServer
{
  GObject            parent_instance;

  struct MHD_Daemon *daemon;      /* (owned) (nullable) */
  LinliHttpWatch    *watch;       /* (owned) hangs-up of held connections */
  LinliHttpLimitFunc limit;
  LinliHttpHandler   handler;
  gpointer           data;
  char              *certificate; /* (owned) PEM; libmicrohttpd keeps the pointer */
  char              *private_key; /* (owned) PEM */
  GHashTable        *connections; /* (owned) MHD_Connection -> its fd and when it last got somewhere */
  GHashTable        *reading;     /* requests whose body comes in */
  GHashTable        *held;        /* requests that wait for their answer */
  guint              request_seconds;
  guint              head_seconds;
  guint16            port;
  guint              epoll_id;
  guint              timeout_id;
  guint              run_id;
  guint              tick_id;
  guint              tick_seconds;
  gboolean           running;     /* libmicrohttpd is at work: it must not be entered twice */
  gboolean           draining;
  LinliHttpFigures   figures;
};

typedef struct
{
  int    fd;
  gint64 since; /* monotonic: accepted, or its last request was whole */
  gboolean busy;
} Peer;

G_DEFINE_FINAL_TYPE (LinliHttpServer, linli_http_server, G_TYPE_OBJECT)

/* --- Running --- */

static void plan_timeout (LinliHttpServer *self);

/* A handler that waits turns the main loop, and so may come here again. */
static void
run (LinliHttpServer *self)
{
  if (self->daemon == NULL || self->running)
    return;
  self->running = TRUE;
  MHD_run (self->daemon);
  self->running = FALSE;
  plan_timeout (self);
}

static gboolean
timeout_cb (gpointer user_data)
{
  LinliHttpServer *self = user_data;

  self->timeout_id = 0;
  run (self);
  return G_SOURCE_REMOVE;
}

static void
plan_timeout (LinliHttpServer *self)
{
  MHD_UNSIGNED_LONG_LONG timeout = 0;

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->daemon != NULL && MHD_get_timeout (self->daemon, &timeout) == MHD_YES)
    self->timeout_id = g_timeout_add ((guint) MIN (timeout, 60000), timeout_cb, self);
}

static gboolean
epoll_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  run (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
run_cb (gpointer user_data)
{
  LinliHttpServer *self = user_data;

  self->run_id = 0;
  run (self);
  return G_SOURCE_REMOVE;
}

/* Many resumed connections in one turn are run once. */
static void
run_soon (LinliHttpServer *self)
{
  if (self->run_id == 0)
    self->run_id = g_idle_add_full (G_PRIORITY_DEFAULT, run_cb, self, NULL);
}

/* --- Who takes too long --- */

/* Shut down, a connection is closed by libmicrohttpd the next time it looks. */
static void
give_up (int fd)
{
  if (fd >= 0)
    shutdown (fd, SHUT_RDWR);
}

static int
get_fd (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);

  return info != NULL ? info->connect_fd : -1;
}

static gboolean tick_cb (gpointer user_data);

/* Who sends is looked at every second; who only waits, now and then. What is
 * planned only comes nearer: a busy listener would push it away for ever. */
static void
plan_tick (LinliHttpServer *self)
{
  guint seconds = self->draining || g_hash_table_size (self->reading) > 0 ? 1
                  : g_hash_table_size (self->connections) > 0             ? QUIET_TICK_SECONDS
                                                                          : LONELY_TICK_SECONDS;

  if (self->tick_id != 0 && self->tick_seconds <= seconds)
    return;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  self->tick_seconds = seconds;
  self->tick_id = g_timeout_add_seconds (seconds, tick_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  LinliHttpServer *self = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 silence = (self->draining ? DRAIN_HEAD_SECONDS : self->head_seconds) * G_USEC_PER_SEC;
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  self->tick_id = 0;
  g_hash_table_iter_init (&iter, self->reading);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      LinliHttpRequest *request = key;

      if (now - request->began > self->request_seconds * G_USEC_PER_SEC)
        give_up (get_fd (request->connection));
    }
  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Peer *peer = value;

      if (!peer->busy && now - peer->since > silence)
        give_up (peer->fd);
    }
  run (self);
  plan_tick (self);

  return G_SOURCE_REMOVE;
}

/* --- Connections --- */

static void
connection_cb (void                               *user_data,
               struct MHD_Connection              *connection,
               void                              **socket_data,
               enum MHD_ConnectionNotificationCode what)
{
  LinliHttpServer *self = user_data;
  Peer *peer;

  if (what == MHD_CONNECTION_NOTIFY_CLOSED)
    {
      g_hash_table_remove (self->connections, connection);
      return;
    }
  peer = g_new0 (Peer, 1);
  peer->fd = get_fd (connection);
  peer->since = g_get_monotonic_time ();
  g_hash_table_insert (self->connections, connection, peer);
  plan_tick (self);
}

static void
set_busy (LinliHttpServer       *self,
          struct MHD_Connection *connection,
          gboolean               busy)
{
  Peer *peer = g_hash_table_lookup (self->connections, connection);

  if (peer == NULL)
    return;
  peer->busy = busy;
  peer->since = g_get_monotonic_time ();
}

/* Nobody is there to be answered: resumed without an answer it is closed. */
static void
abandon (LinliHttpServer  *self,
         LinliHttpRequest *request)
{
  g_autoptr(LinliHttpRequest) alive = g_object_ref (request);

  g_cancellable_cancel (request->cancellable);
  if (request->stage == LINLI_HTTP_SUSPENDED)
    linli_http_server_resume (self, request);
}

static void
left_cb (gpointer key,
         gpointer user_data)
{
  LinliHttpServer *self = user_data;
  LinliHttpRequest *request = key;

  abandon (self, request);
}

/* --- Requests --- */

static LinliHttpRequest *
begin_request (LinliHttpServer       *self,
               struct MHD_Connection *connection,
               const char            *path,
               const char            *method)
{
  LinliHttpRequest *request = linli_http_request_new (self, connection, method, path);
  const char *length = linli_http_request_get_header (request, "Content-Length");
  guint64 size = 0;

  self->figures.n_requests++;
  request->limit = self->limit (request->method, request->path, self->data);
  if (length != NULL && (!g_ascii_string_to_unsigned (length, 10, 0, G_MAXINT64, &size, NULL) || size > request->limit))
    request->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
  set_busy (self, connection, TRUE);
  g_hash_table_add (self->reading, request);
  plan_tick (self);

  return request;
}

static enum MHD_Result
refuse (LinliHttpServer  *self,
        LinliHttpRequest *request)
{
  self->figures.n_refused++;
  request->stage = LINLI_HTTP_HANDLED;
  linli_http_request_add_header (request, "Connection", "close");
  linli_http_request_reply (request, request->refusal, NULL, NULL);
  return linli_http_request_queue (request);
}

static enum MHD_Result
handle (LinliHttpServer  *self,
        LinliHttpRequest *request)
{
  if (!linli_http_request_complete (request))
    return refuse (self, request);
  request->stage = LINLI_HTTP_HANDLED;
  self->handler (request, self->data);
  if (request->response != NULL)
    return linli_http_request_queue (request);

  request->stage = LINLI_HTTP_SUSPENDED;
  g_hash_table_add (self->held, request);
  MHD_suspend_connection (request->connection);
  linli_http_watch_add (self->watch, get_fd (request->connection), request);
  return MHD_YES;
}

/* libmicrohttpd calls this for the head, for every piece of the body, at its
 * end, and again when a suspended connection is resumed. */
static enum MHD_Result
access_cb (void                  *user_data,
           struct MHD_Connection *connection,
           const char            *path,
           const char            *method,
           const char            *version,
           const char            *upload,
           size_t                *upload_size,
           void                 **request_data)
{
  LinliHttpServer *self = user_data;
  LinliHttpRequest *request = *request_data;

  if (request == NULL)
    {
      request = begin_request (self, connection, path, method);
      *request_data = request;
      return request->refusal != 0 ? refuse (self, request) : MHD_YES;
    }
  if (request->response != NULL)
    return linli_http_request_queue (request);
  if (request->stage == LINLI_HTTP_RESUMED)
    return MHD_NO; /* without an answer */
  if (*upload_size > 0)
    {
      if (request->refusal == 0 && !linli_http_request_take (request, upload, *upload_size))
        request->refusal = MHD_HTTP_CONTENT_TOO_LARGE;
      *upload_size = 0;
      return request->refusal == 0 ? MHD_YES : MHD_NO;
    }
  g_hash_table_remove (self->reading, request);

  return handle (self, request);
}

static void
completed_cb (void                           *user_data,
              struct MHD_Connection          *connection,
              void                          **request_data,
              enum MHD_RequestTerminationCode how)
{
  LinliHttpServer *self = user_data;
  g_autoptr(LinliHttpRequest) request = *request_data;

  *request_data = NULL;
  if (request == NULL)
    return;
  set_busy (self, connection, FALSE);
  g_hash_table_remove (self->reading, request);
  if (how == MHD_REQUEST_TERMINATED_COMPLETED_OK)
    linli_http_request_note_sent (request);
  linli_http_request_forget (request);
}

/* Private to requests: a held one has its answer. */
void
linli_http_server_resume (LinliHttpServer  *self,
                          LinliHttpRequest *request)
{
  request->stage = LINLI_HTTP_RESUMED;
  g_hash_table_remove (self->held, request);
  linli_http_watch_remove (self->watch, get_fd (request->connection));
  MHD_resume_connection (request->connection);
  run_soon (self);
}

/* --- Starting --- */

static void
log_cb (void       *user_data,
        const char *format,
        va_list     args)
{
  g_autofree char *line = g_strdup_vprintf (format, args);

  g_debug ("libmicrohttpd: %s", g_strchomp (line));
}

static gboolean
start (LinliHttpServer        *self,
       const LinliHttpOptions *options,
       int                     fd)
{
  unsigned int flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  guint max = options->max_connections > 0 ? options->max_connections : linli_http_listen_room ();
  struct MHD_OptionItem tls[3] = { { MHD_OPTION_END, 0, NULL } };

  if (options->certificate != NULL)
    {
      flags |= MHD_USE_TLS;
      self->certificate = g_strdup (options->certificate);
      self->private_key = g_strdup (options->private_key);
      tls[0] = (struct MHD_OptionItem) { MHD_OPTION_HTTPS_MEM_CERT, 0, self->certificate };
      tls[1] = (struct MHD_OptionItem) { MHD_OPTION_HTTPS_MEM_KEY, 0, self->private_key };
      tls[2] = (struct MHD_OptionItem) { MHD_OPTION_END, 0, NULL };
    }
  self->daemon = MHD_start_daemon (flags, 0, NULL, NULL, access_cb, self,
                                   MHD_OPTION_EXTERNAL_LOGGER, log_cb, self,
                                   MHD_OPTION_LISTEN_SOCKET, fd,
                                   MHD_OPTION_NOTIFY_COMPLETED, completed_cb, self,
                                   MHD_OPTION_NOTIFY_CONNECTION, connection_cb, self,
                                   MHD_OPTION_CONNECTION_LIMIT, max,
                                   MHD_OPTION_PER_IP_CONNECTION_LIMIT, options->max_per_address,
                                   MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds,
                                   MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) MEMORY_PER_CONNECTION,
                                   MHD_OPTION_STRICT_FOR_CLIENT, 1,
                                   MHD_OPTION_ARRAY, tls,
                                   MHD_OPTION_END);

  return self->daemon != NULL;
}

/**
 * linli_http_server_new:
 * @options: read and not kept
 * @data: given to @limit and @handler
 * @error: %G_IO_ERROR when it cannot listen
 *
 * Listens at once, in the thread's default main context.
 */
LinliHttpServer *
linli_http_server_new (const LinliHttpOptions *options,
                       LinliHttpLimitFunc      limit,
                       LinliHttpHandler        handler,
                       gpointer                data,
                       GError                **error)
{
  g_autoptr(LinliHttpServer) self = g_object_new (LINLI_TYPE_HTTP_SERVER, NULL);
  const union MHD_DaemonInfo *info;
  int fd = options->fd;

  g_return_val_if_fail (limit != NULL && handler != NULL, NULL);

  self->limit = limit;
  self->handler = handler;
  self->data = data;
  self->request_seconds = options->request_seconds;
  self->head_seconds = options->head_seconds;
  self->watch = linli_http_watch_new (left_cb, self, error);
  if (self->watch == NULL)
    return NULL;
  if (fd < 0)
    fd = linli_http_listen (options->address != NULL ? options->address : "127.0.0.1", options->port, error);
  if (fd < 0)
    return NULL;
  self->port = linli_http_listen_port (fd);
  if (!start (self, options, fd))
    {
      close (fd);
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                           options->certificate != NULL ? "The listener does not start; are certificate and key right?"
                                                        : "The listener does not start");
      return NULL;
    }
  info = MHD_get_daemon_info (self->daemon, MHD_DAEMON_INFO_EPOLL_FD);
  self->epoll_id = g_unix_fd_add (info->epoll_fd, G_IO_IN, epoll_cb, self);
  plan_tick (self);

  return g_steal_pointer (&self);
}

/* Returns: the port it listens on */
guint16
linli_http_server_get_port (LinliHttpServer *self)
{
  g_return_val_if_fail (LINLI_IS_HTTP_SERVER (self), 0);

  return self->port;
}

LinliHttpFigures
linli_http_server_get_figures (LinliHttpServer *self)
{
  LinliHttpFigures figures;

  g_return_val_if_fail (LINLI_IS_HTTP_SERVER (self), (LinliHttpFigures) { 0 });

  figures = self->figures;
  figures.n_connections = g_hash_table_size (self->connections);
  figures.n_waiting = g_hash_table_size (self->held);
  return figures;
}

/**
 * linli_http_server_quiesce:
 *
 * Takes no new connection, and closes every one after its next reply or when
 * it asks for nothing; whoever stands behind the same socket takes over. Held
 * requests are the handler's to answer.
 */
void
linli_http_server_quiesce (LinliHttpServer *self)
{
  g_return_if_fail (LINLI_IS_HTTP_SERVER (self));

  if (self->draining || self->daemon == NULL)
    return;
  self->draining = TRUE;
  plan_tick (self);
  close (MHD_quiesce_daemon (self->daemon));
}

gboolean
linli_http_server_is_draining (LinliHttpServer *self)
{
  return self->draining;
}

/* libmicrohttpd ends the process when it is stopped with suspended connections. */
static void
abandon_all (LinliHttpServer *self)
{
  guint n = 0;
  g_autofree gpointer *held = g_hash_table_get_keys_as_array (self->held, &n);

  for (guint i = 0; i < n; i++)
    abandon (self, held[i]);
  MHD_run (self->daemon);
}

/**
 * linli_http_server_close:
 *
 * Ends at once; whoever waits for an answer gets none.
 */
void
linli_http_server_close (LinliHttpServer *self)
{
  g_return_if_fail (LINLI_IS_HTTP_SERVER (self));

  if (self->daemon != NULL)
    abandon_all (self);
  g_clear_handle_id (&self->epoll_id, g_source_remove);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->run_id, g_source_remove);
  g_clear_handle_id (&self->tick_id, g_source_remove);
  if (self->daemon != NULL)
    MHD_stop_daemon (g_steal_pointer (&self->daemon));
}

static void
linli_http_server_dispose (GObject *object)
{
  linli_http_server_close (LINLI_HTTP_SERVER (object));

  G_OBJECT_CLASS (linli_http_server_parent_class)->dispose (object);
}

static void
linli_http_server_finalize (GObject *object)
{
  LinliHttpServer *self = LINLI_HTTP_SERVER (object);

  g_clear_pointer (&self->watch, linli_http_watch_free);
  g_hash_table_unref (self->connections);
  g_hash_table_unref (self->reading);
  g_hash_table_unref (self->held);
  g_free (self->certificate);
  g_free (self->private_key);

  G_OBJECT_CLASS (linli_http_server_parent_class)->finalize (object);
}

static void
linli_http_server_class_init (LinliHttpServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = linli_http_server_dispose;
  G_OBJECT_CLASS (klass)->finalize = linli_http_server_finalize;
}

static void
linli_http_server_init (LinliHttpServer *self)
{
  self->connections = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->reading = g_hash_table_new (NULL, NULL);
  self->held = g_hash_table_new (NULL, NULL);
}
