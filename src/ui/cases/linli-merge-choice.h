/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-request.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Which cases come together and which of them goes on: the cases at hand,
 * what may be the same matter, and what a search finds, each with the
 * resident's words, for a title is not enough to judge by. */
#define LINLI_TYPE_MERGE_CHOICE (linli_merge_choice_get_type ())
G_DECLARE_FINAL_TYPE (LinliMergeChoice, linli_merge_choice, LINLI, MERGE_CHOICE, GtkBox)

GtkWidget *linli_merge_choice_new   (LinliUiContext   *context,
                                     GPtrArray        *ids);
gboolean   linli_merge_choice_send  (LinliMergeChoice *self,
                                     LinliRequest     *request,
                                     char            **fault);
void       linli_merge_choice_focus (LinliMergeChoice *self);

G_END_DECLS
