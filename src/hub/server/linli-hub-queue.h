/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub.h"

G_BEGIN_DECLS

/* The pushes that wait for one workspace. Each has a job of its own in the
 * writing lane; the first job whose turn comes decides for all that wait by
 * then, in one durable transaction, and the others find their replies. */

typedef struct _LinliHubQueue LinliHubQueue;

/* One push, from when it came until it was answered. */
typedef struct _LinliHubTicket LinliHubTicket;

LinliHubQueue  *linli_hub_queue_new    (void);
void            linli_hub_queue_free   (LinliHubQueue         *self);
LinliHubTicket *linli_hub_queue_join   (LinliHubQueue         *self,
                                        const char            *device,
                                        GBytes                *message,
                                        const LinliWireConfig *config,
                                        gint64                 now);
LinliHubReply  *linli_hub_queue_decide (LinliHubQueue         *self,
                                        LinliHubTicket        *ticket,
                                        LinliConn             *conn);
void            linli_hub_queue_leave  (LinliHubQueue         *self,
                                        LinliHubTicket        *ticket);

G_END_DECLS
