/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"

G_BEGIN_DECLS

LinliActionDialog *linli_place_dialog_new (LinliUiContext *context,
                                           LinliRow       *place,
                                           LinliRow       *parent);

G_END_DECLS
