/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-field-parse.h"
#include "linli-table-reader.h"
#include "table-test.h"

#include <string.h>

static void
test_times (void)
{
  static const struct { const char *text, *utc; LinliTimePrecision precision; } rows[] = {
    { "2018-07-04 17:24:41", "2018-07-04T09:24:41Z", LINLI_TIME_SECOND },
    { "2019/4/24 16:03:40", "2019-04-24T08:03:40Z", LINLI_TIME_SECOND },
    { "2019/4/24 16:03", "2019-04-24T08:03:00Z", LINLI_TIME_MINUTE },
    { "2019/4/24", "2019-04-23T16:00:00Z", LINLI_TIME_DAY },
    { "2019.4.24", "2019-04-23T16:00:00Z", LINLI_TIME_DAY },
    { "20260101", "2025-12-31T16:00:00Z", LINLI_TIME_DAY },
    { "20260214170000", "2026-02-14T09:00:00Z", LINLI_TIME_SECOND },
    { "2026年2月14日 17:00", "2026-02-14T09:00:00Z", LINLI_TIME_MINUTE },
    { "2026年2月14日17时30分", "2026-02-14T09:30:00Z", LINLI_TIME_MINUTE },
    { " 2026 年 2 月 14 日 (星期六) 下午5点半", "2026-02-14T09:30:00Z", LINLI_TIME_MINUTE },
    { "2026年2月14号 上午12:05", "2026-02-13T16:05:00Z", LINLI_TIME_MINUTE },
    { "2026年2月14日 晚上12点", "2026-02-14T16:00:00Z", LINLI_TIME_MINUTE },
    { "2026-02-14 周六 下午17:00", "2026-02-14T09:00:00Z", LINLI_TIME_MINUTE },
    { "２０２６－０２－１４　１７：００", "2026-02-14T09:00:00Z", LINLI_TIME_MINUTE },
    { "2018/7/4 5:24:41 PM", "2018-07-04T09:24:41Z", LINLI_TIME_SECOND },
    { "2018-07-04T17:24:41+08:00", "2018-07-04T09:24:41Z", LINLI_TIME_SECOND },
    { "2018-07-04T09:24:41.000Z", "2018-07-04T09:24:41Z", LINLI_TIME_SECOND },
    { "2018-07-04 24:00", "2018-07-04T16:00:00Z", LINLI_TIME_MINUTE },
    { "43285", "2018-07-03T16:00:00Z", LINLI_TIME_DAY },
    { "43285.725474537037", "2018-07-04T09:24:41Z", LINLI_TIME_SECOND },
    { "2024-02-29", "2024-02-28T16:00:00Z", LINLI_TIME_DAY },
    { "1988-07-01 12:00", "1988-07-01T03:00:00Z", LINLI_TIME_MINUTE }, /* summer time then */
  };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GDateTime) expected = g_date_time_new_from_iso8601 (rows[i].utc, NULL);
      g_autoptr(GError) error = NULL;
      LinliTimePrecision precision;
      gint64 time;

      g_test_message ("%s", rows[i].text);
      g_assert_true (linli_field_parse_time (rows[i].text, zone, &time, &precision, &error));
      g_assert_no_error (error);
      g_assert_cmpint (time, ==, g_date_time_to_unix (expected) * G_USEC_PER_SEC);
      g_assert_cmpint (precision, ==, rows[i].precision);
    }
}

static void
test_bad_times (void)
{
  static const struct { const char *text; int code; } rows[] = {
    { "", LINLI_FIELD_ERROR_EMPTY }, { " - ", LINLI_FIELD_ERROR_EMPTY }, { "NULL", LINLI_FIELD_ERROR_EMPTY },
    { "2026-02-30", LINLI_FIELD_ERROR_IMPOSSIBLE }, { "2026-13-01", LINLI_FIELD_ERROR_IMPOSSIBLE },
    { "2025-02-29", LINLI_FIELD_ERROR_IMPOSSIBLE }, { "1900-02-29", LINLI_FIELD_ERROR_IMPOSSIBLE },
    { "2026-02-14 25:00", LINLI_FIELD_ERROR_IMPOSSIBLE }, { "2026-02-14 24:01", LINLI_FIELD_ERROR_IMPOSSIBLE },
    { "2026-02-14 10:60", LINLI_FIELD_ERROR_IMPOSSIBLE }, { "00000000", LINLI_FIELD_ERROR_IMPOSSIBLE },
    { "04/07/2018", LINLI_FIELD_ERROR_UNREADABLE }, { "18-7-4", LINLI_FIELD_ERROR_UNREADABLE },
    { "2018-07/04", LINLI_FIELD_ERROR_UNREADABLE }, { "2018-07", LINLI_FIELD_ERROR_UNREADABLE },
    { "2018年7月", LINLI_FIELD_ERROR_UNREADABLE }, { "昨天下午", LINLI_FIELD_ERROR_UNREADABLE },
    { "2018-07-04 17", LINLI_FIELD_ERROR_UNREADABLE }, { "2018-07-04 17:24:41 左右", LINLI_FIELD_ERROR_UNREADABLE },
    { "2018-07-04 上午 17:00", LINLI_FIELD_ERROR_UNREADABLE }, { "2018-07-04至2018-07-05", LINLI_FIELD_ERROR_UNREADABLE },
    { "12345", LINLI_FIELD_ERROR_UNREADABLE }, { "99999", LINLI_FIELD_ERROR_UNREADABLE },
    { "1530696281", LINLI_FIELD_ERROR_UNREADABLE }, { "43285e3", LINLI_FIELD_ERROR_UNREADABLE },
    { "2018-07-04 10:00-18:00", LINLI_FIELD_ERROR_UNREADABLE },
  };
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 time = 7;

      g_test_message ("%s", rows[i].text);
      g_assert_false (linli_field_parse_time (rows[i].text, zone, &time, NULL, &error));
      g_assert_error (error, LINLI_FIELD_ERROR, rows[i].code);
      g_assert_cmpint (time, ==, 7);
    }
}

static void
test_phones (void)
{
  static const struct { const char *text, *phone; int code; } rows[] = {
    { "13800138000", "13800138000", 0 }, { "138-0013-8000", "13800138000", 0 },
    { "138 0013 8000", "13800138000", 0 }, { "+86 138 0013 8000", "13800138000", 0 },
    { "008613800138000", "13800138000", 0 }, { "8613800138000", "13800138000", 0 },
    { "１３８００１３８０００", "13800138000", 0 }, { "13800138000.0", "13800138000", 0 },
    { "0755-12345678", "075512345678", 0 }, { "(0755) 1234 5678", "075512345678", 0 },
    { "（010）12345678转801", "01012345678-801", 0 }, { "0755-12345678-801", "075512345678-801", 0 },
    { "0755-12345678 ext. 12", "075512345678-12", 0 }, { "89101234", "89101234", 0 },
    { "12345", "12345", 0 }, { "110", "110", 0 }, { "400-820-8820", "4008208820", 0 },
    { "+852 2123 4567", "+85221234567", 0 },
    { "", NULL, LINLI_FIELD_ERROR_EMPTY }, { "-", NULL, LINLI_FIELD_ERROR_EMPTY },
    { "1.38E+10", NULL, LINLI_FIELD_ERROR_UNREADABLE }, { "138****8000", NULL, LINLI_FIELD_ERROR_UNREADABLE },
    { "1380013800", NULL, LINLI_FIELD_ERROR_UNREADABLE }, { "138001380001", NULL, LINLI_FIELD_ERROR_UNREADABLE },
    { "张三", NULL, LINLI_FIELD_ERROR_UNREADABLE }, { "张三13800138000", NULL, LINLI_FIELD_ERROR_UNREADABLE },
    { "13800138000/13900139000", NULL, LINLI_FIELD_ERROR_SEVERAL },
    { "13800138000、0755-12345678", NULL, LINLI_FIELD_ERROR_SEVERAL },
    { "13800138000 13900139000", NULL, LINLI_FIELD_ERROR_SEVERAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *phone = linli_field_parse_phone (rows[i].text, &error);

      g_test_message ("%s", rows[i].text);
      g_assert_cmpstr (phone, ==, rows[i].phone);
      if (rows[i].phone == NULL)
        g_assert_error (error, LINLI_FIELD_ERROR, rows[i].code);
    }
}

static void
test_yes_no (void)
{
  static const struct { const char *text; int value; } rows[] = {
    { "是", 1 }, { " 否 ", 0 }, { "TRUE", 1 }, { "false", 0 }, { "1", 1 }, { "0", 0 }, { "√", 1 }, { "×", 0 },
    { "Ｙ", 1 }, { "no", 0 }, { "", -1 }, { "-", -1 }, { "也许", -2 }, { "10", -2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GError) error = NULL;
      gboolean value = FALSE;

      g_assert_true (linli_field_parse_bool (rows[i].text, &value, &error) == (rows[i].value >= 0));
      if (rows[i].value >= 0)
        g_assert_cmpint (value, ==, rows[i].value);
      else
        g_assert_error (error, LINLI_FIELD_ERROR,
                        (rows[i].value == -1 ? LINLI_FIELD_ERROR_EMPTY : LINLI_FIELD_ERROR_UNREADABLE));
    }
}

static void
test_clean (void)
{
  static const struct { const char *text, *clean, *line; } rows[] = {
    { "", "", "" }, { " \t\r\n　", "", "" }, { "井盖", "井盖", "井盖" },
    { "\n\t\t\t\t\t\n\t\t\t\t\t　　南门街\t干净  了。\n\t\t\n\n\t\t又是老样子 \n\t\t", "南门街 干净 了。\n\n又是老样子", "南门街 干净 了。 又是老样子" },
    { "一\r\n二\r三\n四", "一\n二\n三\n四", "一 二 三 四" },
    { "\xef\xbb\xbf" "张\xe2\x80\x8b三\xc2\xa0李四", "张三 李四", "张三 李四" },
    { "a\x01" "b", "a b", "a b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = linli_field_clean_text (rows[i].text);
      g_autofree char *line = linli_field_clean_line (rows[i].text);

      g_assert_cmpstr (text, ==, rows[i].clean);
      g_assert_cmpstr (line, ==, rows[i].line);
    }
}

static char *
without_space (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && c >= 0x20 && c != 0x7f && c != 0x85 && c != 0xfeff && c != 0x200b && c != 0x2060)
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}

/* Cleaning real petitions loses no character that is not white space, and
 * cleaning twice changes nothing more. Their times are all read. */
static void
test_real (void)
{
  g_autofree char *path = table_test_real ("petitions-replied.csv");
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  g_autoptr(GFile) file = NULL;
  g_autoptr(LinliTableReader) reader = NULL;
  GPtrArray *row;

  if (path == NULL)
    return;
  file = g_file_new_for_path (path);
  reader = linli_table_reader_new (file, LINLI_TABLE_READER_DEFAULT, NULL, NULL);
  g_assert_true (linli_table_reader_next (reader, &row, NULL));
  while (linli_table_reader_next (reader, &row, NULL) && row != NULL)
    {
      g_autofree char *clean = linli_field_clean_text (row->pdata[4]);
      g_autofree char *again = linli_field_clean_text (clean);
      g_autofree char *words = without_space (row->pdata[4]);
      g_autofree char *kept = without_space (clean);
      gint64 time;

      g_assert_cmpstr (words, ==, kept);
      g_assert_cmpstr (clean, ==, again);
      g_assert_null (strstr (clean, "\n\n\n"));
      g_assert_true (linli_field_parse_time (row->pdata[3], zone, &time, NULL, NULL));
      g_assert_true (linli_field_parse_time (row->pdata[6], zone, &time, NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field-parse/times", test_times);
  g_test_add_func ("/field-parse/times-refused", test_bad_times);
  g_test_add_func ("/field-parse/phones", test_phones);
  g_test_add_func ("/field-parse/yes-and-no", test_yes_no);
  g_test_add_func ("/field-parse/clean-text", test_clean);
  g_test_add_func ("/field-parse/real-petitions", test_real);
  return g_test_run ();
}
