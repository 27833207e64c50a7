/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 seeds, operations, refused, merged, bootstraps, crashes, events;
  gint64  time; /* microseconds that desks have lived */
  guint64 bad;  /* seeds that broke a promise */
} SimTotals;

/* Lives through one seed, and adds to @totals. */
typedef void (*SimJob) (guint64 seed, SimTotals *totals, gpointer data);

gboolean sim_jobs_run (guint64    first,
                       guint64    n,
                       guint      n_jobs,
                       SimJob     job,
                       gpointer   data,
                       SimTotals *totals);

G_END_DECLS
