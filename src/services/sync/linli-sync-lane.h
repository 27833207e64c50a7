/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-store.h"
#include "linli-sync-client.h"
#include "linli-sync-facts.h"

G_BEGIN_DECLS

/* The part of synchronisation that lives in the writing lane: the engine, and
 * the file in which everything is fetched anew. What needs the network goes
 * back to the main thread as actions. */
typedef struct _LinliSyncLane LinliSyncLane;

typedef struct
{
  GPtrArray      *actions; /* (owned) (element-type LinliSyncAction) for the network and the clock */
  LinliSyncFacts  facts;
} LinliSyncStep;

void            linli_sync_step_free   (LinliSyncStep        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliSyncStep, linli_sync_step_free)

LinliSyncLane  *linli_sync_lane_new    (const char           *folder);
void            linli_sync_lane_free   (LinliSyncLane        *self);
LinliSyncStep  *linli_sync_lane_step   (LinliSyncLane        *self,
                                        LinliConn            *conn,
                                        LinliDesk            *desk,
                                        LinliStore           *store,
                                        const LinliSyncEvent *event,
                                        GError              **error);

G_END_DECLS
