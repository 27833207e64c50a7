/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Where a note to a case is written, for one of three audiences. */
#define LINLI_TYPE_COMPOSER (linli_composer_get_type ())
G_DECLARE_FINAL_TYPE (LinliComposer, linli_composer, LINLI, COMPOSER, GtkBox)

void linli_composer_set_context (LinliComposer  *self,
                                 LinliUiContext *context);
void linli_composer_set_case    (LinliComposer  *self,
                                 const char     *case_id,
                                 LinliRow       *draft);
const char *linli_composer_get_audience (LinliComposer *self);
void linli_composer_focus       (LinliComposer  *self);

gboolean       linli_composer_has_words    (LinliComposer  *self);

G_END_DECLS
