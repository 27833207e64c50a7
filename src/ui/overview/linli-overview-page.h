/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-places.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Today at the centre: numbers, each of which opens the rows behind it. */
#define LINLI_TYPE_OVERVIEW_PAGE (linli_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliOverviewPage, linli_overview_page, LINLI, OVERVIEW_PAGE, AdwBin)

LinliOverviewPage *linli_overview_page_new (LinliUiContext *context,
                                            LinliPlaces    *places);

G_END_DECLS
