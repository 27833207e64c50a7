/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who came with what words, and how it becomes a case. */

#include "case-desk.h"
#include "linli-case-title.h"
#include "linli-json.h"

#define DRAFT "0195c0de-7000-7abc-8def-0123456789ab"
#define SHA   "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void
test_words_are_kept_verbatim (CaseDesk     *f,
                              gconstpointer data)
{
  const char *text = "  ＡＢＣ路\\t“噪音”\\n\\n很吵，　晚上睡不着😡 ";
  g_autofree char *id = case_desk_intake (f, text);
  g_autofree char *kept = case_desk_text (f, "SELECT text_verbatim FROM submission WHERE case_id = ?1", id);

  g_assert_cmpstr (kept, ==, "  ＡＢＣ路\t“噪音”\n\n很吵，　晚上睡不着😡 ");
  g_assert_false (linli_conn_exec (f->conn, "UPDATE submission SET text_verbatim = NULL", NULL));
}

static void
test_titles (void)
{
  static const struct { const char *text, *title; } cases[] = {
    { "井盖破了。车过很响。", "井盖破了" },
    { "井盖破了！", "井盖破了" },
    { "\n\n  你好,路灯不亮\n第二行", "你好,路灯不亮" },
    { "井盖破了", "井盖破了" },
    { "我住在桂园小区三栋，楼下的烧烤店每天晚上营业到凌晨三点，油烟很大", "我住在桂园小区三栋，楼下的烧烤店每天晚上营业到凌晨三点" },
    { "我住在桂园小区三栋楼下的烧烤店每天晚上都营业到凌晨三点而且油烟非常大", "我住在桂园小区三栋楼下的烧烤店每天晚上都营业到凌晨三点而且…" },
    { "Telephone 13800138000 13800138001 13800138002", "Telephone 13800138000" },
    { "？！", "？！" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *title = linli_case_title_from_text (cases[i].text);

      g_assert_cmpstr (title, ==, cases[i].title);
      g_assert_cmpint (g_utf8_strlen (title, -1), <=, LINLI_CASE_TITLE_MAX);
    }
}

/* Whatever the text: a title of some length, and valid. */
static void
test_titles_of_anything (void)
{
  static const char *const bits[] = { "井", "盖", "a", "1", " ", "，", "。", "\n", "😡", "é", ",", "路灯" };

  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr(GString) text = g_string_new ("x");
      g_autofree char *title = NULL;
      int n = g_test_rand_int_range (0, 80);

      while (n-- > 0)
        g_string_append (text, bits[g_test_rand_int_range (0, G_N_ELEMENTS (bits))]);
      title = linli_case_title_from_text (text->str);
      g_assert_true (g_utf8_validate (title, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (title, -1), >, 0);
      g_assert_cmpint (g_utf8_strlen (title, -1), <=, LINLI_CASE_TITLE_MAX);
    }
}

static char *
take_in (CaseDesk   *f,
         const char *appellant)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake", "{\"text\":\"漏水\",\"channel\":\"DH01\",\"appellant\":%s}", appellant);
  g_autofree char *id = case_desk_tell (outcome, "submission");

  return case_desk_text (f, "SELECT appellant_id FROM submission WHERE id = ?1", id);
}

static void
test_residents_are_known_again (CaseDesk     *f,
                                gconstpointer data)
{
  static const struct { const char *person; gboolean known; } cases[] = {
    { "{\"name\":\"曾小贤\",\"phone\":\"13800138000\"}", TRUE },
    { "{\"name\":\" 曾小贤 \",\"phone\":\"138-0013-8000\"}", TRUE },
    { "{\"name\":\"曾小贤\",\"phone\":\"13800138001\"}", FALSE },
    { "{\"name\":\"曾大贤\",\"phone\":\"13800138000\"}", FALSE },
    { "{\"name\":\"曾小贤\"}", FALSE },
    { "{\"phone\":\"13800138000\"}", FALSE },
    { "{\"anonymous\":true,\"name\":\"曾小贤\",\"phone\":\"13800138000\"}", FALSE },
  };
  g_autofree char *first = take_in (f, cases[0].person);
  g_autofree char *initials = case_desk_text (f, "SELECT pinyin FROM appellant WHERE id = ?1", first);
  g_autofree char *named = NULL;

  g_assert_cmpstr (initials, ==, "zxx");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = take_in (f, cases[i].person);

      g_test_message ("%s", cases[i].person);
      g_assert_cmpint (g_strcmp0 (id, first) == 0, ==, cases[i].known);
    }
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM appellant WHERE anonymous = 1 AND name IS NULL", NULL), ==, 1);

  named = g_strdup_printf ("{\"id\":\"%s\",\"confidential\":true}", first);
  g_free (take_in (f, named));
  g_assert_cmpint (case_desk_int (f, "SELECT confidential FROM appellant WHERE id = ?1", first), ==, 1);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE confidential = 1 AND appellant_id = ?1", first), ==, 1);
}

static void
test_one_more_voice (CaseDesk     *f,
                     gconstpointer data)
{
  g_autofree char *id = case_desk_intake (f, "井盖破了");
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake", "{\"text\":\"我也反映\",\"channel\":\"DH01\",\"attach_to\":\"%s\","
                                                  "\"attachments\":[{\"sha256\":\"" SHA "\",\"name\":\"a.jpg\","
                                                  "\"content_type\":\"image/jpeg\",\"size\":3}]}", id);
  g_autoptr(LinliOutcome) over = NULL;
  g_autofree char *same = case_desk_tell (outcome, "case");

  g_assert_cmpstr (same, ==, id);
  g_assert_cmpint (case_desk_int (f, "SELECT n_submissions FROM cases WHERE id = ?1", id), ==, 2);
  g_assert_cmpint (case_desk_int (f, "SELECT count(DISTINCT receipt_no) FROM submission WHERE case_id = ?1", id), ==, 2);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM attachment WHERE submission_id IS NOT NULL AND case_id = ?1", id), ==, 1);

  over = case_desk_do (f, "case.withdraw", "{\"case\":\"%s\",\"reason\":\"x\"}", id);
  case_desk_refused (f, "case-not-open", "attach_to", "case.intake",
                     "{\"text\":\"我也反映\",\"channel\":\"DH01\",\"attach_to\":\"%s\"}", id);
}

static void
test_draft_is_handed_in (CaseDesk     *f,
                         gconstpointer data)
{
  g_autoptr(LinliOutcome) saved = case_desk_do (f, "draft.save", "{\"id\":\"" DRAFT "\",\"kind\":\"intake\",\"body\":{\"text\":\"井\"}}");
  g_autoptr(LinliOutcome) outcome = NULL;

  case_desk_refused (f, "invalid", "channel", "case.intake", "{\"text\":\"井盖\",\"channel\":\"XX\",\"draft\":\"" DRAFT "\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM draft", NULL), ==, 1);
  outcome = case_desk_do (f, "case.intake", "{\"text\":\"井盖\",\"channel\":\"CK01\",\"draft\":\"" DRAFT "\"}");
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM draft", NULL), ==, 0);
}

static void
test_registered_at_once (CaseDesk     *f,
                         gconstpointer data)
{
  g_autoptr(LinliOutcome) outcome = case_desk_do (f, "case.intake", "{\"text\":\"路灯不亮\",\"channel\":\"CK01\",\"item\":\"06.02\",\"accept\":true}");
  g_autofree char *id = case_desk_tell (outcome, "case");
  g_autofree char *state = case_desk_text (f, "SELECT state FROM cases WHERE id = ?1", id);
  g_autofree char *urgency = case_desk_text (f, "SELECT urgency FROM cases WHERE id = ?1", id);

  g_assert_cmpstr (state, ==, "registered");
  g_assert_cmpstr (urgency, ==, "urgent");
  /* Urgent minutes do not wait for the office: 17:00 + 30 min. */
  g_assert_cmpint (case_desk_int (f, "SELECT due_at FROM cases WHERE id = ?1", id), ==, CASE_DESK_NOW + 30 * CASE_DESK_MINUTE);
  case_desk_refused (f, "invalid", "item", "case.intake", "{\"text\":\"x\",\"channel\":\"CK01\",\"accept\":true}");
}

static void
test_refusals (CaseDesk     *f,
               gconstpointer data)
{
  static const struct { const char *args, *field; } cases[] = {
    { "{\"text\":\" \\n\",\"channel\":\"CK01\"}", "text" },
    { "{\"text\":\"x\",\"channel\":\"CK01\",\"received_at\":\"2026-02-13T10:00:00Z\"}", "received_at" },
    { "{\"text\":\"x\",\"channel\":\"CK01\",\"received_at\":\"13.2.2026\"}", "received_at" },
    { "{\"text\":\"x\",\"channel\":\"CK01\",\"urgency\":\"soon\"}", "urgency" },
    { "{\"text\":\"x\",\"channel\":\"CK01\",\"appellant\":{}}", "appellant" },
    { "{\"text\":\"x\",\"channel\":\"CK01\",\"appellant\":{\"nmae\":\"x\"}}", "nmae" },
    { "{\"text\":\"x\",\"channel\":\"CK01\",\"attachments\":[{\"sha256\":\"" SHA "\",\"name\":\"a\",\"content_type\":\"b\","
      "\"size\":52428801}]}", "size" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    case_desk_refused (f, "invalid", cases[i].field, "case.intake", "%s", cases[i].args);
  case_desk_refused (f, "not-found", "place_id", "case.intake", "{\"text\":\"x\",\"channel\":\"CK01\",\"place_id\":\"" DRAFT "\"}");
}

static void
test_numbers_run_on (CaseDesk     *f,
                     gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    g_free (case_desk_intake (f, "井盖"));
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM cases WHERE substr (case_no, 3) IN ('-20260213-0001', '-20260213-0002', '-20260213-0003')", NULL), ==, 3);
  g_assert_cmpint (case_desk_int (f, "SELECT count(*) FROM submission WHERE substr (receipt_no, 3) IN ('-20260213-0001', '-20260213-0002', '-20260213-0003')", NULL), ==, 3);
}

/* The day printed is the centre's, wherever the machine believes itself to be. */
static void
test_numbers_have_the_centres_day (CaseDesk     *f,
                                   gconstpointer data)
{
  static const struct { const char *zone, *day; } cases[] = {
    { "Pacific/Kiritimati", "20260214" }, /* 14 hours before UTC */
    { "Pacific/Niue", "20260212" },
    { "Asia/Shanghai", "20260213" },
  };

  f->clock.time = CASE_DESK_NOW + 90 * CASE_DESK_MINUTE; /* 10:30 UTC */
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *id = NULL;
      g_autofree char *day = NULL;

      linli_conn_run (f->conn, &error, "UPDATE centre SET time_zone = ?1", "s", cases[i].zone);
      g_assert_no_error (error);
      id = case_desk_intake (f, "井盖");
      day = case_desk_text (f, "SELECT substr (case_no, 4, 8) FROM cases WHERE id = ?1", id);
      g_assert_cmpstr (day, ==, cases[i].day);
    }
}

/* What was tried and refused is tried again after somebody else's turn. */
static void
test_a_retry_draws_its_own_number (CaseDesk     *f,
                                   gconstpointer data)
{
  g_autoptr(JsonObject) args = json_object_new ();
  g_autoptr(LinliOutcome) refused = NULL;
  g_autoptr(LinliOutcome) tried = NULL;
  g_autoptr(LinliOutcome) done = NULL;
  g_autoptr(GError) refusal = NULL;
  g_autoptr(GError) error = NULL;

  json_object_set_string_member (args, "text", "井盖");
  json_object_set_string_member (args, "channel", "XX");
  refused = linli_desk_submit (f->desk, f->conn, "case.intake", args, 0, &refusal);
  g_assert_null (refused);
  json_object_set_string_member (args, "channel", "CK01");
  tried = linli_desk_submit (f->desk, f->conn, "case.intake", args, LINLI_EXECUTE_DRY_RUN, &error);
  g_assert_no_error (error);
  g_free (case_desk_intake (f, "路灯"));
  done = linli_desk_submit (f->desk, f->conn, "case.intake", args, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (case_desk_int (f, "SELECT count(DISTINCT case_no) FROM cases", NULL), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/case-intake/" path, CaseDesk, NULL, case_desk_set_up, func, case_desk_tear_down)
  g_test_add_func ("/case-intake/titles", test_titles);
  g_test_add_func ("/case-intake/titles-of-anything", test_titles_of_anything);
  ADD ("words-are-kept-verbatim", test_words_are_kept_verbatim);
  ADD ("residents-are-known-again", test_residents_are_known_again);
  ADD ("one-more-voice", test_one_more_voice);
  ADD ("draft-is-handed-in", test_draft_is_handed_in);
  ADD ("registered-at-once", test_registered_at_once);
  ADD ("refusals", test_refusals);
  ADD ("numbers-run-on", test_numbers_run_on);
  ADD ("numbers-have-the-centres-day", test_numbers_have_the_centres_day);
  ADD ("a-retry-draws-its-own-number", test_a_retry_draws_its_own_number);
#undef ADD
  return g_test_run ();
}
