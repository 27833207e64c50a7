/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-desk.h"
#include "linli-hub.h"

G_BEGIN_DECLS

/* The hub as one more desk of a workspace: what comes in by its other doors
 * and what its operator orders are commands of the domain like any desk's,
 * with a device, a prefix of numbers and an account of their own, so that the
 * trail says who did it. One transaction. */

#define LINLI_HUB_ACCOUNT_NAME "Hub"

typedef struct
{
  LinliConn *conn; /* (unowned) */
  LinliTx   *tx;   /* (owned) */
  LinliDesk *desk; /* (owned) */
  gint64     rev;
  gint64     last_seq;
} LinliHubOwn;

gboolean      linli_hub_own_begin  (LinliHubOwn *self,
                                    LinliConn   *conn,
                                    LinliClock  *clock,
                                    GError     **error);
LinliOutcome *linli_hub_own_submit (LinliHubOwn *self,
                                    const char  *command,
                                    JsonObject  *args,
                                    GError     **error);
gboolean      linli_hub_own_commit (LinliHubOwn *self,
                                    GError     **error);
void          linli_hub_own_clear  (LinliHubOwn *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LinliHubOwn, linli_hub_own_clear)

G_END_DECLS
