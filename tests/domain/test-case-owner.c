/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The well cover: kind and place choose the owner, an unknown one goes to the
 * street, and what is found out there teaches the next case. */

#include "case-desk.h"
#include "linli-attribute-try.h"
#include "linli-json.h"
#include "linli-registry.h"
#include "linli-verify.h"

#define UNKNOWN "\"attributes\":{\"cover_kind\":\"不明\"}"

static void
set_up (CaseDesk     *f,
        gconstpointer data)
{
  static const char *const lists[][2] = {
    { "attribute.import", "{\"attributes\":[{\"code\":\"cover_kind\",\"name\":\"井盖类别\",\"items\":\"06.01\",\"position\":1,"
      "\"choices\":[\"上水\",\"污水\",\"通讯\",\"不明\"]}]}" },
    { "rule.import", "{\"rules\":["
      "{\"code\":\"W\",\"name\":\"供水井盖\",\"items\":\"06.01\",\"attributes\":{\"cover_kind\":\"上水\"},\"lead\":\"U3\",\"assist\":[\"U4\"],\"instruction\":\"先围挡\"},"
      "{\"code\":\"X\",\"name\":\"不明井盖\",\"items\":\"06.01\",\"attributes\":{\"cover_kind\":\"不明\"},\"lead\":\"U1\",\"instruction\":\"先补后认\",\"later\":\"U2\"}]}" },
  };

  case_desk_set_up (f, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr(LinliOutcome) outcome = case_desk_do (f, lists[i][0], "%s", lists[i][1]);

      g_assert_nonnull (outcome);
    }
}

static void
tear_down (CaseDesk     *f,
           gconstpointer data)
{
  g_autoptr(GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (linli_verify_store (f->conn, problems, NULL));
  g_assert_cmpuint (problems->len, ==, 0);
  case_desk_tear_down (f, NULL);
}

static char *
take_in (CaseDesk   *f,
         const char *place,
         const char *more)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake", "{\"text\":\"井盖没了\",\"channel\":\"CK01\",\"item\":\"06.01\","
                                                  "\"accept\":true,\"community\":\"桂园社区\",\"place\":\"%s\",%s}", place, more);

  return case_desk_tell (outcome, "case");
}

static JsonObject *
route (CaseDesk   *f,
       const char *id)
{
  const LinliQuery *query = linli_registry_find_query ("case.route");
  const LinliQueryContext context = { f->clock.time, f->chief };
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;

  json_object_set_string_member (args, "case", id);
  node = query->run (f->conn, &context, args, &error);
  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static void
expect_route (CaseDesk   *f,
              const char *id,
              const char *reason,
              const char *lead)
{
  g_autoptr(JsonObject) answer = route (f, id);

  g_assert_cmpstr (linli_json_get_text (answer, "reason"), ==, reason);
  g_assert_cmpstr (linli_json_get_text (answer, "lead"), ==, lead);
}

static void
dispatch (CaseDesk   *f,
          const char *id,
          guint       unit)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.dispatch", "{\"case\":\"%s\",\"lead\":\"%s\"}", id, case_desk_unit (f, unit));

  g_assert_nonnull (outcome);
}

static void
test_kind_chooses (CaseDesk     *f,
                   gconstpointer data)
{
  g_autofree char *water = take_in (f, "桂园路3号", "\"attributes\":{\"cover_kind\":\"上水\"}");
  g_autofree char *unknown = take_in (f, "桂园路3号", UNKNOWN);
  g_autofree char *unsaid = take_in (f, "桂园路3号", "\"title\":\"井盖\"");
  g_autoptr(JsonObject) answer = route (f, unknown);
  g_autofree char *kept = NULL;

  expect_route (f, water, "rule", "供水公司");
  expect_route (f, unsaid, "item", "市政服务中心");
  g_assert_cmpstr (linli_json_get_text (answer, "instruction"), ==, "先补后认");
  g_assert_cmpstr (linli_json_get_text (answer, "later"), ==, "综合执法队");

  /* What was proposed is kept beside what was chosen. */
  dispatch (f, water, 3);
  kept = case_desk_text (f, "SELECT json_extract (route, '$.followed') || json_extract (route, '$.lead') || json_extract (route, '$.chosen') FROM cases WHERE id = ?1", water);
  g_assert_cmpstr (kept, ==, "0供水公司物业办");
}

/* A rule names the estate; the resident says what it was once called. */
static void
test_place_of_the_list_chooses (CaseDesk     *f,
                                gconstpointer data)
{
  g_autoptr(LinliOutcome) places = case_desk_do (f, "place.import", "{\"places\":["
    "{\"name\":\"桂园社区\",\"kind\":\"community\"},"
    "{\"name\":\"桂园花园\",\"kind\":\"estate\",\"parent\":\"桂园社区\",\"aliases\":\"老粮站\",\"grid\":\"GY-01\"},"
    "{\"name\":\"银杏里\",\"kind\":\"estate\",\"parent\":\"桂园社区\",\"grid\":\"GY-02\"}]}");
  g_autoptr(LinliOutcome) rules = case_desk_do (f, "rule.import", "{\"rules\":["
    "{\"code\":\"P\",\"name\":\"桂园花园的井盖\",\"items\":\"06.01\",\"places\":\"桂园花园\",\"lead\":\"U4\"},"
    "{\"code\":\"Q\",\"name\":\"二号网格的井盖\",\"items\":\"06.01\",\"grids\":\"GY-02\",\"lead\":\"U2\"}]}");
  g_autofree char *renamed = take_in (f, "老粮站3栋", "\"title\":\"井盖\"");
  g_autofree char *of_grid = take_in (f, "银杏里5栋门口", "\"title\":\"井盖\"");
  g_autofree char *unlisted = take_in (f, "桂园路3号", "\"title\":\"井盖\"");

  expect_route (f, renamed, "rule", "物业办");
  expect_route (f, of_grid, "rule", "综合执法队");
  expect_route (f, unlisted, "item", "市政服务中心");
}

static void
test_finding_teaches (CaseDesk     *f,
                      gconstpointer data)
{
  g_autofree char *first = take_in (f, "桂园路3号", UNKNOWN);
  g_autofree char *second = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *operation = NULL;
  g_autoptr(JsonObject) answer = NULL;
  JsonObject *taught;

  expect_route (f, first, "rule", "市政服务中心");
  dispatch (f, first, 0);
  {
    g_autoptr(LinliOutcome) found = case_desk_do (f, "case.record-owner", "{\"case\":\"%s\",\"unit\":\"%s\",\"basis\":\"开井认线\"}",
                                                  first, case_desk_unit (f, 2));

    operation = g_strdup (found->operation);
  }
  second = take_in (f, "桂园路3号", UNKNOWN);
  answer = route (f, second);
  g_assert_cmpstr (linli_json_get_text (answer, "reason"), ==, "place");
  g_assert_cmpstr (linli_json_get_text (answer, "lead"), ==, "供水公司");
  taught = json_array_get_object_element (linli_json_get_array (answer, "cases"), 0);
  g_assert_cmpstr (linli_json_get_text (taught, "case"), ==, first);
  g_assert_cmpstr (linli_json_get_text (taught, "kind"), ==, "owner");

  /* In the same community it goes before the rule that left the owner open;
   * in another it says nothing. */
  elsewhere = take_in (f, "兰亭路", UNKNOWN);
  expect_route (f, elsewhere, "community", "供水公司");
  {
    g_autoptr(LinliOutcome) moved = case_desk_do (f, "case.edit", "{\"case\":\"%s\",\"revision\":%d,\"community\":\"松溪社区\"}", elsewhere,
                                                  (int) case_desk_int (f, "SELECT revision FROM cases WHERE id = ?1", elsewhere));

    g_assert_nonnull (moved);
  }
  expect_route (f, elsewhere, "rule", "市政服务中心");

  /* Taken back, it is as if it had never been found. */
  {
    g_autoptr(LinliOutcome) undone = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", operation);

    g_assert_nonnull (undone);
  }
  expect_route (f, second, "rule", "市政服务中心");
}

/* A second finding of the same case replaces the first. */
static void
test_finding_again (CaseDesk     *f,
                    gconstpointer data)
{
  g_autofree char *first = take_in (f, "桂园路3号", UNKNOWN);
  g_autofree char *second = take_in (f, "桂园路3号", UNKNOWN);

  for (guint unit = 1; unit <= 2; unit++)
    {
      g_autoptr(LinliOutcome) found = case_desk_do (f, "case.record-owner", "{\"case\":\"%s\",\"unit\":\"%s\",\"basis\":\"看图\"}",
                                                    first, case_desk_unit (f, unit));

      g_assert_nonnull (found);
    }
  expect_route (f, second, "place", "供水公司");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM ownership", NULL), ==, 2);
  case_desk_refused (f, "invalid", "basis", "case.record-owner", "{\"case\":\"%s\",\"unit\":\"%s\",\"basis\":\" \"}", first, case_desk_unit (f, 1));
}

/* The cover of no known owner goes to the street; its dispute is ruled upon,
 * and the ruling tells where the next one goes. */
static void
test_ruling_teaches (CaseDesk     *f,
                     gconstpointer data)
{
  g_autofree char *first = take_in (f, "桂园路3号", UNKNOWN);
  g_autofree char *second = NULL;
  g_autofree char *elsewhere = NULL;
  g_autoptr(JsonObject) answer = NULL;
  JsonObject *taught;

  expect_route (f, first, "rule", "市政服务中心");
  dispatch (f, first, 0);
  {
    g_autoptr(LinliOutcome) ruled = case_desk_do (f, "case.rule", "{\"case\":\"%s\",\"unit\":\"%s\",\"basis\":\"道路条例第二十三条\","
                                                  "\"text\":\"属供水井盖\"}", first, case_desk_unit (f, 2));

    g_assert_nonnull (ruled);
  }
  f->clock.time += CASE_DESK_MINUTE;
  second = take_in (f, "桂园路3号", UNKNOWN);
  answer = route (f, second);
  g_assert_cmpstr (linli_json_get_text (answer, "reason"), ==, "place");
  g_assert_cmpstr (linli_json_get_text (answer, "lead"), ==, "供水公司");
  taught = json_array_get_object_element (linli_json_get_array (answer, "cases"), 0);
  g_assert_cmpstr (linli_json_get_text (taught, "case"), ==, first);
  g_assert_cmpstr (linli_json_get_text (taught, "kind"), ==, "ruling");
  elsewhere = take_in (f, "兰亭路", UNKNOWN);
  expect_route (f, elsewhere, "community", "供水公司");

  /* What is said last about a case holds: another ruling, or what was found out. */
  {
    g_autoptr(LinliOutcome) ruled = case_desk_do (f, "case.rule", "{\"case\":\"%s\",\"unit\":\"%s\",\"basis\":\"会议纪要\","
                                                  "\"text\":\"属小区\"}", first, case_desk_unit (f, 3));

    expect_route (f, second, "place", "物业办");
    f->clock.time += CASE_DESK_MINUTE;
  }
  {
    g_autoptr(LinliOutcome) found = case_desk_do (f, "case.record-owner", "{\"case\":\"%s\",\"unit\":\"%s\",\"basis\":\"开井认线\"}",
                                                  first, case_desk_unit (f, 1));

    expect_route (f, second, "place", "综合执法队");
  }
}

/* Recalled and taken on by another unit: that teaches too, without being told. */
static void
test_reroute_teaches (CaseDesk     *f,
                      gconstpointer data)
{
  g_autofree char *first = take_in (f, "老村口", "\"attributes\":{\"cover_kind\":\"污水\"}");
  g_autofree char *second = take_in (f, "老村口", "\"attributes\":{\"cover_kind\":\"污水\"}");
  g_autofree char *part = NULL;

  expect_route (f, second, "item", "市政服务中心");
  dispatch (f, first, 0);
  part = case_desk_text (f, "SELECT id FROM dispatch WHERE case_id = ?1 AND state = 'sent'", first);
  {
    g_autoptr(LinliOutcome) recalled = case_desk_do (f, "case.recall", "{\"dispatch\":\"%s\",\"reason\":\"派错\"}", part);

    g_assert_nonnull (recalled);
  }
  dispatch (f, first, 3);
  expect_route (f, second, "item", "市政服务中心"); /* not signed for yet */
  g_free (part);
  part = case_desk_text (f, "SELECT id FROM dispatch WHERE case_id = ?1 AND state = 'sent'", first);
  {
    g_autoptr(LinliOutcome) signed_for = case_desk_do (f, "case.sign", "{\"dispatch\":\"%s\"}", part);

    g_assert_nonnull (signed_for);
  }
  expect_route (f, second, "place", "物业办");
}

static void
test_rule_from_finding (CaseDesk     *f,
                        gconstpointer data)
{
  g_autofree char *first = take_in (f, "桂园路 3号", UNKNOWN);
  g_autofree char *next = NULL;
  g_autofree char *ownership = NULL;

  {
    g_autoptr(LinliOutcome) found = case_desk_do (f, "case.record-owner", "{\"case\":\"%s\",\"unit\":\"%s\",\"basis\":\"看图\"}",
                                                  first, case_desk_unit (f, 2));

    ownership = case_desk_tell (found, "ownership");
  }
  {
    g_autoptr(LinliOutcome) made = case_desk_do (f, "rule.from-owner", "{\"ownership\":\"%s\"}", ownership);

    g_assert_nonnull (made);
  }
  next = take_in (f, "桂园路8号", UNKNOWN);
  expect_route (f, next, "rule", "供水公司");
}

static void
test_questions_are_checked (CaseDesk     *f,
                            gconstpointer data)
{
  g_autofree char *cover = take_in (f, "桂园路3号", "\"title\":\"井盖\"");
  g_autofree char *lamp = case_desk_accepted (f, CASE_DESK_OTHER);
  g_autofree char *said = NULL;

  case_desk_refused (f, "invalid", "attributes", "case.set-attributes", "{\"case\":\"%s\",\"attributes\":{\"cover_kind\":\"木头\"}}", cover);
  case_desk_refused (f, "invalid", "attributes", "case.set-attributes", "{\"case\":\"%s\",\"attributes\":{\"cover_kind\":\"上水\"}}", lamp);
  {
    g_autoptr(LinliOutcome) set = case_desk_do (f, "case.set-attributes", "{\"case\":\"%s\",\"attributes\":{\"cover_kind\":\"上水\"}}", cover);

    said = case_desk_text (f, "SELECT value FROM case_attribute WHERE case_id = ?1", cover);
    g_assert_cmpstr (said, ==, "上水");
  }
  {
    g_autoptr(LinliOutcome) cleared = case_desk_do (f, "case.set-attributes", "{\"case\":\"%s\",\"attributes\":{\"cover_kind\":\"\"}}", cover);

    g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM case_attribute", NULL), ==, 0);
  }
}

static void
test_rules_are_kept (CaseDesk     *f,
                     gconstpointer data)
{
  static const struct { const char *field, *more; } wrong[] = {
    { "lead", "\"lead\":\"没有这家\"" },
    { "to", "\"lead\":\"U1\",\"from\":\"22:00\"" },
    { "from", "\"lead\":\"U1\",\"from\":\"late\",\"to\":\"06:00\"" },
    { "valid_to", "\"lead\":\"U1\",\"valid_to\":\"soon\"" },
    { "attributes", "\"lead\":\"U1\",\"attributes\":{\"cover_kind\":\"木头\"}" },
    { "urgency", "\"lead\":\"U1\",\"urgency\":\"very\"" },
  };
  g_autofree char *order = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *undone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    case_desk_refused (f, "invalid", wrong[i].field, "rule.save", "{\"name\":\"规则\",%s}", wrong[i].more);
  case_desk_refused (f, "no-such-rule", "rule", "rule.move", "{\"rule\":\"Z\",\"to\":1}");

  digest = case_desk_digest (f, "audit outbox");
  {
    g_autoptr(LinliOutcome) saved = case_desk_do (f, "rule.save", "{\"name\":\"老村\",\"code\":\"V\",\"items\":\"06.01，06.02\",\"places\":\"老村、下围\",\"lead\":\"物业办\"}");
    g_autoptr(LinliOutcome) moved = case_desk_do (f, "rule.move", "{\"rule\":\"V\",\"to\":1}");
    g_autoptr(LinliOutcome) off = case_desk_do (f, "rule.switch", "{\"rule\":\"V\",\"active\":false}");
    g_autofree char *places = case_desk_text (f, "SELECT items || places FROM routing_rule WHERE code = ?1", "V");

    g_assert_cmpstr (places, ==, "06.01 06.02老村 下围");
    order = case_desk_text (f, "SELECT group_concat(code, '') FROM (SELECT code FROM routing_rule ORDER BY position) AS rows", NULL);
    g_assert_cmpstr (order, ==, "VWX");
    for (guint i = 0; i < 3; i++)
      {
        g_autoptr(LinliOutcome) back = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}",
                                                     (i == 0 ? off : i == 1 ? moved : saved)->operation);

        g_assert_nonnull (back);
      }
  }
  undone = case_desk_digest (f, "audit outbox");
  g_assert_cmpstr (digest, ==, undone);
}

/* --- What is asked, as an administrator keeps it --- */

static void
test_questions_are_kept (CaseDesk     *f,
                         gconstpointer data)
{
  static const struct { const char *field, *args; } wrong[] = {
    { "name", "\"items\":\"06.01\"" },
    { "items", "\"name\":\"盖上字样\",\"items\":\"\"" },
    { "items", "\"name\":\"盖上字样\",\"items\":\"77.01\"" },
    { "defaults", "\"code\":\"cover_kind\",\"defaults\":\"06.01 木头\"" },
    { "defaults", "\"code\":\"cover_kind\",\"defaults\":\"06.02 上水\"" },
    { "defaults", "\"code\":\"cover_kind\",\"defaults\":\"06.01\"" },
  };
  g_autofree char *digest = NULL;
  g_autofree char *undone = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    case_desk_refused (f, "invalid", wrong[i].field, "attribute.save", "{%s}", wrong[i].args);
  case_desk_refused (f, "no-such-attribute", "code", "attribute.save", "{\"code\":\"nothing\",\"name\":\"盖\"}");

  digest = case_desk_digest (f, "audit outbox");
  {
    g_autoptr(LinliOutcome) added = case_desk_do (f, "attribute.save", "{\"name\":\"盖上字样\",\"items\":\"井盖破损，06.02\",\"choices\":\"供水、电力、供水\"}");
    g_autofree char *code = case_desk_tell (added, "attribute");
    g_autoptr(LinliOutcome) said = case_desk_do (f, "attribute.save", "{\"code\":\"%s\",\"defaults\":\"06.01：供水\\n06.02=电力\"}", code);
    g_autoptr(LinliOutcome) off = case_desk_do (f, "attribute.save", "{\"code\":\"%s\",\"active\":false}", code);
    g_autoptr(LinliOutcome) gone = case_desk_do (f, "attribute.save", "{\"code\":\"%s\",\"remove\":true}", code);
    LinliOutcome *const all[] = { gone, off, said, added };

    g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM attribute WHERE code = ?1", code), ==, 0);
    for (guint i = 0; i < G_N_ELEMENTS (all); i++)
      {
        g_autofree char *kept = NULL;
        g_autoptr(LinliOutcome) back = case_desk_do (f, "core.undo", "{\"operation\":\"%s\"}", all[i]->operation);

        g_assert_nonnull (back);
        kept = case_desk_text (f, "SELECT items || choices || coalesce(defaults, '') || active FROM attribute WHERE code = ?1", code);
        g_assert_cmpstr (kept, ==, i == 0 ? "06.01 06.02[\"供水\",\"电力\"]{\"06.01\":\"供水\",\"06.02\":\"电力\"}0"
                                   : i == 1 ? "06.01 06.02[\"供水\",\"电力\"]{\"06.01\":\"供水\",\"06.02\":\"电力\"}1"
                                   : i == 2 ? "06.01 06.02[\"供水\",\"电力\"]1" : NULL);
      }
  }
  undone = case_desk_digest (f, "audit outbox");
  g_assert_cmpstr (digest, ==, undone);
}

/* What leaves say by themselves stays among what may be answered, and where it is asked. */
static void
test_answers_of_leaves_fit (CaseDesk     *f,
                            gconstpointer data)
{
  g_autoptr(LinliOutcome) said = case_desk_do (f, "attribute.save", "{\"code\":\"cover_kind\",\"defaults\":\"06.01 污水\"}");

  g_assert_nonnull (said);
  case_desk_refused (f, "invalid", "defaults", "attribute.save", "{\"code\":\"cover_kind\",\"choices\":\"上水 不明\"}");
  case_desk_refused (f, "invalid", "defaults", "attribute.save", "{\"code\":\"cover_kind\",\"items\":\"06.02\"}");
  {
    g_autoptr(LinliOutcome) both = case_desk_do (f, "attribute.save", "{\"code\":\"cover_kind\",\"choices\":\"上水 不明\","
                                                 "\"defaults\":\"06.01 上水\"}");

    g_assert_nonnull (both);
  }
}

/* A question that somebody needs can be stopped, not taken away. */
static void
test_question_in_use (CaseDesk     *f,
                      gconstpointer data)
{
  g_autofree char *water = take_in (f, "桂园路3号", "\"attributes\":{\"cover_kind\":\"上水\"}");
  g_autofree char *value = NULL;

  case_desk_refused (f, "in-use", NULL, "attribute.save", "{\"code\":\"cover_kind\",\"remove\":true}");
  {
    g_autoptr(LinliOutcome) off = case_desk_do (f, "attribute.save", "{\"code\":\"cover_kind\",\"active\":false}");

    g_assert_nonnull (off);
  }
  value = case_desk_text (f, "SELECT value FROM case_attribute WHERE case_id = ?1", water);
  g_assert_cmpstr (value, ==, "上水");
  expect_route (f, water, "item", "市政服务中心");
}

/* Before it is saved: where each answer would lead, and which rules would wait for ever. */
static void
test_why_this_unit (CaseDesk     *f,
                    gconstpointer data)
{
  g_autoptr(JsonObject) args = linli_json_parse_object ("{\"code\":\"cover_kind\",\"choices\":\"上水 木头\"}", -1, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *before = case_desk_digest (f, NULL);
  g_autoptr(LinliAttributeTrial) trial = linli_attribute_try (f->conn, args, f->clock.time, &error);
  g_autofree char *after = case_desk_digest (f, NULL);
  static const struct { const char *value, *reason, *lead; } expected[] = {
    { "上水", "rule", "供水公司" }, { "木头", "item", "市政服务中心" },
  };

  g_assert_no_error (error);
  g_assert_cmpstr (trial->leaf, ==, "06.01");
  g_assert_cmpuint (trial->answers->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < trial->answers->len; i++)
    {
      const LinliAttributeAnswer *answer = trial->answers->pdata[i];

      g_assert_cmpstr (answer->value, ==, expected[i].value);
      g_assert_cmpstr (answer->note->reason, ==, expected[i].reason);
      g_assert_cmpstr (answer->note->lead, ==, expected[i].lead);
    }
  g_assert_cmpuint (trial->lost->len, ==, 1);
  g_assert_cmpstr (trial->lost->pdata[0], ==, "不明井盖");
  g_assert_cmpstr (before, ==, after);
}

#define ADD(name, func) g_test_add ("/case-owner/" name, CaseDesk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("kind-chooses", test_kind_chooses);
  ADD ("place-of-the-list", test_place_of_the_list_chooses);
  ADD ("finding-teaches", test_finding_teaches);
  ADD ("finding-again", test_finding_again);
  ADD ("ruling-teaches", test_ruling_teaches);
  ADD ("reroute-teaches", test_reroute_teaches);
  ADD ("rule-from-finding", test_rule_from_finding);
  ADD ("questions-are-checked", test_questions_are_checked);
  ADD ("rules-are-kept", test_rules_are_kept);
  ADD ("questions-are-kept", test_questions_are_kept);
  ADD ("answers-of-leaves-fit", test_answers_of_leaves_fit);
  ADD ("question-in-use", test_question_in_use);
  ADD ("why-this-unit", test_why_this_unit);
  return g_test_run ();
}
