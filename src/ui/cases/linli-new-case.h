/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

gboolean   linli_new_case_is_possible (LinliUiContext *context);
GtkWidget *linli_new_case_page        (LinliUiContext *context);
void       linli_new_case_resume      (LinliUiContext *context,
                                       const char     *draft);
void       linli_new_case_offer       (LinliUiContext *context);
void       linli_new_case_follow      (LinliUiContext *context,
                                       GPtrArray      *drafts);

G_END_DECLS
