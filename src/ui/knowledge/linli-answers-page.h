/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What the centre can answer on the spot: kept, found, worded anew, retired;
 * and what many ask that it cannot yet. */
#define LINLI_TYPE_ANSWERS_PAGE (linli_answers_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliAnswersPage, linli_answers_page, LINLI, ANSWERS_PAGE, AdwBin)

LinliAnswersPage *linli_answers_page_new (LinliUiContext *context);

G_END_DECLS
