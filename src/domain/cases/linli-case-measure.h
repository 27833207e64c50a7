/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* What one case counts for in the figures (统计): when it came, was sent, was
 * done, whether in time, and under which heads it is grouped. One narrow row
 * of whole numbers a case in the table case_measure, kept up to date inside
 * every transaction and lying in the order of arrival, so that a year is a
 * scan of what is needed and nothing else. See linli-figure-sets.h for what
 * is counted. */

/* What figures are grouped by and chosen by. Names are numbers of case_word. */
typedef enum
{
  LINLI_HEAD_ITEM,      /* class and leaf, as the case says it */
  LINLI_HEAD_CHANNEL,   /* code */
  LINLI_HEAD_UNIT,      /* lead unit */
  LINLI_HEAD_COMMUNITY,
  LINLI_HEAD_GRADE,     /* code of the satisfaction grade */
  LINLI_N_HEADS,
} LinliHead;

/* What became of the first limit to finish the case by (办结时限). */
typedef enum
{
  LINLI_LIMIT_NONE,    /* no limit, or none that could be computed */
  LINLI_LIMIT_RUNNING,
  LINLI_LIMIT_PAUSED,
  LINLI_LIMIT_IN_TIME, /* met */
  LINLI_LIMIT_LATE,    /* met too late */
  LINLI_LIMIT_STOPPED, /* nobody waits for it any more */
} LinliLimitState;

typedef enum
{
  LINLI_FIRST_NONE,     /* not dispatched yet */
  LINLI_FIRST_KEPT,
  LINLI_FIRST_RETURNED,
} LinliFirstDispatch;

typedef enum
{
  LINLI_SOLVED_UNKNOWN,
  LINLI_SOLVED_YES,
  LINLI_SOLVED_PARTLY,
  LINLI_SOLVED_NO,
} LinliSolved;

/* Times are microseconds UTC, 0 when there is none. */
typedef struct
{
  gint64             received_at;
  gint64             dispatched_at; /* first time */
  gint64             finished_at;   /* the last part done, else closed */
  gint64             limit_at;      /* when the first limit ran or runs out */
  gint64             met_at;
  guint              state;         /* LinliCaseState */
  LinliLimitState    limit;
  gboolean           told;          /* the limit repeats its source's flag: its times are no facts */
  LinliFirstDispatch first;
  gboolean           returned;
  gboolean           instant;
  gboolean           contacted;     /* some unit spoke to the resident */
  gboolean           extended;
  gboolean           redone;
  guint              supervision;   /* 0 to 4 */
  LinliSolved        solved;
  gboolean           rated;
  gboolean           satisfied;
  guint              lane;          /* 0 none, 1 大事, 2 小事, 3 私事 */
  guint              submissions;
} LinliCaseMeasure;

#define LINLI_MEASURE_COLUMNS "received_at, dispatched_at, finished_at, limit_at, met_at, marks"
#define LINLI_MEASURE_N_COLUMNS 6
#define LINLI_MEASURE_HEADS "item, channel, unit, community, grade"

/* @create: "CREATE TABLE " or what makes them elsewhere; @number: the type of
 * 64 bits; @strict and @keyed: what the engine wants told of the tables. */
#define LINLI_CASE_MEASURE_TABLES(create, number, strict, keyed) \
  create "case_word (word " number " PRIMARY KEY, head " number " NOT NULL, folded TEXT NOT NULL, name TEXT NOT NULL," \
  " UNIQUE (head, folded))" strict ";\n" \
  create "case_measure (pk " number " NOT NULL UNIQUE, received_at " number " NOT NULL, dispatched_at " number " NOT NULL," \
  " finished_at " number " NOT NULL, limit_at " number " NOT NULL, met_at " number " NOT NULL, marks " number " NOT NULL," \
  " item " number " NOT NULL, channel " number " NOT NULL, unit " number " NOT NULL, community " number " NOT NULL," \
  " grade " number " NOT NULL, PRIMARY KEY (received_at, pk))" keyed ";\n" \
  "CREATE INDEX case_measure_dispatched ON case_measure (dispatched_at) WHERE dispatched_at > 0;\n" \
  "CREATE INDEX case_measure_finished ON case_measure (finished_at) WHERE finished_at > 0;\n" \
  "CREATE INDEX case_measure_limit ON case_measure (limit_at) WHERE limit_at > 0;\n"

#define LINLI_CASE_MEASURE_SQL \
  LINLI_CASE_MEASURE_TABLES ("CREATE TABLE ", "INTEGER", " STRICT", " STRICT, WITHOUT ROWID")

void     linli_case_measure_read    (LinliCaseMeasure *self,
                                     LinliStmt        *stmt,
                                     int               column);
gint64   linli_case_measure_get_marks (const LinliCaseMeasure *self);
gboolean linli_case_measure_project (LinliTx          *tx,
                                     GHashTable       *made,
                                     GError          **error);
gboolean linli_case_measure_some    (LinliConn        *conn,
                                     gint64            first,
                                     gint64            last,
                                     GError          **error);
gboolean linli_case_measure_rebuild (LinliConn        *conn,
                                     GError          **error);
gboolean linli_case_measure_verify  (LinliConn        *conn,
                                     gint64            from,
                                     GPtrArray        *problems,
                                     GError          **error);

G_END_DECLS
