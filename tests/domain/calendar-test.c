/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendar-test.h"

#include "linli-json.h"

#include <string.h>

gint64
calendar_test_time (const char *text)
{
  g_autofree char *iso = strchr (text, 'T') == NULL ? g_strdup_printf ("%.10sT%s:00+08:00", text, text + 11) : g_strdup (text);
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

LinliWorkCalendar *
calendar_test_json (const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) object = linli_json_parse_object (json, -1, &error);
  LinliWorkCalendar *calendar;

  g_assert_no_error (error);
  calendar = linli_work_calendar_from_json (object, &error);
  g_assert_no_error (error);
  return calendar;
}

LinliWorkCalendar *
calendar_test_week (const char *hours,
                    int         from,
                    int         until)
{
  g_autofree char *json = g_strdup_printf ("{\"covered_from\": %d, \"covered_until\": %d, \"week\": {\"mon\": %s,"
                                           " \"tue\": %s, \"wed\": %s, \"thu\": %s, \"fri\": %s}}",
                                           from, until, hours, hours, hours, hours, hours);

  return calendar_test_json (json);
}

LinliWorkCalendar *
calendar_test_shipped (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("LINLI_SOURCE_ROOT"), "data", "seed", "calendar.json", NULL);
  g_autofree char *json = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &json, NULL, &error);
  g_assert_no_error (error);
  return calendar_test_json (json);
}

LinliTerm
calendar_test_term (const char *text)
{
  g_autoptr(LinliLimitText) parsed = linli_limit_text_parse (text, LINLI_BARE_IS_CLOCK);

  g_assert_cmpuint (parsed->limits->len, ==, 1);
  g_assert_cmpuint (parsed->rest->len, ==, 0);
  return g_array_index (parsed->limits, LinliLimit, 0).term;
}

LinliDeadline *
calendar_test_compute (LinliWorkCalendar *calendar,
                       const char        *start,
                       const char        *limit,
                       LinliStartRule     rule)
{
  g_autoptr(GError) error = NULL;
  LinliDeadlineQuestion question = {
    .start = AT (start), .limit = calendar_test_term (limit), .rule = rule, .calendar = calendar,
  };
  LinliDeadline *deadline = linli_deadline_compute (&question, &error);

  g_assert_no_error (error);
  return deadline;
}
