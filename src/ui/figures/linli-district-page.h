/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* 区级: the centres of a hub side by side, and one of them closer. */
#define LINLI_TYPE_DISTRICT_PAGE (linli_district_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliDistrictPage, linli_district_page, LINLI, DISTRICT_PAGE, AdwBin)

GtkWidget *linli_district_page_new (LinliUiContext *context);

G_END_DECLS
