/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "linli-figure-period.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#define MOST_COLUMNS 45 /* that still read as single days or weeks */

const char *
linli_period_words (LinliPeriod period)
{
  switch (period)
    {
    case LINLI_PERIOD_MONTH:      return _("This month");
    case LINLI_PERIOD_LAST_MONTH: return _("Last month");
    case LINLI_PERIOD_WEEK:       return _("This week");
    case LINLI_PERIOD_TODAY:      return _("Today");
    case LINLI_PERIOD_30_DAYS:    return _("The last 30 days");
    case LINLI_PERIOD_QUARTER:    return _("This quarter");
    case LINLI_PERIOD_YEAR:       return _("This year");
    case LINLI_PERIOD_LAST_YEAR:  return _("Last year");
    case LINLI_PERIOD_CHOSEN:
    case LINLI_N_PERIODS:
    default:                      return _("From – to");
    }
}

/**
 * linli_period_days:
 * @today: the centre's
 * @from: (out): first day
 * @to: (out): last day, never after @today
 *
 * Of %LINLI_PERIOD_CHOSEN the two are left as they are.
 */
void
linli_period_days (LinliPeriod  period,
                   const GDate *today,
                   GDate       *from,
                   GDate       *to)
{
  if (period == LINLI_PERIOD_CHOSEN)
    return;
  *from = *to = *today;
  switch (period)
    {
    case LINLI_PERIOD_MONTH:
      g_date_set_day (from, 1);
      break;
    case LINLI_PERIOD_LAST_MONTH:
      g_date_set_day (from, 1);
      *to = *from;
      g_date_subtract_days (to, 1);
      g_date_subtract_months (from, 1);
      break;
    case LINLI_PERIOD_WEEK:
      g_date_subtract_days (from, (guint) g_date_get_weekday (today) - 1);
      break;
    case LINLI_PERIOD_30_DAYS:
      g_date_subtract_days (from, 29);
      break;
    case LINLI_PERIOD_QUARTER:
      g_date_set_day (from, 1);
      g_date_subtract_months (from, ((guint) g_date_get_month (today) - 1) % 3);
      break;
    case LINLI_PERIOD_YEAR:
      g_date_set_dmy (from, 1, G_DATE_JANUARY, g_date_get_year (today));
      break;
    case LINLI_PERIOD_LAST_YEAR:
      g_date_set_dmy (from, 1, G_DATE_JANUARY, (GDateYear) (g_date_get_year (today) - 1));
      g_date_set_dmy (to, 31, G_DATE_DECEMBER, (GDateYear) (g_date_get_year (today) - 1));
      break;
    case LINLI_PERIOD_TODAY:
    case LINLI_PERIOD_CHOSEN:
    case LINLI_N_PERIODS:
    default:
      break;
    }
}

/* As fine as still reads well. */
LinliFigureStep
linli_period_step (const GDate *from,
                   const GDate *to)
{
  int n_days = g_date_days_between (from, to) + 1;

  return n_days <= MOST_COLUMNS ? LINLI_STEP_DAY : n_days <= 7 * MOST_COLUMNS ? LINLI_STEP_WEEK : LINLI_STEP_MONTH;
}

/* Returns: whether @typed is a day, as 2026-02-14 or 2026/2/14 */
gboolean
linli_period_parse (const char *typed,
                    GDate      *date)
{
  int year = 0, month = 0, day = 0;

  if ((sscanf (typed, "%4d-%2d-%2d", &year, &month, &day) != 3 && sscanf (typed, "%4d/%2d/%2d", &year, &month, &day) != 3) ||
      year < 1 || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}
