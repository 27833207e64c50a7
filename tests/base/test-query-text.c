/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-query-text.h"

#include <string.h>

static const char *const kinds[] = {
  "term", "state", "unit", "item", "channel", "overdue", "received", "due", "person", "phone", "number",
  "owner",
};
static const char *const issues[] = {
  "unknown-operator", "bad-value", "reversed", "no-value", "open-quote", "no-words", "too-long", "too-many",
};
static const char *const overdues[] = { "no", "yes", "soon" };

/* Saturday, in the week of Monday 9 February. */
static GDate
today (void)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 14, G_DATE_FEBRUARY, 2026);
  return date;
}

static char *
describe (const LinliQueryText *query)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < query->clauses->len; i++)
    {
      const LinliClause *clause = &g_array_index (query->clauses, LinliClause, i);
      g_autofree char *values = g_strjoinv ("+", clause->values);

      g_string_append_printf (out, "%s%s%s=", out->len > 0 ? "; " : "", clause->excluded ? "-" : "",
                              kinds[clause->kind]);
      if (clause->kind == LINLI_CLAUSE_OVERDUE)
        g_string_append (out, overdues[clause->overdue]);
      else if (clause->kind == LINLI_CLAUSE_RECEIVED || clause->kind == LINLI_CLAUSE_DUE)
        g_string_append_printf (out, "%s..%s", clause->days.from, clause->days.to);
      else
        g_string_append (out, values);
      g_string_append (out, clause->quoted ? " quoted" : "");
    }
  for (guint i = 0; i < query->issues->len; i++)
    {
      const LinliQueryIssue *issue = &g_array_index (query->issues, LinliQueryIssue, i);
      g_autofree char *text = g_strndup (query->source + issue->span.start, issue->span.end - issue->span.start);

      g_string_append_printf (out, " !%s(%s)", issues[issue->kind], text);
    }

  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *line;
  const char *meaning;
} Case;

static const Case cases[] = {
  { "", "" },
  { "  　 ", "" },
  { "井盖", "term=井盖" },
  { "井盖 破损", "term=井盖; term=破损" },
  { "井盖　破损", "term=井盖; term=破损" },
  { "\"下水 道\"", "term=下水 道 quoted" },
  { "“下水道”", "term=下水道 quoted" },
  { "”下水道”堵", "term=下水道 quoted; term=堵" },
  { "「下水道」『路灯』", "term=下水道 quoted; term=路灯 quoted" },
  { "井盖 -小区", "term=井盖; -term=小区" },
  { "井盖 －\"小区 内\"", "term=井盖; -term=小区 内 quoted" },
  { "3-2-501", "term=3-2-501" },
  { "- 井盖", "term=井盖 !no-words(-)" },
  { "状态:待派遣", "state=待派遣" },
  { "状态：待派遣", "state=待派遣" },
  { "状态: 待派遣 井盖", "state=待派遣; term=井盖" },
  { "状态:待派遣,已派遣、处置中", "state=待派遣+已派遣+处置中" },
  { "-状态:已办结", "-state=已办结" },
  { "STATE:Closed", "state=closed" },
  { "单位:\"碧岭街道 执法队\"", "unit=碧岭街道 执法队 quoted" },
  { "事项:xsjg 渠道:12345", "item=xsjg; channel=12345" },
  { "unit:a item:b channel:c person:d no:e", "unit=a; item=b; channel=c; person=d; number=e" },
  { "超期:", "overdue=yes" },
  { "超期:是", "overdue=yes" },
  { "超期:否 井盖", "overdue=no; term=井盖" },
  { "超期: 井盖", "overdue=yes; term=井盖" },
  { "超期: 即将", "overdue=soon" },
  { "超期：临期", "overdue=soon" },
  { "-overdue:yes", "-overdue=yes" },
  { "超期:大概", "term=超期:大概 !bad-value(超期:大概)" },
  { "收件:2026-02-01..2026-02-14", "received=2026-02-01..2026-02-14" },
  { "收件：2026-02-01．．2026-02-14", "received=2026-02-01..2026-02-14" },
  { "收件:2026-02-01..", "received=2026-02-01.." },
  { "收件:..2026-02-14", "received=..2026-02-14" },
  { "收件:2026-02-14..2026-02-01", "received=2026-02-01..2026-02-14 !reversed(收件:2026-02-14..2026-02-01)" },
  { "收件:今天", "received=2026-02-14..2026-02-14" },
  { "received:yesterday", "received=2026-02-13..2026-02-13" },
  { "到期:明天", "due=2026-02-15..2026-02-15" },
  { "-due:2026-02", "-due=2026-02-01..2026-02-28" },
  { "负责:我 owner:me", "owner=我; owner=me" },
  { "收件:2026-02-30", "term=收件:2026-02-30 !bad-value(收件:2026-02-30)" },
  { "-收件:胡说", "-term=收件:胡说 !bad-value(-收件:胡说)" },
  { "收件:", " !no-value(收件:)" },
  { "状态: 单位:城管", "unit=城管 !no-value(状态:)" },
  { "状态: -井盖", "-term=井盖 !no-value(状态:)" },
  { "状态:\"\"", " !no-value(状态:\"\")" },
  { "人:曾小贤", "person=曾小贤" },
  { "人:zxx", "person=zxx" },
  { "电话:138-0013-8000", "phone=13800138000" },
  { "电话:138 0013 8000 井盖", "phone=13800138000; term=井盖" },
  { "电话:+86 138 0013 8000", "phone=13800138000" },
  { "phone:8000 501", "phone=8000; term=501" },
  { "电话:张三", "term=电话:张三 !bad-value(电话:张三)" },
  { "编号:SZPS2026", "number=szps2026" },
  { "138 0013 8000", "term=138 0013 8000" },
  { "井盖 0755 84623456 路灯", "term=井盖; term=0755 84623456; term=路灯" },
  { "138 0013", "term=138; term=0013" },
  { "138 -0013 8000", "term=138; -term=0013; term=8000" },
  { "天气:晴", "term=天气:晴 !unknown-operator(天气:)" },
  { "10:30", "term=10:30" },
  { "http://a.cn", "term=http://a.cn" },
  { "\"井盖", "term=井盖 quoted !open-quote(\"井盖)" },
  { "🔥", " !no-words(🔥)" },
  { "井盖 ？！", "term=井盖 !no-words(？！)" },
  { "\"\"", " !no-words(\"\")" },
  { "a AND b OR (c) NEAR/2 *", "term=a; term=AND; term=b; term=OR; term=(c); term=NEAR/2 !no-words(*)" },
};

static void
test_lines (void)
{
  GDate date = today ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LinliQueryText) query = linli_query_text_parse (cases[i].line, &date);
      g_autofree char *meaning = describe (query);

      g_assert_cmpstr (meaning, ==, cases[i].meaning);
    }
}

static void
test_days (void)
{
  static const Case days[] = {
    { "2026-2-1", "2026-02-01..2026-02-01" }, { "2026/2/1", "2026-02-01..2026-02-01" },
    { "2026.2.1", "2026-02-01..2026-02-01" }, { "2026年2月1日", "2026-02-01..2026-02-01" },
    { "２０２６－０２－０１", "2026-02-01..2026-02-01" }, { "20260201", "2026-02-01..2026-02-01" },
    { "2026-02", "2026-02-01..2026-02-28" }, { "2024年2月", "2024-02-01..2024-02-29" },
    { "2025", "2025-01-01..2025-12-31" }, { "2025年", "2025-01-01..2025-12-31" },
    { "2月14日", "2026-02-14..2026-02-14" }, { "2-15", "2025-02-15..2025-02-15" },
    { "2月29日", "2024-02-29..2024-02-29" },
    { "今天", "2026-02-14..2026-02-14" }, { "昨天", "2026-02-13..2026-02-13" },
    { "前天", "2026-02-12..2026-02-12" }, { "本周", "2026-02-09..2026-02-15" },
    { "上周", "2026-02-02..2026-02-08" }, { "本月", "2026-02-01..2026-02-28" },
    { "上月", "2026-01-01..2026-01-31" }, { "今年", "2026-01-01..2026-12-31" },
    { "去年", "2025-01-01..2025-12-31" }, { "近7天", "2026-02-08..2026-02-14" },
    { "7天内", "2026-02-08..2026-02-14" }, { "30d", "2026-01-16..2026-02-14" },
    { "上周..今天", "2026-02-02..2026-02-14" }, { "2026-01..2026-02", "2026-01-01..2026-02-28" },
    { "2026-02-01~2026-02-03", "2026-02-01..2026-02-03" }, { "2月1日至2月3日", "2026-02-01..2026-02-03" },
    { "2026.2.1..2026.2.3", "2026-02-01..2026-02-03" }, { "2026-02-01…", "2026-02-01.." },
    { "..昨天", "..2026-02-13" },
    { "", NULL }, { "..", NULL }, { "2026-13-01", NULL }, { "2025-02-29", NULL }, { "26-2-1", NULL },
    { "2026-02-01-", NULL }, { "明年", NULL }, { "7天", NULL }, { "0天内", NULL }, { "2026-2-1..foo", NULL },
    { "99999999999", NULL }, { "0000-00-00", NULL }, { "2026-0", NULL }, { "1-2-3-4", NULL },
  };
  GDate date = today ();

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      LinliDayRange range;
      gboolean reversed;
      g_autofree char *found = NULL;

      if (linli_query_date_parse (days[i].line, &date, &range, &reversed))
        found = g_strdup_printf ("%s..%s", range.from, range.to);
      if (g_strcmp0 (found, days[i].meaning) != 0)
        g_test_message ("%s", days[i].line);
      g_assert_cmpstr (found, ==, days[i].meaning);
    }
}

/* The window colours these bytes while somebody types. */
static void
test_spans (void)
{
  GDate date = today ();
  g_autoptr(LinliQueryText) query = linli_query_text_parse ("井盖 -“小区” 状态： 待派遣", &date);
  static const char *const wholes[] = { "井盖", "-“小区”", "状态： 待派遣" };
  static const char *const values[] = { "井盖", "小区", "待派遣" };

  g_assert_cmpuint (query->clauses->len, ==, G_N_ELEMENTS (wholes));
  for (guint i = 0; i < query->clauses->len; i++)
    {
      const LinliClause *clause = &g_array_index (query->clauses, LinliClause, i);
      g_autofree char *whole = g_strndup (query->source + clause->span.start, clause->span.end - clause->span.start);
      g_autofree char *value = g_strndup (query->source + clause->value.start, clause->value.end - clause->value.start);

      g_assert_cmpstr (whole, ==, wholes[i]);
      g_assert_cmpstr (value, ==, values[i]);
    }
}

static void
test_expressions (void)
{
  static const struct { const char *line; const char *match; const char *exclude; } lines[] = {
    { "井盖 路", "\"井盖\" AND \"路\"*", NULL },
    { "井盖 -小区 -\"a b\"", "\"井盖\"", "\"小区\" OR \"a,b\"*" },
    { "-小区", NULL, "\"小区\"" },
    { "状态:已办结", NULL, NULL },
    { "", NULL, NULL },
  };
  GDate date = today ();

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr(LinliQueryText) query = linli_query_text_parse (lines[i].line, &date);
      g_autofree char *match = linli_query_text_match (query);
      g_autofree char *exclude = linli_query_text_exclude (query);

      g_assert_cmpstr (match, ==, lines[i].match);
      g_assert_cmpstr (exclude, ==, lines[i].exclude);
    }
}

static void
test_accepts (void)
{
  GDate date = today ();
  g_autoptr(LinliQueryText) query = linli_query_text_parse ("井盖 -小区 状态:已办结", &date);

  g_assert_true (linli_query_text_accepts (query, "路面井盖破损"));
  g_assert_false (linli_query_text_accepts (query, "小区井盖破损"));
  g_assert_false (linli_query_text_accepts (query, "路灯不亮"));
}

static void
test_too_many (void)
{
  GDate date = today ();
  GString *line = g_string_new (NULL);
  g_autoptr(LinliQueryText) query = NULL;
  const LinliQueryIssue *issue;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (line, "x%u ", i);
  query = linli_query_text_parse (line->str, &date);
  g_assert_cmpuint (query->clauses->len, ==, 64);
  g_assert_cmpuint (query->issues->len, ==, 1);
  issue = &g_array_index (query->issues, LinliQueryIssue, 0);
  g_assert_cmpint (issue->kind, ==, LINLI_QUERY_TOO_MANY);
  g_string_free (line, TRUE);
}

/* Whatever is typed: every byte that could be searched is in a clause or in
 * an issue, spans are in order, and the expressions exist. */
static void
test_nothing_dropped (void)
{
  static const char *const pieces[] = {
    "井盖", "状态", ":", "：", " ", "\xe3\x80\x80", "-", "－", "\"", "“", "”", "「", "」", "超期", "是", "收件", "电话",
    "138", "0013", "8000", "2026-02-01", "..", "今天", ",", "、", "人", "x", "🔥", "\xff", "unit", "//", "+86", "天气",
  };
  g_autoptr(GRand) rand = g_rand_new_with_seed (99);
  guint rounds = g_test_slow () ? 1000000 : 10000;
  GDate date = today ();

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr(GString) line = g_string_new (NULL);
      g_autoptr(LinliQueryText) query = NULL;
      g_autofree char *covered = NULL;
      gint32 n = g_rand_int_range (rand, 0, 9);
      guint last = 0;

      for (gint32 j = 0; j < n; j++)
        g_string_append (line, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      query = linli_query_text_parse (line->str, &date);
      covered = g_malloc0 (strlen (query->source) + 1);

      for (guint j = 0; j < query->clauses->len; j++)
        {
          const LinliClause *clause = &g_array_index (query->clauses, LinliClause, j);

          g_assert_cmpuint (clause->span.start, >=, last);
          g_assert_cmpuint (clause->value.start, >=, clause->span.start);
          g_assert_cmpuint (clause->value.end, <=, clause->span.end);
          g_assert_nonnull (clause->values[0]);
          last = clause->span.end;
          memset (covered + clause->span.start, 1, last - clause->span.start);
        }
      for (guint j = 0; j < query->issues->len; j++)
        {
          const LinliQueryIssue *issue = &g_array_index (query->issues, LinliQueryIssue, j);

          g_assert_cmpuint (issue->span.start, <=, issue->span.end);
          g_assert_cmpuint (issue->span.end, <=, strlen (query->source));
          memset (covered + issue->span.start, 1, issue->span.end - issue->span.start);
        }
      for (const char *p = query->source; *p != '\0'; p = g_utf8_next_char (p))
        if (!covered[p - query->source])
          {
            if (linli_char_class (g_utf8_get_char (p)) != LINLI_CHAR_SPACE)
              g_test_message ("%s at %s", query->source, p);
            g_assert_cmpint (linli_char_class (g_utf8_get_char (p)), ==, LINLI_CHAR_SPACE);
          }
    }
}

static void
test_phones (void)
{
  static const struct { const char *text; const char *number; const char *digits; } phones[] = {
    { "13800138000", "13800138000", "13800138000" }, { "138-0013-8000", "13800138000", "13800138000" },
    { "+86 138 0013 8000", "13800138000", "13800138000" }, { "0086 13800138000", "13800138000", "13800138000" },
    { "(0755)84623456", "075584623456", "075584623456" }, { "０１０－１２３４５６７８", "01012345678", "01012345678" },
    { "400-830-1234", "4008301234", "4008301234" }, { "84623456", NULL, "84623456" }, { "8000", NULL, "8000" },
    { "138-0013", NULL, "1380013" }, { "13800138000 张三", NULL, NULL }, { "ext12", NULL, NULL },
    { "", NULL, NULL }, { "--", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *number = linli_text_phone_number (phones[i].text);
      g_autofree char *digits = linli_text_phone_digits (phones[i].text);

      g_assert_cmpstr (number, ==, phones[i].number);
      g_assert_cmpstr (digits, ==, phones[i].digits);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-text/lines", test_lines);
  g_test_add_func ("/query-text/days", test_days);
  g_test_add_func ("/query-text/places-for-colouring", test_spans);
  g_test_add_func ("/query-text/expressions", test_expressions);
  g_test_add_func ("/query-text/accepts", test_accepts);
  g_test_add_func ("/query-text/too-many", test_too_many);
  g_test_add_func ("/query-text/nothing-dropped", test_nothing_dropped);
  g_test_add_func ("/query-text/phones", test_phones);
  return g_test_run ();
}
