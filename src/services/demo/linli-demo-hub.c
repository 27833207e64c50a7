/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-demo-hub.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#include "linli-files.h"
#include "linli-json.h"

#define PROGRAM "linli-hub"

struct _LinliDemoHub
{
  GObject      parent_instance;

  char        *program;
  char        *folder;  /* removed with it */
  char        *centre;
  GSubprocess *process; /* (owned) (nullable) */
  char        *url;
  char        *codes[LINLI_DEMO_HUB_CODES];
};

G_DEFINE_FINAL_TYPE (LinliDemoHub, linli_demo_hub, G_TYPE_OBJECT)

static void
linli_demo_hub_finalize (GObject *object)
{
  LinliDemoHub *self = LINLI_DEMO_HUB (object);

  if (self->process != NULL)
    { /* nobody's work is in it: it need not be asked politely */
      g_subprocess_force_exit (self->process);
      g_subprocess_wait (self->process, NULL, NULL);
    }
  g_clear_object (&self->process);
  if (self->folder != NULL)
    linli_files_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->program);
  g_free (self->centre);
  g_free (self->url);
  for (guint i = 0; i < LINLI_DEMO_HUB_CODES; i++)
    g_free (self->codes[i]);

  G_OBJECT_CLASS (linli_demo_hub_parent_class)->finalize (object);
}

static void
linli_demo_hub_class_init (LinliDemoHubClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = linli_demo_hub_finalize;
}

static void
linli_demo_hub_init (LinliDemoHub *self)
{
}

/* Where the environment says, beside this program, or wherever programs are. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *beside = folder != NULL ? g_build_filename (folder, PROGRAM, NULL) : NULL;

  if (g_getenv ("LINLI_HUB_PROGRAM") != NULL)
    return g_strdup (g_getenv ("LINLI_HUB_PROGRAM"));
  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_find_program_in_path (PROGRAM);
}

/* However this program ends, the hub ends with it. */
static void
follow_parent (gpointer unused)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static gboolean
spawn (LinliDemoHub *self,
       GError      **error)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);

  g_subprocess_launcher_set_child_setup (launcher, follow_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, error, self->program, "--folder", self->folder, "--port", "0",
                                               "--first", self->centre, "serve", NULL);
  return self->process != NULL;
}

/* Reads on until it says where it serves. */
static gboolean
read_address (LinliDemoHub *self,
              GError      **error)
{
  g_autoptr(GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  char *line;

  while (self->url == NULL && (line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, error)) != NULL)
    {
      const char *at = g_str_has_prefix (line, "Serving ") ? strstr (line, "http://") : NULL;

      self->url = g_strdup (at);
      g_free (line);
    }
  if (self->url == NULL && error != NULL && *error == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, N_("The hub did not start."));
  return self->url != NULL;
}

static gboolean
ask_code (LinliDemoHub *self,
          guint         nth,
          GError      **error)
{
  g_autoptr(GSubprocess) asking = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, self->program, "--folder",
                                                    self->folder, "code", self->centre, NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonObject) told = NULL;

  if (asking == NULL || !g_subprocess_communicate_utf8 (asking, NULL, NULL, &text, NULL, error))
    return FALSE;
  told = linli_json_parse_object (text, -1, error);
  if (told == NULL)
    return FALSE;
  self->codes[nth] = g_strdup (linli_json_get_text (told, "code"));
  if (self->codes[nth] == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, N_("The hub did not start."));
  return self->codes[nth] != NULL;
}

static void
start_thread (GTask        *task,
              gpointer      source,
              gpointer      data,
              GCancellable *cancellable)
{
  LinliDemoHub *self = data;
  gboolean done;
  GError *error = NULL;

  done = read_address (self, &error);
  for (guint i = 0; done && i < LINLI_DEMO_HUB_CODES; i++)
    done = ask_code (self, i, &error);
  if (done)
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * linli_demo_hub_start_async:
 * @centre: the name of its workspace
 *
 * From the main thread, which the hub does not outlive.
 */
void
linli_demo_hub_start_async (const char          *centre,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(LinliDemoHub) self = g_object_new (LINLI_TYPE_DEMO_HUB, NULL);
  GError *error = NULL;

  self->program = find_program ();
  self->centre = g_strdup (centre);
  if (self->program == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                               N_("The program linli-hub is not installed on this computer."));
      return;
    }
  self->folder = g_dir_make_tmp ("linli-demo-hub-XXXXXX", &error);
  if (self->folder == NULL || !spawn (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, g_steal_pointer (&self), g_object_unref);
  g_task_run_in_thread (task, start_thread);
}

/* Returns: (transfer full) */
LinliDemoHub *
linli_demo_hub_start_finish (GAsyncResult *result,
                             GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
linli_demo_hub_get_url (LinliDemoHub *self)
{
  g_return_val_if_fail (LINLI_IS_DEMO_HUB (self), NULL);

  return self->url;
}

/* @nth: below LINLI_DEMO_HUB_CODES. Returns: a code that lets one desk in, once */
const char *
linli_demo_hub_get_code (LinliDemoHub *self,
                         guint         nth)
{
  g_return_val_if_fail (LINLI_IS_DEMO_HUB (self) && nth < LINLI_DEMO_HUB_CODES, NULL);

  return self->codes[nth];
}
