/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-outbox.h"
#include "linli-store.h"
#include "linli-sync-client.h"

G_BEGIN_DECLS

/* The part of synchronisation that lives in the writing lane: the engine, and
 * the file in which everything is fetched anew. What needs the network goes
 * back to the main thread as actions. */
typedef struct _LinliSyncLane LinliSyncLane;

/* What a person may want to know, as it stood after a step. */
typedef struct
{
  gboolean         enrolled;
  LinliOutboxCount outbox;
  gint64           last_ok_at;   /* microseconds UTC; 0: never */
  gint64           complete_rev; /* everything of the hub up to here is here */
  gint64           clock_offset; /* hub's time less ours, microseconds */
  gboolean         fetching;     /* everything anew */
  char            *blocked;      /* (nullable) stable name of what only a person can help */
  char            *trouble;      /* (nullable) why the last answer did not come */
} LinliSyncFacts;

typedef struct
{
  GPtrArray      *actions; /* (owned) (element-type LinliSyncAction) for the network and the clock */
  LinliSyncFacts  facts;
} LinliSyncStep;

void            linli_sync_facts_clear (LinliSyncFacts       *self);
void            linli_sync_facts_copy  (LinliSyncFacts       *self,
                                        const LinliSyncFacts *from);
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
