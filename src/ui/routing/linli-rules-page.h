/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The routing rules in the order they are asked, for the administrator, with
 * a box to try a matter out. */
#define LINLI_TYPE_RULES_PAGE (linli_rules_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliRulesPage, linli_rules_page, LINLI, RULES_PAGE, AdwBin)

GtkWidget *linli_rules_page_new (LinliUiContext *context);

G_END_DECLS
