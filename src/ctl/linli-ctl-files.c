/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of cases from a terminal: put one into the store, so that a
 * command can name it; read all of them through. */

#include "config.h"

#include "linli-attachment-store.h"
#include "linli-ctl.h"

/**
 * linli_ctl_check_files:
 * @hashes: (element-type utf8): of the files that cases have
 * @problems: (element-type utf8): what is wrong is added here
 *
 * A desk of a hub need not have every file; one that works alone must.
 *
 * Returns: (transfer full): counts
 */
JsonObject *
linli_ctl_check_files (const char *folder,
                       GPtrArray  *hashes,
                       GPtrArray  *problems)
{
  g_autofree char *root = g_build_filename (folder, "attachments", NULL);
  g_autofree char *hub = g_build_filename (folder, "hub.json", NULL);
  gboolean alone = !g_file_test (hub, G_FILE_TEST_EXISTS);
  JsonObject *counts = json_object_new ();
  guint n_here = 0;
  guint n_absent = 0;

  for (guint i = 0; i < hashes->len; i++)
    {
      const char *sha256 = hashes->pdata[i];
      gboolean good = FALSE;

      if (!linli_shelf_has (root, sha256, NULL))
        {
          n_absent++;
          if (alone)
            g_ptr_array_add (problems, g_strdup_printf ("file %s of a case is missing", sha256));
          continue;
        }
      n_here++;
      if (!linli_shelf_check (root, sha256, &good, NULL) || !good)
        g_ptr_array_add (problems, g_strdup_printf ("file %s of a case is damaged", sha256));
    }
  json_object_set_int_member (counts, "here", n_here);
  json_object_set_int_member (counts, "absent", n_absent);

  return counts;
}

/* What it prints is what case.attach wants to know of a file. */
static gboolean
verb_put (LinliCtl *ctl,
          int       argc,
          char    **argv,
          int      *exit_code,
          GError  **error)
{
  g_autoptr(LinliStore) store = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(LinliStoredFile) stored = NULL;
  g_autoptr(JsonObject) answer = json_object_new ();
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (argc != 1)
    return linli_ctl_usage (error, "Say which file: put FILE");
  store = linli_ctl_open (ctl, LINLI_STORE_EXISTING, error);
  file = g_file_new_for_commandline_arg (argv[0]);
  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  stream = store != NULL ? g_file_read (file, NULL, error) : NULL;
  stored = stream != NULL ? linli_attachment_put (ctl->folder, G_INPUT_STREAM (stream), name, NULL, error) : NULL;
  if (stored == NULL)
    return FALSE;
  json_object_set_string_member (answer, "sha256", stored->sha256);
  json_object_set_string_member (answer, "name", stored->name);
  json_object_set_string_member (answer, "content_type", stored->content_type);
  json_object_set_int_member (answer, "size", stored->size);
  linli_ctl_print_object (ctl, answer);

  return TRUE;
}

const LinliVerb linli_verbs_files[] = {
  { "put", "FILE", "put a file into the store, so that case.attach can name it", verb_put },
  { NULL }
};
