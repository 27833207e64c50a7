/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* One line of the timeline: what happened, who did it and when, who may read
 * it, in colour and in words. It may tell one entry after the other. */
#define LINLI_TYPE_ENTRY_ROW (linli_entry_row_get_type ())
G_DECLARE_FINAL_TYPE (LinliEntryRow, linli_entry_row, LINLI, ENTRY_ROW, GtkBox)

GtkWidget *linli_entry_row_new  (void);
void       linli_entry_row_show (LinliEntryRow  *self,
                                 LinliRow       *entry,
                                 const char     *origin,
                                 LinliUiContext *context);

G_END_DECLS
