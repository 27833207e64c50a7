/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>
#include <string.h>

#include "linli-hub-control.h"
#include "linli-hub-serve.h"
#include "linli-json.h"
#include "linli-postgres.h"

#define DEFAULT_PORT 8700

typedef struct
{
  char    *folder;
  char    *database;
  char    *address;
  int      port;
  char    *certificate;
  char    *private_key;
  char    *first;
  int      per_address;
  int      hours;
  gboolean version;
} Options;

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
  { "code", "code", "workspace", "code WORKSPACE        a code that lets one desk in, once" },
  { "devices", "devices", NULL, "devices               list the desks" },
  { "revoke", "revoke", "device", "revoke DEVICE         let a desk in no more; what it brought stays" },
  { "epoch", "epoch", "workspace", "epoch WORKSPACE       after a backup came back: desks send what it lacks" },
};

static char *
describe_verbs (void)
{
  GString *text = g_string_new ("Verbs:\n");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (text, "  %s\n", verbs[i].words);
  g_string_append (text, "\nAll but serve speak to the hub that serves the folder.\n"
                         "Exit codes: 0 done, 1 usage, 2 it could not be done");
  return g_string_free (text, FALSE);
}

/* The environment says what the command line leaves out. */
static void
fill_in (Options *options)
{
  const char *port = g_getenv ("LINLI_HUB_PORT");
  const struct { char **value; const char *name; } texts[] = {
    { &options->folder, "LINLI_HUB_FOLDER" },
    { &options->database, "LINLI_HUB_DATABASE" },
    { &options->address, "LINLI_HUB_ADDRESS" },
    { &options->certificate, "LINLI_HUB_CERTIFICATE" },
    { &options->private_key, "LINLI_HUB_KEY" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (*texts[i].value == NULL)
      *texts[i].value = g_strdup (g_getenv (texts[i].name));
  if (options->folder == NULL)
    options->folder = g_build_filename (g_get_user_data_dir (), "linli-hub", NULL);
  if (options->port < 0)
    options->port = port != NULL ? (int) g_ascii_strtoll (port, NULL, 10) : DEFAULT_PORT;
}

static int
serve (const Options *options)
{
  const LinliHubServe how = {
    .folder = options->folder,
    .database = options->database,
    .address = options->address,
    .port = options->port,
    .certificate = options->certificate,
    .private_key = options->private_key,
    .workspace = options->first,
    .max_per_address = options->per_address,
  };
  g_autoptr(GError) error = NULL;

  if ((options->certificate == NULL) != (options->private_key == NULL))
    {
      g_printerr ("linli-hub: TLS needs both --certificate and --key\n");
      return 1;
    }
  if (options->database != NULL && !linli_postgres_is_address (options->database))
    {
      g_printerr ("linli-hub: --database is for PostgreSQL: postgresql://SERVER/DATABASE. Without it everything is in the "
                  "folder\n");
      return 1;
    }
  if (options->port > G_MAXUINT16)
    {
      g_printerr ("linli-hub: a port is a number from 0 to 65535\n");
      return 1;
    }
  if (linli_hub_serve (&how, &error))
    return 0;
  g_printerr ("linli-hub: %s\n", error->message);
  return 2;
}

static int
order (const Options *options,
       guint          verb,
       const char    *argument)
{
  g_autoptr(JsonObject) wanted = json_object_new ();
  g_autoptr(JsonObject) told = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (wanted, "do", verbs[verb].order);
  if (verbs[verb].argument != NULL)
    json_object_set_string_member (wanted, verbs[verb].argument, argument);
  if (options->hours > 0)
    json_object_set_int_member (wanted, "hours", options->hours);
  told = linli_hub_control_ask (options->folder, wanted, &error);
  if (told == NULL && (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
                       g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)))
    g_printerr ("linli-hub: no hub serves %s; start “linli-hub serve” first\n", options->folder);
  else if (told == NULL)
    g_printerr ("linli-hub: %s\n", error->message);
  if (told == NULL)
    return 2;

  node = json_node_init_object (json_node_alloc (), told);
  text = linli_json_node_to_text (node, TRUE);
  g_print ("%s\n", text);
  return 0;
}

static int
run_verb (const Options *options,
          char         **words)
{
  for (guint i = 0; words[0] != NULL && i < G_N_ELEMENTS (verbs); i++)
    {
      if (!g_str_equal (verbs[i].verb, words[0]))
        continue;
      if (g_strv_length (words) != (verbs[i].argument != NULL ? 2u : 1u))
        break;
      return verbs[i].order != NULL ? order (options, i, words[1]) : serve (options);
    }
  g_printerr ("linli-hub: which verb? See linli-hub --help\n");
  return 1;
}

static void
options_clear (Options *options)
{
  g_free (options->folder);
  g_free (options->database);
  g_free (options->address);
  g_free (options->certificate);
  g_free (options->private_key);
  g_free (options->first);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

int
main (int    argc,
      char **argv)
{
  g_auto(Options) options = { .port = -1 };
  g_auto(GStrv) words = NULL;
  const GOptionEntry entries[] = {
    { "folder", 'f', 0, G_OPTION_ARG_FILENAME, &options.folder, "The hub's folder", "DIR" },
    { "database", 'd', 0, G_OPTION_ARG_STRING, &options.database, "Keep everything in this PostgreSQL database",
      "postgresql://…" },
    { "address", 'a', 0, G_OPTION_ARG_STRING, &options.address, "Listen on this address; loopback when absent", "ADDRESS" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &options.port, "Listen on this port; 8700 when absent, 0 for any", "PORT" },
    { "certificate", 0, 0, G_OPTION_ARG_FILENAME, &options.certificate, "Speak TLS with this certificate", "PEM" },
    { "key", 0, 0, G_OPTION_ARG_FILENAME, &options.private_key, "and this private key", "PEM" },
    { "first", 0, 0, G_OPTION_ARG_STRING, &options.first, "Name of the first workspace of a new hub", "NAME" },
    { "per-address", 0, 0, G_OPTION_ARG_INT, &options.per_address, "Connections one address may hold; no limit when absent", "N" },
    { "hours", 0, 0, G_OPTION_ARG_INT, &options.hours, "How long a code is good", "N" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options.version, "Print the version", NULL },
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
  if (options.version)
    {
      g_print ("linli-hub %s\n", LINLI_VERSION);
      return 0;
    }
  fill_in (&options);
  if (words == NULL)
    words = g_new0 (char *, 1);

  return run_verb (&options, words);
}
