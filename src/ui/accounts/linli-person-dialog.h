/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-account-list.h"
#include "linli-action-dialog.h"

G_BEGIN_DECLS

LinliActionDialog *linli_person_dialog_new (LinliUiContext          *context,
                                            const LinliAccountFacts *person);

G_END_DECLS
