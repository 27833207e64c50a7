/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-calendar.h"

G_BEGIN_DECLS

/* A working calendar's year at a glance. One day has the cursor: arrow keys go
 * by day and week, Page Up and Down by month, and Enter or a click asks for
 * the day ("day-activated"). */
#define LINLI_TYPE_YEAR_VIEW (linli_year_view_get_type ())
G_DECLARE_FINAL_TYPE (LinliYearView, linli_year_view, LINLI, YEAR_VIEW, GtkWidget)

GtkWidget *linli_year_view_new          (void);
void       linli_year_view_set_calendar (LinliYearView     *self,
                                         LinliWorkCalendar *calendar,
                                         LinliDate          today);
void       linli_year_view_set_year     (LinliYearView     *self,
                                         int                year);
int        linli_year_view_get_year     (LinliYearView     *self);
LinliDate  linli_year_view_get_day      (LinliYearView     *self);

G_END_DECLS
