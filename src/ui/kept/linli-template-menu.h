/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

void linli_template_menu_attach   (GtkTextView    *view,
                                   LinliUiContext *context,
                                   const char     *purpose);
void linli_template_menu_set_case (GtkTextView    *view,
                                   const char     *case_id);

G_END_DECLS
