/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-deadline.h"

G_BEGIN_DECLS

/* What a limit comes down to: count so many minutes from a moment on. All
 * moments are minutes since 1970-01-01 UTC. */
typedef struct
{
  gint64   begin;   /* where counting begins */
  gint64   minutes; /* how many to count */
  gboolean working; /* of working time, or of the clock's */
  gboolean roll;    /* out of minutes at a closing, go on to the next opening */
} LinliPlan;

gboolean linli_plan_forward   (LinliWorkCalendar *calendar,
                               gint64             start,
                               LinliTerm          term,
                               LinliStartRule     rule,
                               LinliPlan         *plan,
                               GError           **error);
gboolean linli_plan_backwards (LinliWorkCalendar *calendar,
                               gint64             start,
                               LinliTerm          term,
                               LinliPlan         *plan,
                               GError           **error);

G_END_DECLS
