/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-measure.h"

G_BEGIN_DECLS

/* The sets of cases that figures count. A case is in several at once; a bit
 * each. Every set has a name that the search line knows (统计:, figure:), so
 * that every number opens the cases behind it. */
typedef enum
{
  LINLI_SET_CASES,         /* but merged ones, which count within their target */
  LINLI_SET_ACCEPTED,      /* and neither declined nor withdrawn */
  LINLI_SET_FINISHED,      /* accepted, and resolved or closed */
  LINLI_SET_UNFINISHED,    /* accepted, and not yet */
  LINLI_SET_JUDGED,        /* finished under a limit, or unfinished beyond it */
  LINLI_SET_IN_TIME,
  LINLI_SET_LATE,          /* finished late */
  LINLI_SET_OVERDUE,       /* unfinished beyond the limit */
  LINLI_SET_NOT_DUE,       /* unfinished, the limit still ahead */
  LINLI_SET_NO_LIMIT,      /* accepted, without a limit */
  LINLI_SET_TIMED,         /* finished, and both ends of the time are known */
  LINLI_SET_DISPATCHED,
  LINLI_SET_FIRST_RIGHT,   /* the first dispatch was never returned */
  LINLI_SET_RETURNED,
  LINLI_SET_INSTANT,
  LINLI_SET_REPEATED,      /* more than one submission */
  LINLI_SET_CALLED_BACK,   /* the resident said whether it is solved, or how satisfied */
  LINLI_SET_ASKED_SOLVED,
  LINLI_SET_SOLVED,
  LINLI_SET_RATED,
  LINLI_SET_SATISFIED,
  LINLI_SET_EXTENDED,
  LINLI_SET_SUPERVISED,    /* reminded or more */
  LINLI_SET_REDONE,
  LINLI_SET_DECLINED,
  LINLI_SET_WITHDRAWN,
  LINLI_SET_DONE_1,        /* finished within one day of 24 hours */
  LINLI_SET_DONE_3,        /* in more than one and up to three */
  LINLI_SET_DONE_7,
  LINLI_SET_DONE_15,
  LINLI_SET_DONE_MORE,
  LINLI_SET_LATE_1,        /* up to a day beyond the limit, finished or not */
  LINLI_SET_LATE_3,
  LINLI_SET_LATE_7,
  LINLI_SET_LATE_MORE,
  LINLI_SET_LATE_UNSAID,   /* late, as the source of an import says, not by how much */
  LINLI_N_SETS,
} LinliFigureSet;

#define LINLI_SET_BIT(set) (G_GUINT64_CONSTANT (1) << (set))

guint64     linli_figure_sets_of     (const LinliCaseMeasure *measure,
                                      gint64                  now);
const char *linli_figure_set_to_id   (LinliFigureSet          set);
const char *linli_figure_set_to_zh   (LinliFigureSet          set);
const char *linli_figure_set_get_doc (LinliFigureSet          set);
gboolean    linli_figure_set_find    (const char             *typed,
                                      LinliFigureSet         *set);

G_END_DECLS
