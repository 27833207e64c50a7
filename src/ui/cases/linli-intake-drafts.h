/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-row.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The intakes that were begun and not finished, a button each. */
#define LINLI_TYPE_INTAKE_DRAFTS (linli_intake_drafts_get_type ())
G_DECLARE_FINAL_TYPE (LinliIntakeDrafts, linli_intake_drafts, LINLI, INTAKE_DRAFTS, GtkBox)

void      linli_intake_drafts_set_context (LinliIntakeDrafts *self,
                                           LinliUiContext    *context);
void      linli_intake_drafts_set_current (LinliIntakeDrafts *self,
                                           const char        *id);
LinliRow *linli_intake_drafts_find        (LinliIntakeDrafts *self,
                                           const char        *id);

G_END_DECLS
