/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine against a reference that walks every minute and knows no
 * shortcuts, on calendars nobody would think of. */

#include <string.h>

#include "calendar-test.h"
#include "linli-json.h"

#define N_QUESTIONS     20
#define FIRST_YEAR      2025
#define LAST_YEAR       2026
#define WINDOW_DAYS     80
#define WINDOW          (WINDOW_DAYS * LINLI_MINUTES_PER_DAY)
#define USEC_PER_MINUTE (60 * G_USEC_PER_SEC)

/* Every minute of a window of time, as the wall clock and the rules have it. */
typedef struct
{
  LinliWorkCalendar *calendar;
  gint64             first; /* minutes since the epoch */
  guint8            *open;  /* WINDOW entries */
  LinliDate         *date;
  guint8            *paused;
} World;

typedef struct
{
  LinliHours week[7];
  GHashTable *exceptions; /* date -> LinliHours */
} Rules;

/* Thousands with -m slow, enough to notice a slip every time. */
static guint
n_calendars (void)
{
  return g_test_slow () ? 3000 : 40;
}

static LinliHours
random_hours (void)
{
  LinliHours hours = { 0 };
  int n = g_test_rand_int_range (1, 4);
  int at = g_test_rand_int_range (0, 4) == 0 ? 0 : g_test_rand_int_range (4 * 60, 12 * 60);

  for (int i = 0; i < n && at < LINLI_MINUTES_PER_DAY; i++)
    {
      int from = at;
      int length = g_test_rand_int_range (1, 400);
      int to = MIN (MAX (from, 4 * 60) + length, LINLI_MINUTES_PER_DAY);

      if (to == LINLI_MINUTES_PER_DAY - 1) /* means 24:00, tested elsewhere */
        to++;
      g_assert_true (linli_hours_add (&hours, from, to, NULL));
      at = to + g_test_rand_int_range (0, 200);
    }

  return hours;
}

static LinliWorkCalendar *
random_calendar (Rules       *rules,
                 const char **zone)
{
  static const char *zones[] = { "Asia/Shanghai", "Europe/Berlin", "America/New_York", "+05:45" };
  g_autoptr(LinliCalendarBuilder) builder = linli_calendar_builder_new ();
  g_autoptr(GError) error = NULL;
  LinliWorkCalendar *calendar;
  gboolean any = FALSE;

  *zone = zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))];
  g_assert_true (linli_calendar_builder_set_zone (builder, *zone, NULL));
  g_assert_true (linli_calendar_builder_set_covered (builder, FIRST_YEAR, LAST_YEAR, NULL));
  memset (rules->week, 0, sizeof rules->week);
  rules->exceptions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (int weekday = 0; weekday < 7; weekday++)
    if (g_test_rand_int_range (0, 7) < 5 || (weekday == 6 && !any))
      {
        rules->week[weekday] = random_hours ();
        any = TRUE;
        for (guint i = 0; i < rules->week[weekday].n_spans; i++)
          g_assert_true (linli_calendar_builder_add_span (builder, weekday, rules->week[weekday].spans[i].from,
                                                          rules->week[weekday].spans[i].to, NULL));
      }

  for (int n = g_test_rand_int_range (0, 100); n > 0; n--)
    {
      LinliDate date = linli_date_new (FIRST_YEAR, 1, 1) + g_test_rand_int_range (0, 730);
      LinliExceptionKind kind = g_test_rand_int_range (0, 3);
      LinliHours *hours = g_new0 (LinliHours, 1);

      if (kind == LINLI_EXCEPTION_HOURS)
        *hours = random_hours ();
      for (int weekday = 0; kind == LINLI_EXCEPTION_WORK && hours->n_spans == 0; weekday++)
        *hours = rules->week[weekday];
      g_assert_true (linli_calendar_builder_set_exception (builder, date, kind, hours, "节", NULL));
      g_hash_table_insert (rules->exceptions, GINT_TO_POINTER (date), hours);
    }

  calendar = linli_calendar_builder_build (builder, &error);
  g_assert_no_error (error);
  return calendar;
}

static gint64
offset_at (GTimeZone *tz,
           gint64     minute)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (minute * 60);
  g_autoptr(GDateTime) there = g_date_time_to_timezone (utc, tz);

  return g_date_time_get_utc_offset (there) / USEC_PER_MINUTE;
}

static void
world_init (World *world)
{
  Rules rules;
  const char *zone;
  g_autoptr(GTimeZone) tz = NULL;
  const LinliHours *hours = NULL;
  gboolean changes = FALSE;
  gint64 offset = 0;

  world->calendar = random_calendar (&rules, &zone);
  tz = g_time_zone_new_identifier (zone);
  world->first = AT ("2025-01-02 00:00") / USEC_PER_MINUTE + g_test_rand_int_range (0, 600 * LINLI_MINUTES_PER_DAY);
  world->open = g_new0 (guint8, WINDOW);
  world->paused = g_new0 (guint8, WINDOW);
  world->date = g_new0 (LinliDate, WINDOW);
  for (int i = 0; i < WINDOW; i++)
    {
      gint64 minute = world->first + i;
      gint64 local;
      int of_day;

      if (i % LINLI_MINUTES_PER_DAY == 0)
        changes = offset_at (tz, minute) != offset_at (tz, minute + LINLI_MINUTES_PER_DAY);
      if (i % LINLI_MINUTES_PER_DAY == 0 || (changes && minute % 60 == 0))
        offset = offset_at (tz, minute);
      local = minute + offset;
      world->date[i] = (LinliDate) (local / LINLI_MINUTES_PER_DAY);
      of_day = (int) (local % LINLI_MINUTES_PER_DAY);
      if (i == 0 || world->date[i] != world->date[i - 1])
        {
          hours = g_hash_table_lookup (rules.exceptions, GINT_TO_POINTER (world->date[i]));
          if (hours == NULL)
            hours = &rules.week[linli_date_get_weekday (world->date[i])];
        }
      for (guint k = 0; k < hours->n_spans; k++)
        if (of_day >= hours->spans[k].from && of_day < hours->spans[k].to)
          world->open[i] = 1;
    }
  g_hash_table_unref (rules.exceptions);
}

static void
world_clear (World *world)
{
  linli_work_calendar_unref (world->calendar);
  g_free (world->open);
  g_free (world->paused);
  g_free (world->date);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static gint64
to_time (const World *world,
         int          at)
{
  return (world->first + at) * USEC_PER_MINUTE;
}

/* Counts @left minutes from @begin on; -1 when the window ends before. */
static int
count (const World *world,
       int          begin,
       gint64       left,
       gboolean     working)
{
  int at = begin;

  for (; left > 0; at++)
    {
      if (at >= WINDOW)
        return -1;
      if (!world->paused[at] && (!working || world->open[at]))
        left--;
    }

  return at;
}

static int
next_day (const World *world,
          int          at)
{
  LinliDate date = world->date[at];

  while (at < WINDOW && world->date[at] == date)
    at++;
  return at;
}

/* The minute after the last working one of the @n-th working day from @at on. */
static int
closing (const World *world,
         int          at,
         gint64       n)
{
  while (at < WINDOW)
    {
      int end = next_day (world, at);
      int last = -1;

      for (int i = at; i < end; i++)
        if (world->open[i])
          last = i;
      if (last >= 0 && --n == 0)
        return end < WINDOW ? last + 1 : -1;
      at = end;
    }

  return -1;
}

static int
reference (const World   *world,
           int            start,
           LinliTerm      term,
           LinliStartRule rule)
{
  gboolean working = linli_limit_unit_is_working (term.unit);
  int begin = rule == LINLI_START_IMMEDIATE ? start : next_day (world, start);
  int end;
  gint64 minutes = 0;

  if (!linli_limit_unit_is_days (term.unit))
    return count (world, begin, term.unit == LINLI_LIMIT_MINUTE || term.unit == LINLI_LIMIT_URGENT_MINUTE ? term.amount : term.amount * 60,
                  working);

  end = begin;
  if (working)
    end = closing (world, begin, term.amount);
  else
    for (gint64 i = 0; i < term.amount; i++)
      end = end < WINDOW ? next_day (world, end) : WINDOW;
  if (end < 0 || end >= WINDOW)
    return -1;
  for (int i = begin; i < end; i++)
    minutes += !working || world->open[i];
  return count (world, begin, minutes, working);
}

static guint
random_pauses (World      *world,
               int         start,
               LinliPause *pauses)
{
  guint n = (guint) g_test_rand_int_range (0, 4);

  memset (world->paused, 0, WINDOW);
  for (guint i = 0; i < n; i++)
    {
      int from = start + g_test_rand_int_range (-2000, 10000);
      int length = g_test_rand_int_range (0, 4000);
      int to;

      from = CLAMP (from, 0, WINDOW - 1);
      to = MIN (from + length, WINDOW - 1);
      pauses[i] = (LinliPause) { to_time (world, from), to_time (world, to) };
      memset (world->paused + from, 1, (gsize) (to - from));
    }

  return n;
}

/* What a trace must be, whatever it tells. */
static void
check_trace (const LinliDeadline *deadline,
             gint64               minutes)
{
  g_autoptr(JsonObject) json = linli_trace_to_json (deadline->trace);
  g_autofree char *text = linli_json_object_to_text (json);
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliTrace) back = linli_trace_from_json (json, &error);
  g_autoptr(JsonObject) again = NULL;
  g_autofree char *again_text = NULL;
  gint64 counted = 0;

  g_assert_no_error (error);
  again = linli_trace_to_json (back);
  again_text = linli_json_object_to_text (again);
  g_assert_cmpstr (again_text, ==, text);
  for (int language = LINLI_LANGUAGE_ZH; language <= LINLI_LANGUAGE_EN; language++)
    {
      g_autofree char *told = linli_trace_to_text (deadline->trace, language);
      g_autofree char *retold = linli_trace_to_text (back, language);

      g_assert_cmpstr (told, ==, retold);
      g_assert_true (g_utf8_validate (told, -1, NULL));
    }

  for (guint i = 0; i < back->steps->len; i++)
    {
      const LinliStep *step = &g_array_index (back->steps, LinliStep, i);

      if (step->kind == LINLI_STEP_COUNTED)
        counted += step->minutes;
    }
  if (minutes >= 0)
    g_assert_cmpint (counted, ==, minutes);
}

/* Returns whether the window was long enough to know the answer. */
static gboolean
check_question (World *world)
{
  int start = g_test_rand_int_range (0, WINDOW / 3);
  LinliTerm term = { g_test_rand_int_range (1, 30), g_test_rand_int_range (0, LINLI_LIMIT_N_UNITS) };
  LinliStartRule rule = g_test_rand_int_range (0, LINLI_START_N_RULES);
  LinliPause pauses[4];
  LinliDeadlineQuestion question = {
    .start = to_time (world, start) + g_test_rand_int_range (0, 60) * G_USEC_PER_SEC, .limit = term, .rule = rule,
    .calendar = world->calendar, .pauses = pauses,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(LinliDeadline) deadline = NULL;
  gint64 per = term.unit == LINLI_LIMIT_MINUTE || term.unit == LINLI_LIMIT_URGENT_MINUTE ? 1 : 60;
  int due;

  /* Told by other tests: same time of day, and clock time from an opening. */
  if (linli_limit_unit_is_days (term.unit) && rule == LINLI_START_IMMEDIATE)
    question.rule = rule = LINLI_START_NEXT_DAY;
  if (!linli_limit_unit_is_working (term.unit) && rule == LINLI_START_NEXT_WORKING_DAY)
    question.rule = rule = LINLI_START_NEXT_DAY;
  if (term.unit == LINLI_LIMIT_MINUTE)
    question.limit.amount = term.amount = g_test_rand_int_range (1, 5000);

  question.n_pauses = random_pauses (world, start, pauses);
  due = reference (world, start, term, rule);
  if (due < 0)
    return FALSE;

  deadline = linli_deadline_compute (&question, &error);
  g_assert_no_error (error);
  if (deadline->due != to_time (world, due))
    {
      g_autofree char *told = linli_trace_to_text (deadline->trace, LINLI_LANGUAGE_EN);
      g_autofree char *expected = linli_work_calendar_format_time (world->calendar, to_time (world, due));

      g_test_message ("%s; expected %s", told, expected);
    }
  g_assert_cmpint (deadline->due, ==, to_time (world, due));
  check_trace (deadline, linli_limit_unit_is_days (term.unit) ? -1 : term.amount * per);
  return TRUE;
}

static void
test_reference (void)
{
  guint n_checked = 0;

  for (guint i = 0; i < n_calendars (); i++)
    {
      g_auto(World) world = { 0 };

      world_init (&world);
      for (guint k = 0; k < N_QUESTIONS; k++)
        n_checked += check_question (&world);
    }
  g_assert_cmpuint (n_checked, >, n_calendars () * N_QUESTIONS / 2);
}

/* Counting minutes between two moments, against counting them. */
static void
test_count_minutes (void)
{
  for (guint i = 0; i < n_calendars (); i++)
    {
      g_auto(World) world = { 0 };

      world_init (&world);
      for (guint k = 0; k < N_QUESTIONS; k++)
        {
          int from = g_test_rand_int_range (0, WINDOW);
          int to = g_test_rand_int_range (0, WINDOW);
          gint64 minutes, expected = 0;

          for (int at = from; at < to; at++)
            expected += world.open[at];
          g_assert_true (linli_work_calendar_count_minutes (world.calendar, to_time (&world, from), to_time (&world, to), &minutes, NULL));
          g_assert_cmpint (minutes, ==, expected);
        }
    }
}

static LinliDeadline *
ask (LinliWorkCalendar *calendar,
     gint64             start,
     gint64             amount,
     LinliLimitUnit     unit,
     LinliStartRule     rule,
     const LinliPause  *pause)
{
  LinliDeadlineQuestion question = {
    .start = start, .limit = { amount, unit }, .rule = rule, .calendar = calendar, .pauses = pause, .n_pauses = pause != NULL,
  };

  return linli_deadline_compute (&question, NULL);
}

/* A longer limit is never due earlier, nor is a later start. */
static void
test_monotone (void)
{
  for (guint i = 0; i < n_calendars (); i++)
    {
      g_auto(World) world = { 0 };

      world_init (&world);
      for (guint k = 0; k < N_QUESTIONS; k++)
        {
          gint64 start = to_time (&world, g_test_rand_int_range (0, WINDOW / 3));
          LinliLimitUnit unit = g_test_rand_int_range (0, LINLI_LIMIT_N_UNITS);
          LinliStartRule rule = g_test_rand_int_range (0, LINLI_START_N_RULES);
          gint64 amount = g_test_rand_int_range (0, 20);
          gint64 later = start + g_test_rand_int_range (0, 5000) * (gint64) USEC_PER_MINUTE;
          g_autoptr(LinliDeadline) one = ask (world.calendar, start, amount, unit, rule, NULL);
          g_autoptr(LinliDeadline) two = ask (world.calendar, start, amount + 1, unit, rule, NULL);
          g_autoptr(LinliDeadline) three = ask (world.calendar, later, amount, unit, rule, NULL);

          if (one == NULL || two == NULL || three == NULL)
            continue;
          g_assert_cmpint (one->due, <=, two->due);
          g_assert_cmpint (one->due, <=, three->due);
          g_assert_cmpint (one->due, >=, start);
        }
    }
}

/* Minutes and hours can be counted in two goes. */
static void
test_additive (void)
{
  static const LinliLimitUnit units[] = { LINLI_LIMIT_MINUTE, LINLI_LIMIT_WORKING_HOUR, LINLI_LIMIT_URGENT_HOUR, LINLI_LIMIT_HOUR };

  for (guint i = 0; i < n_calendars (); i++)
    {
      g_auto(World) world = { 0 };

      world_init (&world);
      for (guint k = 0; k < N_QUESTIONS; k++)
        {
          gint64 start = to_time (&world, g_test_rand_int_range (0, WINDOW / 3));
          LinliLimitUnit unit = units[g_test_rand_int_range (0, G_N_ELEMENTS (units))];
          int a = g_test_rand_int_range (0, 60);
          int b = g_test_rand_int_range (1, 60);
          g_autoptr(LinliDeadline) first = ask (world.calendar, start, a, unit, LINLI_START_IMMEDIATE, NULL);
          g_autoptr(LinliDeadline) second = first != NULL ? ask (world.calendar, first->due, b, unit, LINLI_START_IMMEDIATE, NULL) : NULL;
          g_autoptr(LinliDeadline) whole = ask (world.calendar, start, a + b, unit, LINLI_START_IMMEDIATE, NULL);

          if (second == NULL || whole == NULL)
            continue;
          g_assert_cmpint (second->due, ==, whole->due);
        }
    }
}

/* A pause costs the working minutes between its ends, no more and no less. */
static void
test_pause_cost (void)
{
  for (guint i = 0; i < n_calendars (); i++)
    {
      g_auto(World) world = { 0 };

      world_init (&world);
      for (guint k = 0; k < N_QUESTIONS; k++)
        {
          gint64 start = to_time (&world, g_test_rand_int_range (0, WINDOW / 3));
          LinliStartRule rule = g_test_rand_int_range (0, LINLI_START_N_RULES);
          LinliLimitUnit unit = g_test_rand_bit () ? LINLI_LIMIT_WORKING_DAY : LINLI_LIMIT_WORKING_HOUR;
          g_autoptr(LinliDeadline) plain = ask (world.calendar, start, 3, unit, rule, NULL);
          g_autoptr(LinliDeadline) held = NULL;
          LinliPause pause;
          gint64 lost = 0, moved = 0;

          if (plain == NULL || plain->due - start < 2 * USEC_PER_MINUTE)
            continue;
          /* All of it before the end, and after counting began. */
          pause.from = rule == LINLI_START_IMMEDIATE ? start : start + 2 * LINLI_MINUTES_PER_DAY * (gint64) USEC_PER_MINUTE;
          pause.to = plain->due - USEC_PER_MINUTE;
          if (pause.to <= pause.from)
            continue;
          held = ask (world.calendar, start, 3, unit, rule, &pause);
          if (held == NULL)
            continue;
          g_assert_true (linli_work_calendar_count_minutes (world.calendar, pause.from, pause.to, &lost, NULL));
          g_assert_true (linli_work_calendar_count_minutes (world.calendar, plain->due, held->due, &moved, NULL));
          g_assert_cmpint (moved, ==, lost);
        }
    }
}

/* Counting back undoes counting on, but for the time nobody works. */
static void
test_backwards (void)
{
  for (guint i = 0; i < n_calendars (); i++)
    {
      g_auto(World) world = { 0 };

      world_init (&world);
      for (guint k = 0; k < N_QUESTIONS; k++)
        {
          gint64 start = to_time (&world, g_test_rand_int_range (WINDOW / 3, WINDOW));
          int amount = g_test_rand_int_range (1, 3000);
          g_autoptr(LinliDeadline) back = ask (world.calendar, start, -amount, LINLI_LIMIT_MINUTE, LINLI_START_IMMEDIATE, NULL);
          gint64 minutes;

          if (back == NULL)
            continue;
          g_assert_true (linli_work_calendar_count_minutes (world.calendar, back->due, start, &minutes, NULL));
          g_assert_cmpint (minutes, ==, amount);
          check_trace (back, amount);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/deadline/properties/reference", test_reference);
  g_test_add_func ("/deadline/properties/count-minutes", test_count_minutes);
  g_test_add_func ("/deadline/properties/monotone", test_monotone);
  g_test_add_func ("/deadline/properties/additive", test_additive);
  g_test_add_func ("/deadline/properties/pause-cost", test_pause_cost);
  g_test_add_func ("/deadline/properties/backwards", test_backwards);
  return g_test_run ();
}
