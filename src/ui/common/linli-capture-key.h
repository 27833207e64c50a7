/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void linli_capture_key (GtkWidget  *widget,
                        const char *keys,
                        const char *action);

G_END_DECLS
