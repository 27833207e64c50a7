/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "linli-pinyin.h"

#include "linli-pinyin-sound.h"
#include "linli-text.h"

typedef struct
{
  const char *text;
  const char *initials;
} Case;

static const Case items[] = {
  { "下水井盖", "xsjg" }, { "下水道堵塞", "xsdds" }, { "雨水篦子", "ysbz" }, { "路灯不亮", "ldbl" },
  { "占道经营", "zdjy" }, { "垃圾清运", "ljqy" }, { "窨井盖破损", "yjgps" }, { "油烟扰民", "yyrm" },
  { "噪声扰民", "zsrm" }, { "违章搭建", "wzdj" }, { "高空抛物", "gkpw" }, { "电动车充电", "ddccd" },
  { "消防通道", "xftd" }, { "行道树", "xds" }, { "机动车行驶", "jdcxs" }, { "车行道破损", "cxdps" },
  { "人行道板", "rxdb" }, { "银行", "yh" }, { "行业管理", "hygl" }, { "支行行长", "zhhz" },
  { "重复投诉", "cfts" }, { "重大隐患", "zdyh" }, { "重新铺设", "cxps" }, { "双重补贴", "scbt" },
  { "长者饭堂", "zzft" }, { "长期积水", "cqjs" }, { "道路长期破损", "dlcqps" }, { "楼长巡查", "lzxc" },
  { "小区长椅", "xqcy" }, { "长满杂草", "zmzc" }, { "植物生长", "zwsz" }, { "长时间停水", "csjts" },
  { "局长期间", "jcqj" }, /* honest: words are found by length, not by sense */
  { "人民调解", "rmtj" }, { "调度中心", "ddzx" }, { "协调会", "xth" }, { "空调滴水", "ktds" },
  { "调查取证", "dcqz" }, { "音乐喷泉", "yypq" }, { "居民乐园", "jmly" }, { "给水管网", "jsgw" },
  { "供给不足", "gjbz" }, { "交给社区", "jgsq" }, { "会计核算", "kjhs" }, { "居民会议", "jmhy" },
  { "停车泊位", "tcbw" }, { "湖泊水质", "hpsz" }, { "河涌整治", "hczz" }, { "葵涌街道", "kcjd" },
  { "坪山区坑梓街道", "psqkzjd" }, { "厦门", "xm" }, { "大厦外墙", "dswq" }, { "番禺", "py" },
  { "畜牧兽医", "xmsy" }, { "家畜粪便", "jcfb" }, { "标识标牌", "bzbp" }, { "曝光台", "bgt" },
  { "呼吁", "hy" }, { "恐吓", "kh" }, { "率先", "sx" }, { "噪声率", "zsl" }, { "部分行人", "bfxr" },
  { "24小时便利店", "24xsbld" }, { "ＷＩＦＩ故障", "wifigz" }, { "A3区", "a3q" }, { "人々", "rr" },
  { "二〇二六年", "eleln" }, { "儿童游乐", "etyl" }, { "下水（道）、井盖", "xsdjg" },
  { "重慶", "zq" }, { "銀行", "yx" }, /* the word list is simplified */
  { "", "" }, { "🚒！？", "" },
};

static const Case names[] = {
  { "曾小贤", "zxx" }, { "单田芳", "stf" }, { "解晓东", "xxd" }, { "仇英", "qy" }, { "区志强", "ozq" },
  { "查良镛", "zly" }, { "盖叫天", "gjt" }, { "翟天临", "ztl" }, { "朴树", "ps" }, { "任静", "rj" },
  { "尉迟恭", "ycg" }, { "尉健行", "wjx" }, { "长孙无忌", "zswj" }, { "万俟卨", "mqx" }, { "万里", "wl" },
  { "澹台灭明", "ttmm" }, { "乐毅", "yy" }, { "乐正子", "yzz" }, { "覃丽华", "qlh" }, { "缪荣株", "mrz" },
  { "冼星海", "xxh" }, { "欧阳修", "oyx" }, { "司马光", "smg" }, { "诸葛亮", "zgl" }, { "令狐冲", "lhc" },
  { "皇甫嵩", "hfs" }, { "种师道", "csd" }, { "折德扆", "sdy" }, { "祭遵", "zz" }, { "阚泽", "kz" },
  { "繁星", "px" }, { "句践", "gj" }, { "乜小明", "nxm" }, { "郇政", "xz" }, { "谌龙", "cl" }, { "褚时健", "csj" },
  { "沈从文", "scw" }, { "贾宝玉", "jby" }, { "盛宣怀", "sxh" }, { "石磊", "sl" }, { "吕布", "lb" },
  { "張三丰", "zsf" }, { "單小姐", "sxj" }, { "張　三", "zs" }, { "曾 敏", "zm" },
  { "王𬭎", "wh" }, { "李㛃", "lj" }, { "阿卜杜拉·买买提", "abdlmmt" },
  { "John Smith", "js" }, { "李Amy", "la" }, { "陈先生", "cxs" }, { "", "" },
};

static void
test_items (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autofree char *initials = linli_pinyin_initials (items[i].text);

      if (g_strcmp0 (initials, items[i].initials) != 0)
        g_test_message ("%s", items[i].text);
      g_assert_cmpstr (initials, ==, items[i].initials);
    }
}

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *initials = linli_pinyin_name_initials (names[i].text);

      if (g_strcmp0 (initials, names[i].initials) != 0)
        g_test_message ("%s", names[i].text);
      g_assert_cmpstr (initials, ==, names[i].initials);
    }
}

static void
test_sounds (void)
{
  static const struct { const char *text; const char *typed; int at; } table[] = {
    { "业主", "yezhu", 0 }, { "业主", "yezh", 0 }, { "业主", "yzhu", 0 }, { "业主", "ye", 0 }, { "业主", "yz", 0 },
    { "业主委员会", "weiyuan", 2 }, { "业主", "yezhua", -1 }, { "业主", "zhuye", -1 }, { "业主", "yuzhu", -1 },
    { "下水井盖", "xiashuijinggai", 0 }, { "下水井盖", "jinggai", 2 }, { "下水井盖", "xiasjg", 0 },
    { "重复投诉", "chongfu", 0 }, { "重复投诉", "zhongfu", 0 }, { "银行", "yinhang", 0 }, { "曾小贤", "zengxiao", 0 },
    { "西安路", "xi'an", 0 }, { "西安路", "xian", 0 }, { "西安路", "XiAn", 0 }, { "女厕所", "nvce", 0 },
    { "吕布", "lvbu", 0 }, { "虐待老人", "nuedai", 0 }, { "虐待老人", "nvedai", 0 }, { "二〇二六", "erling", 0 },
    { "下水（道）、井盖", "daojing", 3 }, { "翠园 3栋", "cuiyuan", 0 }, { "A座电梯", "azuo", 0 },
    { "翠园 栋梁", "yuandong", -1 }, /* two words */
    { "路灯", "l", -1 }, { "路灯", "lu3", -1 }, { "路灯", "", -1 }, { "", "lu", -1 }, { "李㛃", "lijie", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s in %s", table[i].typed, table[i].text);
      g_assert_cmpint (linli_pinyin_find (table[i].text, table[i].typed), ==, table[i].at);
    }
}

/* What is typed as a whole must lead to the initials the list keeps. */
static void
test_guesses (void)
{
  static const struct { const char *typed; const char *initials; } table[] = {
    { "yezhu", "yz" }, { "yezh", "yz" }, { "yzhu", "yz" }, { "xian", "x" }, { "xian", "xa" }, { "xi'an", "xa" },
    { "chongfutousu", "cfts" }, { "xiashuijinggai", "xsjg" }, { "xiashuijg", "xsjg" },
    { "yezhuweiyuanhui", "yzwyh" }, { "zhuang", "z" },
  };
  static const char *const none[] = { "xsjg", "y", "", "lu3", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaiu" };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto(GStrv) guesses = linli_pinyin_guess (table[i].typed);

      g_test_message ("%s", table[i].typed);
      g_assert_true (g_strv_contains ((const char *const *) guesses, table[i].initials));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_auto(GStrv) guesses = linli_pinyin_guess (none[i]);

      g_assert_cmpuint (g_strv_length (guesses), ==, 0);
    }
}

/* A character without a letter cannot be found by initials at all. */
static void
test_coverage (void)
{
  guint known = 0;
  guint known_a = 0;

  for (gunichar c = 0; c <= 0x10ffff; c++)
    {
      char letter = linli_pinyin_char_initial (c);

      g_assert_true (letter == '\0' || g_ascii_islower (letter));
      g_assert_true (letter == '\0' || linli_char_is_han (c));
      /* No Mandarin syllable begins with these. */
      g_assert_null (letter != '\0' ? strchr ("iuv", letter) : NULL);
      known += letter != '\0' && c >= 0x4e00 && c <= 0x9fff;
      known_a += letter != '\0' && c >= 0x3400 && c <= 0x4dbf;
    }
  g_assert_cmpuint (known, >=, 20900);
  g_assert_cmpuint (known_a, >=, 5700);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pinyin/duty-items-by-initials", test_items);
  g_test_add_func ("/pinyin/names-by-initials", test_names);
  g_test_add_func ("/pinyin/names-by-whole-syllables", test_sounds);
  g_test_add_func ("/pinyin/initials-of-whole-syllables", test_guesses);
  g_test_add_func ("/pinyin/every-common-character-has-a-letter", test_coverage);
  return g_test_run ();
}
