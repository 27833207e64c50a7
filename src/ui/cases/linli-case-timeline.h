/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What happened to a case and to those merged into it, in its order. Its rows
 * go from case to case. */
#define LINLI_TYPE_CASE_TIMELINE (linli_case_timeline_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseTimeline, linli_case_timeline, LINLI, CASE_TIMELINE, GtkBox)

LinliCaseTimeline *linli_case_timeline_new       (void);
void               linli_case_timeline_show      (LinliCaseTimeline *self,
                                                  LinliCaseSheet    *sheet,
                                                  gboolean           another);
gboolean           linli_case_timeline_show_next (LinliCaseTimeline *self,
                                                  LinliUiContext    *context);

G_END_DECLS
