/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What was done to bring a case to its end, as cards beside it. Floating;
 * %NULL when there is nothing to show. */

GtkWidget *linli_supervision_card_new (LinliCaseSheet *sheet,
                                       LinliUiContext *context);
GtkWidget *linli_callback_card_new    (LinliCaseSheet *sheet);

G_END_DECLS
