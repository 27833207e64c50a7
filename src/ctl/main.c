/* SPDX-License-Identifier: GPL-3.0-or-later */

/* linlictl: the commands and queries of Linli from a terminal or a script. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>

#include "linli-ctl.h"
#include "linli-password.h"

static const LinliVerb *const groups[] = { linli_verbs_registry, linli_verbs_store, linli_verbs_files, linli_verbs_sync,
                                          linli_verbs_district, linli_verbs_accounts, linli_verbs_data };

static const LinliVerb *
find_verb (const char *name)
{
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const LinliVerb *verb = groups[g]; verb->name != NULL; verb++)
      if (g_str_equal (verb->name, name))
        return verb;
  return NULL;
}

static char *
list_verbs (void)
{
  GString *text = g_string_new ("Verbs:\n");

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const LinliVerb *verb = groups[g]; verb->name != NULL; verb++)
      {
        g_autofree char *call = g_strconcat (verb->name, " ", verb->usage, NULL);

        g_string_append_printf (text, "  %-34s %s\n", call, verb->doc);
      }
  g_string_append (text, "\nExit codes: 0 done, 1 usage, 2 refused by a rule, 3 store cannot be used, "
                         "4 problems found, 5 file cannot be used");
  return g_string_free (text, FALSE);
}

static gboolean
parse_format (LinliCtl   *ctl,
              const char *format,
              GError    **error)
{
  if (format == NULL || g_str_equal (format, "json"))
    ctl->format = LINLI_FORMAT_JSON;
  else if (g_str_equal (format, "table"))
    ctl->format = LINLI_FORMAT_TABLE;
  else if (g_str_equal (format, "csv"))
    ctl->format = LINLI_FORMAT_CSV;
  else
    return linli_ctl_usage (error, "--format is json, table or csv");
  return TRUE;
}

/* @what: (nullable): the verb's first argument */
static gboolean
has_dry_run (const char *verb,
             const char *what)
{
  return g_str_equal (verb, "run") || g_str_equal (verb, "bulk") ||
         (g_str_equal (verb, "import") && (g_strcmp0 (what, "cases") == 0 || g_strcmp0 (what, "holidays") == 0));
}

static gboolean
run (LinliCtl *ctl,
     int       argc,
     char    **argv,
     int      *exit_code,
     GError  **error)
{
  g_autofree char *format = NULL;
  g_autofree char *verbs = list_verbs ();
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "store", 's', 0, G_OPTION_ARG_FILENAME, &ctl->folder, "The store's folder", "DIR" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format, "json, table or csv", "FORMAT" },
    { "as", 'a', 0, G_OPTION_ARG_STRING, &ctl->actor, "Who acts: name or id of an account", "PERSON" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &ctl->password_file,
      "Where the password of --as stands, \"-\" for standard input", "FILE" },
    { "query", 'q', 0, G_OPTION_ARG_STRING, &ctl->query, "The cases that bulk acts on, as a search line", "LINE" },
    { "dry-run", 'n', 0, G_OPTION_ARG_NONE, &ctl->dry_run,
      "With run, bulk, import cases and import holidays: check and tell, write nothing", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version", NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) options = g_option_context_new ("VERB …");
  const LinliVerb *verb;

  g_option_context_add_main_entries (options, entries, NULL);
  /* What stands behind a verb is the verb's own to understand. */
  g_option_context_set_ignore_unknown_options (options, TRUE);
  g_option_context_set_description (options, verbs);
  if (!g_option_context_parse (options, &argc, &argv, error))
    {
      GError *usage = g_error_new_literal (LINLI_CTL_ERROR, LINLI_CTL_ERROR_USAGE, (*error)->message);

      g_clear_error (error);
      g_propagate_error (error, usage);
      return FALSE;
    }
  if (version)
    {
      puts ("linlictl " LINLI_VERSION);
      return TRUE;
    }
  if (!parse_format (ctl, format, error))
    return FALSE;
  if (argc < 2)
    return linli_ctl_usage (error, "Say what to do; linlictl --help lists the verbs");
  verb = find_verb (argv[1]);
  if (verb == NULL)
    {
      g_autofree char *message = g_strdup_printf ("There is no verb %s; linlictl --help lists the verbs", argv[1]);

      return linli_ctl_usage (error, message);
    }
  if (ctl->dry_run && !has_dry_run (verb->name, argc > 2 ? argv[2] : NULL))
    return linli_ctl_usage (error, "Only run, bulk, import cases and import holidays have a --dry-run");

  return verb->run (ctl, argc - 2, argv + 2, exit_code, error);
}

int
main (int    argc,
      char **argv)
{
  LinliCtl ctl = { .clock = linli_clock_system () };
  g_autoptr(GError) error = NULL;
  int exit_code = LINLI_EXIT_OK;

  setlocale (LC_ALL, "");
  if (!run (&ctl, argc, argv, &exit_code, &error))
    {
      linli_ctl_print_error (error);
      exit_code = linli_ctl_exit_code (error);
    }
  g_free (ctl.folder);
  g_free (ctl.actor);
  g_free (ctl.query);
  g_free (ctl.password_file);
  linli_password_free (ctl.password);

  return exit_code;
}
