/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

GtkWidget *linli_entry_row_new (LinliRow       *entry,
                                LinliUiContext *context);

GtkWidget *linli_entry_row_new_from (LinliRow       *entry,
                                     const char     *origin,
                                     LinliUiContext *context);

G_END_DECLS
