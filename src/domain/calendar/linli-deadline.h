/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-trace.h"

G_BEGIN_DECLS

#define LINLI_DEADLINE_ERROR (linli_deadline_error_quark ())

typedef enum
{
  LINLI_DEADLINE_ERROR_UNCOVERED, /* a year whose holidays are not known: show it, never guess */
  LINLI_DEADLINE_ERROR_LIMIT,     /* the limit cannot be counted like this */
  LINLI_DEADLINE_ERROR_PAUSE,     /* a pause ends before it begins */
  LINLI_DEADLINE_ERROR_FORMAT,    /* the question, as JSON, is not one */
} LinliDeadlineError;

GQuark linli_deadline_error_quark (void);

/* When counting begins.
 *
 *                    minutes, hours              working days             days
 * IMMEDIATE          at the start, or working    same time of day,        same time of day,
 *                    time at the next opening    N working days later     N days later
 * NEXT_DAY           with the next day           closing of the N-th      24:00 of the N-th
 *                                                working day after        day after
 * NEXT_WORKING_DAY   with the next working day,  closing of the N-th      24:00 of the N-th day,
 *                    clock time at its opening   working day after        the next working day
 *                                                                         being the first
 */
typedef enum
{
  LINLI_START_IMMEDIATE,        /* 即时 */
  LINLI_START_NEXT_DAY,         /* 次日起 */
  LINLI_START_NEXT_WORKING_DAY, /* 下一工作日起 */
} LinliStartRule;

#define LINLI_START_N_RULES (LINLI_START_NEXT_WORKING_DAY + 1)

#define LINLI_PAUSE_OPEN G_MAXINT64

/* 挂起: nothing counts from @from up to, not including, @to. */
typedef struct
{
  gint64 from; /* microseconds since the epoch */
  gint64 to;   /* likewise; LINLI_PAUSE_OPEN while nobody has resumed the work */
} LinliPause;

typedef struct
{
  gint64             start; /* microseconds since the epoch; seconds are dropped */
  LinliTerm          limit;
  LinliStartRule     rule;
  LinliWorkCalendar *calendar;   /* (unowned) */
  const LinliPause  *pauses;     /* (unowned) in any order; they may overlap */
  gsize              n_pauses;
  const LinliTerm   *extensions; /* (unowned) 延期, in the order they were granted */
  gsize              n_extensions;
} LinliDeadlineQuestion;

typedef struct
{
  gboolean    paused; /* the end is open: a pause has not ended */
  gint64      due;    /* microseconds since the epoch, on the minute; unless @paused */
  gint64      left;   /* when @paused: minutes to count once the work resumes */
  LinliTrace *trace;  /* (owned) */
} LinliDeadline;

LinliDeadline *linli_deadline_compute   (const LinliDeadlineQuestion *question,
                                         GError                     **error);
void           linli_deadline_free      (LinliDeadline               *deadline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliDeadline, linli_deadline_free)

gboolean       linli_deadline_is_overdue (gint64                      now,
                                         gint64                      due);

/* How a deadline looks from a moment. */
typedef struct
{
  gboolean overdue;
  gint64   minutes; /* left, or overdue by */
  int      days;    /* working days, or without a calendar days, between the two; 0 on the day itself */
} LinliRemaining;

gboolean       linli_deadline_remaining (gint64                       now,
                                         gint64                       due,
                                         LinliWorkCalendar           *calendar,
                                         LinliRemaining              *remaining,
                                         GError                     **error);

LinliStartRule linli_start_rule_default (LinliLimitUnit               unit);
const char    *linli_start_rule_to_id   (LinliStartRule               rule);
gboolean       linli_start_rule_from_id (const char                  *id,
                                         LinliStartRule              *rule);

JsonObject    *linli_deadline_run_json  (JsonObject                  *in,
                                         LinliWorkCalendar           *base,
                                         GError                     **error);

G_END_DECLS
