/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A store that does not open: what happened, what was kept, what to do. */
#define LINLI_TYPE_TROUBLE_PAGE (linli_trouble_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliTroublePage, linli_trouble_page, LINLI, TROUBLE_PAGE, AdwBin)

void linli_trouble_page_show (LinliTroublePage *self,
                              const GError     *error,
                              const char       *folder);

G_END_DECLS
