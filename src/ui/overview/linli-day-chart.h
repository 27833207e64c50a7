/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-overview.h"

G_BEGIN_DECLS

/* What came in and what was finished, day by day, as pairs of bars. */
#define LINLI_TYPE_DAY_CHART (linli_day_chart_get_type ())
G_DECLARE_FINAL_TYPE (LinliDayChart, linli_day_chart, LINLI, DAY_CHART, GtkWidget)

void linli_day_chart_set_days (LinliDayChart      *self,
                               const LinliCaseDay *days,
                               guint               n_days,
                               GTimeZone          *zone);

G_END_DECLS
