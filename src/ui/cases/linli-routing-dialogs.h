/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-case-sheet.h"

G_BEGIN_DECLS

LinliActionDialog *linli_attributes_dialog_new   (LinliUiContext    *context,
                                                  LinliCaseSheet    *sheet);
LinliActionDialog *linli_record_owner_dialog_new (LinliUiContext    *context,
                                                  LinliCaseSheet    *sheet);
LinliFormInput    *linli_action_dialog_add_attributes (LinliActionDialog *dialog,
                                                  LinliUiContext    *context,
                                                  const char        *item,
                                                  GHashTable        *attributes);
void               linli_dispatch_dialog_add_route (LinliActionDialog *dialog,
                                                  LinliCaseSheet    *sheet);
GtkWidget         *linli_matter_facts_card_new   (LinliCaseSheet    *sheet,
                                                  LinliUiContext    *context);

G_END_DECLS
