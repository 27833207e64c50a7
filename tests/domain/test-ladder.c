/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ladder of supervision as a pure function: which level is called for,
 * from when, and never outside working time. */

#include <glib.h>

#include "linli-calendar-store.h"
#include "linli-json.h"
#include "linli-ladder.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* Monday 2 March 2026, 00:00 in China. */
#define MONDAY G_GINT64_CONSTANT (1772380800000000)
#define AT(day, hour, minute) (MONDAY + (day) * DAY + (hour) * HOUR + (minute) * MINUTE)

static const char week[] =
  "{\"name\":\"试\",\"version\":1,\"zone\":\"Asia/Shanghai\",\"covered_from\":2026,\"covered_until\":2026,\"week\":{"
  "\"mon\":[\"09:00-12:00\",\"14:00-18:00\"],\"tue\":[\"09:00-12:00\",\"14:00-18:00\"],"
  "\"wed\":[\"09:00-12:00\",\"14:00-18:00\"],\"thu\":[\"09:00-12:00\",\"14:00-18:00\"],"
  "\"fri\":[\"09:00-12:00\",\"14:00-18:00\"]},\"exceptions\":[]}";

static LinliLadderRule rules[] = {
  { "before", LINLI_LADDER_BEFORE_DUE, 1, NULL, { 1, LINLI_LIMIT_WORKING_HOUR }, NULL, NULL, "", TRUE },
  { "over", LINLI_LADDER_OVERDUE, 2, NULL, { 0, LINLI_LIMIT_WORKING_HOUR }, NULL, NULL, "", TRUE },
  { "day", LINLI_LADDER_OVERDUE, 3, NULL, { 1, LINLI_LIMIT_WORKING_DAY }, NULL, NULL, "", TRUE },
  { "silent", LINLI_LADDER_SILENT, 3, NULL, { 0, LINLI_LIMIT_WORKING_HOUR }, NULL, NULL, "", TRUE },
  { "week", LINLI_LADDER_OVERDUE, 4, NULL, { 5, LINLI_LIMIT_WORKING_DAY }, NULL, NULL, "", TRUE },
};
static char *watched[] = { (char *) "sign", (char *) "resolve", NULL };

typedef struct
{
  LinliWorkCalendar *calendar;
  GPtrArray         *rules;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(JsonObject) object = linli_json_parse_object (week, -1, NULL);
  g_autoptr(GError) error = NULL;

  f->calendar = linli_work_calendar_from_json (object, &error);
  g_assert_no_error (error);
  f->rules = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      rules[i].clocks = watched;
      rules[i].active = TRUE;
      g_ptr_array_add (f->rules, &rules[i]);
    }
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  linli_work_calendar_unref (f->calendar);
  g_ptr_array_unref (f->rules);
}

/* The level called for; 0 for none. */
static int
judge (Fixture    *f,
       const char *kind,
       gint64      due,
       int         standing,
       gint64      reply_due,
       gint64      now,
       gint64     *at)
{
  const LinliLadderClock clock = { kind, NULL, due };
  const LinliLadderCase facts = { &clock, 1, standing, reply_due, NULL };
  LinliLadderCall call;

  if (!linli_ladder_judge (f->rules, &facts, f->calendar, now, &call))
    return 0;
  if (at != NULL)
    *at = call.at;
  return call.rule->level;
}

static void
test_levels (Fixture      *f,
             gconstpointer data)
{
  /* Due Wednesday 10:00, 15:00, Friday 18:00; levels come one after another. */
  static const struct { const char *what; gint64 due, now; int standing, level; gint64 at; } cases[] = {
    { "long before", AT (2, 15, 0), AT (2, 11, 0), 0, 0, 0 },
    { "an hour before", AT (2, 15, 30), AT (2, 14, 30), 0, 1, AT (2, 14, 30) },
    { "an hour before, over lunch", AT (2, 14, 20), AT (2, 11, 20), 0, 1, AT (2, 11, 20) },
    { "an hour before, over the night", AT (3, 9, 30), AT (2, 17, 30), 0, 1, AT (2, 17, 30) },
    { "reminded already", AT (2, 15, 30), AT (2, 15, 0), 1, 0, 0 },
    { "due exactly now is not overdue", AT (2, 15, 0), AT (2, 15, 0), 1, 0, 0 },
    { "overdue", AT (2, 15, 0), AT (2, 15, 1), 1, 2, AT (2, 15, 1) },
    { "overdue at closing: in the morning", AT (2, 18, 0), AT (2, 23, 59), 1, 0, 0 },
    { "overdue at closing: the morning", AT (2, 18, 0), AT (3, 9, 1), 1, 2, AT (3, 9, 1) },
    { "overdue in the night: the morning", AT (2, 2, 0), AT (2, 9, 1), 0, 2, AT (2, 9, 1) },
    { "overdue in the night: not yet", AT (2, 2, 0), AT (2, 8, 59), 0, 0, 0 },
    { "one working day over the weekend", AT (4, 15, 0), AT (7, 14, 59), 2, 0, 0 },
    { "one working day over the weekend", AT (4, 15, 0), AT (7, 15, 1), 2, 3, AT (7, 15, 1) },
    { "nobody looked for a day: the gravest at once", AT (2, 10, 0), AT (3, 11, 0), 0, 3, AT (3, 10, 1) },
    { "five working days", AT (2, 10, 0), AT (9, 10, 1), 3, 4, AT (9, 10, 1) },
    { "nothing above", AT (2, 10, 0), AT (20, 10, 1), 4, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 at = 0;

      g_test_message ("%s", cases[i].what);
      g_assert_cmpint (judge (f, "resolve", cases[i].due, cases[i].standing, 0, cases[i].now, &at), ==, cases[i].level);
      g_assert_cmpint (at, ==, cases[i].at);
    }
}

static void
test_silence_is_pressed (Fixture      *f,
                         gconstpointer data)
{
  g_assert_cmpint (judge (f, "resolve", AT (30, 15, 0), 2, AT (2, 15, 0), AT (2, 15, 0), NULL), ==, 0);
  g_assert_cmpint (judge (f, "resolve", AT (30, 15, 0), 2, AT (2, 15, 0), AT (2, 15, 1), NULL), ==, 3);
  g_assert_cmpint (judge (f, "resolve", AT (30, 15, 0), 2, 0, AT (2, 15, 1), NULL), ==, 0); /* it has answered */
}

static void
test_disabled_rule_stops_at_once (Fixture      *f,
                                  gconstpointer data)
{
  g_assert_cmpint (judge (f, "resolve", AT (2, 15, 0), 0, 0, AT (2, 15, 1), NULL), ==, 2);
  rules[1].active = FALSE;
  g_assert_cmpint (judge (f, "resolve", AT (2, 15, 0), 0, 0, AT (2, 15, 1), NULL), ==, 0);
}

static void
test_other_clocks_are_left_alone (Fixture      *f,
                                  gconstpointer data)
{
  g_assert_cmpint (judge (f, "callback", AT (2, 15, 0), 0, 0, AT (2, 16, 0), NULL), ==, 0);
  g_assert_cmpint (judge (f, "sign", AT (2, 15, 0), 0, 0, AT (2, 16, 0), NULL), ==, 2);
}

static void
test_unknown_year_calls_for_nothing (Fixture      *f,
                                     gconstpointer data)
{
  g_assert_cmpint (judge (f, "resolve", AT (400, 15, 0), 0, 0, AT (400, 16, 0), NULL), ==, 0);
}

/* Whatever is due whenever: nothing is called for outside working time, what
 * was called for stays called for, and levels only rise. */
static void
test_working_time_only (Fixture      *f,
                        gconstpointer data)
{
  for (guint n = 0; n < 2000; n++)
    {
      gint64 due = MONDAY + g_test_rand_int_range (0, 30 * 24 * 60) * MINUTE;
      int last = 0;

      for (gint64 now = due - DAY * 4; now < due + DAY * 12; now += g_test_rand_int_range (1, 600) * MINUTE)
        {
          gint64 at = 0;
          int level = judge (f, "resolve", due, 0, 0, now, &at);

          if (level > 0)
            {
              g_assert_true (linli_ladder_is_working_time (f->calendar, at) ||
                             linli_ladder_is_working_time (f->calendar, at - MINUTE));
              g_assert_cmpint (at, <=, now);
            }
          if (last != 1 || now <= due) /* "soon" ends with its clock; over a night nothing has followed yet */
            g_assert_cmpint (level, >=, last);
          g_assert_cmpint (due, <=, level == 1 ? linli_ladder_horizon (f->rules, f->calendar, now) : G_MAXINT64);
          last = level;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/ladder/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("levels", test_levels);
  ADD ("silence-is-pressed", test_silence_is_pressed);
  ADD ("disabled-rule-stops-at-once", test_disabled_rule_stops_at_once);
  ADD ("other-clocks-are-left-alone", test_other_clocks_are_left_alone);
  ADD ("unknown-year-calls-for-nothing", test_unknown_year_calls_for_nothing);
  ADD ("working-time-only", test_working_time_only);
#undef ADD
  return g_test_run ();
}
