/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-case-search.h"
#include "linli-figures.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The rows in view into a file: which columns, what kind of file, where; then
 * how far it is, and a way to stop. */
#define LINLI_TYPE_EXPORT_DIALOG (linli_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinliExportDialog, linli_export_dialog, LINLI, EXPORT_DIALOG, AdwWindow)

void linli_export_dialog_open (LinliUiContext *context,
                               GtkWindow      *parent,
                               const char     *line,
                               LinliCaseSort   sort,
                               const char     *name);
void linli_export_figures     (LinliUiContext *context,
                               GtkWindow      *parent,
                               LinliFigures   *figures);

G_END_DECLS
