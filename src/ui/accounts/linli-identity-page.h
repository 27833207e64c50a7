/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* 查阅记录: who had residents' names shown that the role hides, and why. */
#define LINLI_TYPE_IDENTITY_PAGE (linli_identity_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliIdentityPage, linli_identity_page, LINLI, IDENTITY_PAGE, AdwBin)

GtkWidget *linli_identity_page_new (LinliUiContext *context);

G_END_DECLS
