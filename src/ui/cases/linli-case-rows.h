/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-ink.h"
#include "linli-case-marks.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The rows of a list of cases: makes them, and keeps those in sight shown. */
#define LINLI_TYPE_CASE_ROWS (linli_case_rows_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseRows, linli_case_rows, LINLI, CASE_ROWS, GObject)

LinliCaseRows *linli_case_rows_new           (LinliUiContext *context,
                                              GtkListView    *list,
                                              GtkAdjustment  *adjustment,
                                              LinliCaseMarks *marks,
                                              LinliCaseInk   *ink);
void           linli_case_rows_set_marking   (LinliCaseRows  *self,
                                              gboolean        marking);
void           linli_case_rows_refresh_times (LinliCaseRows  *self);
GtkWidget     *linli_case_rows_find          (LinliCaseRows  *self,
                                              gint64          pk);

G_END_DECLS
