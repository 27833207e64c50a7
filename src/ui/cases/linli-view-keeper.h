/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "linli-action-dialog.h"
#include "linli-place.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

/* Searches kept under a name: kept, changed, removed. */
void               linli_view_keeper_save       (GtkWindow      *parent,
                                                 LinliUiContext *context,
                                                 const char     *query,
                                                 LinliCaseSort   sort,
                                                 LinliPlace     *view);
LinliActionDialog *linli_view_keeper_edit       (GtkWindow      *parent,
                                                 LinliUiContext *context,
                                                 LinliPlace     *view);
void               linli_view_keeper_remove     (LinliUiContext *context,
                                                 LinliPlace     *view);
gboolean           linli_view_keeper_may_change (LinliUiContext *context,
                                                 LinliPlace     *view);

G_END_DECLS
