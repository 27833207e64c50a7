/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-blob-agent.h"
#include "linli-hub-client.h"
#include "linli-store.h"
#include "linli-sync-facts.h"

G_BEGIN_DECLS

/* Keeps an open store in step with its hub, by itself, for as long as it
 * lives. Whoever shows it listens to `changed`. Main thread. */

typedef enum
{
  LINLI_SYNC_NONE,      /* this desk has no hub */
  LINLI_SYNC_ONLINE,    /* the last request was answered */
  LINLI_SYNC_OFFLINE,   /* it was not */
  LINLI_SYNC_FETCHING,  /* everything anew, or for the first time */
  LINLI_SYNC_SIGN_IN,   /* the hub wants a new code */
  LINLI_SYNC_BLOCKED,   /* only a person can help */
  LINLI_SYNC_HUB_OLDER, /* it answers, but does not know yet what was done here */
} LinliSyncState;

#define LINLI_TYPE_SYNC_AGENT (linli_sync_agent_get_type ())
G_DECLARE_FINAL_TYPE (LinliSyncAgent, linli_sync_agent, LINLI, SYNC_AGENT, GObject)

LinliSyncAgent       *linli_sync_agent_new        (LinliStore           *store);
void                  linli_sync_agent_stop       (LinliSyncAgent       *self);
void                  linli_sync_agent_wake       (LinliSyncAgent       *self);
LinliSyncState        linli_sync_agent_get_state  (LinliSyncAgent       *self);
gboolean              linli_sync_agent_is_connected (LinliSyncAgent     *self);
const LinliSyncFacts *linli_sync_agent_get_facts  (LinliSyncAgent       *self);
const char           *linli_sync_agent_get_fault  (LinliSyncAgent       *self);
const char           *linli_sync_agent_get_fault_words (LinliSyncAgent  *self);
gboolean              linli_sync_agent_set_authority (LinliSyncAgent    *self,
                                                   const char           *path,
                                                   GError              **error);
LinliBlobAgent       *linli_sync_agent_get_blobs  (LinliSyncAgent       *self);
const char           *linli_sync_agent_get_url    (LinliSyncAgent       *self);
const char           *linli_sync_agent_get_workspace (LinliSyncAgent    *self);
gboolean              linli_sync_agent_ask        (LinliSyncAgent       *self,
                                                   const char           *path,
                                                   GBytes               *body,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
gboolean              linli_sync_agent_is_idle    (LinliSyncAgent       *self);
gboolean              linli_sync_agent_has_looked (LinliSyncAgent       *self);

gboolean              linli_sync_read_link         (const char          *text,
                                                    char               **url,
                                                    char               **code);
void                  linli_sync_agent_join_async  (LinliSyncAgent      *self,
                                                    const char          *url,
                                                    const char          *code,
                                                    const char          *authority,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
char                 *linli_sync_agent_join_finish (LinliSyncAgent      *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
