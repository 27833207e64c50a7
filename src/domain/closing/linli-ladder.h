/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-calendar.h"
#include "linli-conn.h"
#include "linli-limit.h"
#include "linli-row.h"

G_BEGIN_DECLS

/* The ladder of supervision, 提醒, 催办, 督办, 通报, as a pure function of a
 * case's clocks, the rules, the calendar and a moment. It only says what is
 * called for; a person or a setting issues it. */

#define LINLI_LADDER_REMIND    1 /* 提醒 */
#define LINLI_LADDER_URGE      2 /* 催办 */
#define LINLI_LADDER_SUPERVISE 3 /* 督办 */
#define LINLI_LADDER_CIRCULATE 4 /* 通报 */

typedef enum
{
  LINLI_LADDER_BEFORE_DUE, /* a clock is about to run out */
  LINLI_LADDER_OVERDUE,    /* a clock has run out */
  LINLI_LADDER_SILENT,     /* the unit did not answer the last supervision in time */
} LinliLadderEvent;

typedef struct
{
  char            *code;
  LinliLadderEvent event;
  int              level;
  char           **clocks; /* kinds it watches */
  LinliTerm        wait;   /* working time before or after the event; the amount may be 0 */
  char            *wait_text;
  char            *reply;  /* (nullable): limit for the answer, as typed */
  char            *words;  /* reason to begin with */
  gboolean         active;
} LinliLadderRule;

/* A clock of a unit's that runs. */
typedef struct
{
  const char *kind;
  const char *dispatch; /* (nullable): the part; NULL for the whole case, which is the lead's */
  gint64      due;      /* microseconds UTC */
} LinliLadderClock;

/* How a case stands. */
typedef struct
{
  const LinliLadderClock *clocks;
  guint                   n_clocks;
  int                     level;     /* the highest that stands; 0: none */
  gint64                  reply_due; /* of that one, unanswered; 0: nothing is owed */
  const char             *dispatch;  /* (nullable): whom that one was for */
} LinliLadderCase;

typedef struct
{
  const LinliLadderRule *rule;     /* (unowned) */
  const char            *dispatch; /* (unowned) (nullable): the part; NULL: the lead's */
  const char            *kind;     /* (unowned) (nullable): the clock that called; NULL: silence did */
  gint64                 due;      /* of the clock or the answer */
  gint64                 at;       /* when the level was reached, always in working time */
} LinliLadderCall;

GPtrArray *linli_ladder_rules_load  (LinliConn             *conn,
                                     GError               **error);
void       linli_ladder_rules_take  (GPtrArray             *rules,
                                     LinliRow              *row);
gboolean   linli_ladder_judge       (GPtrArray             *rules,
                                     const LinliLadderCase *facts,
                                     LinliWorkCalendar     *calendar,
                                     gint64                 now,
                                     LinliLadderCall       *call);
gint64     linli_ladder_horizon     (GPtrArray             *rules,
                                     LinliWorkCalendar     *calendar,
                                     gint64                 now);
gboolean   linli_ladder_is_working_time (LinliWorkCalendar *calendar,
                                     gint64                 now);

const char *linli_ladder_event_to_text (LinliLadderEvent event);

G_END_DECLS
