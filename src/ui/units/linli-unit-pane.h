/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-unit-list.h"

G_BEGIN_DECLS

gboolean   linli_unit_is_active  (const LinliUnitFacts  *unit);
char      *linli_unit_cases_line (const LinliUnitFacts  *unit);
GtkWidget *linli_unit_row_new    (const LinliUnitFacts  *unit);
void       linli_unit_pane_fill  (GtkBox                *box,
                                  const LinliUnitFacts  *unit,
                                  const LinliUnitDetail *detail,
                                  GTimeZone             *zone);

G_END_DECLS
