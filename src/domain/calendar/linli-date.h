/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A day of the civil calendar, wherever that day is lived: days since 1970-01-01. */
typedef gint32 LinliDate;

#define LINLI_DATE_NONE        G_MININT32
#define LINLI_MINUTES_PER_DAY  1440

enum
{
  LINLI_MONDAY,
  LINLI_TUESDAY,
  LINLI_WEDNESDAY,
  LINLI_THURSDAY,
  LINLI_FRIDAY,
  LINLI_SATURDAY,
  LINLI_SUNDAY,
};

LinliDate  linli_date_new         (int         year,
                                   int         month,
                                   int         day);
void       linli_date_split       (LinliDate   date,
                                   int        *year,
                                   int        *month,
                                   int        *day);
int        linli_date_get_year    (LinliDate   date);
int        linli_date_get_weekday (LinliDate   date);
LinliDate  linli_date_parse       (const char *text);
char      *linli_date_to_text     (LinliDate   date);

int        linli_clock_time_parse   (const char *text);
char      *linli_clock_time_to_text (int         minute);

G_END_DECLS
