/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

/* A new password: the own one, or a first one for somebody. Nothing of it is
 * kept as a draft. */
#define LINLI_TYPE_PASSWORD_DIALOG (linli_password_dialog_get_type ())
G_DECLARE_FINAL_TYPE (LinliPasswordDialog, linli_password_dialog, LINLI, PASSWORD_DIALOG, AdwWindow)

void linli_password_dialog_open (LinliUiContext *context,
                                 GtkWindow      *parent,
                                 const char     *account,
                                 const char     *person,
                                 gboolean        own);

void linli_password_row_name    (GtkWidget      *row);

G_END_DECLS
