/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LINLI_CHART_SERIES 2

/* One place along the axis. */
typedef struct
{
  char  *label; /* under the axis, short */
  char  *words; /* all of it, for a tooltip and for who cannot see it */
  gint64 values[LINLI_CHART_SERIES];
} LinliChartPoint;

/* Columns along time: two numbers at every place. Reached by Tab, walked with
 * the arrow keys; Enter or a click emits "activated" with the place. */
#define LINLI_TYPE_CHART (linli_chart_get_type ())
G_DECLARE_FINAL_TYPE (LinliChart, linli_chart, LINLI, CHART, GtkWidget)

void linli_chart_clear     (LinliChart *self);
void linli_chart_add       (LinliChart *self,
                            const char *label,
                            const char *words,
                            gint64      first,
                            gint64      second);
void linli_chart_set_words (LinliChart *self,
                            const char *words);

G_END_DECLS
