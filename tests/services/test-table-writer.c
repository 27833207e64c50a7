/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-table-guard.h"
#include "linli-table-reader.h"
#include "linli-table-writer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

typedef struct
{
  char  *folder;
  char  *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("linli-table-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "导出.csv", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0); /* nothing is left behind */
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->file);
}

static void
test_bytes (Fixture      *fixture,
            gconstpointer data)
{
  const char *rows[][3] = {
    { "编号", "内容", NULL }, { "1", "a,\"b\"", "x\ny" }, { "=1+1", "-5", "'@x" }, { "-", "+86 755", "a;b" },
  };
  g_autofree char *text = NULL;
  g_autoptr(LinliTableWriter) writer = linli_table_writer_new (fixture->file, LINLI_TABLE_WRITER_GUARD, NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (linli_table_writer_add_row (writer, rows[i], 3, &error));
  g_assert_true (linli_table_writer_add_row (writer, rows[0] + 2, 1, &error));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (linli_table_writer_finish (writer, &error));
  g_assert_cmpuint (linli_table_writer_get_rows (writer), ==, 5);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "\xef\xbb\xbf" "编号,内容,\r\n"
                   "1,\"a,\"\"b\"\"\",\"x\ny\"\r\n"
                   "'=1+1,-5,''@x\r\n"
                   "-,'+86 755,\"a;b\"\r\n"
                   "\"\"\r\n");
}

static char *
random_cell (GRand *rand)
{
  static const char *pieces[] = {
    ",", ";", "\t", "|", "\"", "\"\"", "\n", "\r\n", "\r", " ", "　", "'", "=", "+", "-", "@", "sep=", "a", "1", "＝",
    "井盖", "é", "😀", "\xef\xbb\xbf", "\x01", "涓€", "·",
  };
  GString *cell = g_string_new (NULL);
  int n = g_rand_int_range (rand, 0, 6);

  for (int i = 0; i < n; i++)
    g_string_append (cell, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  return g_string_free (cell, FALSE);
}

static GPtrArray *
random_table (GRand *rand)
{
  GPtrArray *table = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  int n_rows = g_rand_int_range (rand, 1, 40), width = g_rand_int_range (rand, 1, 6);
  gboolean ragged = g_rand_boolean (rand);

  for (int i = 0; i < n_rows; i++)
    {
      GPtrArray *row = g_ptr_array_new_with_free_func (g_free);
      int n = ragged ? g_rand_int_range (rand, 1, 6) : width;

      for (int j = 0; j < n; j++)
        g_ptr_array_add (row, random_cell (rand));
      g_ptr_array_add (table, row);
    }
  return table;
}

/* What is written is read back, cell for cell, guarded or not. */
static void
test_identity (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260713);

  for (guint round = 0; round < 600; round++)
    {
      g_autoptr(GPtrArray) table = random_table (rand);
      g_autoptr(LinliTableWriter) writer = NULL;
      g_autoptr(LinliTableReader) reader = NULL;
      g_autoptr(GError) error = NULL;
      gboolean guard = round % 2;
      GPtrArray *row;

      writer = linli_table_writer_new (fixture->file, guard ? LINLI_TABLE_WRITER_GUARD : 0, &error);
      for (guint i = 0; i < table->len; i++)
        {
          GPtrArray *cells = table->pdata[i];

          g_assert_true (linli_table_writer_add_row (writer, (const char *const *) cells->pdata, cells->len, &error));
        }
      g_assert_true (linli_table_writer_finish (writer, &error));
      g_assert_no_error (error);

      reader = linli_table_reader_new (fixture->file, LINLI_TABLE_READER_DEFAULT, NULL, &error);
      if (reader == NULL && g_error_matches (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_ENCODING))
        continue; /* a small table of nothing but control characters */
      g_assert_no_error (error);
      linli_table_reader_set_unguard (reader, guard);
      for (guint i = 0; i < table->len; i++)
        {
          GPtrArray *cells = table->pdata[i];

          g_assert_true (linli_table_reader_next (reader, &row, &error));
          g_assert_nonnull (row);
          g_assert_cmpuint (row->len, ==, cells->len);
          for (guint j = 0; j < cells->len; j++)
            g_assert_cmpstr (row->pdata[j], ==, cells->pdata[j]);
        }
      g_assert_true (linli_table_reader_next (reader, &row, &error));
      g_assert_null (row);
    }
}

static void
test_guard_identity (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *cell = random_cell (rand);
      g_autofree char *written = g_strconcat (linli_table_needs_guard (cell) ? "'" : "", cell, NULL);

      g_assert_cmpstr (linli_table_is_guarded (written) ? written + 1 : written, ==, cell);
    }
}

static void
test_abandoned (Fixture      *fixture,
                gconstpointer data)
{
  const char *row[] = { "new" };
  g_autofree char *text = NULL;
  LinliTableWriter *writer;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  writer = linli_table_writer_new (fixture->file, 0, NULL);
  g_assert_true (linli_table_writer_add_row (writer, row, 1, NULL));
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
  linli_table_writer_free (writer);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
}

/* A file size limit stands in for a full disk: the same path, another number. */
static void
test_full (Fixture      *fixture,
           gconstpointer data)
{
  const char *row[] = { "一二三四五六七八九十", "abc" };
  struct rlimit old, small;
  g_autofree char *text = NULL;
  LinliTableWriter *writer;
  GError *error = NULL;
  guint n = 0;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 100000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);

  writer = linli_table_writer_new (fixture->file, 0, NULL);
  while (linli_table_writer_add_row (writer, row, 2, &error))
    g_assert_cmpuint (++n, <, 10000);
  setrlimit (RLIMIT_FSIZE, &old);

  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_clear_error (&error);
  g_assert_false (linli_table_writer_finish (writer, &error));
  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_FULL);
  g_clear_error (&error);
  linli_table_writer_free (writer);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
}

static void
test_bad_place (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr(GFile) nowhere = g_file_new_build_filename (fixture->folder, "none", "x.csv", NULL);
  g_autoptr(GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr(GError) error = NULL;

  g_assert_null (linli_table_writer_new (nowhere, 0, &error));
  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_null (linli_table_writer_new (folder, 0, &error));
  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_WRITE);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/table-writer/bytes", test_bytes);
  ADD ("/table-writer/written-then-read-is-the-same", test_identity);
  g_test_add_func ("/table-writer/guard-comes-off-again", test_guard_identity);
  ADD ("/table-writer/abandoned-leaves-nothing", test_abandoned);
  ADD ("/table-writer/full-disk-keeps-the-old-file", test_full);
  ADD ("/table-writer/bad-place", test_bad_place);
  return g_test_run ();
}
