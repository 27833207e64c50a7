/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *linli_thumbnail_new (GFile      *file,
                                const char *content_type);

G_END_DECLS
