/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table-test.h"

#include <string.h>

static void
test_dialects (void)
{
  static const struct { const char *file, *rows; } cases[] = {
    { "a,b\n1,2\n", "a|b\n1|2\n" },
    { "a,b\r\n1,2\r\n", "a|b\n1|2\n" },
    { "a,b\r1,2\r", "a|b\n1|2\n" },
    { "a,b\n1,2", "a|b\n1|2\n" },
    { "a,b\n\n\r\n1,2\n\n", "a|b\n1|2\n" },
    { "a;b;c\n1;2,5;3\n", "a|b|c\n1|2,5|3\n" },
    { "a\tb\n1,1\t2\n", "a|b\n1,1|2\n" },
    { "a|b\n1|2\n", "a|b\n1|2\n" },
    { "sep=;\r\na;b,c\r\n", "a|b,c\n" },
    { "a,b,\n1,2,\n", "a|b|\n1|2|\n" },
    { ",,\n", "||\n" },
    { "\"\"\n", "\n" },
    { "a,\"b\"\"c\",\"d,e\"\n", "a|b\"c|d,e\n" },
    { "a,\"x\n\ty\r\nz\"\n", "a|x\n\ty\r\nz\n" },
    { "a,5\" pipe\nb,c\n", "a|5\" pipe\nb|c\n" },
    { "\"a\"x,b\n", "ax|b\n" },
    { "\"he said \"hi\" to\",x\n", "he said hi\" to\"|x\n" },
    { "单列\n一\n二\n", "单列\n一\n二\n" },
    { "标题,,\n甲,乙,丙\n", "标题||\n甲|乙|丙\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliCsv) csv = table_test_open (cases[i].file, strlen (cases[i].file));
      g_autoptr(GError) error = NULL;
      g_autofree char *dump = table_test_dump (csv, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (dump, ==, cases[i].rows);
    }
}

static void
test_places (void)
{
  static const char file[] = "\xef\xbb\xbf" "a,b\n\n\"x\ny\",2\r\n3,4\n";
  static const struct { guint64 row, line, offset; } places[] = { { 1, 1, 3 }, { 3, 3, 8 }, { 4, 5, 17 } };
  g_autoptr(LinliCsv) csv = table_test_open (file, sizeof file - 1);
  GPtrArray *row;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_assert_true (linli_csv_next (csv, &row, NULL));
      g_assert_cmpuint (linli_csv_get_row (csv), ==, places[i].row);
      g_assert_cmpuint (linli_csv_get_line (csv), ==, places[i].line);
      g_assert_cmpuint (linli_csv_get_offset (csv), ==, places[i].offset);
    }
  g_assert_cmpuint (linli_csv_get_position (csv), ==, sizeof file - 1);
  g_assert_true (linli_csv_next (csv, &row, NULL));
  g_assert_null (row);
}

/* In GB18030 the second byte of a hanzi may be the byte of "|". */
static void
test_bar_inside_hanzi (void)
{
  g_autofree char *dump = NULL;
  g_autoptr(LinliCsv) csv = NULL;
  static const char file[] = "\xb1\xe0\xba\xc5|\xd0\xd5\xc3\xfb\n1|\x81\x7c\xb5\xc4\n2|\xd5\xc5\xc8\xfd\n";

  csv = table_test_open (file, sizeof file - 1);
  dump = table_test_dump (csv, NULL);
  g_assert_cmpstr (dump, ==, "编号|姓名\n1|亅的\n2|张三\n");
}

static void
test_open_quote (void)
{
  static const char file[] = "a,b\n1,2\n3,\"never closed\n4,5\n";
  g_autoptr(LinliCsv) csv = table_test_open (file, sizeof file - 1);
  g_autoptr(GError) error = NULL;
  g_autofree char *dump = table_test_dump (csv, &error);

  g_assert_cmpstr (dump, ==, "a|b\n1|2\n");
  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_TORN);
  g_assert_nonnull (strstr (error->message, "opened on line 3"));
}

static void
expect_limit (GString    *file,
              const char *words)
{
  g_autoptr(LinliCsv) csv = table_test_open (file->str, file->len);
  g_autoptr(GError) error = NULL;
  g_autofree char *dump = table_test_dump (csv, &error);

  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, words));
}

static void
append_run (GString *out,
            char     c,
            gsize    n)
{
  gsize old = out->len;

  g_string_set_size (out, old + n);
  memset (out->str + old, c, n);
}

static void
test_limits (void)
{
  g_autoptr(GString) file = g_string_new ("a,b\n1,");

  append_run (file, 'x', LINLI_TABLE_MAX_CELL);
  {
    g_autoptr(LinliCsv) csv = table_test_open (file->str, file->len);
    g_autoptr(GError) error = NULL;
    g_autofree char *dump = table_test_dump (csv, &error);

    g_assert_no_error (error);
  }
  g_string_append_c (file, 'x');
  expect_limit (file, "Row 2 (line 2): cell 2 is larger than 1 MiB");

  g_string_assign (file, "a,b\n1,\"");
  append_run (file, 'x', LINLI_TABLE_MAX_CELL + 1);
  expect_limit (file, "the quote opened on line 2 is never closed");

  g_string_assign (file, "a,b\n");
  append_run (file, ',', LINLI_TABLE_MAX_COLUMNS);
  expect_limit (file, "more than 4096 columns");

  g_string_assign (file, "a,b\n");
  append_run (file, 'x', 20 * 1024 * 1024);
  expect_limit (file, "longer than 16 MiB");
}

/* A stream that makes up its bytes, so that no disk is needed. */
#define ENDLESS_TYPE_STREAM (endless_stream_get_type ())
G_DECLARE_FINAL_TYPE (EndlessStream, endless_stream, ENDLESS, STREAM, GInputStream)

struct _EndlessStream
{
  GInputStream parent_instance;
  guint64      left;
  guint        row;
  char         line[256];
  gsize        at;
  gsize        n;
};

G_DEFINE_FINAL_TYPE (EndlessStream, endless_stream, G_TYPE_INPUT_STREAM)

static gssize
endless_read (GInputStream *stream,
              void         *buffer,
              gsize         count,
              GCancellable *cancellable,
              GError      **error)
{
  EndlessStream *self = ENDLESS_STREAM (stream);
  gsize done = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  while (done < count && (self->left > 0 || self->at < self->n))
    {
      gsize n;

      if (self->at == self->n)
        {
          self->n = (gsize) g_snprintf (self->line, sizeof self->line,
                                        "%u,投诉,2018-07-04 17:24:41,\"龙田街道\n井盖\"\"缺失\"\"\",-\r\n",
                                        self->row++);
          self->at = 0;
          self->left -= MIN (self->left, self->n);
        }
      n = MIN (count - done, self->n - self->at);
      memcpy ((char *) buffer + done, self->line + self->at, n);
      self->at += n;
      done += n;
    }
  return (gssize) done;
}

static void
endless_stream_class_init (EndlessStreamClass *class)
{
  G_INPUT_STREAM_CLASS (class)->read_fn = endless_read;
}

static void
endless_stream_init (EndlessStream *self)
{
}

static gsize
resident_pages (void)
{
  g_autofree char *text = NULL;
  char *resident;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  g_ascii_strtoull (text, &resident, 10);
  return g_ascii_strtoull (resident, NULL, 10);
}

static void
test_200_mb (void)
{
  g_autoptr(EndlessStream) stream = g_object_new (ENDLESS_TYPE_STREAM, NULL);
  g_autoptr(LinliCsv) csv = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *row;
  gsize before;
  guint64 n = 0;

  stream->left = 200 * 1000 * 1000;
  before = resident_pages ();
  csv = linli_csv_new (G_INPUT_STREAM (stream), NULL, &error);
  g_assert_no_error (error);
  while (linli_csv_next (csv, &row, &error) && row != NULL)
    {
      g_assert_cmpuint (row->len, ==, 5);
      n++;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, stream->row);
  g_assert_cmpuint (linli_csv_get_line (csv), ==, 2 * n - 1);
  g_assert_cmpuint (linli_csv_get_position (csv), >=, 200 * 1000 * 1000);
  g_assert_cmpuint (resident_pages () - MIN (before, resident_pages ()), <, 16 * 1024 / 4);
}

static void
test_cancel (void)
{
  g_autoptr(EndlessStream) stream = g_object_new (ENDLESS_TYPE_STREAM, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(LinliCsv) csv = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *row;
  guint n = 0;

  stream->left = G_MAXUINT64 / 2;
  csv = linli_csv_new (G_INPUT_STREAM (stream), cancellable, &error);
  g_assert_no_error (error);
  while (linli_csv_next (csv, &row, &error) && row != NULL)
    if (++n == 1000)
      g_cancellable_cancel (cancellable);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n, <, 100000);
}

static void
test_real_files (void)
{
  /* The published counts leave out the first record of each file. */
  static const struct { const char *name; guint rows, columns; LinliEncoding encoding; } files[] = {
    { "pingshan-cases-2018.csv", 5006, 26, LINLI_ENCODING_UTF8 },
    { "petitions-replied.csv", 1966, 7, LINLI_ENCODING_GB18030 },
    { "petitions-hot.csv", 2579, 7, LINLI_ENCODING_UTF8 },
    { "petitions-labelled.csv", 6270, 2, LINLI_ENCODING_UTF8 },
    { "petitions-labelled-raw.csv", 344, 6, LINLI_ENCODING_UTF8 },
    { "petition-classes.csv", 517, 3, LINLI_ENCODING_UTF8 },
    { "responsibility-list-components.csv", 280, 12, LINLI_ENCODING_UTF8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = table_test_real (files[i].name);
      g_autofree char *bytes = NULL;
      g_autoptr(LinliCsv) csv = NULL;
      g_autoptr(GError) error = NULL;
      GPtrArray *row;
      guint n = 0;
      gsize length;

      if (path == NULL)
        return;
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      csv = table_test_open (bytes, length);
      while (linli_csv_next (csv, &row, &error) && row != NULL)
        {
          g_assert_cmpuint (row->len, ==, files[i].columns);
          g_assert_false (linli_csv_is_row_damaged (csv));
          n++;
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n, ==, files[i].rows + 1);
      g_assert_cmpint (linli_csv_get_encoding (csv), ==, files[i].encoding);
      for (guint note = 0; note < LINLI_TABLE_N_NOTES; note++)
        g_assert_cmpuint (linli_csv_get_notes (csv)->count[note], ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/dialects", test_dialects);
  g_test_add_func ("/csv/row-line-and-offset", test_places);
  g_test_add_func ("/csv/bar-inside-a-hanzi", test_bar_inside_hanzi);
  g_test_add_func ("/csv/open-quote-names-its-line", test_open_quote);
  g_test_add_func ("/csv/limits", test_limits);
  g_test_add_func ("/csv/200-mb-in-bounded-memory", test_200_mb);
  g_test_add_func ("/csv/cancel", test_cancel);
  g_test_add_func ("/csv/real-files", test_real_files);
  return g_test_run ();
}
