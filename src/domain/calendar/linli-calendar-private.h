/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"

G_BEGIN_DECLS

/* What a calendar says, as it was said. */
typedef struct
{
  char      *name;    /* (owned) */
  char      *source;  /* (owned) */
  char      *zone;    /* (owned) identifier of @tz */
  GTimeZone *tz;      /* (owned) */
  LinliHours week[7]; /* Monday first */
  LinliHours make_up; /* of make-up days; empty: those of the first working weekday */
  int        version;
  int        covered_from;
  int        covered_until;
  GArray    *exceptions; /* (owned) LinliDayException, ascending by date, one per date */
} LinliCalendarRules;

/* The rules, and what follows from them: every covered day written out.
 *
 * days[i] is the day first + i, all of covered_from to covered_until.
 * spans holds the working spans of all days in order; each day's slice lies in
 * it. opened[i] is the number of working minutes before spans[i], with one
 * more entry for the total. working[k] is the k-th working day, and
 * worked[i] the number of working days before days[i], one more for the total.
 * So every question is an index or a binary search. */
struct _LinliWorkCalendar
{
  LinliCalendarRules rules;
  LinliDate          first;
  guint              n_days;
  guint              n_spans;
  guint              n_working;
  LinliCalendarDay  *days;    /* (owned) */
  LinliOpenSpan     *spans;   /* (owned) */
  gint64            *opened;  /* (owned) */
  LinliDate         *working; /* (owned) */
  guint             *worked;  /* (owned) */
};

void               linli_calendar_rules_init  (LinliCalendarRules       *rules);
void               linli_calendar_rules_copy  (LinliCalendarRules       *to,
                                               const LinliCalendarRules *from);
void               linli_calendar_rules_clear (LinliCalendarRules       *rules);
LinliWorkCalendar *linli_work_calendar_compile (const LinliCalendarRules *rules,
                                               GError                  **error);

gint64             linli_work_calendar_count_before (LinliWorkCalendar *calendar,
                                               gint64             minute);
gint64             linli_work_calendar_find_counted (LinliWorkCalendar *calendar,
                                               gint64             counted);

G_END_DECLS
