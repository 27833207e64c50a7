/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-text.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *folded;
} FoldCase;

static const FoldCase folds[] = {
  { "", "" },
  { "ＡＢＣ１２３", "abc123" },
  { "（０７５５）－８４６２", "(0755)-8462" },
  { "ｶﾞｽ漏れ", "ガス漏れ" },
  { "  下水道\t\r\n　堵塞  ", "下水道 堵塞" },
  { "Ａ３区　大道", "a3区 大道" },
  { "下水\0道", "下水" }, /* the table's strings end at NUL; see test_bytes */
  { "零\xe2\x80\x8b宽\xef\xbb\xbf字", "零宽字" },
  { "井盖\xef\xb8\x8f🔥着火", "井盖🔥着火" },
  { "1️⃣号楼", "1号楼" },
  { "①②㈠", "12(一)" },
  { "㎡ ℃ ½", "m2 °c 1⁄2" },
  { "ÉCOLE", "école" },
  { "e\xcc\x81", "é" },
  { "樂樂", "樂樂" }, /* U+F914, a compatibility ideograph */
  { "⻓安⻔", "长安门" },
  { "⼀⼆", "一二" },
  { "𠮷野家", "𠮷野家" },
  { "漢字", "漢字" },
  { "\xff\xfe下", "\xef\xbf\xbd\xef\xbf\xbd下" },
  { "\xe4\xb8", "\xef\xbf\xbd\xef\xbf\xbd" },
  { "İI", "ii" },
  { "각", "각" },
  { "", "" },
};

static void
test_fold (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folds); i++)
    {
      g_autofree char *folded = linli_text_fold (folds[i].text, -1);

      g_assert_cmpstr (folded, ==, folds[i].folded);
    }
}

static void
test_bytes (void)
{
  g_autofree char *nul = linli_text_fold ("下\0水", 7);
  g_autofree char *none = linli_text_fold (NULL, 0);

  g_assert_cmpstr (nul, ==, "下水");
  g_assert_cmpstr (none, ==, "");
}

/* Random text made of what is hard: marks, jamo, widths, broken bytes. */
static char *
random_text (GRand *rand)
{
  static const struct { gunichar first; gunichar last; } blocks[] = {
    { 0x20, 0x7e }, { 0xa0, 0x17f }, { 0x300, 0x345 }, { 0x4e00, 0x4e40 }, { 0x4e00, 0x9fff },
    { 0x1100, 0x11ff }, { 0xac00, 0xd7a3 }, { 0x3131, 0x318e }, { 0xff01, 0xffee }, { 0x3000, 0x30ff },
    { 0xf900, 0xfad9 }, { 0x2e80, 0x2fd5 }, { 0x20000, 0x2a6df }, { 0x2f800, 0x2fa1d },
    { 0x1f300, 0x1faff }, { 0x200b, 0x206f }, { 0xfe00, 0xfe0f }, { 0x900, 0xdff }, { 0x1, 0xffff },
    { 0x3200, 0x33ff }, { 0x10000, 0x1ffff }, { 0x1e00, 0x1fff },
  };
  GString *text = g_string_new (NULL);
  gint32 n = g_rand_int_range (rand, 0, 12);

  for (gint32 i = 0; i < n; i++)
    {
      gint32 b = g_rand_int_range (rand, 0, G_N_ELEMENTS (blocks));
      gunichar c = (gunichar) g_rand_int_range (rand, (gint32) blocks[b].first, (gint32) blocks[b].last + 1);

      if (g_rand_int_range (rand, 0, 40) == 0)
        g_string_append_c (text, (char) g_rand_int_range (rand, 128, 256));
      else if (c < 0xd800 || c > 0xdfff)
        g_string_append_unichar (text, c);
    }

  return g_string_free (text, FALSE);
}

static void
test_fold_properties (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20260214);
  guint rounds = g_test_slow () ? 1000000 : 10000;

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *text = random_text (rand);
      g_autoptr(GArray) spans = NULL;
      g_autofree char *once = linli_text_fold_spans (text, -1, &spans);
      g_autofree char *twice = linli_text_fold (once, -1);
      guint last = 0;

      if (g_strcmp0 (once, twice) != 0)
        {
          g_autofree char *escaped = g_strescape (text, NULL);
          g_test_message ("%s", escaped);
        }
      g_assert_cmpstr (once, ==, twice);
      g_assert_true (g_utf8_validate (once, -1, NULL));
      g_assert_cmpuint (spans->len, ==, strlen (once));
      for (guint j = 0; j < spans->len; j++)
        {
          const LinliTextSpan *span = &g_array_index (spans, LinliTextSpan, j);

          g_assert_cmpuint (span->start, >=, last);
          g_assert_cmpuint (span->end, >, span->start);
          g_assert_cmpuint (span->end, <=, strlen (text));
          last = span->start;
        }
    }
}

/* Cluster by cluster is the same as all at once. */
static void
test_fold_is_nfkc (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  guint rounds = g_test_slow () ? 1000000 : 10000;
  gunichar step = g_test_slow () ? 1 : 13;

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *text = random_text (rand);
      g_autofree char *folded = linli_text_fold (text, -1);
      g_autofree char *normal = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL_COMPOSE);

      g_assert_cmpstr (folded, ==, normal);
    }
  for (gunichar c = 0x20; c <= 0x2ffff; c += c < 0x3400 ? 1 : step)
    {
      char text[12] = "x";
      g_autofree char *folded = NULL;
      g_autofree char *normal = NULL;
      g_autofree char *expected = NULL;

      if ((c >= 0x2e80 && c <= 0x2eff) || (c >= 0xd800 && c <= 0xdfff) || g_unichar_ismark (c) ||
          g_unichar_type (c) == G_UNICODE_FORMAT || g_unichar_isspace (c) || g_unichar_iscntrl (c))
        continue;
      text[1 + g_unichar_to_utf8 (c, text + 1)] = '\0';
      folded = linli_text_fold (text, -1);
      normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
      expected = linli_text_fold (normal, -1);
      g_assert_cmpstr (folded, ==, expected);
    }
}

static void
test_many_marks (void)
{
  GString *text = g_string_new ("a");
  g_autofree char *folded = NULL;
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 50000; i++)
    g_string_append_unichar (text, i % 2 ? 0x0301 : 0x0316);
  folded = linli_text_fold (text->str, (gssize) text->len);
  g_assert_cmpint (g_utf8_strlen (folded, -1), <=, 32);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_TIME_SPAN_SECOND);
  g_string_free (text, TRUE);
}

static void
test_classes (void)
{
  static const struct { const char *chars; LinliCharClass class; } cases[] = {
    { "下水漢々〇〆〡㐀龥鿿𠀀𪜀𫝀𫠠𬺰𰀀\xf0\xb1\x8d\x90﨎", LINLI_CHAR_HAN },
    { "あアー々ゝㇰ", LINLI_CHAR_HAN },
    { "aZ09éñжب한ก½", LINLI_CHAR_WORD },
    { " \t\n\xe3\x80\x80\xc2\xa0", LINLI_CHAR_SPACE },
    { "，。、-_/·…“”《》【】¥🔥👨😀●№°", LINLI_CHAR_SEPARATOR },
    { "\xcc\x81", LINLI_CHAR_MARK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (const char *p = cases[i].chars; *p != '\0'; p = g_utf8_next_char (p))
      {
        if (linli_char_class (g_utf8_get_char (p)) != cases[i].class)
          g_test_message ("U+%04X", g_utf8_get_char (p));
        if (cases[i].class == LINLI_CHAR_SEPARATOR && g_utf8_get_char (p) == 0x2116)
          continue; /* № is folded to "no" before anybody asks */
        g_assert_cmpint (linli_char_class (g_utf8_get_char (p)), ==, cases[i].class);
      }
}

typedef struct
{
  const char *text;
  const char *document; /* tokens; "=" before one that shares its place */
  const char *query;
} TokenCase;

static const TokenCase tokens[] = {
  { "", "", "" },
  { "道", "道", "道" },
  { "下水道", "下水 水道 道", "下水 水道" },
  { "下水，道路", "下水 水 道路 路", "下水 水 道路" },
  { "张　三", "张三 三", "张三" },
  { "下水\n道", "下水 水道 道", "下水 水道" },
  { "A3区", "a3 区", "a3 区" },
  { "A3 区", "a3 区", "a3 区" },
  { "地铁16号线", "地铁 铁 16 号线 线", "地铁 铁 16 号线" },
  { "3-2-501", "3 2 501", "3 2 501" },
  { "着火🔥了", "着火 火 了", "着火 火 了" },
  { "𠮷野家", "𠮷野 野家 家", "𠮷野 野家" },
  { "SZPS2026020100012", "szps2026020100012", "szps2026020100012" },
  { "138-0013-8000", "138 =13800138000 0013 8000", "138 0013 8000" },
  { "１３８ ００１３ ８０００", "138 =13800138000 0013 8000", "138 0013 8000" },
  { "13800138000", "13800138000", "13800138000" },
  { "+86 138-0013-8000", "86 =13800138000 138 =13800138000 0013 8000", "86 138 0013 8000" },
  { "8613800138000", "8613800138000 =13800138000", "8613800138000" },
  { "(0755)8462 3456", "0755 =075584623456 8462 3456", "0755 8462 3456" },
  { "075584623456", "075584623456 =84623456", "075584623456" },
  { "010-12345678", "010 =01012345678 12345678", "010 12345678" },
  { "400-830-1234", "400 =4008301234 830 1234", "400 830 1234" },
  { "2026-02-14", "2026 02 14", "2026 02 14" },
  { "138 号 0013", "138 号 0013", "138 号 0013" },
  { "3.5元/㎡", "3 5 元 m2", "3 5 元 m2" },
};

static char *
join_tokens (const char    *text,
             LinliTokenMode mode)
{
  g_autofree char *folded = linli_text_fold (text, -1);
  GString *out = g_string_new (NULL);
  LinliTokenIter iter;
  LinliToken token;
  guint position = 0;

  linli_token_iter_init (&iter, folded, -1, mode);
  while (linli_token_iter_next (&iter, &token))
    {
      if (out->len > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, token.same_place ? "=" : "");
      g_string_append_len (out, token.text, (gssize) token.length);
      g_assert_cmpuint (token.position, ==, token.same_place ? position - 1 : position);
      g_assert_cmpuint (token.start, <, token.end);
      g_assert_cmpuint (token.end, <=, strlen (folded));
      position += token.same_place ? 0 : 1;
    }

  return g_string_free (out, FALSE);
}

static void
test_tokens (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_autofree char *document = join_tokens (tokens[i].text, LINLI_TOKENS_DOCUMENT);
      g_autofree char *query = join_tokens (tokens[i].text, LINLI_TOKENS_QUERY);

      g_assert_cmpstr (document, ==, tokens[i].document);
      g_assert_cmpstr (query, ==, tokens[i].query);
    }
}

typedef struct
{
  const char *text;
  const char *term;
  gboolean    found;
} ContainsCase;

static const ContainsCase contains[] = {
  { "下水道堵塞", "水道", TRUE },
  { "下水道堵塞", "塞", TRUE },
  { "下水道堵塞", "下水道堵塞", TRUE },
  { "下水道堵塞", "道下", FALSE },
  { "下水，道路", "水道", FALSE },
  { "下水，道路", "水、道", TRUE },
  { "下水道路", "水、道", FALSE },
  { "张　三来访", "张三", TRUE },
  { "张三来访", "张 三", TRUE },
  { "Ａ３区大道", "a3区", TRUE },
  { "A3区大道", "A3 区大", TRUE },
  { "A3区大道", "3区", FALSE },
  { "A33区大道", "A3", TRUE },
  { "A33区大道", "A3区", FALSE },
  { "地铁16号线", "6号", FALSE },
  { "地铁16号线", "16号", TRUE },
  { "3栋2单元501", "501", TRUE },
  { "住3-2-501", "3-2-501", TRUE },
  { "住3-2-501", "3/2/501", TRUE },
  { "住3-2-501", "2-50", TRUE },
  { "住3-2-501", "-2-501", TRUE },
  { "电话138-0013-8000找他", "13800138000", TRUE },
  { "电话138-0013-8000找他", "1380013", TRUE },
  { "电话13800138000找他", "138 0013 8000", TRUE },
  { "电话13800138000找他", "电话138-0013-8000", TRUE },
  { "+8613800138000", "13800138000", TRUE },
  { "13800138000", "+86 13800138000", TRUE },
  { "0755-84623456", "84623456", TRUE },
  { "075584623456", "84623456", TRUE },
  { "0755 8462 3456", "075584623456", TRUE },
  { "13800138000", "0013", FALSE },
  { "编号SZPS2026020100012", "szps2026", TRUE },
  { "编号SZPS2026020100012", "2026", FALSE },
  { "𠮷野家", "吉", FALSE },
  { "𠮷野家", "𠮷", TRUE },
  { "着火🔥了", "🔥", FALSE },
  { "着火🔥了", "火！了", TRUE },
  { "下水道", "", FALSE },
  { "", "下", FALSE },
};

static void
test_contains (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (contains); i++)
    {
      g_autofree char *folded = linli_text_fold (contains[i].text, -1);

      if (linli_text_contains (folded, contains[i].term) != contains[i].found)
        g_test_message ("%s in %s", contains[i].term, contains[i].text);
      g_assert_cmpint (linli_text_contains (folded, contains[i].term), ==, contains[i].found);
    }
}

static void
test_find (void)
{
  static const struct { const char *text; const char *term; const char *marked; } cases[] = {
    { "下水道的下水道", "下水", "[下水]道的[下水]道" },
    { "哈哈哈", "哈哈", "[哈哈哈]" },
    { "Ａ３区，Ａ３１区", "a3", "[Ａ３]区，[Ａ３]１区" },
    { "张　三", "张三", "[张　三]" },
    { "请打138-0013-8000", "1380", "请打[138-0013-8000]" },
    { "①号", "1号", "[①号]" },
    { "没有", "无", "没有" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) places = linli_text_find (cases[i].text, cases[i].term);
      g_autoptr(GString) marked = g_string_new (cases[i].text);

      for (guint j = places->len; j > 0; j--)
        {
          const LinliTextSpan *place = &g_array_index (places, LinliTextSpan, j - 1);

          g_string_insert_c (marked, (gssize) place->end, ']');
          g_string_insert_c (marked, (gssize) place->start, '[');
        }
      g_assert_cmpstr (marked->str, ==, cases[i].marked);
    }
}

static void
test_to_fts (void)
{
  static const struct { const char *term; const char *fts; LinliTextReason reason; } cases[] = {
    { "下", "\"下\"*", LINLI_TEXT_SEARCHABLE },
    { "下水道", "\"下水道\"", LINLI_TEXT_SEARCHABLE },
    { "A3区", "\"a3,区\"*", LINLI_TEXT_SEARCHABLE },
    { "下水，道", "\"下水,道\"*", LINLI_TEXT_SEARCHABLE },
    { "wifi", "\"wifi\"*", LINLI_TEXT_SEARCHABLE },
    { "138-0013-8000", "(\"138,0013,8000\"* OR \"13800138000\"*)", LINLI_TEXT_SEARCHABLE },
    { "a\"b*c NEAR(", "\"a,b,c,near\"*", LINLI_TEXT_SEARCHABLE },
    { "", NULL, LINLI_TEXT_EMPTY },
    { " \xe3\x80\x80\t", NULL, LINLI_TEXT_EMPTY },
    { "🔥！？", NULL, LINLI_TEXT_NO_WORDS },
    { "\"", NULL, LINLI_TEXT_NO_WORDS },
  };
  GString *paragraph = g_string_new (NULL);
  LinliTextReason reason;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *fts = linli_text_to_fts (cases[i].term, &reason);

      g_assert_cmpstr (fts, ==, cases[i].fts);
      g_assert_cmpint (reason, ==, cases[i].reason);
    }

  for (guint i = 0; i <= LINLI_TEXT_TERM_MAX; i++)
    g_string_append (paragraph, "水");
  g_assert_null (linli_text_to_fts (paragraph->str, &reason));
  g_assert_cmpint (reason, ==, LINLI_TEXT_TOO_LONG);
  g_string_free (paragraph, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold/table", test_fold);
  g_test_add_func ("/text/fold/bytes", test_bytes);
  g_test_add_func ("/text/fold/twice-is-once", test_fold_properties);
  g_test_add_func ("/text/fold/is-nfkc", test_fold_is_nfkc);
  g_test_add_func ("/text/fold/many-marks", test_many_marks);
  g_test_add_func ("/text/classes", test_classes);
  g_test_add_func ("/text/tokens", test_tokens);
  g_test_add_func ("/text/contains", test_contains);
  g_test_add_func ("/text/find", test_find);
  g_test_add_func ("/text/to-fts", test_to_fts);
  return g_test_run ();
}
