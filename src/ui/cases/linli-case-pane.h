/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-palette.h"
#include "linli-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Everything about one case, beside the list. */
#define LINLI_TYPE_CASE_PANE (linli_case_pane_get_type ())
G_DECLARE_FINAL_TYPE (LinliCasePane, linli_case_pane, LINLI, CASE_PANE, AdwBin)

LinliCasePane *linli_case_pane_new  (LinliUiContext *context);
void           linli_case_pane_show (LinliCasePane  *self,
                                     const char     *case_id);

void           linli_case_pane_fill_palette (LinliCasePane *self,
                                             LinliPalette  *palette);
const char    *linli_case_pane_get_case_id (LinliCasePane *self);

void           linli_case_pane_offer_undo (LinliCasePane *self,
                                           const char    *words,
                                           const char    *operation);
LinliRow      *linli_case_pane_get_case_row (LinliCasePane *self);
gint64         linli_case_pane_get_pk     (LinliCasePane *self);
void           linli_case_pane_settle_draft (LinliCasePane *self,
                                             GSourceFunc    go_on,
                                             gpointer       data,
                                             GDestroyNotify data_free);
void           linli_case_pane_reload (LinliCasePane *self);

G_END_DECLS
