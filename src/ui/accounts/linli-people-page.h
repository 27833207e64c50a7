/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Who works here and what their roles may, for the administrator. */
#define LINLI_TYPE_PEOPLE_PAGE (linli_people_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliPeoplePage, linli_people_page, LINLI, PEOPLE_PAGE, AdwBin)

GtkWidget *linli_people_page_new (LinliUiContext *context);

G_END_DECLS
