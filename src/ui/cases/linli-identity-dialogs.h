/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

/* The forms about who may know what of a case, for linli_case_dialog_new(). */

LinliActionDialog *linli_reveal_dialog_new (LinliUiContext *context,
                                            LinliCaseSheet *sheet);
LinliActionDialog *linli_mark_dialog_new   (LinliUiContext *context,
                                            LinliCaseSheet *sheet);
LinliActionDialog *linli_unmark_dialog_new (LinliUiContext *context,
                                            LinliCaseSheet *sheet);

G_END_DECLS
