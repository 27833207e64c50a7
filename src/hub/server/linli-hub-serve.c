/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of a serving process: open, listen, say so, and at the end let
 * everybody finish. */

#include "config.h"

#include "linli-hub-serve.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "linli-hub-care.h"
#include "linli-hub-code.h"
#include "linli-hub-control.h"
#include "linli-hub-registry.h"
#include "linli-hub-routes.h"
#include "linli-json.h"

#define FIRST_LISTEN_FD 3
#define DRAIN_SECONDS   30
#define DRAIN_STEP_MS   50

typedef struct
{
  LinliHubService *service;
  LinliHttpServer *listener;
  LinliHttpServer *control;
  GMainLoop       *loop;
  gint64           drain_until; /* monotonic; 0 while it serves */
} Hub;

static void
request_cb (LinliHttpRequest *request,
            gpointer          service)
{
  linli_hub_routes_handle (service, request);
}

static gsize
limit_cb (const char *method,
          const char *path,
          gpointer    service)
{
  return linli_hub_routes_limit (service, method, path);
}

/* systemd's protocol: one datagram to the socket it names. */
static void
notify_systemd (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  gsize length = path != NULL ? strlen (path) : 0;
  int fd;

  if (length == 0 || length >= sizeof at.sun_path)
    return;
  memcpy (at.sun_path, path, length);
  if (at.sun_path[0] == '@')
    at.sun_path[0] = '\0';
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  if (sendto (fd, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *) &at,
              (socklen_t) (offsetof (struct sockaddr_un, sun_path) + length)) < 0)
    g_debug ("systemd is not told: %s", state);
  close (fd);
}

/* Returns: the socket that systemd listens on for us, or -1 */
static int
inherited_fd (void)
{
  const char *pid = g_getenv ("LISTEN_PID");
  const char *fds = g_getenv ("LISTEN_FDS");

  if (pid == NULL || fds == NULL || g_ascii_strtoll (pid, NULL, 10) != getpid () || g_ascii_strtoll (fds, NULL, 10) < 1)
    return -1;
  return FIRST_LISTEN_FD;
}

static gboolean
drain_cb (gpointer data)
{
  Hub *hub = data;

  linli_hub_service_wake_all (hub->service);
  if (linli_http_server_get_figures (hub->listener).n_connections > 0 &&
      g_get_monotonic_time () < hub->drain_until)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (hub->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer data)
{
  Hub *hub = data;

  if (hub->drain_until != 0)
    {
      g_main_loop_quit (hub->loop); /* asked twice */
      return G_SOURCE_CONTINUE;
    }
  notify_systemd ("STOPPING=1");
  hub->drain_until = g_get_monotonic_time () + DRAIN_SECONDS * G_USEC_PER_SEC;
  linli_http_server_quiesce (hub->listener);
  g_timeout_add (DRAIN_STEP_MS, drain_cb, hub);

  return G_SOURCE_CONTINUE;
}

/* A hub that was never used makes its first workspace and says how a desk
 * comes in. */
static gboolean
greet (LinliHubService *service,
       const char      *name,
       GError         **error)
{
  g_autofree char *id = NULL;
  g_autofree char *code = NULL;

  if (!linli_hub_service_make_first (service, name != NULL ? name : "linli", &id, error))
    return FALSE;
  if (id == NULL)
    return TRUE;
  code = linli_hub_control_new_code (service, id, NULL, error);
  if (code == NULL)
    return FALSE;
  g_print ("This hub is new. Its first workspace is called “%s”.\n"
           "The first desk joins it with the code %s (good for %d hours);\n"
           "“linli-hub code %s” makes one for the next.\n",
           name != NULL ? name : "linli", code, LINLI_HUB_CODE_HOURS, name != NULL ? name : "linli");

  return linli_hub_code_keep (service, code, LINLI_HUB_CODE_HOURS, error);
}

static gboolean
open_doors (Hub                 *hub,
            const LinliHubServe *options,
            GError             **error)
{
  LinliHttpOptions http = LINLI_HTTP_OPTIONS_INIT;
  g_autofree char *certificate = NULL;
  g_autofree char *private_key = NULL;

  if (options->certificate != NULL &&
      (!g_file_get_contents (options->certificate, &certificate, NULL, error) ||
       !g_file_get_contents (options->private_key, &private_key, NULL, error)))
    return FALSE;
  http.address = options->address;
  http.port = (guint16) options->port;
  http.fd = inherited_fd ();
  http.certificate = certificate;
  http.private_key = private_key;
  http.max_per_address = (guint) options->max_per_address;
  hub->listener = linli_http_server_new (&http, limit_cb, request_cb, hub->service, error);
  if (hub->listener == NULL)
    return FALSE;
  linli_hub_service_set_listener (hub->service, hub->listener);
  hub->control = linli_hub_control_listen (hub->service, error);

  return hub->control != NULL;
}

static void
serve (Hub                 *hub,
       const LinliHubServe *options)
{
  guint term = g_unix_signal_add (SIGTERM, stop_cb, hub);
  guint interrupt = g_unix_signal_add (SIGINT, stop_cb, hub);
  guint care = g_timeout_add_seconds (LINLI_HUB_CARE_SECONDS, linli_hub_care_cb, hub->service);

  hub->loop = g_main_loop_new (NULL, FALSE);
  /* An address may hold a password. */
  g_print ("Serving %s on %s://%s:%u\n", options->database != NULL ? "PostgreSQL" : options->folder,
           options->certificate != NULL ? "https" : "http",
           options->address != NULL ? options->address : "127.0.0.1", linli_http_server_get_port (hub->listener));
  fflush (stdout);
  notify_systemd ("READY=1");
  g_main_loop_run (hub->loop);

  g_source_remove (term);
  g_source_remove (interrupt);
  g_source_remove (care);
  g_main_loop_unref (hub->loop);
}

/**
 * linli_hub_serve:
 * @error: why it could not start
 *
 * Serves until it is told to stop, and then until everybody has been answered.
 */
gboolean
linli_hub_serve (const LinliHubServe *options,
                 GError             **error)
{
  Hub hub = { 0 };
  gboolean done;

  hub.service = linli_hub_service_open (options->folder, options->database, options->files, linli_clock_system (), error);
  if (hub.service == NULL)
    return FALSE;
  linli_hub_service_get_settings (hub.service)->per_minute = options->per_minute;
  g_free (linli_hub_service_get_settings (hub.service)->public_url);
  linli_hub_service_get_settings (hub.service)->public_url = g_strdup (options->public_url);
  if (options->quota > 0)
    linli_hub_service_set_quota (hub.service, options->quota);
  done = open_doors (&hub, options, error) && greet (hub.service, options->workspace, error);
  if (done)
    serve (&hub, options);

  if (hub.control != NULL)
    linli_http_server_close (hub.control);
  if (hub.listener != NULL)
    linli_http_server_close (hub.listener);
  linli_hub_service_close (hub.service);
  g_clear_object (&hub.control);
  g_clear_object (&hub.listener);
  g_clear_object (&hub.service);

  return done;
}
