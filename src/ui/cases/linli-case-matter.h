/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What the matter is: the residents' words, the duty item, the clocks, the
 * units and the files. */
#define LINLI_TYPE_CASE_MATTER (linli_case_matter_get_type ())
G_DECLARE_FINAL_TYPE (LinliCaseMatter, linli_case_matter, LINLI, CASE_MATTER, GtkBox)

LinliCaseMatter *linli_case_matter_new       (void);
void             linli_case_matter_show      (LinliCaseMatter *self,
                                              gboolean         another);
gboolean         linli_case_matter_show_next (LinliCaseMatter *self,
                                              LinliCaseSheet  *sheet,
                                              LinliUiContext  *context);

G_END_DECLS
