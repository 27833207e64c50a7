/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void linli_date_entry_set_up (GtkEntry *entry);

G_END_DECLS
