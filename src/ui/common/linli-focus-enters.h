/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

gboolean linli_focus_enters (GtkWidget        *page,
                             GtkDirectionType  direction);

G_END_DECLS
