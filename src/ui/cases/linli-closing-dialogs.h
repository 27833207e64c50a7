/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

/* The forms towards the end of a case, for linli_case_dialog_new(). */

LinliActionDialog *linli_notify_dialog_new    (LinliUiContext *context,
                                               LinliCaseSheet *sheet);
LinliActionDialog *linli_callback_dialog_new  (LinliUiContext *context,
                                               LinliCaseSheet *sheet);
LinliActionDialog *linli_redo_dialog_new      (LinliUiContext *context,
                                               LinliCaseSheet *sheet);
LinliActionDialog *linli_supervise_dialog_new (LinliUiContext *context,
                                               LinliCaseSheet *sheet);
LinliActionDialog *linli_explain_dialog_new   (LinliUiContext *context,
                                               LinliCaseSheet *sheet);
LinliActionDialog *linli_lift_dialog_new      (LinliUiContext *context,
                                               LinliCaseSheet *sheet);

G_END_DECLS
