/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The number that a resident takes home, large enough to be read out. */
#define LINLI_TYPE_RECEIPT_BAR (linli_receipt_bar_get_type ())
G_DECLARE_FINAL_TYPE (LinliReceiptBar, linli_receipt_bar, LINLI, RECEIPT_BAR, GtkBox)

void linli_receipt_bar_show (LinliReceiptBar *self,
                             const char      *words,
                             const char      *number,
                             const char      *case_id);
void linli_receipt_bar_say  (LinliReceiptBar *self,
                             const char      *words);
void linli_receipt_bar_hide (LinliReceiptBar *self);

G_END_DECLS
