/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives every file of a folder to a fuzz target, so that each input that once
 * broke something is tried in every build, with any compiler. */

#include "fuzz.h"

#include <glib.h>

int
main (int argc, char **argv)
{
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  const char *name;
  guint n = 0;

  g_assert_cmpint (argc, ==, 2);
  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, &error));
      LLVMFuzzerTestOneInput ((const uint8_t *) bytes, length);
      g_print ("ok %u %s\n", ++n, name);
    }
  g_print ("1..%u\n", n);
  return n > 0 ? 0 : 1;
}
