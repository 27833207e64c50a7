/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much slower reading a CSV file as rows is than reading its bytes and
 * looking for line ends, which no reader can beat. */

#include "linli-table-reader.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define ROWS   200000
#define ROUNDS 3

typedef enum { PLAIN_ROWS, TEXT_ROWS } Shape;

static void
append_row (GString *out,
            Shape    shape,
            guint    i)
{
  if (shape == PLAIN_ROWS)
    g_string_append_printf (out, "1,投诉,5,市容环卫,12345,1,1,1160,坪山区,10018,%u,101,0,1,8508,龙田街道,"
                            "2018-07-04 17:24:41,13,0,市容环卫,2,-,南布社区,龙田街道综合执法队,市容城管,1159\r\n", i);
  else
    g_string_append_printf (out, "%u,A00023583,\"\n\t\t\t\t\n\t\t　　小区门口的路修了三个月,围挡占了人行道,\"\"早晚\"\""
                            "都堵,老人孩子只能走机动车道,请尽快修好。\n\t\t\n\",2019/4/24 16:03:40,0\r\n", i);
}

static char *
make_file (Shape       shape,
           const char *encoding)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *bytes = NULL;
  char *path = NULL;
  gsize length;
  int fd = g_file_open_tmp ("linli-bench-XXXXXX", &path, NULL);

  for (guint i = 0; i < ROWS; i++)
    append_row (text, shape, i);
  bytes = g_convert (text->str, (gssize) text->len, encoding, "UTF-8", NULL, &length, NULL);
  close (fd);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  return path;
}

static double
scan_bytes (const char *path,
            gsize      *size)
{
  g_autofree char *block = g_malloc (256 * 1024);
  gint64 start = g_get_monotonic_time ();
  int fd = g_open (path, O_RDONLY, 0);
  guint64 lines = 0;
  gssize n;

  *size = 0;
  while ((n = read (fd, block, 256 * 1024)) > 0)
    {
      const char *p = block, *end = block + n;

      while (p < end && (p = memchr (p, '\n', (gsize) (end - p))) != NULL)
        {
          lines++;
          p++;
        }
      *size += (gsize) n;
    }
  close (fd);
  g_assert_cmpuint (lines, >=, ROWS);
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static double
read_rows (const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliTableReader) reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, NULL, &error);
  GPtrArray *row;
  guint n = 0;

  g_assert_no_error (error);
  while (linli_table_reader_next (reader, &row, &error) && row != NULL)
    n++;
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, ROWS);
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static void
measure (const char *title,
         Shape       shape,
         const char *encoding)
{
  g_autofree char *path = make_file (shape, encoding);
  double raw = G_MAXDOUBLE, rows = G_MAXDOUBLE;
  gsize size = 0;

  for (guint i = 0; i < ROUNDS; i++)
    {
      raw = MIN (raw, scan_bytes (path, &size));
      rows = MIN (rows, read_rows (path));
    }
  g_unlink (path);
  g_print ("%-28s %6.1f MB  %7.0f MB/s raw  %6.0f MB/s rows  %8.0f rows/s  ratio %.1f\n", title,
           (double) size / 1e6, (double) size / 1e6 / raw, (double) size / 1e6 / rows, ROWS / rows, rows / raw);
}

int
main (int argc, char **argv)
{
  measure ("platform extract, UTF-8", PLAIN_ROWS, "UTF-8");
  measure ("petitions in quotes, UTF-8", TEXT_ROWS, "UTF-8");
  measure ("platform extract, GB18030", PLAIN_ROWS, "GB18030");
  measure ("petitions in quotes, GB18030", TEXT_ROWS, "GB18030");
  return 0;
}
