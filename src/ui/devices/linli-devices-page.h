/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The desks of the centre at its hub (终端), for the administrator. */
#define LINLI_TYPE_DEVICES_PAGE (linli_devices_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliDevicesPage, linli_devices_page, LINLI, DEVICES_PAGE, AdwBin)

GtkWidget *linli_devices_page_new (LinliUiContext *context);

G_END_DECLS
