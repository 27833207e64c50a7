/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-intake-route.h"
#include "linli-request.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* The fields of an intake, in the order in which a resident tells things. */
#define LINLI_TYPE_INTAKE_FORM (linli_intake_form_get_type ())
G_DECLARE_FINAL_TYPE (LinliIntakeForm, linli_intake_form, LINLI, INTAKE_FORM, AdwBin)

GtkWidget      *linli_intake_form_new          (LinliUiContext  *context);
LinliRequest   *linli_intake_form_save         (LinliIntakeForm *self);
void            linli_intake_form_restore      (LinliIntakeForm *self,
                                                LinliRequest    *draft);
void            linli_intake_form_clear        (LinliIntakeForm *self);
LinliRequest   *linli_intake_form_make_request (LinliIntakeForm *self);
gboolean        linli_intake_form_check        (LinliIntakeForm *self,
                                                gboolean         dispatching);
gboolean        linli_intake_form_show_error   (LinliIntakeForm *self,
                                                const char      *name,
                                                const char      *words);
gboolean        linli_intake_form_has_item     (LinliIntakeForm *self);
void            linli_intake_form_keep_channel (LinliIntakeForm *self);
void            linli_intake_form_take_file    (LinliIntakeForm *self,
                                                GFile           *file);
void            linli_intake_form_take_texture (LinliIntakeForm *self,
                                                GdkTexture      *texture);

G_END_DECLS
