/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times as a clerk says them. Pure: "now" and the zone are handed in. */

#include "config.h"

#include "linli-time-words.h"

#include <glib/gi18n-lib.h>

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)
#define SOON   (4 * HOUR)

/* @due: microseconds UTC, 0 for none. A case is late only after its due time. */
LinliDueTone
linli_due_tone (gint64 due,
                gint64 now)
{
  if (due == 0)
    return LINLI_DUE_NONE;
  if (now > due)
    return LINLI_DUE_OVER;

  return due - now <= SOON ? LINLI_DUE_SOON : LINLI_DUE_LATER;
}

static char *
over_words (gint64 span)
{
  guint n;

  if (span >= DAY)
    {
      n = span / DAY;
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day over", "%u days over", n), n);
    }
  if (span >= HOUR)
    {
      n = span / HOUR;
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour over", "%u hours over", n), n);
    }
  n = MAX (1, span / MINUTE);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute over", "%u minutes over", n), n);
}

static char *
left_words (gint64 span)
{
  guint n;

  if (span >= DAY)
    {
      n = span / DAY;
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day left", "%u days left", n), n);
    }
  if (span >= HOUR)
    {
      n = span / HOUR;
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u hour left", "%u hours left", n), n);
    }
  n = span / MINUTE;
  if (n == 0)
    return g_strdup (_("due now"));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u minute left", "%u minutes left", n), n);
}

/**
 * linli_due_words:
 *
 * Whole units, rounded so that nobody is promised more time than there is.
 *
 * Returns: (transfer full) (nullable): "3 hours left", "2 days over"; %NULL without a due time
 */
char *
linli_due_words (gint64 due,
                 gint64 now)
{
  if (due == 0)
    return NULL;

  return now > due ? over_words (now - due) : left_words (due - now);
}

static int
days_between (GDateTime *then,
              GDateTime *now)
{
  GDate a, b;

  g_date_clear (&a, 1);
  g_date_clear (&b, 1);
  g_date_set_dmy (&a, g_date_time_get_day_of_month (then), g_date_time_get_month (then), g_date_time_get_year (then));
  g_date_set_dmy (&b, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));

  return g_date_days_between (&a, &b);
}

/**
 * linli_moment_words:
 *
 * Returns: (transfer full): as short as stays clear: "5 min ago", "10:32", "yesterday 10:32", "5 Mar", "2018-03-05"
 */
char *
linli_moment_words (gint64     then,
                    gint64     now,
                    GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (then / G_USEC_PER_SEC);
  g_autoptr(GDateTime) utc_now = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autoptr(GDateTime) local_now = g_date_time_to_timezone (utc_now, zone);
  gint64 ago = now - then;
  int days = days_between (local, local_now);

  if (ago >= 0 && ago < MINUTE)
    return g_strdup (_("just now"));
  if (ago >= 0 && ago < HOUR)
    {
      guint n = ago / MINUTE;

      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u min ago", "%u min ago", n), n);
    }
  if (days == 0)
    return g_date_time_format (local, "%H:%M");
  if (days == 1)
    /* Translators: yesterday with the hour; a pattern of g_date_time_format() */
    return g_date_time_format (local, _("yesterday %H:%M"));
  if (g_date_time_get_year (local) == g_date_time_get_year (local_now))
    /* Translators: a day of this year; a pattern of g_date_time_format() */
    return g_date_time_format (local, _("%-d %b"));

  return g_date_time_format (local, "%Y-%m-%d");
}

/* Returns: (transfer full): day, weekday and minute, for tooltips and screen readers */
char *
linli_moment_full_words (gint64     then,
                         GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (then / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* Translators: a whole date with weekday and time; a pattern of g_date_time_format() */
  return g_date_time_format (local, _("%A %-d %B %Y, %H:%M"));
}
