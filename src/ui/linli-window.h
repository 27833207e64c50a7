/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-clock.h"

G_BEGIN_DECLS

/* The window: one centre, or the way to one. */
#define LINLI_TYPE_WINDOW (linli_window_get_type ())
G_DECLARE_FINAL_TYPE (LinliWindow, linli_window, LINLI, WINDOW, AdwApplicationWindow)

LinliWindow *linli_window_new         (GtkApplication *application,
                                       GSettings      *settings,
                                       LinliClock     *clock);
void         linli_window_open_folder (LinliWindow    *self,
                                       const char     *folder);
void         linli_window_open_demo   (LinliWindow    *self);
void         linli_window_open_two_desks (LinliWindow    *self);
void         linli_window_set_folder  (LinliWindow    *self,
                                       const char     *folder);
void         linli_window_show_start  (LinliWindow    *self);
void         linli_window_present_opened (LinliWindow *self);
gboolean     linli_window_is_covered  (LinliWindow    *self);
void         linli_window_show_case   (LinliWindow    *self,
                                       const char     *case_id);

G_END_DECLS
