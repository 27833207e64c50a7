/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A desk's line, to a real hub in the same process and to what is none. */

#include <glib/gstdio.h>
#include <string.h>

#include "linli-hub-client.h"
#include "linli-hub-code.h"
#include "linli-hub-control.h"
#include "linli-hub-routes.h"

#define DEVICE "0192f0c0-0000-7000-8000-00000000d001"
#define NOW    G_GINT64_CONSTANT (1795900000000000)

typedef struct
{
  char            *folder;
  LinliFakeClock   clock;
  LinliHubService *service;
  LinliHttpServer *server;
  char            *url;
  guint            n_requests;
  const char      *portal; /* (nullable): answered to everything instead of the hub's words */
} Fixture;

static void
request_cb (LinliHttpRequest *request,
            gpointer          data)
{
  Fixture *f = data;
  g_autoptr(GBytes) page = NULL;

  f->n_requests++;
  if (f->portal == NULL)
    {
      linli_hub_routes_handle (f->service, request);
      return;
    }
  page = g_bytes_new_static (f->portal, strlen (f->portal));
  linli_http_request_reply (request, 200, "text/html", page);
}

static gsize
limit_cb (const char *method,
          const char *path,
          gpointer    data)
{
  Fixture *f = data;

  return linli_hub_routes_limit (f->service, method, path);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  LinliHttpOptions options = LINLI_HTTP_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("linli-client-XXXXXX", NULL);
  f->clock = (LinliFakeClock) LINLI_FAKE_CLOCK_INIT (NOW);
  f->service = linli_hub_service_open (f->folder, NULL, NULL, &f->clock.parent, &error);
  g_assert_no_error (error);
  f->server = linli_http_server_new (&options, limit_cb, request_cb, f, &error);
  g_assert_no_error (error);
  linli_hub_service_set_listener (f->service, f->server);
  f->url = g_strdup_printf ("http://127.0.0.1:%u", linli_http_server_get_port (f->server));
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

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_http_server_close (f->server);
  linli_hub_service_close (f->service);
  g_object_unref (f->server);
  g_object_unref (f->service);
  remove_tree (f->folder);
  g_free (f->folder);
  g_free (f->url);
}

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static LinliHubAddress *
enrol (Fixture    *f,
       const char *code,
       GError    **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(LinliHubEnrolled) enrolled = NULL;

  linli_hub_enrol_async (f->url, code, DEVICE, "窗口一", NULL, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  enrolled = linli_hub_enrol_finish (result, error);
  if (enrolled == NULL)
    return NULL;
  g_assert_cmpstr (enrolled->name, ==, "桂园");
  g_assert_cmpstr (enrolled->prefix, ==, "AA");
  return g_steal_pointer (&enrolled->address);
}

static LinliHubAnswer *
ask (LinliHubClient *client,
     const char     *method,
     const char     *path,
     GBytes         *body,
     GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  linli_hub_client_send_async (client, method, path, body, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return linli_hub_client_send_finish (client, result, error);
}

static LinliHubAddress *
join (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *workspace = linli_hub_service_make_workspace (f->service, "桂园", &error);
  g_autofree char *code = linli_hub_control_new_code (f->service, workspace, NULL, &error);
  LinliHubAddress *address;

  g_assert_no_error (error);
  address = enrol (f, code, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (address->workspace, ==, workspace);
  return address;
}

static void
test_joins_and_asks (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr(LinliHubAddress) address = join (f);
  g_autoptr(LinliHubClient) client = linli_hub_client_new (address);
  g_autoptr(GError) error = NULL;
  g_autofree char *plain = g_strnfill (30000, 'x');
  g_autoptr(GBytes) body = g_bytes_new (plain, strlen (plain));
  guint before = f->n_requests;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(LinliHubAnswer) tip = ask (client, "GET", "tip", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (tip->status, ==, 200);
    }
  g_assert_cmpuint (f->n_requests - before, ==, 4); /* one token for them all */
  g_assert_cmpuint (linli_http_server_get_figures (f->server).n_connections, <=, 2);
  {
    g_autoptr(LinliHubAnswer) nonsense = ask (client, "POST", "ops", body, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (nonsense->status, ==, 400); /* unpacked, and understood to be nothing */
  }
}

/* A quarter of an hour later the token is worth nothing; nobody notices. */
static void
test_renews_its_token (Fixture      *f,
                       gconstpointer data)
{
  g_autoptr(LinliHubAddress) address = join (f);
  g_autoptr(LinliHubClient) client = linli_hub_client_new (address);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(LinliHubAnswer) tip = ask (client, "GET", "tip", NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (tip->status, ==, 200);
      f->clock.time += 16 * G_TIME_SPAN_MINUTE;
    }
}

static void
test_wrong_codes (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr(GError) unknown = NULL;
  g_autoptr(GError) tried = NULL;

  g_assert_null (enrol (f, "AAAAA-AAAAA", &unknown));
  g_assert_error (unknown, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  for (guint i = 0; i < 4; i++)
    g_assert_null (enrol (f, "AAAAA-AAAAA", NULL));
  g_assert_null (enrol (f, "AAAAA-AAAAA", &tried));
  g_assert_error (tried, G_IO_ERROR, G_IO_ERROR_BUSY);
}

static gboolean
lets_in (Fixture    *f,
         const char *code)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliHubAddress) address = enrol (f, code, &error);

  if (address == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  return address != NULL;
}

/* A reply that is lost may be asked for again, not for ever, and by nobody else
 * once it has come: a code on a scrap of paper is no key to the desk. */
static void
test_a_code_is_spent (Fixture      *f,
                      gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *workspace = linli_hub_service_make_workspace (f->service, "桂园", &error);
  g_autofree char *code = linli_hub_control_new_code (f->service, workspace, NULL, &error);
  g_autoptr(LinliHubAddress) address = NULL;
  g_autoptr(LinliHubClient) client = NULL;
  g_autoptr(LinliHubAnswer) tip = NULL;

  g_assert_true (linli_hub_code_keep (f->service, code, 24, &error));
  g_assert_true (lets_in (f, code));
  f->clock.time += 6 * G_TIME_SPAN_MINUTE;
  g_assert_true (lets_in (f, code));
  f->clock.time += 6 * G_TIME_SPAN_MINUTE;
  g_assert_false (lets_in (f, code)); /* from the first time on it counts */

  f->clock.time -= 6 * G_TIME_SPAN_MINUTE;
  address = enrol (f, code, &error);
  g_assert_no_error (error);
  client = linli_hub_client_new (address);
  tip = ask (client, "GET", "tip", NULL, &error);
  g_assert_cmpuint (tip->status, ==, 200);
  g_assert_false (lets_in (f, code));
}

/* The hub died before it told the code. */
static void
test_an_untold_code (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *workspace = linli_hub_service_make_workspace (f->service, "桂园", &error);
  g_autofree char *untold = linli_hub_control_new_code (f->service, workspace, NULL, &error);
  g_autofree char *told = linli_hub_control_new_code (f->service, workspace, NULL, &error);

  g_assert_true (linli_hub_code_keep (f->service, told, 24, &error));
  f->clock.time += 11 * G_TIME_SPAN_MINUTE;
  g_assert_false (lets_in (f, untold));
  f->clock.time += 23 * G_TIME_SPAN_HOUR;
  g_assert_true (lets_in (f, told));
}

/* The network of a railway station says 200 to everything. */
static void
test_a_portal_is_no_hub (Fixture      *f,
                         gconstpointer data)
{
  g_autoptr(LinliHubAddress) address = join (f);
  g_autoptr(LinliHubClient) client = linli_hub_client_new (address);
  g_autoptr(LinliHubAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  f->portal = "<html><body>Welcome! Please sign in.</body></html>";
  answer = ask (client, "GET", "tip", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (answer->body, NULL), "<html>")); /* for the engine to see through */
  g_assert_null (enrol (f, "AAAAA-AAAAA", &error));
  g_assert_error (error, LINLI_HUB_FAULT, LINLI_HUB_FAULT_PORTAL);
}

static void
test_nobody_there (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr(LinliHubAddress) address = join (f);
  g_autoptr(LinliHubClient) client = linli_hub_client_new (address);
  g_autoptr(LinliHubAnswer) answer = NULL;
  g_autoptr(GError) error = NULL;

  linli_http_server_close (f->server);
  answer = ask (client, "GET", "tip", NULL, &error);
  g_assert_null (answer);
  g_assert_nonnull (error);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *typed;
    const char *tidy; /* NULL: refused */
  } cases[] = {
    { "hub.example.cn", "https://hub.example.cn" },
    { "  https://hub.example.cn/  ", "https://hub.example.cn" },
    { "https://hub.example.cn:8700/v1", "https://hub.example.cn:8700" },
    { "localhost:8700", "http://localhost:8700" },
    { "127.0.0.1:8700", "http://127.0.0.1:8700" },
    { "http://127.0.0.1:8700", "http://127.0.0.1:8700" },
    { "http://hub.example.cn", NULL },
    { "http://10.0.0.8", NULL },
    { "ftp://hub.example.cn", NULL },
    { "", NULL },
    { "https://", NULL },
    { "not an address", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *tidy = linli_hub_url_tidy (cases[i].typed, &error);

      g_assert_cmpstr (tidy, ==, cases[i].tidy);
      g_assert_true ((tidy == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/client/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("joins-and-asks", test_joins_and_asks);
  ADD ("renews-its-token", test_renews_its_token);
  ADD ("wrong-codes", test_wrong_codes);
  ADD ("a-code-is-spent", test_a_code_is_spent);
  ADD ("an-untold-code", test_an_untold_code);
  ADD ("a-portal-is-no-hub", test_a_portal_is_no_hub);
  ADD ("nobody-there", test_nobody_there);
#undef ADD
  g_test_add_func ("/client/addresses", test_addresses);
  return g_test_run ();
}
