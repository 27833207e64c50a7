/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-client.h"

G_BEGIN_DECLS

/* The page behind the one that is being written: a desk that fetches everything
 * has it at hand, by and large, when its turn comes. */
typedef struct _LinliSyncAhead LinliSyncAhead;

/* @page: (transfer full) (nullable): %NULL when it must be asked for in its turn */
typedef void (*LinliSyncAheadDone) (LinliHubAnswer *page,
                                    gpointer        data);

LinliSyncAhead *linli_sync_ahead_new  (LinliHubClient    *client,
                                       const char        *path,
                                       GCancellable      *cancellable);
void            linli_sync_ahead_free (LinliSyncAhead    *self);
gboolean        linli_sync_ahead_is   (LinliSyncAhead    *self,
                                       const char        *path);
void            linli_sync_ahead_take (LinliSyncAhead    *self,
                                       LinliSyncAheadDone done,
                                       gpointer           data);

G_END_DECLS
