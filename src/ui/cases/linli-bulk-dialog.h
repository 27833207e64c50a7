/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-action-dialog.h"

G_BEGIN_DECLS

/* Called once a bulk action ran: @bulk may be taken back. */
typedef void (*LinliBulkDoneFunc) (const char *bulk,
                                   guint       n_done,
                                   gpointer    data);

gboolean linli_bulk_dialog_knows (const char       *command);
gboolean linli_bulk_dialog_open (GtkWindow         *parent,
                                 LinliUiContext    *context,
                                 const char        *command,
                                 GArray            *pks,
                                 const char        *query,
                                 LinliBulkDoneFunc  done,
                                 gpointer           data,
                                 GDestroyNotify     data_free);
void     linli_bulk_dialog_open_macro (GtkWindow   *parent,
                                 LinliUiContext    *context,
                                 const char        *macro,
                                 GArray            *pks,
                                 const char        *query,
                                 LinliBulkDoneFunc  done,
                                 gpointer           data,
                                 GDestroyNotify     data_free);
void     linli_bulk_undo        (GtkWindow         *parent,
                                 LinliUiContext    *context,
                                 const char        *bulk);

G_END_DECLS
