/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-files.h"

#include <glib/gstdio.h>

/**
 * linli_files_remove_tree:
 *
 * Removes @path and all below it, without following links.
 */
gboolean
linli_files_remove_tree (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          linli_files_remove_tree (child);
        }
    }

  return g_remove (path) == 0;
}
