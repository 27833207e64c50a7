/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-ui-context.h"

G_BEGIN_DECLS

void linli_back_up_choose (GtkWindow      *parent,
                           LinliUiContext *context);

G_END_DECLS
