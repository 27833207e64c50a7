/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* 本中心: everything a centre decides for itself, in one place. */
#define LINLI_TYPE_CENTRE_PAGE (linli_centre_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliCentrePage, linli_centre_page, LINLI, CENTRE_PAGE, AdwBin)

GtkWidget *linli_centre_page_new (LinliUiContext *context,
                                  const char     *room);

G_END_DECLS
