/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* 三事分流: the open matters of the three lanes, and the list that lies
 * before the committee. */
#define LINLI_TYPE_LANES_PAGE (linli_lanes_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliLanesPage, linli_lanes_page, LINLI, LANES_PAGE, AdwBin)

GtkWidget *linli_lanes_page_new (LinliUiContext *context);

G_END_DECLS
