/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-state.h"
#include "linli-conn.h"

G_BEGIN_DECLS

#define LINLI_CASE_OVERVIEW_DAYS  14
#define LINLI_CASE_OVERVIEW_UNITS 10

/* One day at the centre. */
typedef struct
{
  gint64 start; /* midnight there, microseconds UTC */
  gint64 n_in;  /* cases received */
  gint64 n_out; /* cases finished, in whichever way */
} LinliCaseDay;

typedef struct
{
  char  *unit;  /* (nullable): NULL when no unit has it yet */
  gint64 n;     /* overdue cases */
} LinliCaseLateUnit;

/* How things stand, for the first page. */
typedef struct
{
  gint64       by_state[LINLI_N_CASE_STATES];
  gint64       n_open;
  gint64       n_overdue;
  gint64       n_due_today;
  LinliCaseDay days[LINLI_CASE_OVERVIEW_DAYS]; /* oldest first, today last */
  GArray      *late_units;                     /* LinliCaseLateUnit, worst first */
} LinliCaseOverview;

LinliCaseOverview *linli_case_overview_load (LinliConn         *conn,
                                             gint64             now,
                                             GError           **error);
void               linli_case_overview_free (LinliCaseOverview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliCaseOverview, linli_case_overview_free)

G_END_DECLS
