/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-wire-end.h"
#include "linli-wire-page.h"
#include "linli-wire-push.h"

G_BEGIN_DECLS

/* What a desk does with what the hub says, each in one transaction. */

typedef enum
{
  LINLI_SYNC_APPLIED,  /* in the tables */
  LINLI_SYNC_DROPPED,  /* an answer to another question, or one that came late */
  LINLI_SYNC_LOST,     /* the hub begins another history: fetch anew */
  LINLI_SYNC_COMPLETE, /* in the tables, and that is all there is */
} LinliSyncOutcome;

gboolean linli_sync_take_results    (LinliConn                *conn,
                                     const LinliWirePushReply *reply,
                                     gint64                    now,
                                     LinliSyncOutcome         *outcome,
                                     GError                  **error);
gboolean linli_sync_apply_page      (LinliConn                *conn,
                                     const LinliWirePage      *page,
                                     gint64                    now,
                                     LinliSyncOutcome         *outcome,
                                     GError                  **error);
gboolean linli_sync_set_bootstrap   (LinliConn                *conn,
                                     const char               *reason,
                                     GError                  **error);
gboolean linli_sync_set_blocked     (LinliConn                *conn,
                                     const char               *reason,
                                     GError                  **error);
gboolean linli_sync_set_ended       (LinliConn                *conn,
                                     const LinliWireEnd       *end,
                                     GError                  **error);
gboolean linli_sync_take_identity   (LinliConn                *conn,
                                     const char               *device,
                                     const char               *prefix,
                                     const char               *epoch,
                                     GError                  **error);

gboolean linli_sync_fresh_begin     (LinliConn                *fresh,
                                     LinliConn                *main,
                                     GError                  **error);
gboolean linli_sync_fresh_is_usable (LinliConn                *fresh,
                                     gboolean                 *usable,
                                     GError                  **error);
gboolean linli_sync_fresh_apply     (LinliConn                *fresh,
                                     LinliConn                *main,
                                     const LinliWirePage      *page,
                                     LinliSyncOutcome         *outcome,
                                     GError                  **error);
gboolean linli_sync_catch_up        (LinliConn                *conn,
                                     guint                     n_cases,
                                     gint64                   *n_left,
                                     GError                  **error);

G_END_DECLS
