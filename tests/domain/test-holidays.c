/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of holidays as they come from outside, whole and broken. */

#include "calendar-test.h"
#include "linli-holidays.h"

#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"
#define ICS(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"

/* "+2026-02-14 春节" for a make-up day, "-..." for a holiday, then the counts. */
static char *
describe (const LinliHolidays *holidays)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < holidays->exceptions->len; i++)
    {
      const LinliDayException *exception = &g_array_index (holidays->exceptions, LinliDayException, i);
      g_autofree char *date = linli_date_to_text (exception->date);

      g_string_append_printf (out, "%c%s %s; ", exception->kind == LINLI_EXCEPTION_WORK ? '+' : '-', date,
                              exception->name != NULL ? exception->name : "?");
    }
  g_string_append_printf (out, "%u refused, %u ignored", holidays->refusals->len, holidays->n_ignored);

  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *text;
  const char *expected;
} Case;

static void
check_cases (const Case *cases,
             guint       n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliHolidays) holidays = linli_holidays_parse (cases[i].text, -1, &error);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      found = describe (holidays);
      g_assert_cmpstr (found, ==, cases[i].expected);
      for (guint k = 0; k < holidays->refusals->len; k++)
        {
          const LinliHolidayRefusal *refusal = &g_array_index (holidays->refusals, LinliHolidayRefusal, k);

          g_autofree char *reason = linli_holidays_refusal_say (refusal, NULL);

          g_assert_true (g_utf8_validate (reason, -1, NULL));
          g_assert_cmpstr (reason, !=, "");
          g_assert_null (strstr (reason, "%s"));
        }
    }
}

static void
test_json (void)
{
  static const Case cases[] = {
    { "{\"year\": 2026, \"days\": [{\"name\": \"春节\", \"date\": \"2026-02-14\", \"isOffDay\": false},"
      " {\"name\": \"春节\", \"date\": \"2026-02-15\", \"isOffDay\": true}]}",
      "+2026-02-14 春节; -2026-02-15 春节; 0 refused, 0 ignored" },
    { "\xef\xbb\xbf  {\"days\": []}", "0 refused, 0 ignored" },
    { "{\"days\": [{\"date\": \"2026-02-15\", \"isOffDay\": true}, {\"date\": \"2026-02-14\", \"isOffDay\": true}]}",
      "-2026-02-14 ?; -2026-02-15 ?; 0 refused, 0 ignored" },
    { "{\"days\": [7, {}, {\"date\": \"2026-02-30\", \"isOffDay\": true}, {\"date\": \"2026-02-15\", \"isOffDay\": \"yes\"},"
      " {\"date\": \"2026-02-15\"}, {\"date\": \"2026-02-16\", \"isOffDay\": true}]}",
      "-2026-02-16 ?; 5 refused, 0 ignored" },
    /* the same day twice, and the same day both ways */
    { "{\"days\": [{\"date\": \"2026-02-15\", \"isOffDay\": true}, {\"date\": \"2026-02-15\", \"isOffDay\": true}]}",
      "-2026-02-15 ?; 0 refused, 0 ignored" },
    { "{\"days\": [{\"date\": \"2026-02-15\", \"isOffDay\": true}, {\"date\": \"2026-02-15\", \"isOffDay\": false},"
      " {\"date\": \"2026-02-16\", \"isOffDay\": true}]}",
      "-2026-02-16 ?; 1 refused, 0 ignored" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_ics (void)
{
  static const Case cases[] = {
    { ICS (EVENT ("DTSTART;VALUE=DATE:20260214\r\nDTEND;VALUE=DATE:20260215\r\nSUMMARY:春节（班）\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260215\r\nDTEND;VALUE=DATE:20260218\r\nSUMMARY:春节（休）\r\n")),
      "+2026-02-14 春节; -2026-02-15 春节; -2026-02-16 春节; -2026-02-17 春节; 0 refused, 0 ignored" },
    /* the ways feeds mark their days */
    { ICS (EVENT ("DTSTART;VALUE=DATE:20260501\r\nSUMMARY:劳动节假期 第1天/共5天\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260509\r\nSUMMARY:劳动节补班 第1天/共1天\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260502\r\nSUMMARY:休 | 劳动节\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260503\r\nSUMMARY:劳动节 休\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260504\r\nSUMMARY:【休】劳动节\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260505\r\nSUMMARY:劳动节放假\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260920\r\nSUMMARY:调休上班\r\n")
           EVENT ("DTSTART;VALUE=DATE:20261010\r\nSUMMARY:National Day\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\n")),
      "-2026-05-01 劳动节; -2026-05-02 劳动节; -2026-05-03 劳动节; -2026-05-04 劳动节; -2026-05-05 劳动节; "
      "+2026-05-09 劳动节; +2026-09-20 ?; +2026-10-10 National、Day; 0 refused, 0 ignored" },
    /* feasts are no holidays */
    { ICS (EVENT ("DTSTART;VALUE=DATE:20260214\r\nSUMMARY:情人节\r\n")
           EVENT ("DTSTART;VALUE=DATE:20260901\r\nSUMMARY:书法班开班\r\n")
           EVENT ("DTSTART;VALUE=DATE:20261222\r\nSUMMARY:冬至\r\n")),
      "0 refused, 3 ignored" },
    /* folded in the middle of a character's line, bare line feeds, an alarm inside */
    { ICS ("BEGIN:VEVENT\nDTSTART;VALUE=\n DATE:2026\n\t0215\nSUMMARY:春节\n （休）\nBEGIN:VALARM\nSUMMARY:闹钟（班）\nEND:VALARM\nEND:VEVENT\n"),
      "-2026-02-15 春节; 0 refused, 0 ignored" },
    { ICS (EVENT ("dtstart;x=\"a:b;c\":20260215\r\nsummary;LANGUAGE=zh:春节\\, 休\r\n")),
      "-2026-02-15 春节; 0 refused, 0 ignored" },
    { ICS (EVENT ("DTSTART;VALUE=DATE:20260215\r\nDURATION:P1D\r\nSUMMARY:春节 休\r\n")), "-2026-02-15 春节; 0 refused, 0 ignored" },
    /* refused one by one, the rest is read */
    { ICS (EVENT ("SUMMARY:春节 休\r\n")
           EVENT ("DTSTART:20260230\r\nSUMMARY:春节 休\r\n")
           EVENT ("DTSTART:2026井15\r\nSUMMARY:春节 休\r\n")
           EVENT ("DTSTART:20260215T090000\r\nSUMMARY:春节 休\r\n")
           EVENT ("DTSTART:20260215\r\nDTEND:20260214\r\nSUMMARY:春节 休\r\n")
           EVENT ("DTSTART:20260215\r\nDTEND:20360214\r\nSUMMARY:春节 休\r\n")
           EVENT ("DTSTART:20260215\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:春节 休\r\n")
           EVENT ("DTSTART:20260215\r\nDURATION:P3D\r\nSUMMARY:春节 休\r\n")
           EVENT ("DTSTART:20260215\r\nSUMMARY:春节 休 班\r\n")
           EVENT ("DTSTART:20260216\r\nSUMMARY:春节 休\r\n")),
      "-2026-02-16 春节; 9 refused, 0 ignored" },
    { "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260216\nSUMMARY:春节 休", "1 refused, 0 ignored" },
    { "begin:vcalendar\n", "0 refused, 0 ignored" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_refused_whole (void)
{
  static const char *bad[] = { "", "   ", "[1, 2]", "{", "{\"year\": 2026}", "{\"days\": 7}", "hello", "\xff\xfe", "BEGIN:VEVENT\n" };
  g_autofree char *huge = g_strnfill (5 * 1024 * 1024, ' ');
  g_autoptr(GString) crowd = g_string_new ("BEGIN:VCALENDAR\n");
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (linli_holidays_parse (bad[i], -1, &error));
      g_assert_error (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_FORMAT);
      g_clear_error (&error);
    }

  g_assert_null (linli_holidays_parse (huge, -1, &error));
  g_assert_error (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_TOO_BIG);
  g_clear_error (&error);
  for (guint i = 0; i < 30000; i++)
    g_string_append (crowd, "BEGIN:VEVENT\nEND:VEVENT\n");
  g_assert_null (linli_holidays_parse (crowd->str, (gssize) crowd->len, &error));
  g_assert_error (error, LINLI_HOLIDAYS_ERROR, LINLI_HOLIDAYS_ERROR_TOO_BIG);
}

/* A refusal says which line it is about. */
static void
test_places (void)
{
  g_autoptr(LinliHolidays) holidays = linli_holidays_parse (
    "BEGIN:VCALENDAR\r\nX-WR-CALNAME:节假\r\n 日\r\nBEGIN:VEVENT\r\nSUMMARY:春节 休\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", -1, NULL);

  g_assert_cmpuint (holidays->refusals->len, ==, 1);
  g_assert_cmpuint (g_array_index (holidays->refusals, LinliHolidayRefusal, 0).place, ==, 4);
}

/* @year of the shipped calendar as a published list, without its day @left_out. */
static LinliHolidays *
list_of_year (int       year,
              LinliDate left_out)
{
  g_autoptr(LinliWorkCalendar) shipped = calendar_test_shipped ();
  g_autoptr(GString) text = g_string_new ("{\"days\":[");
  LinliHolidays *holidays;

  for (LinliDate date = linli_date_new (year, 1, 1); date < linli_date_new (year + 1, 1, 1); date++)
    {
      LinliDayKind kind = linli_work_calendar_get_day (shipped, date, NULL)->kind;
      g_autofree char *day = linli_date_to_text (date);

      if (date != left_out && (kind == LINLI_DAY_HOLIDAY || kind == LINLI_DAY_MAKE_UP))
        g_string_append_printf (text, "%s{\"date\":\"%s\",\"isOffDay\":%s}", g_str_has_suffix (text->str, "[") ? "" : ",", day,
                                kind == LINLI_DAY_HOLIDAY ? "true" : "false");
    }
  g_string_append (text, "]}");
  holidays = linli_holidays_parse (text->str, -1, NULL);
  g_assert_nonnull (holidays);
  return holidays;
}

/* Weekdays off less days made up: eleven a year up to 2024, thirteen since; a list with a day missing shows. */
static void
test_check_sum (void)
{
  static const struct { int year, days; const char *left_out; int then; } years[] = {
    { 2023, 11, "2023-10-02", 10 }, { 2024, 11, "2024-02-04", 12 }, { 2025, 13, "2025-05-01", 12 }, { 2026, 13, "2026-02-14", 14 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (years); i++)
    {
      g_autoptr(LinliHolidays) whole = list_of_year (years[i].year, LINLI_DATE_NONE);
      g_autoptr(LinliHolidays) torn = list_of_year (years[i].year, linli_date_parse (years[i].left_out));
      int days = 0, expected = 0;

      g_assert_true (linli_holidays_check_year (whole, years[i].year, &days, &expected));
      g_assert_cmpint (days, ==, years[i].days);
      g_assert_cmpint (expected, ==, years[i].days);
      g_assert_false (linli_holidays_check_year (torn, years[i].year, &days, &expected));
      g_assert_cmpint (days, ==, years[i].then);
    }
}

static char *
real_file (int year)
{
  const char *data = g_getenv ("LINLI_REAL_DATA");
  g_autofree char *name = g_strdup_printf ("holidays-%d.json", year);
  g_autofree char *path = data != NULL ? g_build_filename (data, name, NULL)
                                       : g_build_filename (g_getenv ("LINLI_SOURCE_ROOT"), "..", "shared", "data", name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

/* The published lists, read by this code, say what the shipped calendar says. */
static void
test_published (void)
{
  g_autoptr(LinliWorkCalendar) shipped = calendar_test_shipped ();

  for (int year = 2023; year <= 2026; year++)
    {
      g_autoptr(LinliCalendarBuilder) builder = linli_calendar_builder_new ();
      g_autoptr(LinliWorkCalendar) calendar = NULL;
      g_autoptr(LinliHolidays) holidays = NULL;
      g_autofree char *text = real_file (year);
      int days, expected;

      if (text == NULL)
        {
          g_test_skip ("The published lists of holidays are not on this machine");
          return;
        }

      holidays = linli_holidays_parse (text, -1, NULL);
      g_assert_nonnull (holidays);
      g_assert_cmpuint (holidays->refusals->len, ==, 0);
      g_assert_cmpint (holidays->first_year, ==, year);
      g_assert_cmpint (holidays->last_year, ==, year);
      linli_holidays_check_year (holidays, year, &days, &expected);
      g_test_message ("%d: %d of %d days", year, days, expected);
      g_assert_cmpint (ABS (days - expected), <=, 1);

      g_assert_true (linli_holidays_apply (holidays, builder, NULL));
      for (int weekday = LINLI_MONDAY; weekday <= LINLI_FRIDAY; weekday++)
        g_assert_true (linli_calendar_builder_add_span (builder, weekday, 540, 1080, NULL));
      g_assert_true (linli_calendar_builder_set_covered (builder, year, year, NULL));
      calendar = linli_calendar_builder_build (builder, NULL);
      for (LinliDate date = linli_date_new (year, 1, 1); date < linli_date_new (year + 1, 1, 1); date++)
        {
          const LinliCalendarDay *here = linli_work_calendar_get_day (calendar, date, NULL);
          const LinliCalendarDay *there = linli_work_calendar_get_day (shipped, date, NULL);

          g_assert_cmpint (here->kind, ==, there->kind);
          g_assert_cmpstr (here->name, ==, there->name);
        }
    }
}

/* Any bytes: read or refused, never a crash. */
static void
test_noise (void)
{
  static const char *pieces[] = {
    "BEGIN:VCALENDAR\n", "BEGIN:VEVENT\n", "END:VEVENT\n", "END:", "DTSTART:", "20260215", "\n", "\r\n ", "SUMMARY:", "春节 休", "班",
    "\\", ":", ";", "\"", "{", "}", "\"days\":[", "]", "\xff", "T", "BEGIN:VALARM\n", "9999", "RRULE", "第1天", "（休）",
  };

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr(GString) text = g_string_new (g_test_rand_bit () ? "BEGIN:VCALENDAR\n" : "");
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliHolidays) holidays = NULL;

      for (int n = g_test_rand_int_range (0, 30); n > 0; n--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      holidays = linli_holidays_parse (text->str, (gssize) text->len, &error);
      g_assert_true ((holidays == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/holidays/json", test_json);
  g_test_add_func ("/holidays/ics", test_ics);
  g_test_add_func ("/holidays/refused-whole", test_refused_whole);
  g_test_add_func ("/holidays/places", test_places);
  g_test_add_func ("/holidays/check-sum", test_check_sum);
  g_test_add_func ("/holidays/published", test_published);
  g_test_add_func ("/holidays/noise", test_noise);
  return g_test_run ();
}
