/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-case-search.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Searches kept under a name. */
void linli_view_keeper_save   (GtkWindow      *parent,
                               LinliUiContext *context,
                               const char     *query,
                               LinliCaseSort   sort);
void linli_view_keeper_remove (LinliUiContext *context,
                               const char     *id,
                               const char     *name);

G_END_DECLS
