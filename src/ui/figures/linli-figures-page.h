/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* 统计: the figures of a period beside those of another; every number opens
 * the cases behind it. */
#define LINLI_TYPE_FIGURES_PAGE (linli_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliFiguresPage, linli_figures_page, LINLI, FIGURES_PAGE, AdwBin)

LinliFiguresPage *linli_figures_page_new (LinliUiContext *context);

G_END_DECLS
