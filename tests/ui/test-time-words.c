/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a clerk reads about time, in English: no translation is loaded here. */

#include "linli-time-words.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Saturday 14 February 2026, 10:30 in Shanghai. */
#define NOW G_GINT64_CONSTANT (1771036200000000)

static const struct
{
  gint64       due; /* from now */
  LinliDueTone tone;
  const char  *words;
} dues[] = {
  { 0, LINLI_DUE_SOON, "due now" },
  { MINUTE - 1, LINLI_DUE_SOON, "due now" },
  { MINUTE, LINLI_DUE_SOON, "1 minute left" },
  { 59 * MINUTE, LINLI_DUE_SOON, "59 minutes left" },
  { HOUR, LINLI_DUE_SOON, "1 hour left" },
  { 2 * HOUR - 1, LINLI_DUE_SOON, "1 hour left" },
  { 4 * HOUR, LINLI_DUE_SOON, "4 hours left" },
  { 4 * HOUR + 1, LINLI_DUE_LATER, "4 hours left" },
  { DAY - 1, LINLI_DUE_LATER, "23 hours left" },
  { DAY, LINLI_DUE_LATER, "1 day left" },
  { 40 * DAY, LINLI_DUE_LATER, "40 days left" },
  { -1, LINLI_DUE_OVER, "1 minute over" },
  { -2 * MINUTE, LINLI_DUE_OVER, "2 minutes over" },
  { -HOUR, LINLI_DUE_OVER, "1 hour over" },
  { -2 * DAY, LINLI_DUE_OVER, "2 days over" },
};

static void
test_due (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dues); i++)
    {
      g_autofree char *words = linli_due_words (NOW + dues[i].due, NOW);

      g_assert_cmpstr (words, ==, dues[i].words);
      g_assert_cmpint (linli_due_tone (NOW + dues[i].due, NOW), ==, dues[i].tone);
    }
  g_assert_null (linli_due_words (0, NOW));
  g_assert_cmpint (linli_due_tone (0, NOW), ==, LINLI_DUE_NONE);
}

/* However the numbers fall, nobody is promised more time than there is. */
static void
test_never_promises_more (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      gint64 left = (gint64) (g_rand_double (rand) * 30 * DAY);
      g_autofree char *words = linli_due_words (NOW + left, NOW);
      gint64 n = g_ascii_strtoll (words, NULL, 10);
      gint64 unit = g_strstr_len (words, -1, "day") ? DAY : g_strstr_len (words, -1, "hour") ? HOUR : MINUTE;

      g_assert_cmpint (n * unit, <=, left);
      g_assert_cmpint ((n + 1) * unit, >, left);
    }
}

static const struct
{
  gint64      ago;
  const char *words;
} moments[] = {
  { 0, "just now" },
  { 59 * G_USEC_PER_SEC, "just now" },
  { 5 * MINUTE, "5 min ago" },
  { 2 * HOUR, "08:30" },
  { 10 * HOUR + 30 * MINUTE, "00:00" },
  { 10 * HOUR + 31 * MINUTE, "yesterday 23:59" },
  { 2 * DAY, "12 Feb" },
  { 44 * DAY, "1 Jan" },
  { 45 * DAY, "2025-12-31" },
  { -HOUR, "11:30" }, /* a clock that was set back */
};

static void
test_moments (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *words = linli_moment_words (NOW - moments[i].ago, NOW, zone);

      g_assert_cmpstr (words, ==, moments[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-words/due", test_due);
  g_test_add_func ("/time-words/never-promises-more", test_never_promises_more);
  g_test_add_func ("/time-words/moments", test_moments);
  return g_test_run ();
}
