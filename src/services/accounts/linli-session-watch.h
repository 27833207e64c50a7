/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-session.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* Who sits before an open store, and what the person may, as it is now: follows
 * when an administrator changes account, role or rights, here or at another desk.
 * Main thread. */
#define LINLI_TYPE_SESSION_WATCH (linli_session_watch_get_type ())
G_DECLARE_FINAL_TYPE (LinliSessionWatch, linli_session_watch, LINLI, SESSION_WATCH, GObject)

LinliSessionWatch *linli_session_watch_new         (LinliStore        *store,
                                                    LinliSession      *session);
LinliSession      *linli_session_watch_get_session (LinliSessionWatch *self);
void               linli_session_watch_stop        (LinliSessionWatch *self);

void               linli_session_read_async        (LinliStore         *store,
                                                    GCancellable       *cancellable,
                                                    GAsyncReadyCallback callback,
                                                    gpointer            user_data);
LinliSession      *linli_session_read_finish       (LinliStore         *store,
                                                    GAsyncResult       *result,
                                                    GError            **error);

G_END_DECLS
