/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-parked.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* One thing that the hub did not simply accept: what was done here, what stands
 * there, and what can be decided about it. */
#define LINLI_TYPE_PARKED_ROW (linli_parked_row_get_type ())
G_DECLARE_FINAL_TYPE (LinliParkedRow, linli_parked_row, LINLI, PARKED_ROW, AdwBin)

LinliParkedRow *linli_parked_row_new           (const LinliParked *parked,
                                                LinliUiContext    *context);
const char     *linli_parked_row_get_operation (LinliParkedRow    *self);
const char     *linli_parked_row_get_kind      (LinliParkedRow    *self);
const char     *linli_parked_row_get_args      (LinliParkedRow    *self);

G_END_DECLS
