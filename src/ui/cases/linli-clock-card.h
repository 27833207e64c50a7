/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

GtkWidget *linli_clock_card_new      (LinliRow       *clock,
                                      LinliCaseSheet *sheet,
                                      LinliUiContext *context);
char      *linli_clock_outcome_words (LinliRow       *clock,
                                      gint64          now);

G_END_DECLS
