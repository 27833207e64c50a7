/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-table-reader.h"
#include "table-test.h"
#include "xlsx-build.h"

#include <glib/gstdio.h>
#include <string.h>

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
  /* The name lies: content decides. */
  fixture->path = g_build_filename (fixture->folder, "台账.xls", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->file);
}

static void
test_kinds (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr(GBytes) xlsx = xlsx_build (&(XlsxParts) { .sheet = "<sheetData><row><c><v>1</v></c></row></sheetData>" });
  g_autoptr(GError) error = NULL;
  GPtrArray *row;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(LinliTableReader) reader = NULL;

      g_assert_true (i == 0 ? g_file_set_contents (fixture->path, "1,2\n", -1, NULL)
                            : g_file_set_contents (fixture->path, g_bytes_get_data (xlsx, NULL),
                                                   (gssize) g_bytes_get_size (xlsx), NULL));
      reader = linli_table_reader_new (fixture->file, LINLI_TABLE_READER_DEFAULT, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (linli_table_reader_get_kind (reader), ==, i == 0 ? LINLI_TABLE_CSV : LINLI_TABLE_XLSX);
      g_assert_cmpuint (linli_table_reader_get_n_sheets (reader), ==, 1);
      g_assert_cmpstr (linli_table_reader_get_sheet_name (reader, 0), ==, i == 0 ? "" : "表一");
      g_assert_true (linli_table_reader_next (reader, &row, &error));
      g_assert_cmpstr (row->pdata[0], ==, "1");
      g_assert_cmpuint (linli_table_reader_get_row (reader), ==, 1);
      g_assert_true (linli_table_reader_next (reader, &row, &error));
      g_assert_null (row);
      g_assert_cmpuint (linli_table_reader_get_position (reader), ==, linli_table_reader_get_total (reader));
    }
}

static void
test_refused (Fixture      *fixture,
              gconstpointer data)
{
  static const struct { const char *bytes; gsize length; int code; const char *words; } files[] = {
    { "", 0, LINLI_TABLE_ERROR_FORMAT, "empty" },
    { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", 12, LINLI_TABLE_ERROR_FORMAT, "old Excel" },
    { "%PDF-1.7\n", 9, LINLI_TABLE_ERROR_FORMAT, "PDF" },
    { "PK\x03\x04garbage", 11, LINLI_TABLE_ERROR_TORN, "not complete" },
    { "\xef\xbb\xbf\r\n <HTML><body><table>", 25, LINLI_TABLE_ERROR_FORMAT, "web page" },
    { "<table><tr><td>1</td></tr></table>", 34, LINLI_TABLE_ERROR_FORMAT, "web page" },
    { "a\0b\0c\0d\0", 8, LINLI_TABLE_ERROR_ENCODING, "control" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (fixture->path, files[i].bytes, (gssize) files[i].length, NULL));
      g_assert_null (linli_table_reader_new (fixture->file, LINLI_TABLE_READER_DEFAULT, NULL, &error));
      g_assert_error (error, LINLI_TABLE_ERROR, files[i].code);
      g_assert_nonnull (strstr (error->message, files[i].words));
    }
}

static void
test_no_file (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  g_assert_null (linli_table_reader_new (fixture->file, LINLI_TABLE_READER_DEFAULT, NULL, &error));
  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_null (linli_table_reader_new (folder, LINLI_TABLE_READER_DEFAULT, NULL, &error));
  g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_OPEN);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_true (g_file_set_contents (fixture->path, "1,2\n", -1, NULL));
  g_assert_null (linli_table_reader_new (fixture->file, LINLI_TABLE_READER_DEFAULT, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel_xlsx (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr(GString) sheet = g_string_new ("<sheetData>");
  g_autoptr(GBytes) xlsx = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(LinliTableReader) reader = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *row;
  guint n = 0;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (sheet, "<row><c><v>%u</v></c></row>", i);
  g_string_append (sheet, "</sheetData>");
  xlsx = xlsx_build (&(XlsxParts) { .sheet = sheet->str });
  g_assert_true (g_file_set_contents (fixture->path, g_bytes_get_data (xlsx, NULL),
                                      (gssize) g_bytes_get_size (xlsx), NULL));
  reader = linli_table_reader_new (fixture->file, LINLI_TABLE_READER_DEFAULT, cancellable, &error);
  while (linli_table_reader_next (reader, &row, &error) && row != NULL)
    if (++n == 10)
      g_cancellable_cancel (cancellable);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (n, <, 20000);
}

static void
test_unguard (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr(LinliTableReader) reader = NULL;
  GPtrArray *row;

  g_assert_true (g_file_set_contents (fixture->path, "'=1,b\n'=1,'b\n", -1, NULL));
  reader = linli_table_reader_new (fixture->file, LINLI_TABLE_READER_DEFAULT, NULL, NULL);
  g_assert_true (linli_table_reader_next (reader, &row, NULL));
  g_assert_cmpstr (row->pdata[0], ==, "'=1");
  linli_table_reader_set_unguard (reader, TRUE);
  g_assert_true (linli_table_reader_next (reader, &row, NULL));
  g_assert_cmpstr (row->pdata[0], ==, "=1");
  g_assert_cmpstr (row->pdata[1], ==, "'b");
}

/* What the first user of the program will do: one of each encoding. */
static void
test_real (Fixture      *fixture,
           gconstpointer data)
{
  static const struct { const char *name; guint column; const char *header, *first; } files[] = {
    { "pingshan-cases-2018.csv", 16, "CREATE_TIME", "2018-07-04 17:24:41" },
    { "petitions-replied.csv", 3, "留言时间", "2019/4/24 16:03:40" },
    { "responsibility-list-components.csv", 0, "运城市城市综合管理服务立案、处置和结案标准（部件）", "大类代码" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = table_test_real (files[i].name);
      g_autoptr(GFile) file = NULL;
      g_autoptr(LinliTableReader) reader = NULL;
      g_autoptr(GError) error = NULL;
      GPtrArray *row;

      if (path == NULL)
        return;
      file = g_file_new_for_path (path);
      reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (linli_table_reader_next (reader, &row, &error));
      g_assert_cmpstr (row->pdata[files[i].column], ==, files[i].header);
      g_assert_true (linli_table_reader_next (reader, &row, &error));
      g_assert_cmpstr (row->pdata[files[i].column], ==, files[i].first);
      while (linli_table_reader_next (reader, &row, &error) && row != NULL)
        ;
      g_assert_no_error (error);
      g_assert_cmpuint (linli_table_reader_get_position (reader), ==, linli_table_reader_get_total (reader));
    }
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/table-reader/content-decides", test_kinds);
  ADD ("/table-reader/other-files-are-refused", test_refused);
  ADD ("/table-reader/no-file", test_no_file);
  ADD ("/table-reader/cancel-xlsx", test_cancel_xlsx);
  ADD ("/table-reader/unguard", test_unguard);
  ADD ("/table-reader/real-files", test_real);
  return g_test_run ();
}
