/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

LinliActionDialog *linli_split_dialog_new (LinliUiContext *context,
                                           LinliCaseSheet *sheet);

G_END_DECLS
