/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-picker.h"
#include "linli-suggester.h"

G_BEGIN_DECLS

#define LINLI_LEAF_HINTS_N 3

/* The likeliest leaves, each with its reason and its key. Its place is kept
 * when there are none, so that nothing jumps. */
#define LINLI_TYPE_LEAF_HINTS (linli_leaf_hints_get_type ())
G_DECLARE_FINAL_TYPE (LinliLeafHints, linli_leaf_hints, LINLI, LEAF_HINTS, GtkBox)

GtkWidget *linli_leaf_hints_new  (void);
void       linli_leaf_hints_show (LinliLeafHints *self,
                                  GPtrArray      *suggestions);
gboolean   linli_leaf_hints_take (LinliLeafHints *self,
                                  guint           n);
void       linli_leaf_hints_follow (LinliLeafHints *self,
                                  LinliSuggester *suggester,
                                  LinliPicker    *picker);
void       linli_leaf_hints_set_text (LinliLeafHints *self,
                                  const char     *text);
GtkWidget *linli_key_cap_new     (const char     *key);

G_END_DECLS
