/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Several units: a picker that adds, and a button each that takes away. */
#define LINLI_TYPE_UNIT_CHIPS (linli_unit_chips_get_type ())
G_DECLARE_FINAL_TYPE (LinliUnitChips, linli_unit_chips, LINLI, UNIT_CHIPS, GtkBox)

GtkWidget *linli_unit_chips_new       (LinliUiContext *context);
GtkWidget *linli_unit_chips_get_entry (LinliUnitChips *self);
void       linli_unit_chips_add       (LinliUnitChips *self,
                                       const char     *id,
                                       const char     *name);
GPtrArray *linli_unit_chips_get_ids   (LinliUnitChips *self);
GPtrArray *linli_unit_chips_get_names (LinliUnitChips *self);
void       linli_unit_chips_clear     (LinliUnitChips *self);

G_END_DECLS
