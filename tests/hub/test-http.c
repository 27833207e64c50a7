/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The listener, talked to as the network talks: whole, in pieces, too slowly,
 * too much, and not at all any more. */

#include <unistd.h>

#include "linli-http-gzip.h"
#include "linli-http-listen.h"
#include "linli-http-server.h"

#define LIMIT 65536

typedef struct
{
  LinliHttpServer *server;
  GPtrArray       *held;       /* (element-type LinliHttpRequest) */
  guint            n_handled;
  guint            n_abandoned;
} Fixture;

static gsize
limit_cb (const char *method,
          const char *path,
          gpointer    data)
{
  return g_str_equal (path, "/none") ? 0 : LIMIT;
}

static void
abandoned_cb (GCancellable *cancellable,
              Fixture      *f)
{
  f->n_abandoned++;
}

/* /echo gives the body back, /hold answers when it is told to, anything else
 * gives the path and the query's `q` back. */
static void
handle_cb (LinliHttpRequest *request,
           gpointer          data)
{
  Fixture *f = data;
  const char *path = linli_http_request_get_path (request);
  const char *q = linli_http_request_get_query (request, "q");
  g_autofree char *text = NULL;
  g_autoptr(GBytes) body = NULL;

  f->n_handled++;
  if (g_str_equal (path, "/hold"))
    {
      g_cancellable_connect (linli_http_request_get_cancellable (request), G_CALLBACK (abandoned_cb), f, NULL);
      g_ptr_array_add (f->held, g_object_ref (request));
      return;
    }
  if (g_str_equal (path, "/echo"))
    body = g_bytes_ref (linli_http_request_get_body (request));
  else
    {
      text = g_strdup_printf ("%s %s", path, q != NULL ? q : "-");
      body = g_bytes_new (text, strlen (text));
    }
  linli_http_request_add_header (request, "X-Linli", "here");
  linli_http_request_reply (request, 200, "text/plain; charset=utf-8", body);
}

static LinliHttpServer *
new_server (Fixture *f,
            int      fd,
            guint    request_seconds)
{
  LinliHttpOptions options = LINLI_HTTP_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  LinliHttpServer *server;

  options.fd = fd;
  options.request_seconds = request_seconds;
  options.head_seconds = request_seconds;
  server = linli_http_server_new (&options, limit_cb, handle_cb, f, &error);
  g_assert_no_error (error);
  return server;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->held = g_ptr_array_new_with_free_func (g_object_unref);
  f->server = new_server (f, -1, data != NULL ? GPOINTER_TO_UINT (data) : 60);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_http_server_close (f->server);
  g_ptr_array_unref (f->held);
  g_assert_finalize_object (f->server);
}

/* --- A client, in a thread of its own --- */

typedef struct
{
  guint16   port;
  GBytes   *bytes;
  guint     pieces;  /* the bytes are sent in so many, a moment apart */
  gboolean  leave;   /* hangs up after sending */
  GByteArray *answer; /* everything until the server closed */
  int       done;    /* (atomic) */
} Client;

static gboolean
send_all (GOutputStream *out,
          Client        *client)
{
  gsize size = 0;
  const char *data = g_bytes_get_data (client->bytes, &size);
  gsize step = (size + client->pieces - 1) / client->pieces;

  for (gsize at = 0; at < size; at += step)
    {
      if (!g_output_stream_write_all (out, data + at, MIN (step, size - at), NULL, NULL, NULL))
        return FALSE;
      if (client->pieces > 1)
        g_usleep (200 * 1000);
    }
  return TRUE;
}

static gpointer
client_thread (gpointer data)
{
  Client *client = data;
  g_autoptr(GSocketClient) socket = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = g_socket_client_connect_to_host (socket, "127.0.0.1", client->port, NULL,
                                                                             NULL);
  GInputStream *in;
  guint8 chunk[4096];
  gssize n;

  client->answer = g_byte_array_new ();
  if (connection != NULL)
    {
      send_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), client);
      in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
      if (client->leave)
        g_usleep (100 * 1000);
      while (!client->leave && (n = g_input_stream_read (in, chunk, sizeof chunk, NULL, NULL)) > 0)
        g_byte_array_append (client->answer, chunk, (guint) n);
    }
  g_atomic_int_set (&client->done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static GThread *
start_client (Client     *client,
              Fixture    *f,
              const char *request)
{
  client->port = linli_http_server_get_port (f->server);
  if (client->bytes == NULL)
    client->bytes = g_bytes_new (request, strlen (request));
  if (client->pieces == 0)
    client->pieces = 1;
  return g_thread_new ("client", client_thread, client);
}

static char *
finish_client (Client  *client,
               GThread *thread)
{
  while (!g_atomic_int_get (&client->done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  g_bytes_unref (client->bytes);
  g_byte_array_append (client->answer, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (client->answer, FALSE);
}

static char *
ask (Fixture    *f,
     const char *request)
{
  Client client = { 0 };

  return finish_client (&client, start_client (&client, f, request));
}

static gboolean
tick_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

#define WAIT_FOR(condition) \
  G_STMT_START { \
    guint tick = g_timeout_add (20, tick_cb, NULL); \
    gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC; \
    while (!(condition) && g_get_monotonic_time () < end) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (tick); \
    g_assert_true (condition); \
  } G_STMT_END

static void
assert_answer (char       *answer,
               const char *start,
               const char *end)
{
  if (!g_str_has_prefix (answer, start) || !g_str_has_suffix (answer, end))
    g_error ("not %s ... %s but: %s", start, end, answer);
  g_free (answer);
}

/* --- Tests --- */

static void
test_answers (Fixture      *f,
              gconstpointer data)
{
  assert_answer (ask (f, "GET /a%20b?q=%E4%BA%95%E7%9B%96 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
                 "HTTP/1.1 200 ", "\r\n\r\n/a b 井盖");
  assert_answer (ask (f, "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"),
                 "HTTP/1.1 200 ", "\r\n\r\nhello");
  assert_answer (ask (f, "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                         "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"), "HTTP/1.1 200 ", "\r\n\r\nhello");
}

static void
test_keeps_a_connection (Fixture      *f,
                         gconstpointer data)
{
  g_autofree char *answer = ask (f, "GET /one HTTP/1.1\r\nHost: h\r\n\r\n"
                                    "GET /two HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

  g_assert_nonnull (strstr (answer, "/one -"));
  g_assert_true (g_str_has_suffix (answer, "/two -"));
}

static gboolean
answer_all_cb (gpointer data)
{
  Fixture *f = data;
  g_autoptr(GBytes) body = g_bytes_new_static ("late", 4);

  for (guint i = 0; i < f->held->len; i++)
    linli_http_request_reply (f->held->pdata[i], 200, NULL, body);
  g_ptr_array_set_size (f->held, 0);
  return G_SOURCE_REMOVE;
}

static void
test_holds_and_wakes_many (Fixture      *f,
                           gconstpointer data)
{
  enum { N = 100 };
  g_autofree Client *clients = g_new0 (Client, N);
  g_autofree GThread **threads = g_new0 (GThread *, N);

  for (guint i = 0; i < N; i++)
    threads[i] = start_client (&clients[i], f, "GET /hold HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  WAIT_FOR (f->held->len == N);
  g_assert_cmpuint (linli_http_server_get_figures (f->server).n_waiting, ==, N);
  g_idle_add (answer_all_cb, f);
  for (guint i = 0; i < N; i++)
    assert_answer (finish_client (&clients[i], threads[i]), "HTTP/1.1 200 ", "\r\n\r\nlate");
  g_assert_cmpuint (linli_http_server_get_figures (f->server).n_waiting, ==, 0);
  g_assert_cmpuint (f->n_abandoned, ==, 0);
}

/* A desk that went away is not waited for. */
static void
test_notices_who_left (Fixture      *f,
                       gconstpointer data)
{
  Client client = { .leave = TRUE };
  GThread *thread = start_client (&client, f, "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");

  WAIT_FOR (f->held->len == 1);
  WAIT_FOR (f->n_abandoned == 1);
  g_free (finish_client (&client, thread));
  g_assert_true (linli_http_request_is_answered (f->held->pdata[0]));
  linli_http_request_reply (f->held->pdata[0], 200, NULL, NULL); /* dropped */
  WAIT_FOR (linli_http_server_get_figures (f->server).n_connections == 0);
}

static void
test_packs_and_unpacks (Fixture      *f,
                        gconstpointer data)
{
  g_autofree char *plain = g_strnfill (20000, 'a');
  g_autoptr(GBytes) body = g_bytes_new (plain, strlen (plain));
  g_autoptr(GBytes) packed = linli_http_gzip_deflate (body);
  g_autofree char *head = g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAccept-Encoding: gzip\r\n"
                                           "Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                                           g_bytes_get_size (packed));
  GByteArray *request = g_byte_array_new ();
  Client client = { 0 };
  g_autofree char *answer = NULL;
  GThread *thread;

  g_byte_array_append (request, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (request, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
  client.bytes = g_byte_array_free_to_bytes (request);
  thread = start_client (&client, f, NULL);
  answer = finish_client (&client, thread);
  g_assert_nonnull (strstr (answer, "Content-Encoding: gzip"));
  g_assert_nonnull (strstr (answer, "X-Linli: here"));
}

static void
test_refuses_too_much (Fixture      *f,
                       gconstpointer data)
{
  static const char *const requests[] = {
    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 65537\r\n\r\n",
    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "POST /none HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = ask (f, requests[i]);

      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 200"));
    }
  g_assert_cmpuint (f->n_handled, ==, 0);
}

/* Four megabytes in four kilobytes. */
static void
test_refuses_a_bomb (Fixture      *f,
                     gconstpointer data)
{
  gsize size = 4 << 20;
  g_autoptr(GBytes) plain = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr(GBytes) packed = linli_http_gzip_deflate (plain);
  g_autofree char *head = NULL;
  GByteArray *request = g_byte_array_new ();
  Client client = { 0 };
  GThread *thread;

  g_assert_cmpuint (g_bytes_get_size (packed), <, LIMIT);
  head = g_strdup_printf ("POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Encoding: gzip\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n", g_bytes_get_size (packed));
  g_byte_array_append (request, (const guint8 *) head, (guint) strlen (head));
  g_byte_array_append (request, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
  client.bytes = g_byte_array_free_to_bytes (request);
  thread = start_client (&client, f, NULL);
  assert_answer (finish_client (&client, thread), "HTTP/1.1 413 ", "");
  g_assert_cmpuint (f->n_handled, ==, 0);
}

static void
test_refuses_nonsense (Fixture      *f,
                       gconstpointer data)
{
  static const char *const requests[] = {
    "nonsense\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n", /* no host */
    "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\nabc",
    "\x16\x03\x01\x02\r\n\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *answer = ask (f, requests[i]);

      g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 200"));
    }
  g_assert_cmpuint (f->n_handled, ==, 0);
  assert_answer (ask (f, "GET /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), "HTTP/1.1 200 ", "/ok -");
}

/* A body that comes in drop by drop, for longer than the second it is given and
 * the one until that is looked at, is given up; others are served meanwhile. */
static void
test_gives_up_the_slow (Fixture      *f,
                        gconstpointer data)
{
  Client slow = { .pieces = 24 };
  GThread *thread = start_client (&slow, f, "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 120\r\n\r\n"
                                            "0123456789012345678901234567890123456789"
                                            "0123456789012345678901234567890123456789"
                                            "0123456789012345678901234567890123456789");
  g_autofree char *answer = NULL;

  assert_answer (ask (f, "GET /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), "HTTP/1.1 200 ", "/ok -");
  answer = finish_client (&slow, thread);
  g_assert_false (g_str_has_prefix (answer, "HTTP/1.1 200"));
  g_assert_cmpuint (f->n_handled, ==, 1);
}

/* A head that never ends is given up also where others come and go all the time. */
static void
test_gives_up_the_silent (Fixture      *f,
                          gconstpointer data)
{
  Client silent = { 0 };
  GThread *thread = start_client (&silent, f, "GET /ok HTTP/1.1\r\nX:");
  gint64 end = g_get_monotonic_time () + 15 * G_TIME_SPAN_SECOND;

  while (!g_atomic_int_get (&silent.done) && g_get_monotonic_time () < end)
    {
      assert_answer (ask (f, "GET /ok HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), "HTTP/1.1 200 ", "/ok -");
      g_usleep (50 * 1000);
    }
  g_assert_true (g_atomic_int_get (&silent.done));
  g_free (finish_client (&silent, thread));
}

/* A restart: the new process has the socket before the old one lets go. */
static void
test_hands_over (Fixture      *f,
                 gconstpointer data)
{
  LinliHttpOptions options = LINLI_HTTP_OPTIONS_INIT;
  Client client = { 0 };
  GThread *thread = NULL;
  g_autoptr(LinliHttpServer) old = NULL;
  g_autoptr(GError) error = NULL;
  int fd;

  linli_http_server_close (f->server);
  g_clear_object (&f->server);
  fd = linli_http_listen ("127.0.0.1", 0, &error);
  g_assert_no_error (error);
  options.fd = dup (fd);
  old = linli_http_server_new (&options, limit_cb, handle_cb, f, &error);
  g_assert_no_error (error);
  f->server = g_object_ref (old);
  thread = start_client (&client, f, "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");
  WAIT_FOR (f->held->len == 1);

  g_object_unref (f->server);
  f->server = new_server (f, fd, 60);
  linli_http_server_quiesce (old);
  assert_answer (ask (f, "GET /new HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"), "HTTP/1.1 200 ", "/new -");
  answer_all_cb (f);
  assert_answer (finish_client (&client, thread), "HTTP/1.1 200 ", "\r\n\r\nlate"); /* and is closed after it */
  WAIT_FOR (linli_http_server_get_figures (old).n_connections == 0);
  linli_http_server_close (old);
}

/* Ending with somebody waiting neither blocks nor leaks. */
static void
test_ends_with_somebody_waiting (Fixture      *f,
                                 gconstpointer data)
{
  Client client = { 0 };
  GThread *thread = start_client (&client, f, "GET /hold HTTP/1.1\r\nHost: h\r\n\r\n");

  WAIT_FOR (f->held->len == 1);
  linli_http_server_close (f->server);
  g_assert_cmpuint (f->n_abandoned, ==, 1);
  g_free (finish_client (&client, thread));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void      (*func) (Fixture *f, gconstpointer data);
    guint       request_seconds;
  } tests[] = {
    { "/http/answers", test_answers, 0 },
    { "/http/keeps-a-connection", test_keeps_a_connection, 0 },
    { "/http/holds-and-wakes-many", test_holds_and_wakes_many, 0 },
    { "/http/notices-who-left", test_notices_who_left, 0 },
    { "/http/packs-and-unpacks", test_packs_and_unpacks, 0 },
    { "/http/refuses-too-much", test_refuses_too_much, 0 },
    { "/http/refuses-a-bomb", test_refuses_a_bomb, 0 },
    { "/http/refuses-nonsense", test_refuses_nonsense, 0 },
    { "/http/gives-up-the-slow", test_gives_up_the_slow, 1 },
    { "/http/gives-up-the-silent", test_gives_up_the_silent, 1 },
    { "/http/hands-over", test_hands_over, 0 },
    { "/http/ends-with-somebody-waiting", test_ends_with_somebody_waiting, 0 },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GUINT_TO_POINTER (tests[i].request_seconds), set_up, tests[i].func, tear_down);
  return g_test_run ();
}
