/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *linli_qr_new (const char *text,
                         int         size,
                         const char *name);

G_END_DECLS
