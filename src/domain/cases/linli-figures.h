/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-figure-choice.h"

G_BEGIN_DECLS

/* The figures of a period (统计): what part of the cases was finished, in
 * time, right at the first dispatch, to the resident's satisfaction. Whole
 * numbers and ratios of whole numbers; every one names the set of cases it
 * counts and the search line that opens them. */

typedef enum
{
  LINLI_FIGURE_RATE,     /* part of a whole */
  LINLI_FIGURE_COUNT,
  LINLI_FIGURE_MULTIPLE, /* submissions a case */
} LinliFigureKind;

/* What a figure means. */
typedef struct
{
  const char     *id;
  const char     *label;    /* to be translated */
  LinliFigureKind kind;
  LinliFigureSet  part;     /* numerator */
  LinliFigureSet  whole;    /* denominator */
  int             better;   /* 1 when more is better, -1 when less, 0 when neither */
  const char     *excluded; /* (nullable) what the whole leaves out, to be translated */
} LinliFigureDef;

extern const LinliFigureDef linli_figure_defs[]; /* ends with a NULL id */

/* Times of handling in minutes; the median and the 90th percentile are those
 * of the nearest rank. */
typedef struct
{
  gint64 n;
  gint64 sum;
  gint64 median;
  gint64 p90;
} LinliFigureSpread;

/* All that is counted of some cases. */
typedef struct
{
  gint64            n[LINLI_N_SETS];
  gint64            submissions; /* of the accepted */
  LinliFigureSpread natural;
  LinliFigureSpread working;     /* n is less where the calendar knows no holidays */
} LinliFigureCounts;

typedef enum
{
  LINLI_GROUP_TIME,
  LINLI_GROUP_CLASS,
  LINLI_GROUP_ITEM,
  LINLI_GROUP_CHANNEL,
  LINLI_GROUP_UNIT,
  LINLI_GROUP_COMMUNITY,
  LINLI_GROUP_LANE,
  LINLI_GROUP_GRADE,
  LINLI_N_GROUPS,
} LinliFigureGrouping;

/* The cases under one head. */
typedef struct
{
  char  *key;             /* (nullable): in the store; NULL for those under none */
  char  *name;            /* (nullable): for people */
  char   from[LINLI_DAY_SIZE]; /* of LINLI_GROUP_TIME, both included */
  char   to[LINLI_DAY_SIZE];
  gint64 n[LINLI_N_SETS];
  gint64 minutes;         /* sum over LINLI_SET_TIMED */
} LinliFigureRow;

typedef enum
{
  LINLI_STEP_DAY,
  LINLI_STEP_WEEK,
  LINLI_STEP_MONTH,
} LinliFigureStep;

typedef enum
{
  LINLI_COMPARE_NONE,
  LINLI_COMPARE_BEFORE, /* 环比: as long a period just before */
  LINLI_COMPARE_YEAR,   /* 同比: the same days a year earlier */
} LinliFigureComparison;

typedef struct
{
  const char           *line;  /* (nullable): search line; cases it finds, all when NULL */
  LinliFigureBasis      basis;
  GDate                 from;  /* the centre's days, both included */
  GDate                 to;
  LinliFigureStep       step;
  LinliFigureComparison compare;
} LinliFigureRequest;

/* Frozen once loaded: any thread may hold it. */
typedef struct
{
  char             *line;      /* as asked, never NULL */
  LinliFigureBasis  basis;
  char              from[LINLI_DAY_SIZE];
  char              to[LINLI_DAY_SIZE];
  gint64            now;
  LinliFigureCounts counts;
  gboolean          compared;
  char              before_from[LINLI_DAY_SIZE];
  char              before_to[LINLI_DAY_SIZE];
  LinliFigureCounts before;
  GPtrArray        *groups[LINLI_N_GROUPS]; /* LinliFigureRow, by time, else most cases first */
  char              known_from[LINLI_DAY_SIZE]; /* whose holidays the calendar knows; empty without one */
  char              known_to[LINLI_DAY_SIZE];
} LinliFigures;

LinliFigures *linli_figures_load     (LinliConn                *conn,
                                      const LinliFigureRequest *request,
                                      gint64                    now,
                                      const char               *actor,
                                      GError                  **error);
LinliFigures *linli_figures_ref      (LinliFigures             *self);
void          linli_figures_free     (LinliFigures             *self);
gint64        linli_figure_get_part  (const LinliFigureDef     *def,
                                      const LinliFigureCounts  *counts);
char         *linli_figures_get_line (LinliFigures             *self,
                                      LinliFigureGrouping       grouping,
                                      const LinliFigureRow     *row,
                                      LinliFigureSet            set,
                                      gboolean                  before,
                                      gboolean                  chinese);
char         *linli_figures_get_worked_line (LinliFigures   *self,
                                      gboolean                  chinese);
const char   *linli_figure_grouping_to_id (LinliFigureGrouping  grouping);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliFigures, linli_figures_free)

G_END_DECLS
