/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-ui-context.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void linli_import_choose (GtkWindow      *parent,
                          LinliUiContext *context,
                          const char     *kind);

G_END_DECLS
