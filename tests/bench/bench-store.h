/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"

G_BEGIN_DECLS

/* Big stores for benchmarks, made once and kept in the build folder. */

guint   bench_store_rows (void);
char   *bench_store_open_path (guint n_cases);
LinliConn *bench_store_open (const char *path);
gint64  bench_ticks (void);
double  bench_percentile (GArray *samples,
                          double  share);

G_END_DECLS
