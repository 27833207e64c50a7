/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The deadline engine as scripts see it: JSON in, JSON out. */

#include <string.h>

#include "calendar-test.h"
#include "linli-json.h"

static JsonObject *
run (const char        *json,
     LinliWorkCalendar *base,
     GError           **error)
{
  g_autoptr(JsonObject) in = linli_json_parse_object (json, -1, NULL);

  g_assert_nonnull (in);
  return linli_deadline_run_json (in, base, error);
}

#define FEBRUARY "\"start\": \"2026-02-13T17:00:00+08:00\", \"limit\": \"2工作时\""

static void
test_answers (void)
{
  static const struct
  {
    const char *json;
    const char *due; /* NULL: paused */
    guint       n_warnings;
  } cases[] = {
    { "{" FEBRUARY "}", "2026-02-14T10:00+08:00", 0 },
    { "{\"start\": \"2026-02-13T09:00Z\", \"limit\": {\"amount\": 2, \"unit\": \"working_hour\"}}", "2026-02-14T10:00+08:00", 0 },
    { "{" FEBRUARY ", \"exceptions\": [{\"date\": \"2026-02-14\", \"kind\": \"off\"}]}", "2026-02-24T10:00+08:00", 0 },
    { "{" FEBRUARY ", \"week\": {\"fri\": [\"09:00-22:00\"]}}", "2026-02-13T19:00+08:00", 0 },
    { "{" FEBRUARY ", \"start_rule\": \"next_day\"}", "2026-02-14T11:00+08:00", 0 },
    { "{" FEBRUARY ", \"pauses\": [{\"from\": \"2026-02-13T17:30+08:00\", \"to\": \"2026-02-14T09:30+08:00\"}]}", "2026-02-14T11:00+08:00", 0 },
    { "{" FEBRUARY ", \"pauses\": [{\"from\": \"2026-02-13T17:30+08:00\", \"to\": null}]}", NULL, 0 },
    { "{" FEBRUARY ", \"pauses\": [{\"from\": \"2026-02-13T17:30+08:00\"}]}", NULL, 0 },
    { "{" FEBRUARY ", \"extensions\": [\"1工作时\", {\"amount\": 1, \"unit\": \"working_hour\"}]}", "2026-02-14T12:00+08:00", 0 },
    { "{" FEBRUARY ", \"zone\": \"Asia/Tokyo\"}", "2026-02-14T11:00+09:00", 0 },
    /* said aloud when something had to be assumed */
    { "{\"start\": \"2026-02-13T17:00+08:00\", \"limit\": \"2小时\"}", "2026-02-13T19:00+08:00", 1 },
    { "{\"start\": \"2026-02-13T17:00+08:00\", \"limit\": \"2小时\", \"bare_units\": \"working\"}", "2026-02-14T10:00+08:00", 1 },
    { "{\"start\": \"2026-02-13T17:00+08:00\", \"limit\": \"立即；塌陷5工作日；另行通知\"}", "2026-02-13T17:00+08:00", 2 },
    { "{\"start\": \"2026-02-12T10:00+08:00\", \"limit\": \"3-5工作日\"}", "2026-02-26T18:00+08:00", 1 },
    { "{\"start\": \"2026-02-12T10:00+08:00\", \"limit\": \"种植季节5工作日\"}", "2026-02-26T18:00+08:00", 1 },
    { "{\"start\": \"2026-02-12T10:00+08:00\", \"limit\": \"种植季节15工作日，5工作日\"}", "2026-02-26T18:00+08:00", 1 },
    /* a calendar of its own */
    { "{\"start\": \"2018-11-19T10:00+08:00\", \"limit\": {\"amount\": -7, \"unit\": \"working_day\"}, \"start_rule\": \"immediate\","
      " \"calendar\": {\"covered_from\": 2018, \"covered_until\": 2018, \"week\": {\"mon\": [\"08:00-20:00\"],"
      " \"tue\": [\"08:00-20:00\"], \"wed\": [\"08:00-20:00\"], \"thu\": [\"08:00-20:00\"], \"fri\": [\"08:00-20:00\"]}}}",
      "2018-11-08T10:00+08:00", 0 },
  };
  g_autoptr(LinliWorkCalendar) base = calendar_test_shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonObject) out = run (cases[i].json, base, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (linli_json_get_text (out, "due"), ==, cases[i].due);
      g_assert_cmpint (linli_json_get_bool (out, "paused"), ==, cases[i].due == NULL);
      g_assert_cmpuint (json_array_get_length (linli_json_get_array (out, "warnings")), ==, cases[i].n_warnings);
      g_assert_cmpuint (json_array_get_length (linli_json_get_array (out, "trace")), >=, 2);
      g_assert_nonnull (linli_json_get_text (out, "text_zh"));
      g_assert_nonnull (linli_json_get_text (out, "text_en"));
    }
}

/* No clock knows the season: whoever asks is told which condition was passed over, or not. */
static void
test_condition (void)
{
  static const struct { const char *limit; const char *warning; } cases[] = {
    { "种植季节5工作日", "\"种植季节5工作日\": 5工作日 holds for 种植季节 only; it is used all the same" },
    { "种植季节15工作日，5工作日", "\"种植季节15工作日，5工作日\": 15工作日 holds for 种植季节 only; it is not used" },
    { "5工作日，8工作日", "\"5工作日，8工作日\": 8工作日 is one more limit; it is not used" },
  };
  g_autoptr(LinliWorkCalendar) base = calendar_test_shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"start\": \"2026-02-12T10:00+08:00\", \"limit\": \"%s\"}", cases[i].limit);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonObject) out = run (json, base, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (json_array_get_string_element (linli_json_get_array (out, "warnings"), 0), ==, cases[i].warning);
    }
}

/* Without a built-in calendar, the week is the usual one and years must be given. */
static void
test_without_base (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) out = run ("{" FEBRUARY ", \"covered_from\": 2026, \"covered_until\": 2026,"
                                   " \"exceptions\": [{\"date\": \"2026-02-14\", \"kind\": \"work\"}]}", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (linli_json_get_text (out, "due"), ==, "2026-02-14T10:00+08:00");
  g_assert_null (run ("{" FEBRUARY "}", NULL, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_YEARS);
}

static void
test_remaining (void)
{
  g_autoptr(LinliWorkCalendar) base = calendar_test_shipped ();
  g_autoptr(JsonObject) before = run ("{" FEBRUARY ", \"now\": \"2026-02-13T18:00+08:00\"}", base, NULL);
  g_autoptr(JsonObject) after = run ("{" FEBRUARY ", \"now\": \"2026-02-24T10:00+08:00\"}", base, NULL);
  gint64 minutes = 0;

  g_assert_false (linli_json_get_bool (before, "overdue"));
  g_assert_true (linli_json_get_int (before, "minutes_left", &minutes));
  g_assert_cmpint (minutes, ==, 60);
  g_assert_true (linli_json_get_bool (after, "overdue"));
  g_assert_true (linli_json_get_int (after, "overdue_minutes", &minutes));
  g_assert_cmpint (minutes, ==, (2 + 4 + 1) * 60);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *json;
    const char *says;
  } cases[] = {
    { "{}", "start" },
    { "{\"start\": 7, \"limit\": \"2工作时\"}", "start" },
    { "{\"start\": \"2026-02-13T17:00\", \"limit\": \"2工作时\"}", "offset" },
    { "{\"start\": \"yesterday\", \"limit\": \"2工作时\"}", "start" },
    { "{\"start\": \"2026-02-13T17:00Z\"}", "limit" },
    { "{\"start\": \"2026-02-13T17:00Z\", \"limit\": 7}", "limit" },
    { "{\"start\": \"2026-02-13T17:00Z\", \"limit\": \"按合同约定\"}", "按合同约定" },
    { "{\"start\": \"2026-02-13T17:00Z\", \"limit\": {\"amount\": 1.5, \"unit\": \"hour\"}}", "amount" },
    { "{\"start\": \"2026-02-13T17:00Z\", \"limit\": {\"amount\": 1, \"unit\": \"moon\"}}", "moon" },
    { "{" FEBRUARY ", \"start_rule\": \"soon\"}", "start_rule" },
    { "{" FEBRUARY ", \"start_rule\": null}", "start_rule" },
    { "{" FEBRUARY ", \"week\": []}", "week" },
    { "{" FEBRUARY ", \"calendar\": []}", "calendar" },
    { "{" FEBRUARY ", \"pauses\": {}}", "pauses" },
    { "{" FEBRUARY ", \"pauses\": [7]}", "Pause 1" },
    { "{" FEBRUARY ", \"pauses\": [{\"to\": null}]}", "Pause 1" },
    { "{" FEBRUARY ", \"pauses\": [{\"from\": \"2026-02-14T09:30+08:00\", \"to\": \"2026-02-13T17:30+08:00\"}]}", "ends before" },
    { "{" FEBRUARY ", \"extensions\": [\"soon\"]}", "soon" },
    { "{" FEBRUARY ", \"bare_units\": \"both\"}", "bare_units" },
    { "{" FEBRUARY ", \"now\": \"later\"}", "now" },
    { "{\"start\": \"2027-02-13T17:00+08:00\", \"limit\": \"2工作时\"}", "2027" },
  };
  g_autoptr(LinliWorkCalendar) base = calendar_test_shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonObject) out = run (cases[i].json, base, &error);

      g_assert_null (out);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/json/answers", test_answers);
  g_test_add_func ("/deadline/json/condition", test_condition);
  g_test_add_func ("/deadline/json/without-base", test_without_base);
  g_test_add_func ("/deadline/json/remaining", test_remaining);
  g_test_add_func ("/deadline/json/refused", test_refused);
  return g_test_run ();
}
