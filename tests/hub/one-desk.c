/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "one-desk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "linli-hub-control.h"
#include "linli-hub-routes.h"

static const char refusal[] = "<html><body>502 Bad Gateway</body></html>";

static void
request_cb (LinliHttpRequest *request,
            gpointer          data)
{
  OneDesk *f = data;
  g_autoptr(GBytes) page = NULL;

  if (f->refuse == NULL || !f->refuse (request, f->refuse_data))
    {
      linli_hub_routes_handle (f->service, request);
      return;
    }
  if (linli_http_request_is_answered (request))
    return;
  page = g_bytes_new_static (refusal, strlen (refusal));
  linli_http_request_reply (request, 502, "text/html", page);
}

static gsize
limit_cb (const char *method,
          const char *path,
          gpointer    data)
{
  return linli_hub_routes_limit (((OneDesk *) data)->service, method, path);
}

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

LinliReply *
one_desk_run (OneDesk    *f,
              const char *command,
              const char *args)
{
  g_autoptr(LinliRequest) request = linli_request_parse (args);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  LinliReply *reply;

  linli_store_run_async (f->store, command, request, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  reply = linli_store_run_finish (f->store, result, &error);
  g_assert_no_error (error);
  return reply;
}

/* @unused: so that it can be a fixture's */
void
one_desk_set_up (OneDesk      *f,
                 gconstpointer unused)
{
  LinliHttpOptions options = LINLI_HTTP_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *desk = NULL;
  g_autoptr(LinliReply) centre = NULL;

  f->folder = g_dir_make_tmp ("linli-one-desk-XXXXXX", NULL);
  hub = g_build_filename (f->folder, "hub", NULL);
  desk = g_build_filename (f->folder, "desk", NULL);
  f->clock = (LinliFakeClock) LINLI_FAKE_CLOCK_INIT (g_get_real_time ());
  f->service = linli_hub_service_open (hub, NULL, NULL, &f->clock.parent, &error);
  g_assert_no_error (error);
  f->server = linli_http_server_new (&options, limit_cb, request_cb, f, &error);
  g_assert_no_error (error);
  linli_hub_service_set_listener (f->service, f->server);
  f->workspace = linli_hub_service_make_workspace (f->service, "桂园", &error);
  g_assert_no_error (error);

  f->store = linli_store_open_sync (desk, LINLI_STORE_CREATE, &f->clock.parent, &error);
  g_assert_no_error (error);
  centre = one_desk_run (f, "centre.create", "{\"name\":\"桂园社区党群服务中心\",\"person\":\"陈静\"}");
  linli_store_set_actor (f->store, linli_reply_get_text (centre, "account"));
  linli_reply_free (one_desk_run (f, "channel.import", "{\"channels\":[{\"code\":\"CK01\",\"name\":\"窗口\"}]}"));
  f->agent = linli_sync_agent_new (f->store);
}

/* What was done at the desk is on its way when this returns. */
void
one_desk_join (OneDesk *f)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u", linli_http_server_get_port (f->server));
  g_autofree char *code = linli_hub_control_new_code (f->service, f->workspace, NULL, &error);
  g_autoptr(GAsyncResult) result = NULL;
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  linli_sync_agent_join_async (f->agent, url, code, NULL, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  joined = linli_sync_agent_join_finish (f->agent, result, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
one_desk_tear_down (OneDesk      *f,
                    gconstpointer unused)
{
  linli_sync_agent_stop (f->agent);
  g_object_unref (f->agent);
  linli_store_close (f->store);
  g_object_unref (f->store);
  linli_http_server_close (f->server);
  linli_hub_service_close (f->service);
  g_object_unref (f->server);
  g_object_unref (f->service);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_tree (f->folder);
  g_free (f->workspace);
  g_free (f->folder);
}

static gboolean
rests (OneDesk *f)
{
  return linli_sync_agent_is_idle (f->agent) && linli_sync_agent_get_state (f->agent) == LINLI_SYNC_ONLINE &&
         linli_blob_agent_is_idle (linli_sync_agent_get_blobs (f->agent));
}

static gboolean
tick_cb (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

/* Until @func says so. */
void
one_desk_wait (OneDesk   *f,
               gboolean (*func) (OneDesk *f))
{
  guint tick = g_timeout_add (50, tick_cb, NULL);
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!func (f) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (func (f));
  g_source_remove (tick);
}

/* Until all that was done here is at the hub, and the other way round. */
void
one_desk_rest (OneDesk *f)
{
  one_desk_wait (f, rests);
}
