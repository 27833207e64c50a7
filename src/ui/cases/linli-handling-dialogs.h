/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

LinliActionDialog *linli_handling_dialog_new (LinliUiContext    *context,
                                              LinliCaseSheet    *sheet,
                                              const char        *action,
                                              LinliRow          *part);
void               linli_handling_add_returns (LinliActionDialog *dialog,
                                              LinliCaseSheet    *sheet);

G_END_DECLS
