/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Bringing a file in: assign its columns, watch it run, see what came of it. */
#define LINLI_TYPE_IMPORT_WINDOW (linli_import_window_get_type ())
G_DECLARE_FINAL_TYPE (LinliImportWindow, linli_import_window, LINLI, IMPORT_WINDOW, AdwWindow)

void linli_import_window_open (GtkWindow      *parent,
                               LinliUiContext *context,
                               const char     *kind,
                               GFile          *file);

G_END_DECLS
