/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deadlines that other desks' programs got right or wrong, as named cases. */

#include "calendar-test.h"

#define IMMEDIATE   LINLI_START_IMMEDIATE
#define NEXT_DAY    LINLI_START_NEXT_DAY
#define NEXT_WD     LINLI_START_NEXT_WORKING_DAY

#define NINE_TO_FIVE "[\"09:00-17:00\"]"
#define NINE_TO_SIX  "[\"09:00-18:00\"]"
#define EIGHT_TO_EIGHT "[\"08:00-20:00\"]"

typedef struct
{
  const char    *name;
  const char    *start;
  const char    *limit;
  LinliStartRule rule;
  const char    *due;
} Case;

static void
check_cases (LinliWorkCalendar *calendar,
             const Case        *cases,
             guint              n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autoptr(LinliDeadline) deadline = calendar_test_compute (calendar, cases[i].start, cases[i].limit, cases[i].rule);
      g_autofree char *due = linli_work_calendar_format_time (calendar, deadline->due);
      g_autofree char *expected = linli_work_calendar_format_time (calendar, AT (cases[i].due));
      g_autofree char *text = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);

      g_test_message ("%s: %s", cases[i].name, text);
      g_assert_cmpstr (due, ==, expected);
    }
}

/* The dates of the Chinese calendar, with the hours of a Chinese office. */
static void
test_china (void)
{
  static const Case cases[] = {
    { "a make-up Saturday counts", "2026-02-13 17:00", "2工作时", IMMEDIATE, "2026-02-14 10:00" },
    { "days around Spring Festival", "2026-02-12 10:00", "5工作日", NEXT_DAY, "2026-02-26 18:00" },
    { "the same from the next working day", "2026-02-12 10:00", "5工作日", NEXT_WD, "2026-02-26 18:00" },
    { "days around National Day", "2025-09-30 10:00", "5工作日", NEXT_DAY, "2025-10-14 18:00" },
    { "across the lunch break", "2026-03-03 11:30", "2工作时", IMMEDIATE, "2026-03-03 15:30" },
    { "received at lunch", "2026-03-03 13:00", "30分钟", IMMEDIATE, "2026-03-03 14:30" },
    { "urgent hours pass at night", "2026-02-15 23:00", "2紧急工作时", IMMEDIATE, "2026-02-16 01:00" },
    { "urgent minutes too", "2026-02-15 23:50", "紧急30分钟", IMMEDIATE, "2026-02-16 00:20" },
    { "natural hours pass on holidays", "2026-02-15 23:00", "24自然时", IMMEDIATE, "2026-02-16 23:00" },
    { "natural days end with the day", "2026-02-12 10:00", "15自然日", NEXT_DAY, "2026-02-28 00:00" },
    { "natural days at once", "2026-02-12 10:00", "15自然日", IMMEDIATE, "2026-02-27 10:00" },
    { "natural days from the next working day", "2026-02-14 10:00", "2自然日", NEXT_WD, "2026-02-26 00:00" },
    { "ends at closing, stays at closing", "2026-03-03 16:00", "2工作时", IMMEDIATE, "2026-03-03 18:00" },
    { "ends at lunch, stays at lunch", "2026-03-03 11:00", "1工作时", IMMEDIATE, "2026-03-03 12:00" },
    { "one minute past closing is tomorrow", "2026-03-03 16:01", "2工作时", IMMEDIATE, "2026-03-04 09:01" },
    { "nothing to count is due at once", "2026-03-03 16:01", "立即", IMMEDIATE, "2026-03-03 16:01" },
    { "nothing to count at closing is due at closing", "2026-03-03 18:00", "0工作时", IMMEDIATE, "2026-03-03 18:00" },
    { "nothing to count after closing is due at opening", "2026-03-03 18:01", "0工作时", IMMEDIATE, "2026-03-04 09:00" },
    { "hours from the next day", "2026-03-03 10:00", "2工作时", NEXT_DAY, "2026-03-04 11:00" },
    { "hours from the next working day", "2026-03-06 10:00", "2工作时", NEXT_WD, "2026-03-09 11:00" },
    { "urgent hours from the next working day", "2026-03-06 10:00", "2紧急工作时", NEXT_WD, "2026-03-09 11:00" },
    { "the same day, while it is open", "2026-03-03 10:00", "0工作日", NEXT_DAY, "2026-03-03 18:00" },
    { "the same day, once it is closed", "2026-03-06 19:00", "0工作日", NEXT_DAY, "2026-03-09 18:00" },
    { "today, in natural days", "2026-03-03 10:00", "当日", NEXT_DAY, "2026-03-04 00:00" },
    { "over New Year", "2025-12-31 10:00", "3工作日", NEXT_DAY, "2026-01-06 18:00" },
    { "seconds are dropped", "2026-03-03T10:00:59+08:00", "1工作时", IMMEDIATE, "2026-03-03 11:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();

  check_cases (calendar, cases, G_N_ELEMENTS (cases));
}

/* Zammad's calendar tests: a holiday, and a day that is listed but worked. */
static void
test_holiday (void)
{
  static const Case cases[] = {
    { "two hours over a holiday", "2015-09-21 16:30", "120分钟", IMMEDIATE, "2015-09-23 10:30" },
    { "four hours over a holiday", "2015-09-21 16:30", "240分钟", IMMEDIATE, "2015-09-23 12:30" },
    { "received before opening", "2015-09-21 07:30", "120分钟", IMMEDIATE, "2015-09-21 11:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_json (
    "{\"covered_from\": 2015, \"covered_until\": 2015, \"week\": {\"mon\": [\"09:00-17:00\"], \"tue\": [\"09:00-17:00\"],"
    " \"wed\": [\"09:00-17:00\"], \"thu\": [\"09:00-17:00\"], \"fri\": [\"09:00-17:00\"]},"
    " \"exceptions\": [{\"date\": \"2015-09-22\", \"kind\": \"off\", \"name\": \"闭馆日\"},"
    " {\"date\": \"2015-09-23\", \"kind\": \"work\"}]}");

  check_cases (calendar, cases, G_N_ELEMENTS (cases));
}

/* GLPI's day limits. */
static void
test_days (void)
{
  static const Case cases[] = {
    { "seven days on, same time", "2018-11-19 10:00", "7工作日", IMMEDIATE, "2018-11-28 10:00" },
    { "seven days on, end of day", "2018-11-19 10:00", "7工作日", NEXT_DAY, "2018-11-28 20:00" },
    { "same time, from before opening", "2018-11-19 07:00", "1工作日", IMMEDIATE, "2018-11-20 08:00" },
    { "same time, from after closing", "2018-11-19 21:00", "1工作日", IMMEDIATE, "2018-11-21 08:00" },
    { "same time, from a Sunday", "2018-11-18 15:00", "1工作日", IMMEDIATE, "2018-11-20 08:00" },
    { "same time, from the closing", "2018-11-19 20:00", "1工作日", IMMEDIATE, "2018-11-20 20:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_week (EIGHT_TO_EIGHT, 2018, 2018);

  check_cases (calendar, cases, G_N_ELEMENTS (cases));
}

/* Limits that count back from a moment. */
static void
test_backwards (void)
{
  static const struct
  {
    const char *start;
    LinliTerm   limit;
    const char *due;
  } cases[] = {
    { "2018-11-19 10:00", { -7, LINLI_LIMIT_WORKING_DAY }, "2018-11-08 10:00" },
    { "2018-11-18 10:00", { -1, LINLI_LIMIT_WORKING_DAY }, "2018-11-15 20:00" },
    { "2018-11-19 10:00", { -3, LINLI_LIMIT_WORKING_HOUR }, "2018-11-16 19:00" },
    { "2018-11-19 10:00", { -2, LINLI_LIMIT_WORKING_HOUR }, "2018-11-19 08:00" },
    { "2018-11-19 10:00", { -90, LINLI_LIMIT_MINUTE }, "2018-11-19 08:30" },
    { "2018-11-19 10:00", { -12, LINLI_LIMIT_URGENT_HOUR }, "2018-11-18 22:00" },
    { "2018-11-19 10:00", { -7, LINLI_LIMIT_DAY }, "2018-11-12 10:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_week (EIGHT_TO_EIGHT, 2018, 2018);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      LinliDeadlineQuestion question = { .start = AT (cases[i].start), .limit = cases[i].limit, .calendar = calendar };
      g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&question, &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);
      g_test_message ("%s", text);
      g_assert_cmpint (deadline->due, ==, AT (cases[i].due));
    }
}

/* A day that ends earlier than the one the clock was started on. */
static void
test_short_day (void)
{
  static const Case cases[] = {
    { "the time of day does not exist there", "2026-03-02 15:00", "1工作日", IMMEDIATE, "2026-03-03 11:00" },
    { "it falls into a break there", "2026-03-03 10:30", "1工作日", IMMEDIATE, "2026-03-04 10:00" },
    { "it lies before opening there", "2026-03-04 09:30", "1工作日", IMMEDIATE, "2026-03-05 13:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_json (
    "{\"covered_from\": 2026, \"covered_until\": 2026, \"week\": {\"mon\": [\"09:00-17:00\"], \"tue\": [\"09:00-11:00\"],"
    " \"wed\": [\"09:00-10:00\", \"12:00-17:00\"], \"thu\": [\"13:00-17:00\"]}}");

  check_cases (calendar, cases, G_N_ELEMENTS (cases));
}

typedef struct
{
  const char *name;
  const char *start;
  const char *limit;
  LinliStartRule rule;
  const char *pauses[6]; /* from, to, ...; an empty end is open */
  const char *due;       /* NULL: still paused */
  gint64      left;
} PauseCase;

static void
check_pauses (LinliWorkCalendar *calendar,
              const PauseCase   *cases,
              guint              n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      LinliPause pauses[3];
      guint n = 0;
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliDeadline) deadline = NULL;
      g_autofree char *text = NULL;
      LinliDeadlineQuestion question = {
        .start = AT (cases[i].start), .limit = calendar_test_term (cases[i].limit), .rule = cases[i].rule,
        .calendar = calendar, .pauses = pauses,
      };

      for (; n < 3 && cases[i].pauses[2 * n] != NULL; n++)
        pauses[n] = (LinliPause) { AT (cases[i].pauses[2 * n]),
                                   *cases[i].pauses[2 * n + 1] != '\0' ? AT (cases[i].pauses[2 * n + 1]) : LINLI_PAUSE_OPEN };
      question.n_pauses = n;
      deadline = linli_deadline_compute (&question, &error);
      g_assert_no_error (error);
      text = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);
      g_test_message ("%s: %s", cases[i].name, text);

      g_assert_cmpint (deadline->paused, ==, cases[i].due == NULL);
      if (cases[i].due != NULL)
        {
          g_autofree char *due = linli_work_calendar_format_time (calendar, deadline->due);
          g_autofree char *expected = linli_work_calendar_format_time (calendar, AT (cases[i].due));

          g_assert_cmpstr (due, ==, expected);
        }
      else
        g_assert_cmpint (deadline->left, ==, cases[i].left);
    }
}

static void
test_pauses (void)
{
  static const PauseCase cases[] = {
    { "waiting and closed for lunch", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 11:30", "2026-03-03 11:45", "2026-03-03 12:00", "2026-03-03 12:30" }, "2026-03-03 13:45" },
    { "in any order", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 12:00", "2026-03-03 12:30", "2026-03-03 11:30", "2026-03-03 11:45" }, "2026-03-03 13:45" },
    { "overlapping pauses count once", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 11:30", "2026-03-03 12:00", "2026-03-03 11:45", "2026-03-03 12:30" }, "2026-03-03 14:00" },
    { "a weekend of waiting costs nothing", "2026-03-06 17:00", "120分钟", IMMEDIATE,
      { "2026-03-06 18:00", "2026-03-09 09:00" }, "2026-03-09 10:00" },
    { "from Friday to Monday costs only the open hours", "2026-03-06 16:00", "180分钟", IMMEDIATE,
      { "2026-03-06 17:00", "2026-03-09 10:00" }, "2026-03-09 12:00" },
    { "before the start costs nothing", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 09:00", "2026-03-03 11:00" }, "2026-03-03 13:00" },
    { "across the start", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 09:00", "2026-03-03 11:30" }, "2026-03-03 13:30" },
    { "after the end costs nothing", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 13:00", "2026-03-04 11:30" }, "2026-03-03 13:00" },
    { "empty pauses cost nothing", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 12:00", "2026-03-03 12:00" }, "2026-03-03 13:00" },
    { "still waiting", "2026-03-03 11:00", "120分钟", IMMEDIATE, { "2026-03-03 12:00", "" }, NULL, 60 },
    { "waiting began too late to matter", "2026-03-03 11:00", "120分钟", IMMEDIATE,
      { "2026-03-03 13:00", "" }, "2026-03-03 13:00" },
    { "urgent time is held up by the clock", "2026-03-06 22:00", "2紧急工作时", IMMEDIATE,
      { "2026-03-06 23:00", "2026-03-07 07:00" }, "2026-03-07 08:00" },
    { "a day limit moves by the hours lost", "2026-03-03 11:00", "2工作日", NEXT_DAY,
      { "2026-03-04 10:00", "2026-03-04 13:00" }, "2026-03-06 12:00" },
    { "a whole day lost is a day later", "2026-03-03 11:00", "2工作日", NEXT_DAY,
      { "2026-03-04 00:00", "2026-03-05 00:00" }, "2026-03-06 18:00" },
    { "pausing on the day of receipt costs nothing", "2026-03-03 11:00", "2工作日", NEXT_DAY,
      { "2026-03-03 12:00", "2026-03-03 18:00" }, "2026-03-05 18:00" },
    { "same time of day, moved by the hours lost", "2026-03-03 11:00", "2工作日", IMMEDIATE,
      { "2026-03-04 10:00", "2026-03-04 13:00" }, "2026-03-05 14:00" },
    { "same time of day at opening stays an opening", "2026-03-03 09:00", "1工作日", IMMEDIATE,
      { "2026-03-03 10:00", "2026-03-03 19:00" }, "2026-03-04 17:00" },
    { "natural days move by the clock", "2026-03-03 11:00", "2自然日", NEXT_DAY,
      { "2026-03-04 10:00", "2026-03-04 13:00" }, "2026-03-06 03:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_week (NINE_TO_SIX, 2026, 2026);

  check_pauses (calendar, cases, G_N_ELEMENTS (cases));
}

/* A day ends at the midnight of the place: here at 16:00 of the UTC day before. */
static void
test_pause_cut_at_local_midnight (void)
{
  static const PauseCase cases[] = {
    { "into the day off costs what was before midnight", "2026-03-06 20:00", "8工作时", IMMEDIATE,
      { "2026-03-06 23:00", "2026-03-07 12:00" }, "2026-03-09 05:00" },
    { "out of the day off costs what is after midnight", "2026-03-06 20:00", "8工作时", IMMEDIATE,
      { "2026-03-08 12:00", "2026-03-09 01:00" }, "2026-03-09 05:00" },
    { "the midnight of UTC, 08:00, cuts nothing", "2026-03-06 20:00", "8工作时", IMMEDIATE,
      { "2026-03-08 12:00", "2026-03-09 09:00" }, "2026-03-09 13:00" },
    { "between two worked days costs both", "2026-03-04 20:00", "8工作时", IMMEDIATE,
      { "2026-03-04 23:00", "2026-03-05 02:00" }, "2026-03-05 07:00" },
    { "a night off between takes nothing", "2026-03-06 20:00", "8工作时", IMMEDIATE,
      { "2026-03-07 00:00", "2026-03-09 00:00" }, "2026-03-09 04:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_week ("[\"00:00-24:00\"]", 2026, 2026);

  check_pauses (calendar, cases, G_N_ELEMENTS (cases));
}

static void
test_extensions (void)
{
  static const struct
  {
    const char *limit;
    LinliStartRule rule;
    LinliTerm extensions[2];
    gsize n;
    const char *due;
  } cases[] = {
    { "5工作日", NEXT_DAY, { { 5, LINLI_LIMIT_WORKING_DAY } }, 1, "2026-03-17 17:00" },
    { "5工作日", NEXT_DAY, { { 3, LINLI_LIMIT_WORKING_DAY }, { 2, LINLI_LIMIT_WORKING_DAY } }, 2, "2026-03-17 17:00" },
    { "2工作时", IMMEDIATE, { { 4, LINLI_LIMIT_WORKING_HOUR } }, 1, "2026-03-03 16:00" },
    { "5工作日", NEXT_DAY, { { 2, LINLI_LIMIT_WORKING_HOUR } }, 1, "2026-03-11 11:00" },
    { "2紧急工作时", IMMEDIATE, { { 1, LINLI_LIMIT_WORKING_DAY } }, 1, "2026-03-04 12:00" },
    { "5工作日", NEXT_DAY, { { 24, LINLI_LIMIT_URGENT_HOUR } }, 1, "2026-03-11 17:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_week (NINE_TO_FIVE, 2026, 2026);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      LinliDeadlineQuestion question = {
        .start = AT ("2026-03-03 10:00"), .limit = calendar_test_term (cases[i].limit), .rule = cases[i].rule,
        .calendar = calendar, .extensions = cases[i].extensions, .n_extensions = cases[i].n,
      };
      g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&question, &error);
      g_autofree char *text = NULL;
      g_autofree char *due = NULL;
      g_autofree char *expected = linli_work_calendar_format_time (calendar, AT (cases[i].due));

      g_assert_no_error (error);
      text = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_ZH);
      g_test_message ("%s", text);
      due = linli_work_calendar_format_time (calendar, deadline->due);
      g_assert_cmpstr (due, ==, expected);
    }
}

/* A year without published holidays is said to be unknown, never guessed;
 * where the answer does not depend on it, there is one. */
static void
test_uncovered (void)
{
  static const struct
  {
    const char *start;
    const char *limit;
    LinliStartRule rule;
    const char *due; /* NULL: refused */
  } cases[] = {
    { "2026-12-31 10:00", "1工作日", NEXT_DAY, NULL },
    { "2026-12-30 10:00", "1工作日", NEXT_DAY, "2026-12-31 18:00" },
    { "2026-12-31 17:00", "1工作时", IMMEDIATE, "2026-12-31 18:00" },
    { "2026-12-31 17:00", "61分钟", IMMEDIATE, NULL },
    { "2027-01-04 10:00", "1工作时", IMMEDIATE, NULL },
    { "2027-01-04 10:00", "5工作日", NEXT_DAY, NULL },
    { "2022-12-30 10:00", "5工作日", NEXT_DAY, NULL },
    { "2026-12-31 10:00", "5自然日", NEXT_DAY, "2027-01-06 00:00" },
    { "2027-05-01 10:00", "2紧急工作时", IMMEDIATE, "2027-05-01 12:00" },
    { "2026-12-31 10:00", "5自然日", NEXT_WD, NULL },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      LinliDeadlineQuestion question = {
        .start = AT (cases[i].start), .limit = calendar_test_term (cases[i].limit), .rule = cases[i].rule, .calendar = calendar,
      };
      g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&question, &error);

      if (cases[i].due == NULL)
        {
          g_assert_error (error, LINLI_DEADLINE_ERROR, LINLI_DEADLINE_ERROR_UNCOVERED);
          g_assert_null (deadline);
          g_assert_nonnull (g_strrstr (error->message, cases[i].start[3] == '2' ? "2022" : "2027"));
        }
      else
        {
          g_assert_no_error (error);
          g_assert_cmpint (deadline->due, ==, AT (cases[i].due));
        }
    }
}

static void
test_refused (void)
{
  static const LinliPause reversed[] = { { G_USEC_PER_SEC, 0 } };
  static const LinliTerm shortening[] = { { -1, LINLI_LIMIT_WORKING_DAY } };
  static const LinliTerm endless[] = { { G_MAXINT64, LINLI_LIMIT_WORKING_DAY } };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_week (NINE_TO_FIVE, 2026, 2026);
  const LinliTerm day = { 1, LINLI_LIMIT_WORKING_DAY };
  const LinliTerm back = { -1, LINLI_LIMIT_WORKING_DAY };
  const LinliDeadlineQuestion questions[] = {
    { .start = G_MAXINT64, .limit = day, .calendar = calendar },
    { .start = G_MININT64, .limit = day, .calendar = calendar },
    { .start = AT ("2026-03-03 10:00"), .limit = { G_MAXINT64, LINLI_LIMIT_DAY }, .calendar = calendar },
    { .start = AT ("2026-03-03 10:00"), .limit = { G_MININT64, LINLI_LIMIT_DAY }, .calendar = calendar },
    { .start = AT ("2026-03-03 10:00"), .limit = back, .rule = NEXT_DAY, .calendar = calendar },
    { .start = AT ("2026-03-03 10:00"), .limit = back, .calendar = calendar, .pauses = reversed, .n_pauses = 1 },
    { .start = AT ("2026-03-03 10:00"), .limit = day, .calendar = calendar, .pauses = reversed, .n_pauses = 1 },
    { .start = AT ("2026-03-03 10:00"), .limit = day, .calendar = calendar, .extensions = shortening, .n_extensions = 1 },
    { .start = AT ("2026-03-03 10:00"), .limit = day, .calendar = calendar, .extensions = endless, .n_extensions = 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(LinliDeadline) deadline = linli_deadline_compute (&questions[i], &error);

      g_assert_null (deadline);
      g_assert_nonnull (error);
      g_assert_true (error->domain == LINLI_DEADLINE_ERROR);
    }
}

static void
test_overdue (void)
{
  gint64 due = AT ("2026-03-03 18:00");

  g_assert_false (linli_deadline_is_overdue (due - 1, due));
  g_assert_false (linli_deadline_is_overdue (due, due));
  g_assert_true (linli_deadline_is_overdue (due + 1, due));
}

static void
test_remaining (void)
{
  static const struct
  {
    const char *now;
    const char *due;
    gboolean overdue;
    gint64 minutes;
    int days;
  } cases[] = {
    { "2026-02-13 17:00", "2026-02-14 10:00", FALSE, 120, 1 },
    { "2026-02-13 18:00", "2026-02-14 10:00", FALSE, 60, 1 },
    { "2026-02-14 10:00", "2026-02-14 10:00", FALSE, 0, 0 },
    { "2026-02-14 10:01", "2026-02-14 10:00", TRUE, 1, 0 },
    { "2026-02-20 10:00", "2026-02-14 18:00", TRUE, 0, 0 },
    { "2026-02-24 10:00", "2026-02-14 18:00", TRUE, 60, 1 },
    { "2026-03-02 09:00", "2026-03-06 18:00", FALSE, 5 * 7 * 60, 4 },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_shipped ();
  g_autoptr(GError) error = NULL;
  LinliRemaining remaining;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (linli_deadline_remaining (AT (cases[i].now), AT (cases[i].due), calendar, &remaining, NULL));
      g_assert_cmpint (remaining.overdue, ==, cases[i].overdue);
      g_assert_cmpint (remaining.minutes, ==, cases[i].minutes);
      g_assert_cmpint (remaining.days, ==, cases[i].days);
    }

  g_assert_true (linli_deadline_remaining (AT ("2027-02-14 10:00"), AT ("2027-02-16 11:00"), NULL, &remaining, NULL));
  g_assert_cmpint (remaining.minutes, ==, 49 * 60);
  g_assert_false (linli_deadline_remaining (AT ("2027-02-14 10:00"), AT ("2026-02-16 11:00"), calendar, &remaining, &error));
  g_assert_error (error, LINLI_CALENDAR_ERROR, LINLI_CALENDAR_ERROR_UNCOVERED);
}

/* Where the clocks change, a working hour is still an hour. */
static void
test_summer_time (void)
{
  static const Case cases[] = {
    { "spring: an hour is missing", "2026-03-29T01:30:00+01:00", "1工作时", IMMEDIATE, "2026-03-29T03:30:00+02:00" },
    { "spring: a natural day is the same time", "2026-03-28T12:00:00+01:00", "1自然日", IMMEDIATE, "2026-03-29T12:00:00+02:00" },
    { "spring: 24 hours are not", "2026-03-28T12:00:00+01:00", "24自然时", IMMEDIATE, "2026-03-29T13:00:00+02:00" },
    { "autumn: an hour comes twice", "2026-10-25T01:30:00+02:00", "2工作时", IMMEDIATE, "2026-10-25T02:30:00+01:00" },
    { "autumn: closing is at the new hour", "2026-10-24T12:00:00+02:00", "1工作日", NEXT_DAY, "2026-10-25T23:00:00+00:00" },
  };
  g_autoptr(LinliWorkCalendar) calendar = calendar_test_json (
    "{\"zone\": \"Europe/Berlin\", \"covered_from\": 2026, \"covered_until\": 2026, \"week\": {\"mon\": [\"00:00-24:00\"],"
    " \"tue\": [\"00:00-24:00\"], \"wed\": [\"00:00-24:00\"], \"thu\": [\"00:00-24:00\"], \"fri\": [\"00:00-24:00\"],"
    " \"sat\": [\"00:00-24:00\"], \"sun\": [\"00:00-24:00\"]}}");

  check_cases (calendar, cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/china", test_china);
  g_test_add_func ("/deadline/holiday", test_holiday);
  g_test_add_func ("/deadline/days", test_days);
  g_test_add_func ("/deadline/backwards", test_backwards);
  g_test_add_func ("/deadline/short-day", test_short_day);
  g_test_add_func ("/deadline/pauses", test_pauses);
  g_test_add_func ("/deadline/pause-cut-at-local-midnight", test_pause_cut_at_local_midnight);
  g_test_add_func ("/deadline/extensions", test_extensions);
  g_test_add_func ("/deadline/uncovered", test_uncovered);
  g_test_add_func ("/deadline/refused", test_refused);
  g_test_add_func ("/deadline/overdue", test_overdue);
  g_test_add_func ("/deadline/remaining", test_remaining);
  g_test_add_func ("/deadline/summer-time", test_summer_time);
  return g_test_run ();
}
