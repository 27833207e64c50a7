/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

LinliActionDialog *linli_merge_dialog_new         (LinliUiContext *context,
                                                   GPtrArray      *ids);
LinliActionDialog *linli_merge_dialog_new_for_case (LinliUiContext *context,
                                                   LinliCaseSheet *sheet);
LinliActionDialog *linli_unmerge_dialog_new       (LinliUiContext *context,
                                                   LinliCaseSheet *sheet);

G_END_DECLS
