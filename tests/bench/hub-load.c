/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strcasestr */

#include "hub-load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "linli-json.h"
#include "linli-wire-push.h"

#define WORKSPACE "bench"

static GSubprocess *
spawn (LoadHub          *self,
       GSubprocessFlags  flags,
       const char       *verb,
       const char       *argument)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (words, self->program);
  g_ptr_array_add (words, (gpointer) "-f");
  g_ptr_array_add (words, self->folder);
  if (g_str_equal (verb, "serve"))
    {
      g_ptr_array_add (words, (gpointer) "-p");
      g_ptr_array_add (words, (gpointer) "0");
      g_ptr_array_add (words, (gpointer) "--first");
      g_ptr_array_add (words, (gpointer) WORKSPACE);
      if (self->database != NULL)
        {
          g_ptr_array_add (words, (gpointer) "--database");
          g_ptr_array_add (words, self->database);
        }
      if (self->files != NULL)
        {
          g_ptr_array_add (words, (gpointer) "--files");
          g_ptr_array_add (words, self->files);
        }
    }
  g_ptr_array_add (words, (gpointer) verb);
  g_ptr_array_add (words, (gpointer) argument); /* nullable: then the list ends here */
  g_ptr_array_add (words, NULL);
  process = g_subprocess_newv ((const char *const *) words->pdata, flags, &error);
  if (process == NULL)
    g_error ("%s: %s", self->program, error->message);
  return process;
}

/* Returns once it serves. */
void
load_hub_start (LoadHub *self)
{
  g_autoptr(GDataInputStream) out = NULL;
  char *line;

  self->process = spawn (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE, "serve", NULL);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->port = 0;
  while (self->port == 0 && (line = g_data_input_stream_read_line (out, NULL, NULL, NULL)) != NULL)
    {
      if (g_str_has_prefix (line, "Serving "))
        self->port = (guint16) strtoul (strrchr (line, ':') + 1, NULL, 10);
      g_free (line);
    }
  if (self->port == 0)
    g_error ("%s does not serve", self->program);
}

void
load_hub_stop (LoadHub *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

/* Returns: seconds of processor time that the hub has taken */
double
load_hub_processor (LoadHub *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/stat", g_subprocess_get_identifier (self->process));
  g_autofree char *text = NULL;
  g_auto(GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  words = g_strsplit (strrchr (text, ')') + 2, " ", 14); /* the third of proc(5) and on */
  return (double) (g_ascii_strtoll (words[11], NULL, 10) + g_ascii_strtoll (words[12], NULL, 10)) / (double) sysconf (_SC_CLK_TCK);
}

/* Returns: (transfer full): @member of the answer to an operator's order */
char *
load_hub_order (LoadHub    *self,
                const char *member,
                const char *verb,
                const char *argument)
{
  g_autoptr(GSubprocess) process = spawn (self, G_SUBPROCESS_FLAGS_STDOUT_PIPE, verb, argument);
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) object = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, NULL);
  object = linli_json_parse_object (text != NULL ? text : "", -1, NULL);
  if (object == NULL || linli_json_get_text (object, member) == NULL)
    g_error ("%s %s: %s", verb, argument, text);
  return g_strdup (linli_json_get_text (object, member));
}

static void
hang_on (LoadDesk *self)
{
  const int on = 1;
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (self->hub->port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };

  self->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (self->fd < 0 || connect (self->fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("no connection to the hub: %s", g_strerror (errno));
  setsockopt (self->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void
send_all (LoadDesk *self,
          GString  *text)
{
  for (gsize at = 0; at < text->len;)
    {
      gssize n = send (self->fd, text->str + at, text->len - at, MSG_NOSIGNAL);

      if (n <= 0)
        g_error ("the hub hung up: %s", g_strerror (errno));
      at += (gsize) n;
    }
}

/* @door: a path, or what follows the workspace's; @body: (nullable) */
void
load_desk_send (LoadDesk   *self,
                const char *method,
                const char *door,
                GString    *body)
{
  g_autoptr(GString) head = g_string_new (method);

  if (self->fd < 0)
    hang_on (self);
  if (door[0] == '/')
    g_string_append_printf (head, " %s HTTP/1.1\r\nHost: localhost\r\n", door);
  else
    g_string_append_printf (head, " /v1/t/%s/%s HTTP/1.1\r\nHost: localhost\r\n", self->workspace, door);
  if (self->token != NULL)
    g_string_append_printf (head, "Authorization: Bearer %s\r\n", self->token);
  if (body != NULL)
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", body->len);
  g_string_append (head, "\r\n");
  if (body != NULL)
    g_string_append_len (head, body->str, (gssize) body->len);
  send_all (self, head);
}

static void
receive_more (LoadDesk *self)
{
  static const gsize step = 65536;
  gsize before = self->in->len;
  gssize n;

  g_string_set_size (self->in, before + step);
  n = recv (self->fd, self->in->str + before, step, 0);
  if (n <= 0)
    g_error ("the hub hung up: %s", n == 0 ? "no more" : g_strerror (errno));
  g_string_set_size (self->in, before + (gsize) n);
}

/* Returns: the status; the body stands in @self->in */
guint
load_desk_receive (LoadDesk *self)
{
  const char *end;
  const char *length;
  gsize size = 0;
  gsize head;
  guint status;

  g_string_truncate (self->in, 0);
  while ((end = strstr (self->in->str, "\r\n\r\n")) == NULL)
    receive_more (self);
  head = (gsize) (end - self->in->str) + 4;
  status = (guint) strtoul (self->in->str + strlen ("HTTP/1.1 "), NULL, 10);
  length = strcasestr (self->in->str, "\r\nContent-Length:");
  if (length != NULL && length < end)
    size = strtoull (length + strlen ("\r\nContent-Length:"), NULL, 10);
  while (self->in->len < head + size)
    receive_more (self);
  g_string_erase (self->in, 0, (gssize) head);
  return status;
}

guint
load_desk_ask (LoadDesk   *self,
               const char *method,
               const char *door,
               GString    *body)
{
  load_desk_send (self, method, door, body);
  return load_desk_receive (self);
}

static JsonObject *
ask_object (LoadDesk   *self,
            const char *door,
            const char *format,
            ...)
{
  g_autoptr(GString) body = g_string_new (NULL);
  JsonObject *answer;
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (body, format, args);
  va_end (args);
  if (load_desk_ask (self, "POST", door, body) != 200)
    g_error ("%s: %s", door, self->in->str);
  answer = linli_json_parse_object (self->in->str, (gssize) self->in->len, NULL);
  g_assert_nonnull (answer);
  return answer;
}

/* @workspace: its name; made by the caller */
void
load_desk_join (LoadDesk   *self,
                LoadHub    *hub,
                const char *workspace)
{
  g_autofree char *code = load_hub_order (hub, "code", "code", workspace);
  g_autoptr(JsonObject) joined = NULL;
  g_autoptr(JsonObject) told = NULL;

  *self = (LoadDesk) { .hub = hub, .fd = -1, .seq = 1, .in = g_string_new (NULL), .device = g_uuid_string_random () };
  joined = ask_object (self, "/v1/devices", "{\"code\":\"%s\",\"device\":\"%s\",\"name\":\"desk\"}", code, self->device);
  self->workspace = g_strdup (linli_json_get_text (joined, "workspace"));
  self->epoch = g_strdup (linli_json_get_text (joined, "epoch"));
  told = ask_object (self, "/v1/token", "{\"device\":\"%s\",\"credential\":\"%s\"}", self->device,
                     linli_json_get_text (joined, "credential"));
  self->token = g_strdup (linli_json_get_text (told, "token"));
}

/* It calls again when it has something to say. */
void
load_desk_hang_up (LoadDesk *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

void
load_desk_leave (LoadDesk *self)
{
  load_desk_hang_up (self);
  g_string_free (self->in, TRUE);
  g_free (self->device);
  g_free (self->workspace);
  g_free (self->epoch);
  g_free (self->token);
}

/* Every one of the lines must be applied. */
void
load_desk_push (LoadDesk  *self,
                GPtrArray *lines,
                guint      first,
                guint      n)
{
  g_autoptr(GString) body = g_string_new (NULL);
  guint n_applied = 0;

  linli_wire_push_begin (body, self->epoch, self->device, self->seq, g_get_real_time ());
  for (guint i = first; i < first + n; i++)
    linli_wire_push_add (body, lines->pdata[i]);
  if (load_desk_ask (self, "POST", "ops", body) != 200)
    g_error ("push: %s", self->in->str);
  for (const char *at = self->in->str; (at = strstr (at, "\"r\":\"applied\"")) != NULL; at++)
    n_applied++;
  if (n_applied != n)
    g_error ("%u of %u applied: %s", n_applied, n, self->in->str);
  self->seq += n;
}
