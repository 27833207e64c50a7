/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The texts of the corpus were written without knowing when they would be
 * said. Here they are asked: what a text says of this morning is not said at
 * dawn, and a result does not tell of a week that has not passed. */

#include "config.h"

#include "linli-demo-text.h"

#include <string.h>

#include "linli-json.h"

static JsonObject *
find_slot (LinliDemoCorpus *corpus,
           const char      *name)
{
  return linli_json_get_object (linli_json_get_object (corpus->matters_file, "slots"), name);
}

static void
set (GHashTable *slots,
     const char *name,
     const char *value)
{
  g_hash_table_replace (slots, g_strdup (name), g_strdup (value));
}

/**
 * linli_demo_slots_new:
 * @resident: where it happens is where they live
 *
 * Returns: (transfer full): slot -> value; a slot that is not there yet gets
 *   its value when first used and keeps it
 */
GHashTable *
linli_demo_slots_new (LinliDemoCorpus   *corpus,
                      LinliDemoResident *resident,
                      GRand             *rand)
{
  GHashTable *slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  LinliDemoEstate *estate = resident->estate;
  g_autofree char *floor = g_strdup_printf ("%d", MAX (resident->floor, 2));
  g_autofree char *neighbour = linli_demo_neighbour (corpus, rand);

  set (slots, "estate", estate->name);
  set (slots, "building", resident->building);
  set (slots, "room", resident->room);
  set (slots, "floor", floor);
  set (slots, "road", g_rand_boolean (rand) ? estate->road : linli_demo_pick (estate->roads, rand));
  set (slots, "landmark", linli_demo_pick (estate->landmarks, rand));
  set (slots, "neighbour", neighbour);

  return slots;
}

static const char *
get_value (LinliDemoCorpus *corpus,
           GHashTable      *slots,
           const char      *name,
           GRand           *rand)
{
  const char *value = g_hash_table_lookup (slots, name);
  JsonObject *slot;

  if (value != NULL)
    return value;
  slot = find_slot (corpus, name);
  g_assert (slot != NULL && linli_json_get_array (slot, "values") != NULL);
  set (slots, name, linli_demo_pick (linli_json_get_array (slot, "values"), rand));

  return g_hash_table_lookup (slots, name);
}

/**
 * linli_demo_fill:
 *
 * Returns: (transfer full): @text with its {slots} filled; a second {hm} is a
 *   while later than the first
 */
char *
linli_demo_fill (const char      *text,
                 LinliDemoCorpus *corpus,
                 GHashTable      *slots,
                 GRand           *rand)
{
  GString *out = g_string_new (NULL);
  const char *p = text;
  guint n_hm = 0;

  for (;;)
    {
      const char *open = strchr (p, '{');
      const char *close = open != NULL ? strchr (open, '}') : NULL;
      g_autofree char *name = NULL;

      if (close == NULL)
        break;
      g_string_append_len (out, p, open - p);
      name = g_strndup (open + 1, (gsize) (close - open - 1));
      if (g_str_equal (name, "hm") && n_hm++ > 0)
        g_string_append (out, get_value (corpus, slots, "hm2", rand));
      else
        g_string_append (out, get_value (corpus, slots, name, rand));
      p = close + 1;
    }
  g_string_append (out, p);

  return g_string_free (out, FALSE);
}

/* Whether @text has the slot @slot. */
gboolean
linli_demo_uses (const char *text,
                 const char *slot)
{
  g_autofree char *mark = g_strdup_printf ("{%s}", slot);

  return strstr (text, mark) != NULL;
}

/* What a text says of the time at which it is said, in minutes of the day. */
static const struct
{
  const char *words;
  int         from;
  int         to;
  gboolean    workday;
} said[] = {
  { "现在凌晨", 2000, 0, FALSE }, { "现在是凌晨", 2000, 0, FALSE }, { "夜里十二点还没停", 0, 150, FALSE },
  { "今天早上送孩子", 510, 1200, TRUE }, { "呕吐请假", 510, 1140, TRUE }, { "今天人事", 570, 1320, TRUE },
  { "今天早上", 510, 1260, FALSE }, { "今早", 510, 1260, FALSE }, { "今天下午五点", 1050, 1380, FALSE },
  { "今天扑倒", 1050, 1380, FALSE }, { "今晚{estate}", 1170, 1420, FALSE }, { "烧纸", 1110, 1420, FALSE },
  { "从晚上八点", 1230, 1430, FALSE }, { "早上七点就不亮", 440, 660, FALSE }, { "早高峰拥堵，有刮擦", 440, 660, TRUE },
  { "伞我今天还回来", 540, 1200, FALSE }, { "今天水面", 420, 1170, FALSE }, { "今天", 480, 1439, FALSE },
  { "昨天停水到现在", 360, 1439, FALSE }, { "半夜听见天台", 420, 1200, FALSE }, { "昨晚停在", 390, 1260, FALSE },
  { "车昨夜在", 510, 1200, FALSE },
};

/* Nobody waits at the school gate in July. */
static gboolean
is_of_school (const char *text)
{
  static const char *const words[] = { "放学", "上学", "校门口", "班主任", "同学", "老师" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (text, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether @text can have been said at @at. */
gboolean
linli_demo_text_fits_time (const char          *text,
                           const LinliDemoTime *time,
                           gint64               at)
{
  LinliDate date;
  int minute, year, month, day;

  linli_demo_time_split (time, at, &date, &minute);
  linli_date_split (date, &year, &month, &day);
  if ((month == 7 || month == 8) && is_of_school (text))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (strstr (text, said[i].words) != NULL)
      return minute >= said[i].from && minute <= said[i].to &&
             (!said[i].workday || linli_demo_time_is_workday (time, date));
  return TRUE;
}

/* What a text says of the one who says it. */
static const struct
{
  const char *words;
  int         from; /* age */
  int         to;
  int         female; /* -1: either */
} speakers[] = {
  { "一个女孩子", 14, 40, TRUE }, { "我老公", 22, 65, TRUE }, { "我老婆", 22, 65, FALSE }, { "我太太", 25, 75, FALSE }, { "打我", 22, 60, TRUE },
  { "退伍老兵", 60, 90, FALSE }, { "我孙", 55, 90, -1 }, { "我退休", 58, 90, -1 }, { "我今年{age}", 70, 90, -1 },
  { "我{age}", 70, 90, -1 }, { "我儿子", 25, 60, -1 }, { "我女儿", 25, 60, -1 }, { "我孩子", 24, 55, -1 },
  { "我家小孩", 24, 55, -1 }, { "送孩子", 24, 55, -1 }, { "孩子", 24, 62, -1 }, { "我爸", 18, 62, -1 },
  { "我妈", 18, 62, -1 }, { "我父亲", 18, 62, -1 }, { "我母亲", 18, 62, -1 }, { "打工", 18, 55, -1 },
  { "上夜班", 19, 58, -1 }, { "两班倒", 19, 55, -1 }, { "老业主", 38, 90, -1 }, { "我们厂", 25, 62, -1 },
  { "我爱人", 24, 75, -1 }, { "外卖", 18, 55, -1 }, { "上班", 19, 60, -1 }, { "工资", 19, 60, -1 },
};

/* Whether @resident can have said @text, in @year. */
gboolean
linli_demo_text_fits_person (const char        *text,
                             LinliDemoResident *resident,
                             int                year)
{
  int age = year - resident->born;

  for (guint i = 0; i < G_N_ELEMENTS (speakers); i++)
    if (strstr (text, speakers[i].words) != NULL)
      return age >= speakers[i].from && age <= speakers[i].to &&
             (speakers[i].female < 0 || speakers[i].female == resident->female);
  return age >= 18;
}

/**
 * linli_demo_text_way:
 *
 * Returns: (nullable): the code of a channel, when the text itself says by
 *   which way it came
 */
const char *
linli_demo_text_way (const char *text)
{
  static const struct { const char *words; const char *channel; } ways[] = {
    { "来电", "LD01" }, { "来窗口", "CK01" }, { "到窗口", "CK01" }, { "到街道来访", "CK11" },
    { "楼长报", "WG01" }, { "楼长巡", "WG01" }, { "网格采集", "WG04" }, { "采集{", "WG04" }, { "边坡巡查报", "WG10" }, { "居民来感谢", "CK01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      const char *found = strstr (text, ways[i].words);

      if (found != NULL && found - text < 40)
        return ways[i].channel;
    }
  return NULL;
}

/* Words for a time that must have passed, with its days. The first that
 * occurs counts. */
static const struct
{
  const char *words;
  double      days;
} spans[] = {
  { "公告期满", 7 }, { "三个月", 90 }, { "今年已", 90 }, { "一个月", 30 }, { "本月未", 12 }, { "半个月", 15 }, { "两周", 14 },
  { "两个星期", 14 }, { "十四天", 14 }, { "一周", 7 }, { "第二周", 7 }, { "七日", 7 }, { "五晚", 5 }, { "五次", 4 },
  { "三天", 3 }, { "三日", 3 }, { "两天", 2 }, { "次日", 0.7 }, { "隔天", 1 }, { "第二天", 0.7 }, { "当日落下", 0.3 },
  { "当晚", 0.5 }, { "当夜", 0.5 }, { "夜间铣刨", 0.5 }, { "夜间热拌", 0.5 }, { "夜间分段", 0.5 }, { "夜间回填", 0.5 },
  { "连夜", 0.5 }, { "夜间亮灯", 0.3 },
};

/* In such a clause the time is one that is still to come. */
static const char *const plans[] = {
  "责令", "限期", "要求", "计划", "预计", "承诺", "约定", "建议", "期限", "协调", "安排", "名额", "停业", "停产", "停运",
  "观察", "每三天", "每两周", "公布", "通知", "预约", "逾期", "申请", "同意", "还剩", "提前", "未再冲走", "寄",
};

static gboolean
is_plan (const char *clause)
{
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    if (strstr (clause, plans[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
has_happened (const char *clause,
              double      days)
{
  if (strstr (clause, "不到两小时") != NULL)
    return days < 2.0 / 24;
  if (is_plan (clause))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    if (strstr (clause, spans[i].words) != NULL)
      return days >= spans[i].days;
  return TRUE;
}

/* Returns: the end of the clause at @p, its sign included */
static const char *
clause_end (const char *p)
{
  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0xff0c || c == 0x3002 || c == 0xff1b)
        return g_utf8_next_char (p);
    }
  return p;
}

/* The last sign of @out becomes a full stop. */
static void
end_sentence (GString *out)
{
  const char *last = g_utf8_find_prev_char (out->str, out->str + out->len);

  if (last == NULL)
    return;
  if (g_str_equal (last, "，") || g_str_equal (last, "；"))
    {
      g_string_truncate (out, (gsize) (last - out->str));
      g_string_append (out, "。");
    }
}

/**
 * linli_demo_text_trim:
 * @since: when the work it tells of began
 * @at: when it is told
 *
 * Returns: (transfer full): @text without the clauses that tell of more time
 *   than has passed; empty when none is left
 */
char *
linli_demo_text_trim (const char          *text,
                      const LinliDemoTime *time,
                      gint64               since,
                      gint64               at)
{
  double days = (double) (at - since) / LINLI_DEMO_DAY;
  GString *out = g_string_new (NULL);
  const char *p = text;

  while (*p != '\0')
    {
      const char *end = clause_end (p);
      g_autofree char *clause = g_strndup (p, (gsize) (end - p));

      if (has_happened (clause, days))
        g_string_append (out, clause);
      else if (g_str_has_suffix (clause, "。"))
        end_sentence (out);
      p = end;
    }
  end_sentence (out);

  return g_string_free (out, FALSE);
}

/* Whether what the resident says of the result can be said at @at. */
gboolean
linli_demo_callback_fits (const char          *text,
                          const LinliDemoTime *time,
                          gint64               since,
                          gint64               at)
{
  static const struct { const char *words; double days; } needs[] = {
    { "两周", 12 }, { "一个星期", 7 }, { "连续三天", 3 }, { "这几", 2.5 }, { "这两天", 1.5 }, { "周末", 8 },
    { "第二天", 0.8 }, { "周六", 8 }, { "昨", 0.8 }, { "第一晚", 0.6 }, { "当晚", 0.5 }, { "晚", 0.5 }, { "半夜", 0.5 },
    { "凌晨", 0.5 }, { "早上", 0.6 }, { "今天睡", 0.7 }, { "夜", 0.5 }, { "每", 3 }, { "一个月", 25 },
  };
  double days = (double) (at - since) / LINLI_DEMO_DAY;

  for (guint i = 0; i < G_N_ELEMENTS (needs); i++)
    if (strstr (text, needs[i].words) != NULL && days < needs[i].days)
      return FALSE;
  return TRUE;
}

static void
set_clock_time (GHashTable          *slots,
                const char          *name,
                const LinliDemoTime *time,
                gint64               at)
{
  g_autofree char *text = NULL;
  LinliDate date;
  int minute;

  linli_demo_time_split (time, at, &date, &minute);
  text = linli_clock_time_to_text (minute);
  set (slots, name, text);
}

/**
 * linli_demo_slots_set_time:
 * @from: after which what is told of happened
 * @to: when it is told
 *
 * Sets {hm}: a while before the telling, and never before @from.
 */
void
linli_demo_slots_set_time (GHashTable          *slots,
                           const LinliDemoTime *time,
                           gint64               from,
                           gint64               to)
{
  gint64 stretch = MIN (to - from, 50 * LINLI_DEMO_MINUTE);

  set_clock_time (slots, "hm", time, to - stretch * 7 / 10);
  set_clock_time (slots, "hm2", time, to - stretch * 2 / 10);
}

/* The last time before @at that it was @minute. */
static gint64
last_time (const LinliDemoTime *time,
           gint64               at,
           int                  minute)
{
  LinliDate date;
  int now;

  linli_demo_time_split (time, at, &date, &now);
  return linli_work_calendar_from_local (time->calendar, now > minute ? date : date - 1, minute);
}

/**
 * linli_demo_text_by_night:
 * @since: when the work it tells of began
 * @at: when it is told
 *
 * What a text tells of the night happened in the night, if one has passed;
 * else it was not by night.
 *
 * Returns: (transfer full): the text, still to be filled
 */
char *
linli_demo_text_by_night (const char          *text,
                          GHashTable          *slots,
                          const LinliDemoTime *time,
                          gint64               since,
                          gint64               at)
{
  static const struct { const char *words; int minute; } nights[] = {
    { "凌晨{hm}", 163 }, { "夜间{hm}", 1302 }, { "{hm}到敏感点夜测", 1308 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      gint64 moment = last_time (time, at, nights[i].minute);
      g_auto(GStrv) pieces = NULL;

      if (strstr (text, nights[i].words) == NULL)
        continue;
      if (moment > since)
        {
          linli_demo_slots_set_time (slots, time, moment - LINLI_DEMO_MINUTE, moment);
          return g_strdup (text);
        }
      pieces = g_strsplit (text, i == 0 ? "凌晨" : "夜间", -1);
      return i < 2 ? g_strjoinv ("", pieces) : g_strdup (text);
    }

  return g_strdup (text);
}

/* Which of the values of {time} can be said when. */
static gboolean
time_fits (const char          *value,
           const LinliDemoTime *time,
           gint64               at)
{
  LinliDate date;
  int minute;

  linli_demo_time_split (time, at, &date, &minute);
  if (g_str_has_prefix (value, "今天早上"))
    return minute > 8 * 60;
  if (g_str_has_prefix (value, "今天中午"))
    return minute > 13 * 60;
  if (g_str_has_prefix (value, "上个周末"))
    return linli_date_get_weekday (date) < LINLI_FRIDAY;
  if (g_str_has_prefix (value, "刚才"))
    return minute > 7 * 60;
  return TRUE;
}

/* Sets {time} to something that can be said at @at. */
void
linli_demo_slots_set_when (GHashTable          *slots,
                           LinliDemoCorpus     *corpus,
                           const LinliDemoTime *time,
                           gint64               at,
                           GRand               *rand)
{
  JsonArray *values = linli_json_get_array (find_slot (corpus, "time"), "values");
  const char *value;

  do
    value = linli_demo_pick (values, rand);
  while (!time_fits (value, time, at));
  set (slots, "time", value);
}
