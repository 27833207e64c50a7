/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

LinliActionDialog *linli_lane_dialog_new (LinliUiContext *context,
                                          LinliCaseSheet *sheet,
                                          const char     *action);
GtkWidget         *linli_lane_card_new   (LinliCaseSheet *sheet,
                                          LinliUiContext *context);

G_END_DECLS
