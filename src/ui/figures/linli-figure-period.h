/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-figures.h"

G_BEGIN_DECLS

/* The periods people ask for. */
typedef enum
{
  LINLI_PERIOD_MONTH,
  LINLI_PERIOD_LAST_MONTH,
  LINLI_PERIOD_WEEK,
  LINLI_PERIOD_TODAY,
  LINLI_PERIOD_30_DAYS,
  LINLI_PERIOD_QUARTER,
  LINLI_PERIOD_YEAR,
  LINLI_PERIOD_LAST_YEAR,
  LINLI_PERIOD_CHOSEN, /* from and to as typed */
  LINLI_N_PERIODS,
} LinliPeriod;

const char     *linli_period_words  (LinliPeriod  period);
void            linli_period_days   (LinliPeriod  period,
                                     const GDate *today,
                                     GDate       *from,
                                     GDate       *to);
LinliFigureStep linli_period_step   (const GDate *from,
                                     const GDate *to);
gboolean        linli_period_parse  (const char  *typed,
                                     GDate       *date);

G_END_DECLS
