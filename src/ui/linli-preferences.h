/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define LINLI_TYPE_PREFERENCES (linli_preferences_get_type ())
G_DECLARE_FINAL_TYPE (LinliPreferences, linli_preferences, LINLI, PREFERENCES, AdwPreferencesWindow)

void linli_preferences_show (GtkWindow *parent,
                             GSettings *settings);

G_END_DECLS
