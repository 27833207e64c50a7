/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-sheet.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

GtkWidget *linli_case_files_new (LinliCaseSheet *sheet,
                                 LinliUiContext *context);
GtkWidget *linli_file_row_new   (GFile          *file,
                                 const char     *name,
                                 const char     *content_type,
                                 gint64          size,
                                 const char     *audience);

G_END_DECLS
