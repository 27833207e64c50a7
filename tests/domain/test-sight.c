/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people see: every query of every room, as roles that may not know who
 * residents are, or that a case exists. What is looked for was planted. */

#include <string.h>

#include "case-desk.h"
#include "linli-case-search.h"
#include "linli-json.h"
#include "linli-mask.h"
#include "linli-registry.h"
#include "linli-sight.h"

#define NAME    "诸葛采薇"
#define PHONE   "13912345678"
#define TAIL    "907X"
#define DOOR    "1602室"
#define LAND    "0755-83361234"
#define ID      "440304198001011234"
#define TITLE   "幽兰巷井盖"
#define SECRET  "慕容晚晴"
#define SECRETS "13887654321"

static char *
bring (CaseDesk   *f,
       const char *name,
       const char *phone,
       const char *title,
       const char *more)
{
  g_autoptr(LinliOutcome) outcome =
    case_desk_do (f, "case.intake", "{\"text\":\"我是%s，井盖破了，请打%s或" LAND "，证件" ID "\",\"title\":\"%s\",\"channel\":\"DH01\","
                  "\"item\":\"06.01\",\"accept\":true,\"reply_wanted\":true,\"appellant\":{\"name\":\"%s\",\"phone\":\"%s\","
                  "\"id_tail\":\"" TAIL "\",\"address\":\"桂园路3号2栋" DOOR "\"%s}}", name, phone, title, name, phone, more);

  return case_desk_tell (outcome, "case");
}

/* An answer to everything that a query asks for. */
static JsonObject *
fill_args (const LinliQuery *query,
           const char       *id)
{
  JsonObject *args = json_object_new ();

  for (const LinliArgSpec *spec = query->args; spec->name != NULL; spec++)
    if (g_str_equal (spec->name, "case"))
      json_object_set_string_member (args, spec->name, id);
    else if (g_str_equal (spec->name, "sources"))
      {
        JsonArray *ids = json_array_new ();

        json_array_add_string_element (ids, id);
        json_object_set_array_member (args, spec->name, ids);
      }
    else if (g_str_equal (spec->name, "lane"))
      json_object_set_string_member (args, spec->name, "major");
    else if (g_str_equal (spec->name, "body"))
      json_object_set_string_member (args, spec->name, "{appellant} {phone} {title} {number}");
    else if (g_str_equal (spec->name, "item"))
      json_object_set_string_member (args, spec->name, CASE_DESK_LEAF);
    else if (g_str_equal (spec->name, "text") || (g_str_equal (spec->name, "typed") && spec->required))
      json_object_set_string_member (args, spec->name, "井盖");
    else if (g_str_equal (spec->name, "code") && spec->required)
      json_object_set_string_member (args, spec->name, "late");
    else if (spec->required && spec->choices != NULL)
      json_object_set_string_member (args, spec->name, spec->choices[0]);
    else if (spec->required && spec->type == LINLI_ARG_INT)
      json_object_set_int_member (args, spec->name, 2026);
    else if (spec->required && spec->type == LINLI_ARG_DATE)
      json_object_set_string_member (args, spec->name, "2026-02-13");
    else if (spec->required && spec->type == LINLI_ARG_ID)
      json_object_set_string_member (args, spec->name, id);
  return args;
}

/* Returns: (transfer full): the answers to every query, those of @id among them */
static char *
ask_all (CaseDesk   *f,
         const char *actor,
         const char *id,
         gboolean    found)
{
  g_autoptr(GString) all = g_string_new (NULL);
  LinliQueryContext context = { f->clock.time, actor };
  guint n = 0;

  for (guint i = 0; linli_rooms ()[i] != NULL; i++)
    for (const LinliQuery *query = linli_rooms ()[i]->queries; query->name != NULL; query++)
      {
        g_autoptr(JsonObject) args = fill_args (query, id);
        g_autoptr(GError) error = NULL;
        g_autoptr(JsonNode) answer = NULL;
        g_autofree char *text = NULL;

        if (!linli_args_check (query->args, args, &error))
          g_error ("%s: %s", query->name, error->message);
        answer = query->run (f->conn, &context, args, &error);
        if (error != NULL && error->domain != LINLI_DOMAIN_ERROR)
          g_error ("%s: %s", query->name, error->message);
        if (answer == NULL)
          continue;
        n++;
        text = json_to_string (answer, FALSE);
        g_string_append_printf (all, "%s: %s\n", query->name, text);
      }
  g_assert_cmpuint (n, >, found ? 45 : 30);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
assert_absent (const char *answers,
               const char *planted)
{
  const char *found = strstr (answers, planted);

  if (found == NULL)
    return;
  while (found > answers && found[-1] != '\n')
    found--;
  g_error ("“%s” is told by %.*s", planted, (int) strcspn (found, "\n"), found);
}

static void
plant (CaseDesk *f,
       char    **open,
       char    **secret)
{
  g_autofree char *other = bring (f, NAME, PHONE, TITLE, "");

  *open = bring (f, NAME, PHONE, TITLE "二", "");
  *secret = bring (f, SECRET, SECRETS, "望月亭围栏", ",\"confidential\":true");
}

static void
test_masked (CaseDesk     *f,
             gconstpointer data)
{
  static const char *const planted[] = { NAME, "采薇", PHONE, TAIL, DOOR, "83361234", ID, SECRET, SECRETS, "望月亭" };
  g_autofree char *open = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *answers = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *plain = NULL;
  g_autoptr(GError) error = NULL;
  gint64 n = 0;

  plant (f, &open, &secret);
  case_desk_act_as (f, "auditor", NULL);

  plain = ask_all (f, f->chief, open, TRUE);
  for (guint i = 0; i < 5; i++)
    g_assert_nonnull (strstr (plain, planted[i])); /* what is looked for would be found */
  g_assert_nonnull (strstr (plain, "望月亭"));

  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  g_assert_no_error (error);
  answers = ask_all (f, f->desk->actor, open, TRUE);
  hidden = ask_all (f, f->desk->actor, secret, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (planted); i++)
    {
      assert_absent (answers, planted[i]);
      assert_absent (hidden, planted[i]);
    }
  assert_absent (hidden, secret);
  g_assert_nonnull (strstr (answers, "诸**"));
  g_assert_nonnull (strstr (answers, "139****5678"));

  /* A whole number finds the case and is not shown. */
  g_assert_true (linli_case_search_count (f->conn, "电话:" PHONE, f->clock.time, f->desk->actor, &n, &error));
  g_assert_cmpint (n, ==, 2);
  g_assert_true (linli_case_search_count (f->conn, "电话:" SECRETS, f->clock.time, f->desk->actor, &n, &error));
  g_assert_cmpint (n, ==, 0);

  g_assert_true (linli_sight_lift (f->conn, &error));
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE confidential <> 0 AND id = ?1", secret), ==, 1);
}

/* Returns: how many cases @line finds, listed and counted alike */
static gint64
find (CaseDesk   *f,
      const char *line)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) pks = linli_case_search_ids (f->conn, line, LINLI_CASE_SORT_RECEIVED, f->clock.time, f->desk->actor, 0,
                                                 &error);
  gint64 n = 0;

  g_assert_no_error (error);
  g_assert_true (linli_case_search_count (f->conn, line, f->clock.time, f->desk->actor, &n, &error));
  g_assert_cmpint (n, ==, pks->len);
  return n;
}

/* Who finds a confidential case, by every way of looking for it. */
static void
test_hidden (CaseDesk     *f,
             gconstpointer data)
{
  static const char *const lines[] = { "", "围栏", "状态:派遣", "超期:否", "井盖 状态:派遣", "收件:2026-01-01..", "未结" };
  static const struct { const char *roles; gint64 unit; gboolean sees; } people[] = {
    { "clerk", -1, TRUE }, { "dispatcher", -1, TRUE }, { "auditor", -1, FALSE }, { "grid", -1, FALSE },
    { "handler", 0, TRUE }, { "handler", 1, FALSE }, { "handler clerk", 1, TRUE },
  };
  g_autofree char *open = NULL;
  g_autofree char *secret = NULL;
  char *lead = case_desk_unit (f, 0);
  g_autoptr(GError) error = NULL;
  gint64 all[G_N_ELEMENTS (lines)];

  plant (f, &open, &secret);
  {
    g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", secret, lead);
    g_autoptr(LinliOutcome) other = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", open, lead);
  }
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    all[i] = find (f, lines[i]);
  for (guint p = 0; p < G_N_ELEMENTS (people); p++)
    {
      char *unit = people[p].unit >= 0 ? case_desk_unit (f, (guint) people[p].unit) : NULL;

      case_desk_act_as (f, people[p].roles, unit);
      g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
      g_assert_no_error (error);
      g_assert_cmpint (find (f, "围栏"), ==, people[p].sees);
      /* A unit's lists hold its own matters alone. */
      for (guint i = 0; !g_str_equal (people[p].roles, "handler") && i < G_N_ELEMENTS (lines); i++)
        g_assert_cmpint (find (f, lines[i]), ==, all[i] - (people[p].sees || all[i] == 0 ? 0 : 1));
      g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM entry WHERE case_id = ?1", secret) > 0, ==, people[p].sees);
      g_assert_true (linli_sight_lift (f->conn, &error));
    }
}

/* A unit has the matter in hand and still does not know who asked for silence. */
static void
test_silent (CaseDesk     *f,
             gconstpointer data)
{
  g_autofree char *open = NULL;
  g_autofree char *secret = NULL;
  char *lead = case_desk_unit (f, 0);
  g_autofree char *answers = NULL;
  g_autoptr(GError) error = NULL;

  plant (f, &open, &secret);
  {
    g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", secret, lead);
  }
  case_desk_act_as (f, "handler", lead);
  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  answers = ask_all (f, f->desk->actor, secret, TRUE);
  assert_absent (answers, SECRET);
  g_assert_nonnull (strstr (answers, "望月亭"));
  g_assert_true (linli_sight_lift (f->conn, &error));
}

/* Who sees stars writes no stars over the number, and is not told it by the way. */
static void
test_edits (CaseDesk     *f,
            gconstpointer data)
{
  g_autofree char *open = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *answers = NULL;
  g_autofree char *summary = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliOutcome) bulk = NULL;
  g_autoptr(LinliOutcome) contested = NULL;
  g_autoptr(LinliOutcome) rest = NULL;
  JsonObject *conflict;
  gint64 revision;

  plant (f, &open, &secret);
  revision = case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", open);
  {
    g_autoptr(LinliOutcome) taken = case_desk_do (f, "role.set-rights", "{\"role\":\"clerk\",\"rights\":\"export\"}");
    g_autoptr(LinliOutcome) edit = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"summary\":\"打" PHONE "\",\"place\":\"" NAME "家门口\"}",
                                                 open, (int) revision);
  }
  bulk = case_desk_do (f, "bulk.start", "{\"command\":\"case.note\",\"args\":{\"text\":\"打" SECRETS "\"},\"query\":\"电话:" SECRETS
                       "\",\"wanted\":1}");
  case_desk_act_as (f, "clerk", NULL);
  for (guint i = 0; i < 2; i++)
    case_desk_refused (f, "right-missing", NULL, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"summary\":\"%s139****5678\"}",
                       open, (int) revision + 1, i == 0 ? "打" : "请打");
  case_desk_refused (f, "right-missing", NULL, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"place\":\"诸**家门口\"}", open,
                     (int) revision + 1);
  rest = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"urgency\":\"urgent\"}", open, (int) revision + 1);
  summary = case_desk_text (f, "SELECT summary FROM cases WHERE id = ?1 AND urgency = 'urgent'", open);
  g_assert_cmpstr (summary, ==, "打" PHONE);
  contested = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":1,\"base\":{\"summary\":\"\"},\"summary\":\"好\"}", open);
  conflict = json_array_get_object_element (json_object_get_array_member (contested->result, "conflicts"), 0);
  g_assert_cmpstr (json_object_get_string_member (conflict, "kept"), ==, "打139****5678");
  case_desk_refused (f, "not-found", "case", "case.edit",
                     "{\"case\":\"%s\",\"revision\":1,\"base\":{\"title\":\"\"},\"title\":\"好\"}", secret);

  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  answers = ask_all (f, f->desk->actor, open, TRUE);
  assert_absent (answers, SECRETS);
  assert_absent (answers, PHONE);
  g_assert_nonnull (strstr (answers, "bulk.list"));
  g_assert_true (linli_sight_lift (f->conn, &error));
}

/* Who knows residents but not those who asked for silence, in another case of theirs. */
static void
test_edits_of_the_silent (CaseDesk     *f,
                          gconstpointer data)
{
  g_autofree char *open = bring (f, NAME, PHONE, NAME "门前" TITLE, "");
  g_autofree char *other = bring (f, NAME, PHONE, "另一件", "");
  g_autoptr(LinliOutcome) taken = case_desk_do (f, "role.set-rights", "{\"role\":\"clerk\",\"rights\":\"identity export\"}");
  g_autoptr(LinliOutcome) marked = case_desk_do (f, "case.mark-confidential", "{\"case\":\"%s\",\"reason\":\"本人要求\"}", other);
  g_autoptr(LinliOutcome) contested = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *name = NULL;
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;
  JsonObject *conflict;
  gint64 revision = case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", open);

  case_desk_act_as (f, "clerk", NULL);
  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  shown = case_desk_text (f, "SELECT title FROM cases WHERE id = ?1", open);
  g_assert_cmpstr (shown, ==, "***门前" TITLE);
  name = case_desk_text (f, "SELECT appellant_name FROM cases WHERE id = ?1", open);
  g_assert_cmpstr (name, ==, "***");
  g_assert_true (linli_sight_lift (f->conn, &error));
  case_desk_refused (f, "right-missing", NULL, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"title\":\"***门口" TITLE "\"}", open,
                     (int) revision);
  contested = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":1,\"base\":{\"title\":\"井盖\"},\"title\":\"好\"}", open);
  conflict = json_array_get_object_element (json_object_get_array_member (contested->result, "conflicts"), 0);
  g_assert_cmpstr (json_object_get_string_member (conflict, "kept"), ==, "***门前" TITLE);
  kept = case_desk_text (f, "SELECT title FROM cases WHERE id = ?1", open);
  g_assert_cmpstr (kept, ==, NAME "门前" TITLE);
}

/* Where not all of it can be made, nothing is shown, however often it is asked. */
static void
test_broken (CaseDesk     *f,
             gconstpointer data)
{
  g_autofree char *open = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *chief = g_strdup (f->chief);
  g_autofree char *name = NULL;
  g_autoptr(GError) error = NULL;

  plant (f, &open, &secret);
  case_desk_act_as (f, "auditor", NULL);
  g_assert_true (linli_conn_exec (f->conn, "CREATE TEMP TABLE link (pk)", &error)); /* stands where a view is to be */
  for (guint i = 0; i < 3; i++)
    {
      g_assert_false (linli_sight_set (f->conn, f->desk->actor, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  g_assert_false (linli_sight_set (f->conn, chief, &error)); /* nor through what is left of another's */
  g_clear_error (&error);
  g_assert_true (linli_conn_exec (f->conn, "DROP TABLE temp.link", &error));
  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  g_assert_no_error (error);
  name = case_desk_text (f, "SELECT appellant_name FROM cases WHERE id = ?1", open);
  g_assert_cmpstr (name, ==, "诸**");
  g_assert_true (linli_sight_lift (f->conn, &error));
}

static void
test_masks (void)
{
  static const struct { const char *kind, *text, *masked; } cases[] = {
    { "name", "张三", "张**" }, { "name", "张", "张**" }, { "name", "张**", "张**" }, { "name", "", "" },
    { "name", "Wang", "W**" }, { "names", "张三、李四五, 王二", "张**、李**, 王**" }, { "names", "张**、李**", "张**、李**" },
    { "phone", "13812345678", "138****5678" }, { "phone", "138****5678", "138****5678" }, { "phone", "12345", "****" },
    { "phone", "13812345678 83361234", "138****5678 ****1234" }, { "phone", "8336123", "****" }, { "phone", "****1234", "****1234" },
    { "phone", "83361234转分机", "****" }, { "phone", "", "" },
    { "address", "景田路12号3栋2单元501室", "景田路12号3栋***" }, { "address", "景田路12号501", "景田路***" },
    { "address", "景田路12号3栋***", "景田路12号3栋***" }, { "address", "沙田坝", "***" }, { "blank", "zs", "****" },
    { "prose", "电话13812345678。", "电话138****5678。" }, { "prose", "138 1234 5678，急", "138****5678，急" },
    { "prose", "0755-83361234", "075****1234" }, { "prose", "440304198001011234", "4403**********1234" },
    { "prose", "44030419800101123X好", "4403**********123X好" }, { "prose", "2026-02-13 10:00", "2026-02-13 10:00" },
    { "prose", "{\"at\":1770973200000000}", "{\"at\":1770973200000000}" }, { "prose", "第12号楼501", "第12号楼501" },
    { "prose", "3栋1602 13812345678 张", "3栋1602 138****5678 张" }, { "prose", "13812345678 13987654321", "138****5678 139****4321" },
    { "prose", "2026-02-13 0755-83361234", "2026-02-13 075****1234" }, { "prose", "+86 138-1234-5678", "+86138****5678" },
    { "prose", "8613812345678", "86138****5678" }, { "prose", "138****5678 13812345678", "138****5678 138****5678" },
    { "prose", "0193c1d0-1234-7000-8000-075512345678", "0193c1d0-1234-7000-8000-075512345678" },
    { "prose", "12345678901234567890123456789", "12345678901234567890123456789" },
    { "prose", "a13812345678", "a13812345678" }, { "prose", "GY20260213-0001", "GY20260213-0001" },
    { "prose", "电话１３８１２３４５６７８。", "电话138****5678。" }, { "prose", "１３８－１２３４－５６７８", "138****5678" },
    { "prose", "138—1234—5678", "138****5678" }, { "prose", "138 - 1234 - 5678", "138****5678" },
    { "prose", "138　1234　5678", "138****5678" }, { "prose", "1３812３45678", "138****5678" },
    { "prose", "（0755）83361234", "（075****1234" }, { "prose", "４４０３０４１９８００１０１１２３Ｘ好", "4403**********123X好" },
    { "prose", "440304198001011２34", "4403**********1234" }, { "prose", "138-0000-0000", "138****0000" },
    { "prose", "２０２６年２月１３日１２号楼", "２０２６年２月１３日１２号楼" }, { "prose", "１２３４５６７８９０１２３４５６７８９０１２３", "１２３４５６７８９０１２３４５６７８９０１２３" },
    { "address", "景田路１２号501", "景田路***" },
    { "prose", "0193c1d0-1234-7000-8000-138123456789", "0193c1d0-1234-7000-8000-138123456789" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = linli_mask_text (cases[i].kind, cases[i].text);

      g_assert_cmpstr (masked, ==, cases[i].masked);
    }
  g_assert_null (linli_mask_text ("prose", NULL));
}

/* Those whom a text is known to be about, in sentences. */
static void
test_known (void)
{
  static const struct { const char *known, *text, *masked; } cases[] = {
    { "张三丰", "张三丰说灯坏了", "张**说灯坏了" }, { "张三丰", "找张三丰或张三丰的女儿", "找张**或张**的女儿" },
    { "张三\n张三丰", "张三丰与张三", "张**与张**" }, { "张三丰", "张**说", "张**说" }, { "", "张三丰", "张三丰" },
    { "丰", "丰收路", "丰收路" }, { "居民", "多名居民来电", "多名居民来电" }, { "匿名\n\n", "匿名", "匿名" },
    { "!慕容晚晴", "慕容晚晴来过", "***来过" }, { "!慕容晚晴\n张三", "慕容晚晴、张三", "***、张**" },
    { "欧阳娜", "欧阳娜娜", "欧**娜" }, { "李女士", "李女士反映", "李**反映" },
    { "An Li", "An Li came; Van Lint", "A** came; Van Lint" }, { "Wang", "Wangfujing, Wang.", "Wangfujing, W**." },
    { "83361234", "打83361234，不打833612345", "打****1234，不打833612345" }, { "83361234", "8336-1234", "****1234" },
    { "83361234", "８３３６１２３４", "****1234" }, { "!83361234", "打83361234", "打***" }, { "110", "打110", "打110" },
    { "83361234 13812345678", "先83361234后138 1234 5678", "先****1234后138****5678" },
    { "张三丰", "{\"text\":\"张三丰\"}", "{\"text\":\"张**\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *masked = linli_mask_known (cases[i].known, cases[i].text);
      g_autofree char *again = linli_mask_known (cases[i].known, masked);

      g_assert_cmpstr (masked, ==, cases[i].masked);
      g_assert_cmpstr (again, ==, masked);
    }
  g_assert_null (linli_mask_known ("张三丰", NULL));
}

/* Words of a case that was merged, and of a part of another, know the same people. */
static void
test_kin (CaseDesk     *f,
          gconstpointer data)
{
  static const struct { const char *sql; gboolean of_other; } asked[] = {
    { "SELECT text_verbatim FROM submission WHERE home_id = ?1 OR case_id = ?1", TRUE },
    { "SELECT text_verbatim FROM submission WHERE case_id = ?1", FALSE }, { "SELECT title FROM cases WHERE id = ?1", TRUE },
    { "SELECT title FROM cases WHERE id = ?1", FALSE },
    { "SELECT body FROM entry WHERE case_id = ?1 AND kind = 'note'", TRUE },
  };
  g_autofree char *one = bring (f, NAME, PHONE, TITLE "，" NAME "来电", "");
  g_autofree char *other = bring (f, "赵钱孙", "13700001111", TITLE "，赵钱孙来电", "");
  g_autoptr(GError) error = NULL;

  {
    g_autoptr(LinliOutcome) note = case_desk_do (f, "case.note", "{\"case\":\"%s\",\"body\":\"赵钱孙已回电\",\"audience\":\"internal\"}", other);
    g_autoptr(LinliOutcome) merged = case_desk_do (f, "case.merge", "{\"target\":\"%s\",\"sources\":[\"%s\"]}",
                                                   one, other);
  }
  case_desk_act_as (f, "auditor", NULL);
  g_assert_true (linli_sight_set (f->conn, f->desk->actor, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *text = case_desk_text (f, asked[i].sql, asked[i].of_other ? other : one);

      g_assert_nonnull (text);
      assert_absent (text, "赵钱孙");
      assert_absent (text, NAME);
      g_assert_true (strstr (text, "赵**") != NULL || strstr (text, "诸**") != NULL);
    }
  g_assert_true (linli_sight_lift (f->conn, &error));
}

#define ADD(name, func) g_test_add (name, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sight/masks", test_masks);
  g_test_add_func ("/sight/known", test_known);
  ADD ("/sight/merged", test_kin);
  ADD ("/sight/every-query-without-identity", test_masked);
  ADD ("/sight/confidential-by-every-way", test_hidden);
  ADD ("/sight/silent-to-its-unit", test_silent);
  ADD ("/sight/stars-are-not-written", test_edits);
  ADD ("/sight/stars-of-the-silent-are-not-written", test_edits_of_the_silent);
  ADD ("/sight/broken-shows-nothing", test_broken);

  return g_test_run ();
}
