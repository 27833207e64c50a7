/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hub reads from whoever finds its address: the bytes of a connection,
 * through the listener, the routes and the doors. "@W" stands for a workspace
 * that is there, "@T" for a token of a device of it, "@C" for a code that lets
 * one in, so that the input may come further than the wall. */

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "linli-hub-control.h"
#include "linli-hub-routes.h"
#include "linli-hub-secret.h"
#include "linli-http-server.h"

#define DEVICE   "0192f0c0-0000-7000-8000-00000000d001"
#define PATIENCE 300000 /* microseconds for the hub to be done with a connection */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

typedef struct
{
  char            *folder;
  LinliHubService *service;
  LinliHttpServer *listener;
  char            *workspace;
  char            *token;
  char            *code;
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

static LinliHubReply *
add_device_work (LinliConn *conn,
                 gpointer   data)
{
  g_autofree char *prefix = NULL;

  linli_hub_add_device (conn, DEVICE, &prefix, NULL);
  return linli_hub_reply_new ("application/json");
}

static void
added_cb (LinliHubWorkspace *workspace,
          LinliHubReply     *reply,
          const GError      *error,
          gpointer           data)
{
  *(gboolean *) data = TRUE;
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static Hub *the_hub;

static void
stop (void)
{
  Hub *self = g_steal_pointer (&the_hub);

  linli_http_server_close (self->listener);
  linli_hub_service_close (self->service);
  g_clear_object (&self->listener);
  g_clear_object (&self->service);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->workspace);
  g_free (self->token);
  g_free (self->code);
  g_free (self);
}

/* One hub for all inputs, because it is long in starting. */
static void
start (void)
{
  Hub *self = the_hub = g_new0 (Hub, 1);
  LinliHttpOptions options = LINLI_HTTP_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  gboolean added = FALSE;

  self->folder = g_dir_make_tmp ("linli-fuzz-hub-XXXXXX", &error);
  self->service = linli_hub_service_open (self->folder, NULL, NULL, linli_clock_system (), &error);
  g_assert_no_error (error);
  self->listener = linli_http_server_new (&options, limit_cb, request_cb, self->service, &error);
  g_assert_no_error (error);
  linli_hub_service_set_listener (self->service, self->listener);
  self->workspace = linli_hub_service_make_workspace (self->service, "fuzz", &error);
  self->code = linli_hub_control_new_code (self->service, self->workspace, NULL, &error);
  g_assert_no_error (error);
  self->token = linli_hub_token_make (linli_hub_service_get_key (self->service), self->workspace, DEVICE,
                                      linli_hub_service_now (self->service));
  linli_hub_workspace_run (linli_hub_service_get_workspace (self->service, self->workspace), LINLI_DB_WRITE,
                           add_device_work, added_cb, &added, NULL, NULL);
  while (!added)
    g_main_context_iteration (NULL, TRUE);
  atexit (stop);
}

static GString *
fill_in (const Hub    *hub,
         const guint8 *data,
         gsize         size)
{
  GString *text = g_string_sized_new (size + 200);

  for (gsize i = 0; i < size; i++)
    {
      const char *word = NULL;

      if (data[i] == '@' && i + 1 < size)
        word = data[i + 1] == 'W' ? hub->workspace : data[i + 1] == 'T' ? hub->token : data[i + 1] == 'C' ? hub->code : NULL;
      if (word != NULL)
        i++;
      if (word != NULL)
        g_string_append (text, word);
      else
        g_string_append_c (text, (char) data[i]);
    }
  return text;
}

/* Every reply is one of ours; nothing a stranger sends is a fault of the hub. */
static void
check_reply (const GString *reply)
{
  guint64 status;

  if (reply->len < 12)
    return;
  g_assert_cmpint (strncmp (reply->str, "HTTP/1.", 7), ==, 0);
  status = g_ascii_strtoull (reply->str + 9, NULL, 10);
  g_assert_true (status >= 100 && status < 600 && status != 500);
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
converse (int      fd,
          GString *text)
{
  g_autoptr(GString) reply = g_string_new (NULL);
  gboolean late = FALSE;
  guint timer = g_timeout_add (PATIENCE / 1000, late_cb, &late);
  gsize sent = 0;
  gboolean over = FALSE;

  while (!over && !late)
    {
      char bytes[4096];
      gssize n = sent < text->len ? send (fd, text->str + sent, text->len - sent, MSG_DONTWAIT | MSG_NOSIGNAL) : 0;

      sent += n > 0 ? (gsize) n : 0;
      if (sent == text->len)
        shutdown (fd, SHUT_WR);
      n = recv (fd, bytes, sizeof bytes, MSG_DONTWAIT);
      if (n > 0)
        g_string_append_len (reply, bytes, n);
      over = n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
      if (!over)
        g_main_context_iteration (NULL, n < 0 && sent == text->len);
    }
  if (!late)
    g_source_remove (timer);
  check_reply (reply);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GSocket) connection = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr(GSocketAddress) address = NULL;
  g_autoptr(GString) text = NULL;

  if (the_hub == NULL)
    start ();
  text = fill_in (the_hub, data, size);
  address = g_inet_socket_address_new_from_string ("127.0.0.1", linli_http_server_get_port (the_hub->listener));
  if (!g_socket_connect (connection, address, NULL, NULL))
    return 0;
  converse (g_socket_get_fd (connection), text);
  g_socket_close (connection, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return 0;
}
