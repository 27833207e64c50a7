/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

GtkWidget *linli_residents_card_new (LinliCaseSheet *sheet,
                                     LinliUiContext *context);

G_END_DECLS
