/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bringing cases in from files, twice, in part, and back out again. */

#include <string.h>

#include "case-desk.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "test-conn.h"

static const char rows[] = "["
  "{\"source_key\":\"a:1\",\"external_no\":\"72687\",\"item_name\":\"市容环卫 / 暴露垃圾\",\"channel\":\"12345\","
  "\"received_at\":\"2018-07-04T17:24:41+08:00\",\"state\":\"closed_in_time\",\"unit_name\":\"龙田街道综合执法队\",\"nature\":\"投诉\","
  "\"community\":\"南布社区\",\"street\":\"龙田街道\"},"
  "{\"source_key\":\"a:2\",\"external_no\":\"72688\",\"title\":\"夜间噪声\",\"text\":\"楼下KTV太吵\",\"channel\":\"窗口\","
  "\"received_at\":\"2018-07-04T18:00:00+08:00\",\"closed_at\":\"2018-07-09T10:00:00+08:00\",\"state\":\"closed_late\","
  "\"unit_name\":\"市政服务中心\",\"appellant_name\":\"曾小贤\",\"appellant_phone\":\"138 0013 8000\","
  "\"reply\":\"已责令整改\",\"reply_at\":\"2018-07-08T10:00:00+08:00\"},"
  "{\"source_key\":\"a:3\",\"subject\":\"路灯不亮\",\"text\":\"三天了\",\"received_at\":\"2026-02-12T09:00:00+08:00\","
  "\"state\":\"open\",\"item_code\":\"06.02\"}]";

static char *
start (CaseDesk *f)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "import.start", "{\"kind\":\"cases\",\"file_name\":\"a.csv\",\"mapping\":{\"a\":\"b\"}}");

  return case_desk_tell (outcome, "import");
}

static void
assert_told (LinliOutcome *outcome,
             const char   *member,
             gint64        expected)
{
  gint64 n = -1;

  g_assert_true (linli_json_get_int (outcome->result, member, &n));
  g_assert_cmpint (n, ==, expected);
}

static void
bring_in (CaseDesk   *f,
          const char *import,
          gint64      n_new,
          gint64      n_known)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":%s}", import, rows);

  assert_told (outcome, "n_new", n_new);
  assert_told (outcome, "n_known", n_known);
  g_assert_cmpuint (json_array_get_length (linli_json_get_array (outcome->result, "refused")), ==, 0);
}

static void
test_what_comes_in (CaseDesk     *f,
                    gconstpointer data)
{
  static const struct { const char *key, *sql, *expected; } cases[] = {
    { "a:1", "SELECT state FROM cases WHERE source_key = ?1", "closed" },
    { "a:1", "SELECT case_no FROM cases WHERE source_key = ?1", "72687" },
    { "a:1", "SELECT title FROM cases WHERE source_key = ?1", "市容环卫 / 暴露垃圾" },
    { "a:1", "SELECT place FROM cases WHERE source_key = ?1", "龙田街道" },
    { "a:1", "SELECT kind FROM unit JOIN cases ON lead_unit_id = unit.id WHERE source_key = ?1", "imported" },
    { "a:1", "SELECT group_name FROM channel JOIN cases ON channel_code = code WHERE source_key = ?1", "imported" },
    { "a:1", "SELECT group_concat (kind) FROM (SELECT e.kind FROM entry e JOIN cases c ON c.id = case_id WHERE source_key = ?1 "
             "ORDER BY e.pk) AS rows", "intake,dispatch" },
    { "a:1", "SELECT group_concat (l.kind || ' ' || l.state || ' ' || CASE WHEN met_at <= l.due_at THEN 1 ELSE 0 END) FROM clock l JOIN cases c ON c.id = case_id "
             "WHERE source_key = ?1", "resolve met 1" },
    { "a:2", "SELECT group_concat (l.kind || ' ' || l.state || ' ' || CASE WHEN met_at <= l.due_at THEN 1 ELSE 0 END) FROM clock l JOIN cases c ON c.id = case_id "
             "WHERE source_key = ?1", "resolve met 0" },
    { "a:2", "SELECT channel_code FROM cases WHERE source_key = ?1", "CK01" },
    { "a:2", "SELECT code FROM unit JOIN cases ON lead_unit_id = unit.id WHERE source_key = ?1", "U1" },
    { "a:2", "SELECT phone || ' ' || pinyin FROM appellant a JOIN cases ON appellant_id = a.id WHERE source_key = ?1", "13800138000 zxx" },
    { "a:2", "SELECT CAST (closed_at AS TEXT) FROM cases WHERE source_key = ?1", "1531101600000000" },
    { "a:2", "SELECT CAST (e.at AS TEXT) FROM entry e JOIN cases c ON c.id = case_id WHERE e.kind = 'reply' AND source_key = ?1", "1531015200000000" },
    { "a:2", "SELECT e.audience FROM entry e JOIN cases c ON c.id = case_id WHERE e.kind = 'reply' AND source_key = ?1", "resident" },
    { "a:3", "SELECT state FROM cases WHERE source_key = ?1", "received" },
    { "a:3", "SELECT title FROM cases WHERE source_key = ?1", "路灯不亮" },
    { "a:3", "SELECT d.code FROM duty_item d JOIN cases ON item_id = d.id WHERE source_key = ?1", "06.02" },
    { "a:3", "SELECT text_verbatim FROM submission WHERE source_key = ?1", "三天了" },
  };
  g_autofree char *import = start (f);

  bring_in (f, import, 3, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = case_desk_text (f, cases[i].sql, cases[i].key);

      g_test_message ("%s", cases[i].sql);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_places_are_recognised (CaseDesk     *f,
                            gconstpointer data)
{
  static const struct { const char *key, *sql, *expected; } cases[] = {
    { "p:1", "SELECT p.full_name FROM place p JOIN cases c ON c.place_id = p.id WHERE source_key = ?1", "桂园花园3栋" },
    { "p:1", "SELECT grid || ' ' || community FROM cases WHERE source_key = ?1", "GY-01 桂园社区" },
    { "p:1", "SELECT place FROM cases WHERE source_key = ?1", "海棠街道桂园花园3栋602" },
    { "p:2", "SELECT p.full_name FROM place p JOIN cases c ON c.place_id = p.id WHERE source_key = ?1", "桂园花园" },
    { "p:3", "SELECT coalesce (place_id, '-') || community FROM cases WHERE source_key = ?1", "-桂园社区" },
  };
  g_autoptr(LinliOutcome) places = case_desk_do (f, "place.import", "{\"places\":["
    "{\"name\":\"桂园社区\",\"kind\":\"community\"},"
    "{\"name\":\"桂园花园\",\"kind\":\"estate\",\"parent\":\"桂园社区\",\"grid\":\"GY-01\"},"
    "{\"name\":\"3栋\",\"kind\":\"building\",\"parent\":\"桂园社区/桂园花园\"}]}");
  g_autofree char *import = start (f);
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":["
    "{\"source_key\":\"p:1\",\"received_at\":1530696281000000,\"text\":\"漏水\",\"street\":\"海棠街道\",\"place\":\"桂园花园3栋602\"},"
    "{\"source_key\":\"p:2\",\"received_at\":1530696281000000,\"text\":\"漏水\",\"place\":\"云岭区海棠街道桂园社区桂园花园\"},"
    "{\"source_key\":\"p:3\",\"received_at\":1530696281000000,\"text\":\"漏水\",\"community\":\"桂园社区\",\"place\":\"老地方\"}]}",
    import);

  g_assert_nonnull (places);
  assert_told (outcome, "n_new", 3);
  assert_told (outcome, "n_places", 2);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = case_desk_text (f, cases[i].sql, cases[i].key);

      g_test_message ("%s", cases[i].sql);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* A resident of the same house is told of what came in by file. */
static void
test_duplicates_by_place (CaseDesk     *f,
                          gconstpointer data)
{
  const LinliQuery *query = linli_registry_find_query ("case.duplicates");
  const LinliQueryContext context = { f->clock.time, f->desk->actor };
  g_autoptr(LinliOutcome) places = NULL;
  g_autoptr(LinliOutcome) outcome = NULL;
  g_autofree char *import = NULL;
  g_autoptr(JsonObject) args = linli_json_parse_object ("{\"text\":\"门口水管漏水\",\"place\":\"桂园花园\"}", -1, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) found = NULL;
  g_autofree char *text = NULL;

  if (test_conn_is_postgres ())
    {
      g_test_skip ("only desks search");
      return;
    }
  places = case_desk_do (f, "place.import", "{\"places\":["
    "{\"name\":\"桂园社区\",\"kind\":\"community\"},"
    "{\"name\":\"桂园花园\",\"kind\":\"estate\",\"parent\":\"桂园社区\",\"aliases\":\"老粮站\"}]}");
  import = start (f);
  outcome = case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":["
    "{\"source_key\":\"p:1\",\"received_at\":%" G_GINT64_FORMAT ",\"text\":\"水管破裂漏水\",\"place\":\"海棠街道老粮站\"}]}",
    import, f->clock.time - 60 * CASE_DESK_MINUTE);
  found = query->run (f->conn, &context, args, &error);
  g_assert_no_error (error);
  g_assert_true (places != NULL && outcome != NULL);
  text = linli_json_node_to_text (found, FALSE);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "\"place\",\"words\""));
}

static void
test_twice_makes_nothing_twice (CaseDesk     *f,
                                gconstpointer data)
{
  g_autofree char *import = start (f);
  g_autofree char *again = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr(LinliOutcome) finished = NULL;

  bring_in (f, import, 3, 0);
  bring_in (f, import, 0, 3);
  finished = case_desk_do (f, "import.finish", "{\"import\":\"%s\",\"n_refused\":2}", import);
  g_assert_cmpint (case_desk_int (f, "SELECT n_new * 100 + n_known * 10 + n_refused FROM import WHERE id = ?1", import), ==, 332);
  case_desk_refused (f, "import-over", "import", "case.import", "{\"import\":\"%s\",\"rows\":[]}", import);

  again = start (f);
  before = case_desk_digest (f, "audit import");
  bring_in (f, again, 0, 3);
  after = case_desk_digest (f, "audit import");
  g_assert_cmpstr (before, ==, after);
}

static void
test_bad_rows_are_told (CaseDesk     *f,
                        gconstpointer data)
{
  static const struct { const char *row, *field; } bad[] = {
    { "{}", "source_key" },
    { "{\"source_key\":\"b:1\",\"text\":\"x\"}", "received_at" },
    { "{\"source_key\":\"b:2\",\"text\":\"x\",\"received_at\":\"昨天\"}", "received_at" },
    { "{\"source_key\":\"b:3\",\"received_at\":1}", "text" },
    { "{\"source_key\":\"b:4\",\"text\":\"x\",\"received_at\":1,\"state\":\"lost\"}", "state" },
    { "{\"source_key\":\"b:5\",\"text\":\"x\",\"received_at\":1,\"urgency\":\"soon\"}", "urgency" },
    { "{\"source_key\":\"b:6\",\"text\":\"x\",\"received_at\":1,\"nature\":\"这是一个长得不像话的性质一共超过了二十个字\"}", "nature" },
  };
  g_autofree char *import = start (f);
  g_autoptr(GString) all = g_string_new ("[{\"source_key\":\"b:0\",\"text\":\"x\",\"received_at\":1}");
  g_autoptr(LinliOutcome) outcome = NULL;
  JsonArray *refused;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_string_append_printf (all, ",%s", bad[i].row);
  outcome = case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":%s]}", import, all->str);
  assert_told (outcome, "n_new", 1);
  refused = linli_json_get_array (outcome->result, "refused");
  g_assert_cmpuint (json_array_get_length (refused), ==, G_N_ELEMENTS (bad));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      JsonObject *told = json_array_get_object_element (refused, i);

      g_assert_cmpint (json_object_get_int_member (told, "row"), ==, i + 1);
      g_assert_cmpstr (json_object_get_string_member (told, "field"), ==, bad[i].field);
    }
}

static void
test_taken_numbers_are_left (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *import = start (f);
  g_autoptr(LinliOutcome) outcome =
    case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":["
                  "{\"source_key\":\"c:1\",\"external_no\":\"7\",\"text\":\"x\",\"received_at\":1},"
                  "{\"source_key\":\"c:2\",\"external_no\":\"7\",\"text\":\"y\",\"received_at\":1}]}", import);
  g_autofree char *first = case_desk_text (f, "SELECT case_no FROM cases WHERE source_key = ?1", "c:1");
  g_autofree char *second = case_desk_text (f, "SELECT case_no FROM cases WHERE source_key = ?1", "c:2");

  assert_told (outcome, "n_new", 2);
  g_assert_cmpstr (first, ==, "7");
  g_assert_true (g_str_has_prefix (second, "I-"));
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM submission WHERE external_no = '7'", NULL), ==, 2);
}

/* Linli's own number means the case that came in the same minute, whether its
 * id comes along or not; out of another centre's list it is another case. What
 * is confidential there is so here. */
static void
test_own_numbers (CaseDesk     *f,
                  gconstpointer data)
{
  static const char stranger[] = "linli:00000000-0000-7000-8000-000000000000";
  g_autofree char *import = start (f);
  g_autoptr(LinliOutcome) before =
    case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":["
                  "{\"source_key\":\"c:1\",\"external_no\":\"7\",\"text\":\"x\",\"received_at\":1}]}", import);
  g_autoptr(LinliOutcome) outcome =
    case_desk_do (f, "case.import", "{\"import\":\"%s\",\"rows\":["
                  "{\"source_key\":\"linli:7\",\"external_no\":\"7\",\"text\":\"x\",\"received_at\":30000000},"
                  "{\"source_key\":\"%s\",\"external_no\":\"7\",\"text\":\"x\",\"received_at\":1},"
                  "{\"source_key\":\"linli:7\",\"external_no\":\"7\",\"text\":\"y\",\"received_at\":60000000},"
                  "{\"source_key\":\"linli:7\",\"external_no\":\"7\",\"text\":\"y\",\"received_at\":60000000},"
                  "{\"source_key\":\"%s\",\"external_no\":\"7\",\"text\":\"z\",\"received_at\":120000000,"
                  "\"confidential\":true}]}", import, stranger, stranger);

  assert_told (before, "n_new", 1);
  assert_told (outcome, "n_known", 3);
  assert_told (outcome, "n_new", 2);
  g_assert_cmpint (case_desk_int (f, "SELECT confidential FROM cases WHERE source_key = ?1", "linli:7"), ==, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT confidential FROM cases WHERE source_key = ?1", stranger), ==, 1);
}

static gint64
undo_page (CaseDesk   *f,
           const char *import,
           guint       limit)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "import.undo", "{\"import\":\"%s\",\"limit\":%u}", import, limit);
  gint64 left = -1;

  linli_json_get_int (outcome->result, "left", &left);
  return left;
}

static void
test_undo_leaves_nothing (CaseDesk     *f,
                          gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *import = start (f);

  before = case_desk_digest (f, "audit import");
  bring_in (f, import, 3, 0);
  g_assert_cmpint (undo_page (f, import, 2), ==, 1); /* the window closed here would find it again */
  g_assert_cmpint (undo_page (f, import, 2), ==, 0);
  after = case_desk_digest (f, "audit import");
  g_assert_cmpstr (before, ==, after);
  case_desk_refused (f, "invalid", "import", "import.undo", "{\"import\":\"%s\"}", import);

  g_free (import);
  import = start (f); /* and may come again */
  bring_in (f, import, 3, 0);
}

static void
test_confidence_holds (CaseDesk     *f,
                       gconstpointer data)
{
  g_autoptr(LinliOutcome) asked = case_desk_do (f, "case.intake",
    "{\"text\":\"x\",\"channel\":\"CK01\",\"appellant\":{\"name\":\"曾小贤\",\"phone\":\"13800138000\",\"confidential\":true}}");
  g_autofree char *import = start (f);

  bring_in (f, import, 3, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT confidential FROM cases WHERE source_key = 'a:2'", NULL), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT confidential FROM cases WHERE source_key = 'a:3'", NULL), ==, 0);
}

static void
test_undo_leaves_work_alone (CaseDesk     *f,
                             gconstpointer data)
{
  g_autofree char *import = start (f);
  g_autofree char *worked_on = NULL;
  g_autoptr(LinliOutcome) accepted = NULL;

  bring_in (f, import, 3, 0);
  worked_on = case_desk_text (f, "SELECT id FROM cases WHERE source_key = ?1", "a:3");
  accepted = case_desk_do (f, "case.accept", "{\"case\":\"%s\",\"item\":\"06.01\"}", worked_on);
  g_assert_cmpint (undo_page (f, import, 500), ==, 0);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases", NULL), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM submission WHERE case_id = ?1", worked_on), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-import/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  ADD ("what-comes-in", test_what_comes_in);
  ADD ("places-are-recognised", test_places_are_recognised);
  ADD ("duplicates-by-place", test_duplicates_by_place);
  ADD ("twice-makes-nothing-twice", test_twice_makes_nothing_twice);
  ADD ("bad-rows-are-told", test_bad_rows_are_told);
  ADD ("taken-numbers-are-left", test_taken_numbers_are_left);
  ADD ("own-numbers", test_own_numbers);
  ADD ("confidence-holds", test_confidence_holds);
  ADD ("undo-leaves-nothing", test_undo_leaves_nothing);
  ADD ("undo-leaves-work-alone", test_undo_leaves_work_alone);
#undef ADD
  return g_test_run ();
}
