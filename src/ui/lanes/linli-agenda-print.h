/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkPrintOperation *linli_agenda_print_new (const char *title,
                                           GPtrArray  *paragraphs);

G_END_DECLS
