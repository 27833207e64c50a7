/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-outbox.h"

G_BEGIN_DECLS

/* What a person may want to know of the hub, as it stood after a step. */
typedef struct
{
  gboolean         enrolled;
  LinliOutboxCount outbox;
  gint64           last_ok_at;   /* microseconds UTC; 0: never */
  gint64           complete_rev; /* everything of the hub up to here is here */
  gint64           clock_offset; /* hub's time less ours, microseconds */
  gboolean         fetching;     /* everything anew */
  gint64           n_unindexed;  /* about how many cases are not yet in search index and figures */
  char            *blocked;      /* (nullable) stable name of what only a person can help */
  char            *ended_by;     /* (nullable) who let this desk in no more; NULL: whoever runs the hub */
  char            *ended_reason; /* (nullable) */
  gint64           ended_at;     /* microseconds UTC; 0: not known */
  char            *trouble;      /* (nullable) why the last answer did not come */
  char            *waits;        /* (nullable) stable name of what a hub that answers must be before it takes what is queued */
} LinliSyncFacts;

void linli_sync_facts_clear (LinliSyncFacts       *self);
void linli_sync_facts_copy  (LinliSyncFacts       *self,
                             const LinliSyncFacts *from);

G_END_DECLS
