/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* What surrounds the case shown: the same matter nearby, the resident's other
 * matters, how the leaf usually goes. Reads only while it is open. */
#define LINLI_TYPE_CONTEXT_PANEL (linli_context_panel_get_type ())
G_DECLARE_FINAL_TYPE (LinliContextPanel, linli_context_panel, LINLI, CONTEXT_PANEL, AdwBin)

void linli_context_panel_set_context (LinliContextPanel *self,
                                      LinliUiContext    *context);
void linli_context_panel_show        (LinliContextPanel *self,
                                      const char        *case_id);
void linli_context_panel_toggle      (LinliContextPanel *self);

G_END_DECLS
