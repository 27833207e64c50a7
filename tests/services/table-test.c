/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table-test.h"

LinliCsv *
table_test_open (const void *bytes,
                 gsize       length)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
  g_autoptr(GError) error = NULL;
  LinliCsv *csv = linli_csv_new (stream, NULL, &error);

  g_assert_no_error (error);
  return csv;
}

/* All rows as "cell|cell\n", up to the end or an error. */
char *
table_test_dump (LinliCsv *csv,
                 GError  **error)
{
  GString *out = g_string_new (NULL);
  GPtrArray *row;

  while (linli_csv_next (csv, &row, error) && row != NULL)
    {
      for (guint i = 0; i < row->len; i++)
        g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", (char *) row->pdata[i]);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

/* Path of a real file, or NULL with the test marked skipped. */
char *
table_test_real (const char *name)
{
  const char *folder = g_getenv ("LINLI_REAL_DATA");
  g_autofree char *path = NULL;

  if (folder != NULL)
    path = g_build_filename (folder, name, NULL);
  else
    for (guint up = 1; up < 4 && (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS)); up++)
      {
        static const char *steps[] = { "", "..", "../..", "../../.." };

        g_free (path);
        path = g_build_filename (g_getenv ("LINLI_SOURCE_ROOT"), steps[up], "shared", "data", name, NULL);
      }
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);

  g_test_skip ("real data not found: set LINLI_REAL_DATA");
  return NULL;
}

char *
table_test_encode (const char *text,
                   const char *encoding,
                   gsize      *length)
{
  g_autoptr(GError) error = NULL;
  char *bytes = g_convert (text, -1, encoding, "UTF-8", NULL, length, &error);

  g_assert_no_error (error);
  return bytes;
}
