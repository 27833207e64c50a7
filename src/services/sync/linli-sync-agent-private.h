/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-sync-agent.h"
#include "linli-sync-ahead.h"
#include "linli-sync-lane.h"

G_BEGIN_DECLS

/* Shared by the two files of the agent: what it carries, and how it joins. */
struct _LinliSyncAgent
{
  GObject          parent_instance;

  LinliStore      *store;        /* (owned) (nullable): NULL once stopped */
  LinliHubAddress *address;      /* (owned) (nullable) */
  LinliHubClient  *client;       /* (owned) (nullable) */
  LinliSyncAhead  *ahead;        /* (owned) (nullable): the next page, while everything is fetched */
  LinliHubClient  *ear;          /* (owned) (nullable): for the held request, a line of its own */
  LinliBlobAgent  *blobs;        /* (owned): files, on a line of their own */
  LinliSyncLane   *lane;         /* (owned): given back in the writing lane */
  GCancellable    *cancellable;  /* (owned): of everything under way */
  LinliSyncFacts   facts;
  LinliHubFault    fault;        /* of the last request of the engine's */
  LinliSyncState   state;
  gboolean         signed_out;
  gboolean         has_looked;   /* the first step is over */
  guint            n_steps;      /* under way or waiting in the lane */
  guint            n_requests;   /* of the engine's */
  gboolean         indexing;     /* a slice of the search index is under way */
  guint            tick_id;
  guint            listen_id;
  gboolean         listening;
  gint64           heard_rev;    /* news behind it are listened for */
  gulong           swapped_id;
  gulong           changed_id;
  gulong           network_id;
  char            *joining;      /* (owned) (nullable): the device a code is being spent for; the same at every try */
};

void linli_sync_agent_post        (LinliSyncAgent  *self,
                                   int              kind);
void linli_sync_agent_use_address (LinliSyncAgent  *self,
                                   LinliHubAddress *address);

G_END_DECLS
