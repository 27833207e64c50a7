/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-request.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Makes parts of a resident's words, one after another: mark sentences, say
 * what they are about, go on to the next. */
#define LINLI_TYPE_SPLIT_PARTS (linli_split_parts_get_type ())
G_DECLARE_FINAL_TYPE (LinliSplitParts, linli_split_parts, LINLI, SPLIT_PARTS, GtkBox)

GtkWidget *linli_split_parts_new  (LinliUiContext  *context,
                                   LinliCaseSheet  *sheet,
                                   GtkEntry        *memory);
void       linli_split_parts_focus (LinliSplitParts *self);
gboolean   linli_split_parts_send (LinliSplitParts *self,
                                   LinliRequest    *request,
                                   char           **fault);

G_END_DECLS
