/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What can be done with the marked cases, and how many they are. Its buttons
 * name the actions inbox.bulk, inbox.mark-all and inbox.mark-none. */
#define LINLI_TYPE_BULK_BAR (linli_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (LinliBulkBar, linli_bulk_bar, LINLI, BULK_BAR, AdwBin)

void linli_bulk_bar_show (LinliBulkBar *self,
                          gboolean      marking,
                          guint         n_marked,
                          guint         n_listed);

G_END_DECLS
