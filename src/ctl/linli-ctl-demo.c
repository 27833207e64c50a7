/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verb demo: a centre of made-up matters, to show and to try. */

#include "config.h"

#include "linli-ctl-demo.h"

#include <glib/gstdio.h>

#include "linli-demo.h"
#include "linli-files.h"

#define MAX_CASES 20000

typedef struct
{
  LinliDemoResult *result; /* (owned) (nullable) */
  GError          *error;  /* (owned) (nullable) */
  GMainLoop       *loop;   /* (unowned) */
} Waiting;

static void
made_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Waiting *waiting = user_data;

  waiting->result = linli_demo_finish (LINLI_STORE (source), result, &waiting->error);
  g_main_loop_quit (waiting->loop);
}

static gboolean
read_number (const char *name,
             const char *text,
             guint64     least,
             guint64     most,
             guint      *number,
             GError    **error)
{
  g_autofree char *message = g_strdup_printf ("%s wants a number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT,
                                              name, least, most);
  guint64 value = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, least, most, &value, NULL))
    return linli_ctl_usage (error, message);
  *number = (guint) value;
  return TRUE;
}

static gboolean
read_options (int      argc,
              char   **argv,
              guint   *seed,
              guint   *n_cases,
              GError **error)
{
  for (int i = 0; i < argc; i += 2)
    {
      const char *value = i + 1 < argc ? argv[i + 1] : NULL;

      if (g_str_equal (argv[i], "--seed"))
        {
          if (!read_number ("--seed", value, 0, G_MAXUINT32, seed, error))
            return FALSE;
        }
      else if (g_str_equal (argv[i], "--cases"))
        {
          if (!read_number ("--cases", value, 1, MAX_CASES, n_cases, error))
            return FALSE;
        }
      else
        return linli_ctl_usage (error, "The demo takes --seed N and --cases N");
    }
  return TRUE;
}

static void
print_result (LinliCtl        *ctl,
              guint            seed,
              LinliDemoResult *result)
{
  g_autoptr(JsonObject) answer = json_object_new ();

  json_object_set_string_member (answer, "store", ctl->folder);
  json_object_set_int_member (answer, "seed", seed);
  json_object_set_int_member (answer, "cases", result->n_cases);
  json_object_set_int_member (answer, "today", result->n_today);
  json_object_set_int_member (answer, "residents", result->n_residents);
  json_object_set_int_member (answer, "operations", result->n_operations);
  if (!result->covered)
    {
      g_autofree char *warning = g_strdup_printf ("The working calendar ends with %d: clocks that run beyond it show no due time",
                                                  result->covered_until);

      json_object_set_string_member (answer, "warning", warning);
    }
  linli_ctl_print_object (ctl, answer);
}

typedef struct
{
  gboolean folder; /* was there before */
  gboolean store;
} Before;

static Before
look_before (const char *folder)
{
  g_autofree char *file = folder != NULL ? g_build_filename (folder, "linli.db", NULL) : NULL;

  return (Before) { folder != NULL && g_file_test (folder, G_FILE_TEST_EXISTS),
                    file != NULL && g_file_test (file, G_FILE_TEST_EXISTS) };
}

/* Half a centre is of no use to anybody. What somebody else put into the folder
 * stays, and so does a store that was there. */
static void
clear_away (const char *folder,
            Before      before)
{
  static const char *const own[] = { "linli.db", "linli.db-wal", "linli.db-shm", "lock", "backups" };

  if (!before.folder)
    linli_files_remove_tree (folder);
  for (guint i = 0; before.folder && !before.store && i < G_N_ELEMENTS (own); i++)
    {
      g_autofree char *path = g_build_filename (folder, own[i], NULL);

      g_remove (path); /* a folder only while it is empty */
    }
}

/* The verb demo [--seed N] [--cases N]. */
gboolean
linli_ctl_demo (LinliCtl *ctl,
                int       argc,
                char    **argv,
                int      *exit_code,
                GError  **error)
{
  guint seed = LINLI_DEMO_SEED;
  guint n_cases = LINLI_DEMO_CASES;
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(GMainLoop) loop = NULL;
  g_autofree LinliDemoResult *result = NULL;
  Waiting waiting = { 0 };
  Before before;

  if (!read_options (argc, argv, &seed, &n_cases, error))
    return FALSE;
  before = look_before (ctl->folder);
  store = linli_ctl_open (ctl, LINLI_STORE_CREATE, error);
  if (store == NULL)
    return FALSE;

  loop = g_main_loop_new (NULL, FALSE);
  waiting.loop = loop;
  linli_demo_async (store, seed, n_cases, NULL, NULL, NULL, made_cb, &waiting);
  g_main_loop_run (loop);
  result = waiting.result;
  if (result == NULL)
    {
      linli_store_close (store);
      clear_away (ctl->folder, before);
      g_propagate_error (error, waiting.error);
      return FALSE;
    }
  print_result (ctl, seed, result);

  return TRUE;
}
