/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

LinliActionDialog *linli_case_dialog_new (LinliUiContext *context,
                                          LinliCaseSheet *sheet,
                                          const char     *action,
                                          LinliRow       *part);

LinliActionDialog *linli_case_dialog_start (LinliUiContext *context,
                                          LinliCaseSheet *sheet,
                                          const char     *command,
                                          const char     *title,
                                          const char     *confirm);
LinliActionDialog *linli_case_dialog_start_part (LinliUiContext *context,
                                          LinliRow       *part,
                                          const char     *command,
                                          const char     *title,
                                          const char     *confirm);

G_END_DECLS
