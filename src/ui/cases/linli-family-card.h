/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* How a case hangs together with others. All results are floating. */

GtkWidget *linli_pointer_card_new (LinliCaseSheet *sheet,
                                   LinliUiContext *context);
GtkWidget *linli_members_card_new (LinliCaseSheet *sheet,
                                   LinliUiContext *context);
GtkWidget *linli_parts_card_new   (LinliCaseSheet *sheet,
                                   LinliUiContext *context);
GtkWidget *linli_whole_card_new   (LinliCaseSheet *sheet,
                                   LinliUiContext *context);

G_END_DECLS
