/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The kept texts and macros: to look at, add, change and remove. */
#define LINLI_TYPE_KEPT_WINDOW (linli_kept_window_get_type ())
G_DECLARE_FINAL_TYPE (LinliKeptWindow, linli_kept_window, LINLI, KEPT_WINDOW, AdwWindow)

void linli_kept_window_open (GtkWindow      *parent,
                             LinliUiContext *context);
void linli_kept_record      (GtkWindow      *parent,
                             LinliUiContext *context,
                             const char     *case_id);

G_END_DECLS
