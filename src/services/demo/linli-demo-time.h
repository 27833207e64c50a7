/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-deadline.h"

G_BEGIN_DECLS

#define LINLI_DEMO_MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define LINLI_DEMO_HOUR   (60 * LINLI_DEMO_MINUTE)
#define LINLI_DEMO_DAY    (24 * LINLI_DEMO_HOUR)

/* When somebody is there to do a thing. */
typedef enum
{
  LINLI_DEMO_ANY,    /* day and night: what is urgent */
  LINLI_DEMO_DUTY,   /* every day from morning to late evening: desks */
  LINLI_DEMO_FIELD,  /* every day in daylight and a little longer: crews */
  LINLI_DEMO_OFFICE, /* by the working calendar */
} LinliDemoHours;

/* The times of the sample data: all made from one "now" and one calendar. */
typedef struct
{
  LinliWorkCalendar *calendar; /* (unowned) */
  gint64             now;      /* microseconds UTC, as every moment here */
} LinliDemoTime;

gboolean linli_demo_time_is_workday (const LinliDemoTime  *self,
                                     LinliDate             date);
gboolean linli_demo_time_is_open    (const LinliDemoTime  *self,
                                     gint64                at,
                                     LinliDemoHours        hours);
gint64   linli_demo_time_forward    (const LinliDemoTime  *self,
                                     gint64                at,
                                     LinliDemoHours        hours,
                                     int                   jitter);
gint64   linli_demo_time_back       (const LinliDemoTime  *self,
                                     gint64                at,
                                     LinliDemoHours        hours,
                                     int                   jitter);
gint64   linli_demo_time_add        (const LinliDemoTime  *self,
                                     gint64                at,
                                     double                minutes,
                                     LinliDemoHours        hours);
void     linli_demo_time_split      (const LinliDemoTime  *self,
                                     gint64                at,
                                     LinliDate            *date,
                                     int                  *minute);
gint64   linli_demo_time_due        (const LinliDemoTime  *self,
                                     gint64                at,
                                     LinliTerm             term,
                                     LinliStartRule        rule);

G_END_DECLS
