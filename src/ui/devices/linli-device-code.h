/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-devices.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Shows a code that lets one more desk in, large, with its QR code. */
GtkWindow *linli_device_code_show (LinliUiContext        *context,
                                   GtkWindow             *parent,
                                   const LinliDeviceBook *book,
                                   gboolean               again);

G_END_DECLS
