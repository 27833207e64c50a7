/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"
#include "linli-unit-list.h"

G_BEGIN_DECLS

LinliActionDialog *linli_unit_dialog_new        (LinliUiContext       *context,
                                                 const LinliUnitFacts *unit,
                                                 LinliRow             *parent);
LinliActionDialog *linli_unit_close_dialog_new  (LinliUiContext       *context,
                                                 const LinliUnitFacts *unit);
LinliActionDialog *linli_unit_reopen_dialog_new (LinliUiContext       *context,
                                                 const LinliUnitFacts *unit);

G_END_DECLS
