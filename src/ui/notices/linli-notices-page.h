/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-notices.h"

G_BEGIN_DECLS

/* What concerns the person at this desk, newest first. */
#define LINLI_TYPE_NOTICES_PAGE (linli_notices_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliNoticesPage, linli_notices_page, LINLI, NOTICES_PAGE, AdwBin)

LinliNoticesPage *linli_notices_page_new (LinliUiContext *context,
                                          LinliNotices   *notices);

G_END_DECLS
