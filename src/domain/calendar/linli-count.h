/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-trace.h"

G_BEGIN_DECLS

/* Counting minutes down along time, and telling it. All moments are minutes
 * since 1970-01-01 UTC. */
typedef struct
{
  LinliWorkCalendar   *calendar;   /* (unowned) */
  const LinliOpenSpan *pauses;     /* (unowned) ascending, apart; the last may end at G_MAXINT64 */
  guint                n_pauses;
  guint                next_pause; /* first one that may still matter; only grows */
  guint                told_pause; /* 1 + the one the last PAUSED step tells of; 0: none */
  LinliTrace          *trace;      /* (unowned) */
  gint64               left;       /* minutes still to count */
  gboolean             roll;       /* out of minutes at a closing, go on to the next opening */
  gboolean             paused;     /* stopped by a pause without end */
  gint64               end;        /* where it stopped */
} LinliCount;

gboolean linli_count_working (LinliCount *count,
                              gint64      begin,
                              gboolean    say_outside,
                              GError    **error);
void     linli_count_clock   (LinliCount *count,
                              gint64      begin);
void     linli_count_tell    (LinliCount   *count,
                              LinliStepKind kind,
                              gint64        moment);

G_END_DECLS
