/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Limits as people type them into a responsibility list. */

#include <string.h>

#include "linli-json.h"
#include "linli-limit.h"

/* One line of a limit: amount, unit, then a range's lower end, "?" when the kind
 * of time was assumed, and the qualifier. The rest follows after "|". */
static char *
describe (const LinliLimitText *parsed)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < parsed->limits->len; i++)
    {
      const LinliLimit *limit = &g_array_index (parsed->limits, LinliLimit, i);

      g_string_append_printf (out, "%s%" G_GINT64_FORMAT " %s", i > 0 ? "; " : "", limit->term.amount,
                              linli_limit_unit_to_id (limit->term.unit));
      if (limit->least != limit->term.amount)
        g_string_append_printf (out, " from %" G_GINT64_FORMAT, limit->least);
      if (limit->assumed)
        g_string_append (out, " ?");
      if (limit->qualifier != NULL)
        g_string_append_printf (out, " [%s]", limit->qualifier);
    }
  for (guint i = 0; i < parsed->rest->len; i++)
    g_string_append_printf (out, "|%s", (const char *) g_ptr_array_index (parsed->rest, i));

  return g_string_free (out, FALSE);
}

static void
test_typed (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    /* the units by name */
    { "2紧急工作时", "2 urgent_hour" },
    { "4工作时", "4 working_hour" },
    { " 5工作日", "5 working_day" },
    { "15自然日", "15 day" },
    { "24自然时", "24 hour" },
    { "30分钟", "30 minute" },
    { "种植季节15工作日", "15 working_day [种植季节]" },
    /* as typed */
    { "５工作日", "5 working_day" },
    { "5 个 工作日", "5 working_day" },
    { "　5　工作日　", "5 working_day" },
    { "5工作日内", "5 working_day" },
    { "5个工作日内办结", "5 working_day" },
    { "不超过5个工作日", "5 working_day" },
    { "应在5个工作日以内完成", "5 working_day" },
    { "8工作小时", "8 working_hour" },
    { "5 Working Days", "5 working_day" },
    { "2wd", "2 working_day" },
    /* Chinese numerals */
    { "三个工作日", "3 working_day" },
    { "十五日", "15 day ?" },
    { "二十工作日", "20 working_day" },
    { "一百二十工作日", "120 working_day" },
    { "一百零五工作日", "105 working_day" },
    { "两工作日", "2 working_day" },
    { "拾伍工作日", "15 working_day" },
    { "一五工作日", "15 working_day" },
    /* units that do not say which time passes */
    { "2小时", "2 hour ?" },
    { "24h", "24 hour ?" },
    { "24 H", "24 hour ?" },
    { "１２ｈ", "12 hour ?" },
    { "7天", "7 day ?" },
    { "一周", "7 day ?" },
    { "两个星期", "14 day ?" },
    /* fractions become smaller units of the same time */
    { "半小时", "30 urgent_minute ?" },
    { "半个小时", "30 urgent_minute ?" },
    { "一个半小时", "90 urgent_minute ?" },
    { "1.5小时", "90 urgent_minute ?" },
    { "两小时半", "150 urgent_minute ?" },
    { "0.5工作时", "30 minute" },
    { "半个工作日", "4 working_hour" },
    { "1.5工作日", "12 working_hour" },
    { "半天", "12 hour ?" },
    { "1小时30分钟", "90 urgent_minute ?" },
    { "1h30min", "90 urgent_minute ?" },
    { "2工作时30分", "150 minute" },
    { "0.123工作时", "|0.123工作时" },
    /* urgency in front decides */
    { "紧急30分钟", "30 urgent_minute [紧急]" },
    { "紧急2小时", "2 urgent_hour [紧急]" },
    { "一般2小时", "2 hour ? [一般]" },
    /* words instead of numbers */
    { "立即", "0 urgent_minute" },
    { "立即处置", "0 urgent_minute" },
    { "当日", "0 day ?" },
    { "次日", "1 day ?" },
    { "下一个工作日", "1 working_day" },
    /* several in one cell */
    { "立即；塌陷5工作日", "0 urgent_minute; 5 working_day [塌陷]" },
    { "立即;塌陷5工作日", "0 urgent_minute; 5 working_day [塌陷]" },
    { "一般5工作日、疑难15工作日", "5 working_day [一般]; 15 working_day [疑难]" },
    { "一般5工作日/疑难15工作日", "5 working_day [一般]; 15 working_day [疑难]" },
    { "一般5工作日\n疑难15工作日", "5 working_day [一般]; 15 working_day [疑难]" },
    { "一般5工作日\r\n疑难15工作日\r\n", "5 working_day [一般]; 15 working_day [疑难]" },
    { "破损3工作日 塌陷5工作日", "3 working_day [破损]; 5 working_day [塌陷]" },
    { "破损3工作日塌陷5工作日", "3 working_day [破损]; 5 working_day [塌陷]" },
    { "首复5日; 调查60日", "5 day ? [首复]; 60 day ? [调查]" },
    { "塌陷：5工作日", "5 working_day [塌陷]" },
    { "5工作日（塌陷）", "5 working_day [塌陷]" },
    { "缺失、移位2紧急工作时", "2 urgent_hour [缺失、移位]" },
    { "立即围挡，2小时内修复", "0 urgent_minute [围挡]; 2 hour ? [修复]" },
    { "2紧急工作时，无法修复的5工作日", "2 urgent_hour; 5 working_day [无法修复的]" },
    { "受理之日起5个工作日", "5 working_day [受理之日起]" },
    /* ranges end at their end */
    { "3-5工作日", "5 working_day from 3" },
    { "3～5个工作日", "5 working_day from 3" },
    { "3至5个工作日", "5 working_day from 3" },
    { "3到5天", "5 day from 3 ?" },
    { "3工作日-5工作日", "5 working_day from 3" },
    { "三至五个工作日", "5 working_day from 3" },
    { "5-3工作日", "|5-3工作日" },
    /* numbers that are no limit stay with the words */
    { "破损超过25c㎡4工作时", "4 working_hour [破损超过25c㎡]" },
    { "高差2cm以上5工作日", "5 working_day [高差2cm以上]" },
    { "塌陷-5工作日", "5 working_day [塌陷]" },
    /* reported, never dropped */
    { "按合同约定", "|按合同约定" },
    { "3个月", "|3个月" },
    { "2026年5月15日前", "|2026年5月15日前" },
    { "每月15日", "|每月15日" },
    { "3日前", "|3日前" },
    { "-3工作日", "|3工作日" },
    { "5", "|5" },
    { "99999999工作日", "|99999999工作日" },
    { "5工作日，特殊情况除外", "5 working_day|特殊情况除外" },
    { "视情况而定；5工作日", "5 working_day|视情况而定" },
    { "", "" },
    { "  \n ;； ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (cases[i].text, LINLI_BARE_IS_CLOCK);
      g_autofree char *found = describe (parsed);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* Some standards mean working time when they write hours and days. */
static void
test_bare_working (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "2小时", "2 working_hour ?" },
    { "3天", "3 working_day ?" },
    { "一周", "5 working_day ?" },
    { "半小时", "30 minute ?" },
    { "当日", "0 working_day ?" },
    { "24自然时", "24 hour" },
    { "紧急2小时", "2 urgent_hour [紧急]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (cases[i].text, LINLI_BARE_IS_WORKING);
      g_autofree char *found = describe (parsed);

      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* What a limit is printed as can be typed in again. */
static void
test_round_trip (void)
{
  for (guint unit = 0; unit < LINLI_LIMIT_N_UNITS; unit++)
    for (gint64 amount = 0; amount < 400; amount += 7)
      {
        const LinliTerm term = { amount, unit };
        g_autofree char *zh = linli_term_to_zh (term);
        g_autofree char *en = linli_term_to_en (term);
        g_autoptr(JsonObject) json = linli_term_to_json (term);
        LinliTerm back = { 0 };

        for (guint language = 0; language < 2; language++)
          {
            g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (language == 0 ? zh : en, LINLI_BARE_IS_CLOCK);
            const LinliLimit *limit = &g_array_index (parsed->limits, LinliLimit, 0);

            g_assert_cmpuint (parsed->limits->len, ==, 1);
            g_assert_cmpuint (parsed->rest->len, ==, 0);
            g_assert_cmpint (limit->term.amount, ==, amount);
            g_assert_cmpint (limit->term.unit, ==, unit);
            g_assert_null (limit->qualifier);
          }
        g_assert_true (linli_term_from_json (json, &back, NULL));
        g_assert_cmpint (back.amount, ==, amount);
        g_assert_cmpint (back.unit, ==, unit);
      }
}

/* Any bytes: nothing crashes, and no letter or digit is lost. */
static void
test_nothing_dropped (void)
{
  static const char *pieces[] = {
    "5", "工作日", "三", "半", "小时", "紧急", "塌陷", "；", "、", "/", "\n", " ", "-", "至", "立即", "分钟", "h", "0.5", "个",
    "内", "（", "）", "月", "前", "井盖", "\xff", "９", "天", "超过", "25c㎡",
  };

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(LinliLimitText) parsed = NULL;

      for (int n = g_test_rand_int_range (1, 9); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      parsed = linli_limit_text_parse (text->str, LINLI_BARE_IS_CLOCK);

      /* Words that are nobody's unit and no filler must come out again. */
      for (guint w = 0; w < 2; w++)
        {
          const char *word = w == 0 ? "塌陷" : "井盖";
          guint in = 0, out = 0;

          for (const char *p = strstr (text->str, word); p != NULL; p = strstr (p + 1, word))
            in++;
          for (guint i = 0; i < parsed->limits->len; i++)
            for (const char *p = g_array_index (parsed->limits, LinliLimit, i).qualifier; p != NULL && (p = strstr (p, word)) != NULL; p++)
              out++;
          for (guint i = 0; i < parsed->rest->len; i++)
            for (const char *p = g_ptr_array_index (parsed->rest, i); (p = strstr (p, word)) != NULL; p++)
              out++;
          if (in != out)
            g_test_message ("%s", text->str);
          g_assert_cmpuint (in, ==, out);
        }
    }
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, '5');
  g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (text, LINLI_BARE_IS_CLOCK);

  g_assert_cmpuint (parsed->limits->len, ==, 0);
  g_assert_cmpuint (parsed->rest->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (parsed->rest, 0), ==, text);
}

/* The column 处置时限 of a CSV file with quoted, multi-line cells. */
static GPtrArray *
read_column (const char *csv,
             guint       column)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) cell = g_string_new (NULL);
  gboolean quoted = FALSE;
  guint at = 0;

  for (const char *p = csv; *p != '\0'; p++)
    if (*p == '"')
      quoted = !quoted;
    else if (!quoted && (*p == ',' || *p == '\n'))
      {
        if (at == column)
          g_ptr_array_add (cells, g_strdup (cell->str));
        at = *p == ',' ? at + 1 : 0;
        g_string_truncate (cell, 0);
      }
    else
      g_string_append_c (cell, *p);

  return cells;
}

/* Every limit of a real city's list is understood without a remainder. */
static void
test_real_list (void)
{
  const char *data = g_getenv ("LINLI_REAL_DATA");
  g_autofree char *path = data != NULL
    ? g_build_filename (data, "responsibility-list-components.csv", NULL)
    : g_build_filename (g_getenv ("LINLI_SOURCE_ROOT"), "..", "shared", "data", "responsibility-list-components.csv", NULL);
  g_autofree char *csv = NULL;
  g_autoptr(GPtrArray) cells = NULL;
  guint n_limits = 0;
  guint n_urgent = 0;
  guint n_qualified = 0;

  if (!g_file_get_contents (path, &csv, NULL, NULL))
    {
      g_test_skip ("The real responsibility list is not on this machine");
      return;
    }

  cells = read_column (csv, 5);
  for (guint i = 2; i < cells->len; i++)
    {
      g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (g_ptr_array_index (cells, i), LINLI_BARE_IS_CLOCK);

      g_assert_cmpuint (parsed->limits->len, ==, 1);
      g_assert_cmpuint (parsed->rest->len, ==, 0);
      for (guint k = 0; k < parsed->limits->len; k++)
        {
          const LinliLimit *limit = &g_array_index (parsed->limits, LinliLimit, k);

          g_assert_false (limit->assumed);
          n_limits++;
          n_urgent += limit->term.unit == LINLI_LIMIT_URGENT_HOUR;
          n_qualified += limit->qualifier != NULL;
        }
    }
  g_assert_cmpuint (n_limits, ==, 279);
  g_assert_cmpuint (n_urgent, ==, 19);
  g_assert_cmpuint (n_qualified, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limit/typed", test_typed);
  g_test_add_func ("/limit/bare-working", test_bare_working);
  g_test_add_func ("/limit/round-trip", test_round_trip);
  g_test_add_func ("/limit/nothing-dropped", test_nothing_dropped);
  g_test_add_func ("/limit/long-text", test_long_text);
  g_test_add_func ("/limit/real-list", test_real_list);
  return g_test_run ();
}
