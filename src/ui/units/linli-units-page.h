/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The handling units (承办单位), for the administrator: how one reaches them,
 * what they owe, what depends on them, which are closed. */
#define LINLI_TYPE_UNITS_PAGE (linli_units_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliUnitsPage, linli_units_page, LINLI, UNITS_PAGE, AdwBin)

GtkWidget *linli_units_page_new (LinliUiContext *context);

G_END_DECLS
