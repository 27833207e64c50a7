/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub.h"
#include "linli-operation.h"
#include "linli-sqlite.h"

G_BEGIN_DECLS

/* A workspace in memory and helpers to speak to it without a socket. */

#define HUB_EPOCH  "e1"
#define HUB_DEVICE "0192f0c0-0000-7000-8000-00000000d001"

void        hub_test_make       (LinliConn       *conn,
                                 const char      *device);
LinliConn  *hub_test_new        (const char      *device);
GBytes     *hub_test_batch      (const char      *epoch,
                                 const char      *device,
                                 gint64           seq,
                                 gint64           sent_at,
                                 GPtrArray       *bodies,
                                 guint            first,
                                 guint            n);
GBytes     *hub_test_take       (LinliHubReply   *reply,
                                 guint            status);
GHashTable *hub_test_rows       (LinliConn       *conn);
void        hub_test_assert_same (GHashTable     *a,
                                 GHashTable      *b);
void        hub_test_check_digest (LinliConn     *hub,
                                 const char      *device,
                                 LinliConn       *of);

G_END_DECLS
