/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "case-world.h"

#include "linli-case-index.h"
#include "linli-case-state.h"
#include "linli-case-tables.h"
#include "linli-core-tables.h"
#include "linli-people-tables.h"
#include "linli-pinyin.h"
#include "linli-registry.h"
#include "linli-row.h"
#include "linli-sqlite.h"

#define HOUR        (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)
#define N_UNITS     40
#define BATCH       20000 /* cases a transaction */
#define ACCOUNT_ID  "01950000-0000-7001-8000-000000000001"

typedef enum
{
  KIND_ACCOUNT = 1,
  KIND_CENTRE,
  KIND_UNIT,
  KIND_APPELLANT,
  KIND_CASE,
  KIND_SUBMISSION,
  KIND_DISPATCH,
  KIND_CLOCK,
  KIND_ENTRY,
} Kind;

typedef struct
{
  LinliConn       *conn;
  const CaseWorld *world;
  GRand           *rand;
  guint            n_entries;
} Maker;

static const char *const words[] = {
  "小区", "楼道", "井盖", "破损", "噪音", "施工", "夜间", "漏水", "垃圾", "堆放", "占道", "经营", "路灯", "不亮",
  "电梯", "故障", "停车", "收费", "物业", "管理", "消防", "通道", "堵塞", "油烟", "扰民", "公园", "树木", "倒伏",
  "水管", "爆裂", "停水", "停电", "网络", "线缆", "杂乱", "幼儿园", "学校", "门口", "拥堵", "公交", "站台", "广告",
  "招牌", "脱落", "高空", "抛物", "宠物", "咬人", "流浪狗", "蚊虫", "消杀", "异味", "污水", "外溢", "化粪池", "满溢",
  "老人", "补贴", "社保", "咨询", "户口", "迁移", "居住证", "办理", "租房", "押金", "退还", "纠纷", "邻居", "装修",
  "墙面", "渗水", "裂缝", "地面", "塌陷", "积水", "内涝", "排水", "雨水箅子", "丢失", "围挡", "工地", "扬尘", "渣土车",
  "超速", "红绿灯", "信号", "时间", "太短", "斑马线", "模糊", "充电桩", "电动车", "飞线", "充电", "隐患", "希望", "尽快",
  "处理", "谢谢", "反映", "多次", "无人", "解决", "请", "有关", "部门", "核实", "回复", "居民", "投诉", "建议", "增加",
  "座椅", "健身", "器材", "损坏", "篮球场", "灯光", "广场舞", "声音", "太大", "影响", "休息", "孩子", "作业", "高考",
};
static const char *const places[] = {
  "桂园社区", "海棠社区", "新和社区", "沙坣社区", "坪环社区", "六联社区", "和平社区", "江岭社区", "石井社区", "龙田社区",
};
static const char *const estates[] = {
  "金域华府", "阳光花园", "翠景台", "万科城", "碧桂苑", "东城上邸", "财富城", "御景湾", "招商花园", "嘉邻中心",
};
static const char *const surnames[] = {
  "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "曾", "单", "欧阳", "黎", "彭", "钟",
};
static const char *const given[] = {
  "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "秀兰", "霞", "平",
  "建国", "志强", "晓梅", "国栋", "雨桐", "子轩", "浩然", "梓涵",
};
static const struct { const char *code, *name; } items[] = {
  { "05.02.01", "市容环卫 / 暴露垃圾" }, { "05.01.02", "市容环卫 / 无照经营游商" }, { "06.01.03", "市政设施 / 下水井盖" },
  { "06.02.01", "市政设施 / 道路破损" }, { "06.03.04", "市政设施 / 路灯不亮" }, { "03.01.01", "环保水务 / 施工噪声" },
  { "03.03.02", "环保水务 / 供水管道漏水" }, { "01.01.05", "安全隐患 / 堵塞消防通道" }, { "07.02.01", "交通运输 / 公共交通管理" },
  { "17.01.02", "社区管理 / 饲养宠物扰民" }, { "15.02.03", "民政服务 / 高龄补贴" }, { "08.01.01", "劳动社保 / 拖欠工资" },
};
static const char *const unit_names[] = {
  "城管局", "水务局", "交通局", "环保局", "住建局", "市监局", "供电局", "自来水公司", "燃气公司", "街道办",
};
static const char *const natures[] = { "投诉", "投诉", "投诉", "求助", "咨询", "建议" };
static const char *const channels[] = { "12345", "WX01", "CK01", "CK02", "APP3", "XF07" };
static const char *const notes[] = {
  "已派遣至承办单位", "承办单位已签收", "已电话联系诉求人", "现场核查，情况属实", "已安排人员处理", "处理完毕，已拍照留存",
  "经审核，同意办结", "已回复诉求人，表示满意", "天气原因，顺延一天", "与物业沟通，要求整改",
};

static void
make_id (Kind   kind,
         guint  n,
         char  *id)
{
  g_snprintf (id, 37, "01950000-0000-7%03x-8000-%012x", (guint) kind, n + 1);
}

/* The commoner a word, the further in front it stands, as in real texts. */
static guint
pick (GRand *rand,
      guint  n)
{
  double x = g_rand_double (rand);

  return MIN ((guint) (x * x * n), n - 1);
}

const char *
case_world_word (GRand *rand)
{
  return words[pick (rand, G_N_ELEMENTS (words))];
}

/* Words, now and then any character at all, and some punctuation. */
char *
case_world_sentence (GRand *rand,
                     guint  n_words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      guint dice = (guint) g_rand_int_range (rand, 0, 16);

      if (dice == 0)
        g_string_append_unichar (text, (gunichar) g_rand_int_range (rand, 0x4e00, 0x9fa0));
      else if (dice == 1)
        g_string_append_printf (text, "%d号楼%d单元", g_rand_int_range (rand, 1, 40), g_rand_int_range (rand, 1, 6));
      else if (dice == 2)
        g_string_append (text, "，");
      g_string_append (text, case_world_word (rand));
    }
  return g_string_free (text, FALSE);
}

static void
check (gboolean ok,
       GError  *error)
{
  if (!ok)
    g_error ("The made-up store cannot be written: %s", error != NULL ? error->message : "?");
}

static void
insert (Maker    *self,
        LinliRow *row)
{
  const LinliTable *table = linli_row_get_table (row);
  guint n = linli_table_n_columns (table);
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(LinliStmt) stmt = NULL;
  GError *error = NULL;
  gboolean more = FALSE;

  g_string_append_printf (sql, "INSERT INTO %s VALUES (NULL", table->name);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, ", ?%u", i + 1);
  g_string_append_c (sql, ')');
  stmt = linli_conn_prepare (self->conn, sql->str, &error);
  check (stmt != NULL, error);
  linli_row_bind (row, stmt, 1);
  check (linli_stmt_step (stmt, &more, &error), error);
}

static void
make_house (Maker *self)
{
  g_autoptr(LinliRow) centre = linli_row_new (&linli_table_centre);
  g_autoptr(LinliRow) account = linli_row_new (&linli_table_account);
  char id[37];

  make_id (KIND_CENTRE, 0, id);
  linli_row_set_text (centre, LINLI_CENTRE_ID, id);
  linli_row_set_text (centre, LINLI_CENTRE_NAME, "桂园社区党群服务中心");
  linli_row_set_text (centre, LINLI_CENTRE_TIME_ZONE, "Asia/Shanghai");
  linli_row_set_int (centre, LINLI_CENTRE_IS_DEMO, TRUE);
  insert (self, centre);
  linli_row_set_text (account, LINLI_ACCOUNT_ID, ACCOUNT_ID);
  linli_row_set_text (account, LINLI_ACCOUNT_NAME, "陈静");
  linli_row_set_text (account, LINLI_ACCOUNT_ROLES, "clerk dispatcher handler reviewer");
  linli_row_set_int (account, LINLI_ACCOUNT_ACTIVE, TRUE);
  insert (self, account);

  for (guint i = 0; i < N_UNITS; i++)
    {
      g_autoptr(LinliRow) unit = linli_row_new (&linli_table_unit);
      g_autofree char *name = g_strconcat (places[i / 10], unit_names[i % 10], NULL);
      g_autofree char *code = g_strdup_printf ("U%02u", i);
      g_autofree char *pinyin = linli_pinyin_initials (name);

      make_id (KIND_UNIT, i, id);
      linli_row_set_text (unit, LINLI_UNIT_ID, id);
      linli_row_set_text (unit, LINLI_UNIT_CODE, code);
      linli_row_set_text (unit, LINLI_UNIT_NAME, name);
      linli_row_set_text (unit, LINLI_UNIT_SHORT_NAME, unit_names[i % 10]);
      linli_row_set_text (unit, LINLI_UNIT_PINYIN, pinyin);
      linli_row_set_int (unit, LINLI_UNIT_ACTIVE, TRUE);
      insert (self, unit);
    }
}

static char *
make_appellant (Maker *self,
                guint  n)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_appellant);
  char *name = g_strconcat (surnames[pick (self->rand, G_N_ELEMENTS (surnames))],
                            given[pick (self->rand, G_N_ELEMENTS (given))], NULL);
  g_autofree char *pinyin = linli_pinyin_name_initials (name);
  g_autofree char *phone = g_strdup_printf ("13%09u", (guint) g_rand_int_range (self->rand, 0, 1000000000));
  char id[37];

  make_id (KIND_APPELLANT, n, id);
  linli_row_set_text (row, LINLI_APPELLANT_ID, id);
  linli_row_set_text (row, LINLI_APPELLANT_NAME, name);
  linli_row_set_text (row, LINLI_APPELLANT_PINYIN, pinyin);
  linli_row_set_text (row, LINLI_APPELLANT_PHONE, phone);
  linli_row_set_int (row, LINLI_APPELLANT_ANONYMOUS, FALSE);
  linli_row_set_int (row, LINLI_APPELLANT_CONFIDENTIAL, FALSE);
  linli_row_set_int (row, LINLI_APPELLANT_CONTACT_OK, TRUE);
  insert (self, row);

  return name;
}

static LinliCaseState
make_state (Maker *self)
{
  static const LinliCaseState open[] = {
    LINLI_CASE_STATE_RECEIVED, LINLI_CASE_STATE_REGISTERED, LINLI_CASE_STATE_DISPATCHED,
    LINLI_CASE_STATE_IN_PROGRESS, LINLI_CASE_STATE_IN_PROGRESS, LINLI_CASE_STATE_PENDING_REVIEW,
    LINLI_CASE_STATE_RESOLVED,
  };

  if ((guint) g_rand_int_range (self->rand, 0, 1000) < self->world->open_in_1000)
    return open[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (open))];
  return g_rand_int_range (self->rand, 0, 30) == 0 ? LINLI_CASE_STATE_DECLINED : LINLI_CASE_STATE_CLOSED;
}

static void
make_clock (Maker   *self,
            LinliRow *row,
            guint    n,
            gboolean running)
{
  g_autoptr(LinliRow) clock = linli_row_new (&linli_table_clock);
  gint64 received_at = linli_row_get_int (row, LINLI_CASE_RECEIVED_AT);
  gint64 due_at = self->world->now + g_rand_int_range (self->rand, -30, 100) * HOUR;
  char id[37];

  make_id (KIND_CLOCK, n, id);
  linli_row_set_text (clock, LINLI_CLOCK_ID, id);
  linli_row_set_text (clock, LINLI_CLOCK_CASE_ID, linli_row_get_id (row));
  linli_row_set_text (clock, LINLI_CLOCK_KIND, "resolve");
  linli_row_set_text (clock, LINLI_CLOCK_LIMIT_TEXT, "5工作日");
  linli_row_set_text (clock, LINLI_CLOCK_START_RULE, "next_working_day");
  linli_row_set_int (clock, LINLI_CLOCK_STARTED_AT, received_at);
  linli_row_set_int (clock, LINLI_CLOCK_DUE_AT, running ? due_at : received_at + 120 * HOUR);
  linli_row_set_text (clock, LINLI_CLOCK_STATE, running ? "running" : "met");
  insert (self, clock);
  if (running)
    {
      linli_row_set_int (row, LINLI_CASE_DUE_AT, due_at);
      linli_row_set_text (row, LINLI_CASE_DUE_KIND, "resolve");
    }
}

static void
set_unit (Maker    *self,
          LinliRow *row,
          guint     n)
{
  g_autoptr(LinliRow) dispatch = linli_row_new (&linli_table_dispatch);
  guint unit = pick (self->rand, N_UNITS);
  g_autofree char *name = g_strconcat (places[unit / 10], unit_names[unit % 10], NULL);
  const char *state = linli_row_get_text (row, LINLI_CASE_STATE);
  char unit_id[37];
  char id[37];

  make_id (KIND_UNIT, unit, unit_id);
  linli_row_set_text (row, LINLI_CASE_LEAD_UNIT_ID, unit_id);
  linli_row_set_text (row, LINLI_CASE_LEAD_UNIT_NAME, name);
  make_id (KIND_DISPATCH, n, id);
  linli_row_set_text (dispatch, LINLI_DISPATCH_ID, id);
  linli_row_set_text (dispatch, LINLI_DISPATCH_CASE_ID, linli_row_get_id (row));
  linli_row_set_text (dispatch, LINLI_DISPATCH_UNIT_ID, unit_id);
  linli_row_set_text (dispatch, LINLI_DISPATCH_UNIT_NAME, name);
  linli_row_set_text (dispatch, LINLI_DISPATCH_ROLE, "lead");
  linli_row_set_int (dispatch, LINLI_DISPATCH_SEQ, 1);
  linli_row_set_text (dispatch, LINLI_DISPATCH_STATE,
                      g_str_equal (state, "dispatched")    ? "sent"
                      : g_str_equal (state, "in_progress") ? "working"
                                                           : "done");
  linli_row_set_int (dispatch, LINLI_DISPATCH_SENT_AT, linli_row_get_int (row, LINLI_CASE_RECEIVED_AT) + HOUR);
  insert (self, dispatch);
}

static void
make_submission (Maker      *self,
                 LinliRow   *row,
                 guint       n,
                 const char *text)
{
  g_autoptr(LinliRow) submission = linli_row_new (&linli_table_submission);
  g_autofree char *receipt_no = g_strdup_printf ("GY-R%07u", n + 1);
  char id[37];

  make_id (KIND_SUBMISSION, n, id);
  linli_row_set_text (submission, LINLI_SUBMISSION_ID, id);
  linli_row_set_text (submission, LINLI_SUBMISSION_RECEIPT_NO, receipt_no);
  linli_row_set_text (submission, LINLI_SUBMISSION_CASE_ID, linli_row_get_id (row));
  linli_row_set_text (submission, LINLI_SUBMISSION_APPELLANT_ID, linli_row_get_text (row, LINLI_CASE_APPELLANT_ID));
  linli_row_set_text (submission, LINLI_SUBMISSION_CHANNEL_CODE, linli_row_get_text (row, LINLI_CASE_CHANNEL_CODE));
  linli_row_set_int (submission, LINLI_SUBMISSION_RECEIVED_AT, linli_row_get_int (row, LINLI_CASE_RECEIVED_AT));
  linli_row_set_text (submission, LINLI_SUBMISSION_CLERK_ID, ACCOUNT_ID);
  linli_row_set_text (submission, LINLI_SUBMISSION_TEXT, text);
  linli_row_set_int (submission, LINLI_SUBMISSION_REPLY_WANTED, TRUE);
  insert (self, submission);
}

static void
make_entries (Maker    *self,
              LinliRow *row)
{
  for (guint i = 0; i < self->world->n_entries; i++)
    {
      g_autoptr(LinliRow) entry = linli_row_new (&linli_table_entry);
      char id[37];

      make_id (KIND_ENTRY, self->n_entries++, id);
      linli_row_set_text (entry, LINLI_ENTRY_ID, id);
      linli_row_set_text (entry, LINLI_ENTRY_CASE_ID, linli_row_get_id (row));
      linli_row_set_text (entry, LINLI_ENTRY_KIND, i == 0 ? "intake" : "note");
      linli_row_set_text (entry, LINLI_ENTRY_AUDIENCE, "internal");
      if (i > 0)
        linli_row_set_text (entry, LINLI_ENTRY_BODY, notes[pick (self->rand, G_N_ELEMENTS (notes))]);
      linli_row_set_text (entry, LINLI_ENTRY_ACTOR_ID, ACCOUNT_ID);
      linli_row_set_int (entry, LINLI_ENTRY_AT, linli_row_get_int (row, LINLI_CASE_RECEIVED_AT) + i * HOUR);
      insert (self, entry);
    }
}

static void
set_words (Maker      *self,
           LinliRow   *row,
           const char *text)
{
  guint item = pick (self->rand, G_N_ELEMENTS (items));
  g_autofree char *place = g_strdup_printf ("%s%d栋", estates[pick (self->rand, G_N_ELEMENTS (estates))],
                                            g_rand_int_range (self->rand, 1, 30));
  g_autofree char *title = g_utf8_substring (text, 0, MIN (14, g_utf8_strlen (text, -1)));

  linli_row_set_text (row, LINLI_CASE_TITLE, title);
  linli_row_set_text (row, LINLI_CASE_PLACE, place);
  linli_row_set_text (row, LINLI_CASE_COMMUNITY, places[pick (self->rand, G_N_ELEMENTS (places))]);
  linli_row_set_text (row, LINLI_CASE_ITEM_CODE, items[item].code);
  linli_row_set_text (row, LINLI_CASE_ITEM_NAME, items[item].name);
  linli_row_set_text (row, LINLI_CASE_NATURE, natures[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (natures))]);
  linli_row_set_text (row, LINLI_CASE_CHANNEL_CODE, channels[pick (self->rand, G_N_ELEMENTS (channels))]);
}

static void
make_case (Maker *self,
           guint  n)
{
  g_autoptr(LinliRow) row = linli_row_new (&linli_table_case);
  LinliCaseState state = make_state (self);
  g_autofree char *case_no = g_strdup_printf ("GY%08u", n + 1);
  g_autofree char *text = case_world_sentence (self->rand, (guint) g_rand_int_range (self->rand, 12, 24));
  g_autofree char *name = make_appellant (self, n);
  gint64 received_at = self->world->now - (gint64) (self->world->n_cases - n) * HOUR / 20 -
                       g_rand_int_range (self->rand, 0, 100) * HOUR / 10 -
                       (n + self->world->n_history >= self->world->n_cases ? 3 * 365 * 24 * HOUR : 0);
  char id[37];

  make_id (KIND_CASE, n, id);
  linli_row_set_text (row, LINLI_CASE_ID, id);
  linli_row_set_text (row, LINLI_CASE_CASE_NO, case_no);
  linli_row_set_text (row, LINLI_CASE_STATE, linli_case_state_to_id (state));
  linli_row_set_text (row, LINLI_CASE_URGENCY, g_rand_int_range (self->rand, 0, 20) == 0 ? "urgent" : "normal");
  set_words (self, row, text);
  make_id (KIND_APPELLANT, n, id);
  linli_row_set_text (row, LINLI_CASE_APPELLANT_ID, id);
  linli_row_set_text (row, LINLI_CASE_APPELLANT_NAME, name);
  linli_row_set_int (row, LINLI_CASE_N_SUBMISSIONS, 1);
  linli_row_set_int (row, LINLI_CASE_RECEIVED_AT, received_at);
  linli_row_set_int (row, LINLI_CASE_REDO_COUNT, 0);
  linli_row_set_int (row, LINLI_CASE_RETURN_COUNT, 0);
  linli_row_set_int (row, LINLI_CASE_CONFIDENTIAL, FALSE);
  linli_row_set_int (row, LINLI_CASE_TOUCHED_AT, received_at + g_rand_int_range (self->rand, 0, 200) * HOUR / 10);
  linli_row_set_int (row, LINLI_CASE_REVISION, 1);
  if (g_rand_int_range (self->rand, 0, 10) == 0)
    linli_row_set_text (row, LINLI_CASE_OWNER_ID, ACCOUNT_ID);
  if (state >= LINLI_CASE_STATE_DISPATCHED && state <= LINLI_CASE_STATE_CLOSED)
    set_unit (self, row, n);
  if (state >= LINLI_CASE_STATE_CLOSED)
    linli_row_set_int (row, LINLI_CASE_CLOSED_AT, received_at + 70 * HOUR);
  if (state >= LINLI_CASE_STATE_REGISTERED)
    make_clock (self, row, n, state <= LINLI_CASE_STATE_IN_PROGRESS);
  insert (self, row);
  make_submission (self, row, n, text);
  make_entries (self, row);
}

/* Indexes are made once the rows are there: sorted, they take a tenth of the time. */
static void
each_index (Maker   *self,
            gboolean make)
{
  const LinliTable *const *tables = linli_store_schema ()->tables;

  for (guint t = 0; tables[t] != NULL; t++)
    for (const LinliIndex *index = tables[t]->indexes; index != NULL && index->name != NULL; index++)
      {
        g_autofree char *sql = make ? g_strdup_printf ("CREATE %sINDEX %s ON %s (%s)%s%s", index->unique ? "UNIQUE " : "",
                                                       index->name, tables[t]->name, index->columns,
                                                       index->where != NULL ? " WHERE " : "",
                                                       index->where != NULL ? index->where : "")
                                    : g_strdup_printf ("DROP INDEX %s", index->name);
        GError *error = NULL;

        check (linli_conn_exec (self->conn, sql, &error), error);
      }
}

/* Returns: (transfer full): an empty store of today's schema */
LinliConn *
case_world_open (const char *path)
{
  GError *error = NULL;
  LinliConn *conn = linli_sqlite_open (path, LINLI_SQLITE_WRITE, &error);

  check (conn != NULL && linli_migrate (conn, linli_store_schema (), NULL, &error), error);
  return conn;
}

/* Fills an empty store. */
void
case_world_fill (LinliConn       *conn,
                 const CaseWorld *world)
{
  Maker maker = { conn, world, g_rand_new_with_seed (world->seed), 0 };
  gboolean big = world->n_cases > BATCH;
  GError *error = NULL;

  if (big)
    each_index (&maker, FALSE);
  check (linli_conn_begin_write (conn, &error), error);
  make_house (&maker);
  for (guint i = 0; i < world->n_cases; i++)
    {
      make_case (&maker, i);
      if (i % BATCH == BATCH - 1)
        check (linli_conn_commit (conn, &error) && linli_conn_begin_write (conn, &error), error);
    }
  if (big)
    each_index (&maker, TRUE);
  check (linli_case_index_rebuild (conn, &error) && linli_conn_commit (conn, &error), error);
  g_rand_free (maker.rand);
}

/* The id of the one account, who owns every tenth case. */
const char *
case_world_account (void)
{
  return ACCOUNT_ID;
}
