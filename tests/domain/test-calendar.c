/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Working calendars: what is refused, what is counted, and what is not known. */

#include "calendar-test.h"

#include <string.h>

#include "linli-json.h"

#define NINE_TO_FIVE "[\"09:00-17:00\"]"

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    int         weekday; /* -1: no such day */
  } cases[] = {
    { "1970-01-01", LINLI_THURSDAY }, { "1969-12-31", LINLI_WEDNESDAY }, { "2026-02-14", LINLI_SATURDAY },
    { "2024-02-29", LINLI_THURSDAY }, { "2000-02-29", LINLI_TUESDAY },   { "2026-02-29", -1 },
    { "2100-02-29", -1 },             { "2026-13-01", -1 },              { "2026-00-01", -1 },
    { "2026-1-1", -1 },               { "2026-01-01 ", -1 },             { "", -1 },
    { "2026/01/01", -1 },             { "０２６-01-01", -1 },            { "99999-01-01", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LinliDate date = linli_date_parse (cases[i].text);

      if (cases[i].weekday < 0)
        g_assert_cmpint (date, ==, LINLI_DATE_NONE);
      else
        {
          g_autofree char *text = linli_date_to_text (date);

          g_assert_cmpint (linli_date_get_weekday (date), ==, cases[i].weekday);
          g_assert_cmpstr (text, ==, cases[i].text);
        }
    }
  g_assert_cmpint (linli_date_parse (NULL), ==, LINLI_DATE_NONE);
  g_assert_cmpint (linli_date_parse ("1970-01-02"), ==, 1);
}

static void
test_clock_times (void)
{
  static const struct
  {
    const char *text;
    int         minute;
  } cases[] = {
    { "00:00", 0 }, { "9:00", 540 }, { "09:05", 545 }, { "23:59", 1439 }, { "24:00", 1440 }, { "24:01", -1 },
    { "12:60", -1 }, { "900", -1 }, { "", -1 }, { "09:00:00", -1 }, { "-1:00", -1 }, { "a9:00", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (linli_clock_time_parse (cases[i].text), ==, cases[i].minute);
}

/* Calendars as somebody might type them, and what is wrong with them. */
static void
test_refused (void)
{
  static const struct
  {
    const char        *json;
    LinliCalendarError code;
    const char        *says;
  } cases[] = {
    { "{\"week\": {\"mon\": [\"09:00-00:00\"]}}", LINLI_CALENDAR_ERROR_SPAN, "24:00" },
    { "{\"week\": {\"mon\": [\"17:00-09:00\"]}}", LINLI_CALENDAR_ERROR_SPAN, "end before they start" },
    { "{\"week\": {\"mon\": [\"09:00-09:00\"]}}", LINLI_CALENDAR_ERROR_SPAN, "end before they start" },
    { "{\"week\": {\"mon\": [\"09:00-12:00\", \"11:00-14:00\"]}}", LINLI_CALENDAR_ERROR_SPAN, "overlap" },
    { "{\"week\": {\"mon\": [\"11:00-14:00\", \"09:00-12:00\"]}}", LINLI_CALENDAR_ERROR_SPAN, "overlap" },
    { "{\"week\": {\"mon\": [\"09:00-18:00\", \"10:00-11:00\"]}}", LINLI_CALENDAR_ERROR_SPAN, "overlap" },
    { "{\"week\": {\"mon\": [\"9-12\"]}}", LINLI_CALENDAR_ERROR_FORMAT, "9-12" },
    { "{\"week\": {\"mon\": [540]}}", LINLI_CALENDAR_ERROR_FORMAT, "mon" },
    { "{\"week\": {\"mon\": [null]}}", LINLI_CALENDAR_ERROR_FORMAT, "mon" },
    { "{\"week\": {\"mon\": \"09:00-12:00\"}}", LINLI_CALENDAR_ERROR_FORMAT, "mon" },
    { "{\"week\": {}}", LINLI_CALENDAR_ERROR_WEEK, "at least one day" },
    { "{\"week\": {\"mon\": []}}", LINLI_CALENDAR_ERROR_WEEK, "at least one day" },
    { "{}", LINLI_CALENDAR_ERROR_WEEK, "week" },
    { "{\"week\": {\"7\": [\"09:00-17:00\"]}}", LINLI_CALENDAR_ERROR_WEEK, "\"7\"" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"covered_from\": null}", LINLI_CALENDAR_ERROR_YEARS, "covered_from" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"covered_from\": 2026, \"covered_until\": 2025}", LINLI_CALENDAR_ERROR_YEARS, "2025" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"covered_from\": 0, \"covered_until\": 9999999999}", LINLI_CALENDAR_ERROR_YEARS, "cannot cover" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"zone\": \"Mars/Olympus\"}", LINLI_CALENDAR_ERROR_ZONE, "Mars" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"zone\": \"\"}", LINLI_CALENDAR_ERROR_ZONE, "zone" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"exceptions\": [{\"date\": \"2026-02-30\", \"kind\": \"off\"}]}", LINLI_CALENDAR_ERROR_DATE, "2026-02-30" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"exceptions\": [{\"date\": \"2026-02-03\", \"until\": \"2026-02-01\", \"kind\": \"off\"}]}", LINLI_CALENDAR_ERROR_DATE, "2026-02-03" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"exceptions\": [{\"date\": \"2026-02-03\", \"until\": \"9026-02-01\", \"kind\": \"off\"}]}", LINLI_CALENDAR_ERROR_DATE, "2026-02-03" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"exceptions\": [{\"date\": \"2026-02-03\", \"kind\": \"holiday\"}]}", LINLI_CALENDAR_ERROR_FORMAT, "2026-02-03" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"exceptions\": [{\"date\": \"2026-02-03\", \"kind\": \"hours\"}]}", LINLI_CALENDAR_ERROR_FORMAT, "2026-02-03" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"exceptions\": [{\"date\": \"2026-02-03\", \"kind\": \"hours\", \"hours\": []}]}", LINLI_CALENDAR_ERROR_SPAN, "2026-02-03" },
    { "{\"week\": {\"mon\": [\"09:00-17:00\"]}, \"exceptions\": [7]}", LINLI_CALENDAR_ERROR_FORMAT, "1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonObject) object = linli_json_parse_object (cases[i].json, -1, &error);
      g_autoptr(LinliWorkCalendar) calendar = NULL;

      g_assert_no_error (error);
      if (!json_object_has_member (object, "covered_from"))
        {
          g_autoptr(JsonObject) copy = json_object_new ();
          JsonObjectIter iter;
          const char *name;
          JsonNode *node;

          json_object_iter_init (&iter, object);
          while (json_object_iter_next (&iter, &name, &node))
            json_object_set_member (copy, name, json_node_copy (node));
          json_object_set_int_member (copy, "covered_from", 2026);
          json_object_set_int_member (copy, "covered_until", 2026);
          calendar = linli_work_calendar_from_json (copy, &error);
        }
      else
        calendar = linli_work_calendar_from_json (object, &error);

      g_test_message ("%s", error != NULL ? error->message : cases[i].json);
      g_assert_null (calendar);
      g_assert_error (error, LINLI_CALENDAR_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
test_builder_refuses (void)
{
  g_autoptr(LinliCalendarBuilder) builder = linli_calendar_builder_new ();
  g_autoptr(GError) error = NULL;

  g_assert_false (linli_calendar_builder_add_span (builder, 7, 540, 1020, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_WEEK);
  g_clear_error (&error);
  for (int i = 0; i < LINLI_SPANS_PER_DAY; i++)
    g_assert_true (linli_calendar_builder_add_span (builder, LINLI_MONDAY, i * 60, i * 60 + 30, NULL));
  g_assert_false (linli_calendar_builder_add_span (builder, LINLI_MONDAY, 1200, 1260, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_SPAN);
  g_clear_error (&error);
  g_assert_null (linli_calendar_builder_build (builder, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_YEARS);
}

/* 23:59 and 24:00 both mean that the desk never closes. */
static void
test_whole_day (void)
{
  static const char *hours[] = { "[\"00:00-24:00\"]", "[\"00:00-23:59\"]", "[\"12:00-23:59\", \"00:00-12:00\"]" };

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      g_autoptr(LinliWorkCalendar) calendar = calendar_test_week (hours[i], 2026, 2026);
      gint64 minutes;

      g_assert_true (linli_work_calendar_count_minutes (calendar, AT ("2026-03-02 00:00"), AT ("2026-03-03 00:00"), &minutes, NULL));
      g_assert_cmpint (minutes, ==, 24 * 60);
    }
}

static void
test_minutes (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    gint64      minutes;
  } cases[] = {
    { "2026-03-02 07:00", "2026-03-02 09:00", 0 },
    { "2026-03-02 08:00", "2026-03-02 10:00", 60 },
    { "2026-03-02 10:00", "2026-03-02 08:00", 0 },
    { "2026-03-02 10:00", "2026-03-02 10:00", 0 },
    { "2026-03-06 16:00", "2026-03-09 10:00", 120 },
    { "2026-03-07 00:00", "2026-03-09 00:00", 0 },
    { "2026-01-01 00:00", "2026-01-02 00:00", 480 },
    { "2026-03-02 09:00", "2026-03-02 17:00", 480 },
    { "2026-12-31 16:00", "2026-12-31 23:59", 60 },
    { "2026-12-31 16:00", "2027-01-01 00:00", 60 },
  };
  g_autoptr(LinliWorkCalendar) nine = calendar_test_week (NINE_TO_FIVE, 2026, 2026);
  g_autoptr(LinliWorkCalendar) eight = calendar_test_week ("[\"08:00-20:00\"]", 2018, 2018);
  g_autoptr(GError) error = NULL;
  gint64 minutes;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (linli_work_calendar_count_minutes (nine, AT (cases[i].from), AT (cases[i].to), &minutes, NULL));
      g_assert_cmpint (minutes, ==, cases[i].minutes);
    }

  g_assert_true (linli_work_calendar_count_minutes (eight, AT ("2018-11-19 07:00"), AT ("2018-11-19 09:00"), &minutes, NULL));
  g_assert_cmpint (minutes, ==, 60);
  g_assert_false (linli_work_calendar_count_minutes (nine, AT ("2026-12-31 16:00"), AT ("2027-01-01 00:01"), &minutes, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED);
}

/* The working days of every year that ships, as the notices have them. */
static void
test_working_days (void)
{
  static const struct
  {
    int year;
    int days;
  } years[] = { { 2023, 249 }, { 2024, 251 }, { 2025, 248 }, { 2026, 248 } };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    g_assert_cmpint (linli_work_calendar_count_working_days (calendar, years[i].year, NULL), ==, years[i].days);

  g_assert_cmpint (linli_work_calendar_count_working_days (calendar, 2027, &error), ==, -1);
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED);
  g_clear_error (&error);
  g_assert_null (linli_work_calendar_get_day (calendar, linli_date_new (2022, 12, 31), &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED);
}

static void
test_days (void)
{
  static const struct
  {
    const char  *date;
    LinliDayKind kind;
    guint        n_spans;
    const char  *name;
  } cases[] = {
    { "2026-02-13", LINLI_DAY_WORKDAY, 2, NULL },
    { "2026-02-14", LINLI_DAY_MAKE_UP, 2, "春节" },
    { "2026-02-15", LINLI_DAY_HOLIDAY, 0, "春节" },
    { "2026-02-23", LINLI_DAY_HOLIDAY, 0, "春节" },
    { "2026-02-24", LINLI_DAY_WORKDAY, 2, NULL },
    { "2026-03-07", LINLI_DAY_REST, 0, NULL },
    { "2024-02-09", LINLI_DAY_WORKDAY, 2, NULL },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const LinliCalendarDay *day = linli_work_calendar_get_day (calendar, linli_date_parse (cases[i].date), NULL);

      g_assert_nonnull (day);
      g_assert_cmpint (day->date, ==, linli_date_parse (cases[i].date));
      g_assert_cmpint (day->kind, ==, cases[i].kind);
      g_assert_cmpuint (day->n_spans, ==, cases[i].n_spans);
      g_assert_cmpstr (day->name, ==, cases[i].name);
    }
}

/* From a Saturday, the Sunday, a holiday Monday and the working Tuesday after
 * it, the n-th working day is the same. */
static void
test_nth_working_day (void)
{
  static const char *from[] = { "2017-12-30", "2017-12-31", "2018-01-01", "2018-01-02" };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_json (
    "{\"covered_from\": 2017, \"covered_until\": 2018, \"week\": {\"mon\": [\"09:00-17:00\"], \"tue\": [\"09:00-17:00\"],"
    " \"wed\": [\"09:00-17:00\"], \"thu\": [\"09:00-17:00\"], \"fri\": [\"09:00-17:00\"]},"
    " \"exceptions\": [{\"date\": \"2018-01-01\", \"kind\": \"off\", \"name\": \"元旦\"}]}");
  g_autoptr(GError) error = NULL;
  LinliDate found;

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    {
      LinliDate date = linli_date_parse (from[i]);

      g_assert_true (linli_work_calendar_find_working_day (calendar, date, 0, &found, NULL));
      g_assert_cmpint (found, ==, linli_date_parse ("2018-01-02"));
      g_assert_true (linli_work_calendar_find_working_day (calendar, date, 4, &found, NULL));
      g_assert_cmpint (found, ==, linli_date_parse ("2018-01-08"));
      g_assert_true (linli_work_calendar_find_working_day (calendar, date, -1, &found, NULL));
      g_assert_cmpint (found, ==, linli_date_parse ("2017-12-29"));
    }

  g_assert_false (linli_work_calendar_find_working_day (calendar, linli_date_parse ("2018-12-31"), 1, &found, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED);
  g_clear_error (&error);
  g_assert_false (linli_work_calendar_find_working_day (calendar, linli_date_parse ("2017-01-02"), -G_MAXINT, &found, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED);
}

/* A desk that is open on Saturday mornings works a full day to make up. */
static void
test_make_up_hours (void)
{
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_json (
    "{\"covered_from\": 2026, \"covered_until\": 2026, \"week\": {\"mon\": [\"09:00-17:00\"], \"sat\": [\"09:00-12:00\"]},"
    " \"exceptions\": [{\"date\": \"2026-03-07\", \"kind\": \"work\"}, {\"date\": \"2026-03-08\", \"kind\": \"work\"},"
    " {\"date\": \"2026-03-10\", \"kind\": \"hours\", \"hours\": [\"10:00-11:00\"], \"name\": \"盘点\"}]}");
  g_autoptr(LinliWorkCalendar) own = calendar_test_json (
    "{\"covered_from\": 2026, \"covered_until\": 2026, \"week\": {\"mon\": [\"09:00-17:00\"]}, \"make_up\": [\"09:00-15:00\"],"
    " \"exceptions\": [{\"date\": \"2026-03-08\", \"kind\": \"work\"}]}");
  gint64 minutes;

  g_assert_true (linli_work_calendar_count_minutes (calendar, AT ("2026-03-07 00:00"), AT ("2026-03-08 00:00"), &minutes, NULL));
  g_assert_cmpint (minutes, ==, 480);
  g_assert_true (linli_work_calendar_count_minutes (calendar, AT ("2026-03-08 00:00"), AT ("2026-03-09 00:00"), &minutes, NULL));
  g_assert_cmpint (minutes, ==, 480);
  g_assert_true (linli_work_calendar_count_minutes (calendar, AT ("2026-03-10 00:00"), AT ("2026-03-11 00:00"), &minutes, NULL));
  g_assert_cmpint (minutes, ==, 60);
  g_assert_cmpint (linli_work_calendar_get_day (calendar, linli_date_parse ("2026-03-07"), NULL)->kind, ==, LINLI_DAY_WORKDAY);
  g_assert_cmpint (linli_work_calendar_get_day (calendar, linli_date_parse ("2026-03-08"), NULL)->kind, ==, LINLI_DAY_MAKE_UP);
  g_assert_cmpint (linli_work_calendar_get_day (calendar, linli_date_parse ("2026-03-10"), NULL)->kind, ==, LINLI_DAY_SPECIAL);
  g_assert_true (linli_work_calendar_count_minutes (own, AT ("2026-03-08 00:00"), AT ("2026-03-09 00:00"), &minutes, NULL));
  g_assert_cmpint (minutes, ==, 360);
}

static void
test_json_round_trip (void)
{
  g_autoptr(LinliWorkCalendar) shipped = calendar_test_shipped ();
  g_autoptr(JsonObject) first = linli_work_calendar_to_json (shipped);
  g_autoptr(LinliWorkCalendar) again = linli_work_calendar_from_json (first, NULL);
  g_autoptr(JsonObject) second = linli_work_calendar_to_json (again);
  g_autofree char *first_text = linli_json_object_to_text (first);
  g_autofree char *second_text = linli_json_object_to_text (second);

  g_assert_cmpstr (first_text, ==, second_text);
  g_assert_cmpstr (linli_work_calendar_get_name (again), ==, "全国工作日历");
  g_assert_cmpstr (linli_work_calendar_get_zone (again), ==, "Asia/Shanghai");
  g_assert_cmpint (linli_work_calendar_get_version (again), ==, 1);
  g_assert_cmpint (linli_work_calendar_get_covered_from (again), ==, 2023);
  g_assert_cmpint (linli_work_calendar_get_covered_until (again), ==, 2026);
  g_assert_nonnull (linli_work_calendar_get_source (again));
}

/* The next version of a calendar leaves the one in use alone. */
static void
test_next_version (void)
{
  g_autoptr(LinliWorkCalendar) before = calendar_test_shipped ();
  g_autoptr(LinliCalendarBuilder) builder = linli_calendar_builder_new_from (before);
  g_autoptr(LinliWorkCalendar) after = NULL;
  LinliDate typhoon = linli_date_parse ("2026-09-01");

  linli_calendar_builder_set_version (builder, linli_work_calendar_get_version (before) + 1);
  g_assert_true (linli_calendar_builder_set_exception (builder, typhoon, LINLI_EXCEPTION_OFF, NULL, "台风停工", NULL));
  linli_calendar_builder_remove_exception (builder, linli_date_parse ("2026-02-14"));
  after = linli_calendar_builder_build (builder, NULL);

  g_assert_cmpint (linli_work_calendar_get_day (before, typhoon, NULL)->kind, ==, LINLI_DAY_WORKDAY);
  g_assert_cmpint (linli_work_calendar_get_day (after, typhoon, NULL)->kind, ==, LINLI_DAY_HOLIDAY);
  g_assert_cmpint (linli_work_calendar_get_day (after, linli_date_parse ("2026-02-14"), NULL)->kind, ==, LINLI_DAY_REST);
  g_assert_cmpint (linli_work_calendar_count_working_days (after, 2026, NULL), ==, 246);
}

static void
test_local_time (void)
{
  g_autoptr(LinliWorkCalendar) china = calendar_test_shipped ();
  g_autofree char *text = linli_work_calendar_format_time (china, AT ("2026-02-14T02:00:30Z"));
  LinliDate date;
  int minute;

  g_assert_cmpstr (text, ==, "2026-02-14T10:00+08:00");
  linli_work_calendar_to_local (china, AT ("2026-02-13T16:00:00Z") - 1, &date, &minute);
  g_assert_cmpint (date, ==, linli_date_parse ("2026-02-13"));
  g_assert_cmpint (minute, ==, 1439);
  linli_work_calendar_to_local (china, -1, &date, &minute);
  g_assert_cmpint (date, ==, 0);
  g_assert_cmpint (minute, ==, 479);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/dates", test_dates);
  g_test_add_func ("/calendar/clock-times", test_clock_times);
  g_test_add_func ("/calendar/refused", test_refused);
  g_test_add_func ("/calendar/builder-refuses", test_builder_refuses);
  g_test_add_func ("/calendar/whole-day", test_whole_day);
  g_test_add_func ("/calendar/minutes", test_minutes);
  g_test_add_func ("/calendar/working-days", test_working_days);
  g_test_add_func ("/calendar/days", test_days);
  g_test_add_func ("/calendar/nth-working-day", test_nth_working_day);
  g_test_add_func ("/calendar/make-up-hours", test_make_up_hours);
  g_test_add_func ("/calendar/json-round-trip", test_json_round_trip);
  g_test_add_func ("/calendar/next-version", test_next_version);
  g_test_add_func ("/calendar/local-time", test_local_time);
  return g_test_run ();
}
