/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Taking in what residents bring, one after another, without leaving the keyboard. */
#define LINLI_TYPE_INTAKE_PAGE (linli_intake_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliIntakePage, linli_intake_page, LINLI, INTAKE_PAGE, AdwBin)

GtkWidget *linli_intake_page_new (LinliUiContext *context,
                                  const char     *draft);

G_END_DECLS
