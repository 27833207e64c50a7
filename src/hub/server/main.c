/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "linli-hub-admin.h"
#include "linli-hub-control.h"
#include "linli-hub-serve.h"
#include "linli-hub-settings.h"
#include "linli-hub-qr.h"
#include "linli-json.h"
#include "linli-password.h"
#include "linli-wire-link.h"

#define PASSWORD_ROOM 1027 /* the longest one, the end of its line and of the text */

static const struct
{
  const char *verb;
  const char *order;    /* (nullable): for the hub that serves */
  const char *argument; /* (nullable): what the order calls it */
  const char *words;
} verbs[] = {
  { "serve", NULL, NULL, "serve                 serve desks until told to stop" },
  { "workspace", "workspace", "name", "workspace NAME        make a workspace for a centre" },
  { "workspaces", "workspaces", NULL, "workspaces            list them" },
  { "code", "code", "workspace", "code WORKSPACE        a code that lets one desk in, once; with --unit a handling unit's" },
  { "devices", "devices", NULL, "devices               list the desks" },
  { "revoke", "revoke", "device", "revoke DEVICE         let a desk in no more, --reason says why; what it brought stays" },
  { "epoch", "epoch", "workspace", "epoch WORKSPACE       after a backup came back: desks send what it lacks" },
  { "verify", "verify", "workspace", "verify WORKSPACE      read its files through, and check what units are sent" },
  { "sweep", "sweep", "workspace", "sweep WORKSPACE       remove files that nobody has referred to for 30 days (--days)" },
};

static char *
describe_verbs (void)
{
  GString *text = g_string_new ("Verbs:\n");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "  %s\n", verbs[i].words);
  for (const LinliHubVerb *verb = linli_hub_verbs; verb->noun != NULL; verb++)
    {
      g_autofree char *rest = g_strjoinv (" ", (char **) verb->words);
      g_autofree char *upper = g_ascii_strup (rest, -1);
      g_autofree char *call = g_strjoin (" ", verb->noun, verb->verb, upper, verb->more ? "[MEMBER=VALUE …]" : NULL, NULL);

      g_string_append_printf (text, "  %-45s %s\n", call, verb->doc);
    }
  g_string_append (text, "\nAll but serve speak to the hub that serves the folder.\n"
                         "Exit codes: 0 done, 1 usage, 2 it could not be done");
  return g_string_free (text, FALSE);
}

static int
serve (const LinliHubOptions *options)
{
  const LinliHubServe how = {
    .folder = options->folder,
    .database = options->database,
    .files = options->files,
    .address = options->address,
    .port = options->port,
    .certificate = options->certificate,
    .private_key = options->private_key,
    .workspace = options->first,
    .max_per_address = options->per_address,
    .per_minute = options->per_minute,
    .public_url = options->public_url,
    .quota = (gint64) options->quota << 20,
  };
  g_autoptr(GError) error = NULL;

  if (linli_hub_serve (&how, &error))
    return 0;
  g_printerr ("linli-hub: %s\n", error->message);
  return 2;
}

/* Where desks find the hub, unless the operator says otherwise: where it listens. */
static char *
address_for_desks (const LinliHubOptions *options)
{
  const char *host = options->address != NULL && *options->address != '\0' ? options->address : "127.0.0.1";
  gboolean secure = options->certificate != NULL && *options->certificate != '\0';

  if (options->public_url != NULL && *options->public_url != '\0')
    return g_strdup (options->public_url);
  if (g_str_equal (host, "0.0.0.0") || strchr (host, ':') != NULL)
    host = g_get_host_name (); /* everywhere on this machine */
  return g_strdup_printf ("%s://%s:%d", secure ? "https" : "http", host, options->port);
}

static void
print_qr (const LinliHubOptions *options,
          const char            *code)
{
  g_autofree char *url = address_for_desks (options);
  g_autofree char *link = linli_wire_link_make (url, code);
  g_autofree char *picture = linli_hub_qr_draw (link);

  if (picture != NULL)
    g_print ("%s", picture);
  g_print ("%s\n\nAddress  %s\nCode     %s\n", link, url, code);
}

static int
send_order (const LinliHubOptions *options,
            JsonObject            *wanted)
{
  g_autoptr(JsonObject) told = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  if (options->days >= 0)
    json_object_set_int_member (wanted, "days", options->days);
  if (options->hours > 0)
    json_object_set_int_member (wanted, "hours", options->hours);
  if (options->reason != NULL)
    json_object_set_string_member (wanted, "reason", options->reason);
  if (options->unit != NULL)
    json_object_set_string_member (wanted, "unit", options->unit);
  told = linli_hub_control_ask (options->folder, wanted, &error);
  if (told == NULL && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
                       g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)))
    g_printerr ("linli-hub: no hub serves %s; start “linli-hub serve” first\n", options->folder);
  else if (told == NULL)
    g_printerr ("linli-hub: %s\n", error->message);
  if (told == NULL)
    return 2;

  if (options->qr && linli_json_get_text (told, "code") != NULL)
    {
      print_qr (options, linli_json_get_text (told, "code"));
      return 0;
    }
  node = json_node_init_object (json_node_alloc (), told);
  text = linli_json_node_to_text (node, TRUE);
  g_print ("%s\n", text);
  return 0;
}

/* One word and at most one more. */
static int
order (const LinliHubOptions *options,
       guint                  verb,
       const char            *argument)
{
  g_autoptr(JsonObject) wanted = json_object_new ();

  json_object_set_string_member (wanted, "do", verbs[verb].order);
  if (verbs[verb].argument != NULL)
    json_object_set_string_member (wanted, verbs[verb].argument, argument);
  return send_order (options, wanted);
}

/* The password goes no further than this process: the order carries its verifier. */
static gboolean
add_verifier (JsonObject *order,
              GError    **error)
{
  char *password = g_malloc0 (PASSWORD_ROOM);
  g_autofree char *verifier = NULL;
  gboolean done;

  if (fgets (password, PASSWORD_ROOM, stdin) == NULL)
    password[0] = '\0';
  password[strcspn (password, "\r\n")] = '\0';
  done = linli_password_is_good (password, linli_json_get_text (order, "person"), error) &&
         (verifier = linli_password_make_verifier (password, error)) != NULL;
  linli_password_free (password);
  if (done)
    json_object_set_string_member (order, "verifier", verifier);
  return done;
}

static int
run_verb (const LinliHubOptions *options,
          char                 **words)
{
  g_autoptr(JsonObject) wanted = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; words[0] != NULL && i < G_N_ELEMENTS (verbs); i++)
    {
      if (!g_str_equal (verbs[i].verb, words[0]))
        continue;
      if (g_strv_length (words) != (verbs[i].argument != NULL ? 2u : 1u))
        break;
      return verbs[i].order != NULL ? order (options, i, words[1]) : serve (options);
    }
  wanted = linli_hub_verb_read (words, &error);
  if (wanted != NULL && (g_strcmp0 (linli_json_get_text (wanted, "do"), "account.password") != 0 ||
                         add_verifier (wanted, &error)))
    return send_order (options, wanted);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_printerr ("linli-hub: which verb? See linli-hub --help\n");
  else
    g_printerr ("linli-hub: %s\n", error->message);
  return 1;
}

int
main (int    argc,
      char **argv)
{
  g_auto(LinliHubOptions) options = LINLI_HUB_OPTIONS_INIT;
  g_autofree char *config = NULL;
  gboolean version = FALSE;
  g_auto(GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &config, "Read settings from this file", "FILE" },
    { "folder", 'f', 0, G_OPTION_ARG_FILENAME, &options.folder, "The hub's folder", "DIR" },
    { "database", 'd', 0, G_OPTION_ARG_STRING, &options.database, "Keep everything in this PostgreSQL database",
      "postgresql://…" },
    { "files", 0, 0, G_OPTION_ARG_FILENAME, &options.files, "Keep the files of cases here; files in the folder when absent",
      "DIR" },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &options.address, "Listen on this address; loopback when absent", "ADDRESS" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &options.port, "Listen on this port; 8700 when absent, 0 for any", "PORT" },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate, "Speak TLS with this certificate", "PEM" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options.private_key, "and this private key", "PEM" },
    { "first", 0, 0, G_OPTION_ARG_STRING, &options.first, "Name of the first workspace of a new hub", "NAME" },
    { "per-address", 0, 0, G_OPTION_ARG_INT, &options.per_address, "Connections one address may hold; no limit when absent", "N" },
    { "hours", 0, 0, G_OPTION_ARG_INT, &options.hours, "How long a code is good", "N" },
    { "unit", 0, 0, G_OPTION_ARG_STRING, &options.unit, "The code is for a desk of this handling unit, which has only what "
      "was dispatched to it", "CODE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, "Why a desk is let in no more; it is read there", "WORDS" },
    { "per-minute", 0, 0, G_OPTION_ARG_INT, &options.per_minute, "Requests a minute of one key of a side door", "N" },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &options.public_url, "The hub's address as others see it", "URL" },
    { "days", 0, 0, G_OPTION_ARG_INT, &options.days, "Days of grace of sweep; 30 when absent", "N" },
    { "quota", 0, 0, G_OPTION_ARG_INT, &options.quota, "Megabytes of files a workspace may keep; 20480 when absent", "N" },
    { "qr", 0, 0, G_OPTION_ARG_NONE, &options.qr, "Show a code also as a QR code and a link, for --public-url", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "VERB …" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *description = describe_verbs ();
  g_autoptr(GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("linli-hub: %s\n", error->message);
      return 1;
    }
  if (version)
    {
      g_print ("linli-hub %s\n", LINLI_VERSION);
      return 0;
    }
  if (!linli_hub_options_fill (&options, config, &error))
    {
      g_printerr ("linli-hub: %s\n", error->message);
      return 1;
    }
  if (words == NULL)
    words = g_new0 (char *, 1);

  return run_verb (&options, words);
}
