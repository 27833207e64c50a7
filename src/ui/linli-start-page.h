/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The first thing a new desk sees: start a centre, look around, or bring one
 * back. Emits `create` with the centre's name, community and person. */
#define LINLI_TYPE_START_PAGE (linli_start_page_get_type ())
G_DECLARE_FINAL_TYPE (LinliStartPage, linli_start_page, LINLI, START_PAGE, AdwBin)

void linli_start_page_set_last (LinliStartPage *self,
                                const char     *folder);

G_END_DECLS
