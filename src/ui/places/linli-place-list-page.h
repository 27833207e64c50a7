/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The centre's places (地点): a tree to look at, to search and to mend. */
#define LINLI_TYPE_PLACE_LIST_PAGE (linli_place_list_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliPlaceListPage, linli_place_list_page, LINLI, PLACE_LIST_PAGE, AdwBin)

GtkWidget *linli_place_list_page_new (LinliUiContext *context);

G_END_DECLS
