/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table-test.h"

#include <string.h>

#define CHINESE "编号,姓名,内容\n1,张三,井盖缺失\n2,李四,路灯不亮\n"
#define DUMPED  "编号|姓名|内容\n1|张三|井盖缺失\n2|李四|路灯不亮\n"

static void
test_one_text (void)
{
  static const struct { const char *encoding, *bom; gsize bom_length; LinliEncoding expected; } rows[] = {
    { "UTF-8", "", 0, LINLI_ENCODING_UTF8 },
    { "UTF-8", "\xef\xbb\xbf", 3, LINLI_ENCODING_UTF8 },
    { "GB18030", "", 0, LINLI_ENCODING_GB18030 },
    { "UTF-16LE", "\xff\xfe", 2, LINLI_ENCODING_UTF16LE },
    { "UTF-16BE", "\xfe\xff", 2, LINLI_ENCODING_UTF16BE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize length;
      g_autofree char *bytes = table_test_encode (CHINESE, rows[i].encoding, &length);
      g_autoptr(GByteArray) file = g_byte_array_new ();
      g_autoptr(LinliCsv) csv = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *dump = NULL;

      g_byte_array_append (file, (const guint8 *) rows[i].bom, (guint) rows[i].bom_length);
      g_byte_array_append (file, (const guint8 *) bytes, (guint) length);
      csv = table_test_open (file->data, file->len);
      dump = table_test_dump (csv, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (dump, ==, DUMPED);
      g_assert_cmpint (linli_csv_get_encoding (csv), ==, rows[i].expected);
      g_assert_cmpuint (linli_csv_get_notes (csv)->count[LINLI_TABLE_NOTE_MIXED_ENCODING], ==, 0);
    }
}

/* Every hanzi of the everyday set, alone on its line, survives a GB18030 file:
 * some of them are valid UTF-8 by accident. */
static void
test_short_lines (void)
{
  g_autoptr(GString) text = g_string_new ("情况说明\n");
  g_autofree char *bytes = NULL, *dump = NULL;
  g_autoptr(LinliCsv) csv = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;

  for (guint lead = 0xb0; lead < 0xd7; lead++)
    for (guint trail = 0xa1; trail < 0xff; trail++)
      {
        char pair[] = { (char) lead, (char) trail, '\0' };
        g_autofree char *hanzi = g_convert (pair, 2, "UTF-8", "GB18030", NULL, NULL, NULL);

        g_string_append_printf (text, "%s\n", hanzi);
      }
  bytes = table_test_encode (text->str, "GB18030", &length);
  csv = table_test_open (bytes, length);
  dump = table_test_dump (csv, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dump, ==, text->str);
}

static void
test_half_and_half (void)
{
  g_autoptr(GString) expected = g_string_new (NULL);
  g_autoptr(GString) file = g_string_new (NULL);

  for (guint flip = 0; flip < 2; flip++)
    {
      g_autoptr(LinliCsv) csv = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *dump = NULL;
      const LinliTableNotes *notes;

      g_string_truncate (file, 0);
      g_string_truncate (expected, 0);
      for (guint i = 0; i < 20000; i++)
        {
          g_autofree char *line = g_strdup_printf ("%u,坪山区龙田街道,路面积水第%u处\n", i, i);
          g_autofree char *gb = NULL;
          gsize length;

          gb = table_test_encode (line, "GB18030", &length);
          g_string_append_printf (expected, "%u|坪山区龙田街道|路面积水第%u处\n", i, i);
          if ((i < 10000) == (flip == 0))
            g_string_append_len (file, gb, (gssize) length);
          else
            g_string_append (file, line);
        }
      csv = table_test_open (file->str, file->len);
      dump = table_test_dump (csv, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (dump, ==, expected->str);
      notes = linli_csv_get_notes (csv);
      g_assert_cmpuint (notes->first_line[LINLI_TABLE_NOTE_MIXED_ENCODING], ==, 10001);
      g_assert_cmpuint (notes->count[LINLI_TABLE_NOTE_MIXED_ENCODING], >, 0);
      g_assert_cmpuint (notes->count[LINLI_TABLE_NOTE_DAMAGED_TEXT], ==, 0);
    }
}

/* One bad byte spoils one row, which says so; its neighbours are whole. */
static void
test_damaged_line (void)
{
  static const char file[] = "编号,姓名\n1,张三\n2,李\xe5\x9b四\n3,王五\n";
  g_autoptr(LinliCsv) csv = table_test_open (file, sizeof file - 1);
  GPtrArray *row;

  for (guint i = 0; i < 4; i++)
    {
      g_assert_true (linli_csv_next (csv, &row, NULL));
      g_assert_nonnull (row);
      g_assert_cmpint (linli_csv_is_row_damaged (csv), ==, i == 2);
      if (i == 2)
        g_assert_cmpstr (row->pdata[1], ==, "李\xef\xbf\xbd四");
    }
  g_assert_cmpuint (linli_csv_get_notes (csv)->first_line[LINLI_TABLE_NOTE_DAMAGED_TEXT], ==, 3);
}

static void
fill_random (GRand  *rand,
             guint8 *bytes,
             gsize   length)
{
  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) g_rand_int (rand);
}

static void
test_random_bytes (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260214);
  g_autofree guint8 *bytes = g_malloc (300000);

  for (guint i = 0; i < 300; i++)
    {
      gsize length = 200 + (gsize) g_rand_int_range (rand, 0, i % 10 == 0 ? 299000 : 5000);
      g_autoptr(GInputStream) stream = NULL;
      g_autoptr(GError) error = NULL;

      fill_random (rand, bytes, length);
      if (i % 4 == 1)
        memcpy (bytes, "\xff\xfe", 2);
      if (i % 4 == 2)
        memcpy (bytes, "\xef\xbb\xbf", 3);
      stream = g_memory_input_stream_new_from_data (bytes, (gssize) length, NULL);
      g_assert_null (linli_csv_new (stream, NULL, &error));
      g_assert_error (error, LINLI_TABLE_ERROR, LINLI_TABLE_ERROR_ENCODING);
    }
}

/* A good beginning does not make the rest text: all whole rows come, then one error. */
static void
test_random_tail (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autoptr(GString) file = g_string_new (NULL);
  g_autofree guint8 *noise = g_malloc (200000);
  g_autoptr(LinliCsv) csv = NULL;
  g_autoptr(GError) error = NULL;
  GPtrArray *row;
  guint good = 0;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (file, "%u,投诉,噪音扰民\n", i);
  fill_random (rand, noise, 200000);
  g_string_append_len (file, (char *) noise, 200000);

  csv = table_test_open (file->str, file->len);
  while (linli_csv_next (csv, &row, &error) && row != NULL)
    good += !linli_csv_is_row_damaged (csv) && row->len == 3;
  g_assert_nonnull (error);
  g_assert_cmpuint (good, ==, 5000);
  g_clear_error (&error);
  g_assert_false (linli_csv_next (csv, &row, &error));
  g_assert_nonnull (error);
}

static void
test_valid_prefix (void)
{
  static const struct { const char *text; gsize length, valid; } rows[] = {
    { "", 0, 0 }, { "abc", 3, 3 }, { "ab\0c", 4, 2 }, { "井盖", 6, 6 }, { "井盖", 5, 3 },
    { "\xc0\x80", 2, 0 }, { "\xed\xa0\x80", 3, 0 }, { "\xf4\x90\x80\x80", 4, 0 }, { "\xf0\x9f\x98\x80", 4, 4 },
    { "abcdefghijklmnop\xffq", 18, 16 }, { "\xe0\x9f\xbf", 3, 0 }, { "\xef\xbf\xbf", 3, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (linli_utf8_valid_prefix ((const guint8 *) rows[i].text, rows[i].length, NULL), ==,
                      rows[i].valid);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encoding/the-same-text-in-every-encoding", test_one_text);
  g_test_add_func ("/encoding/single-hanzi-on-their-lines", test_short_lines);
  g_test_add_func ("/encoding/half-gb18030-half-utf8", test_half_and_half);
  g_test_add_func ("/encoding/one-bad-byte-spoils-one-row", test_damaged_line);
  g_test_add_func ("/encoding/random-bytes-are-refused", test_random_bytes);
  g_test_add_func ("/encoding/random-tail-ends-in-one-error", test_random_tail);
  g_test_add_func ("/encoding/valid-prefix", test_valid_prefix);
  return g_test_run ();
}
