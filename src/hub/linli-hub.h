/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-wire-note.h"

G_BEGIN_DECLS

/* One workspace of a hub. Every function here is given a connection to the
 * workspace's database, a request's bytes and the time it came, and returns a
 * reply's bytes: no socket, no clock, nothing kept in memory. Whoever calls
 * has made sure that the caller is the device it says. */

typedef struct
{
  guint    status;
  char    *type; /* media type */
  GString *body;
} LinliHubReply;

/* A request that brings operations, and what is told in the end. */
typedef struct
{
  const char            *device;
  GBytes                *message;
  const LinliWireConfig *config;
  gint64                 now;
  LinliHubReply         *reply; /* (owned) (nullable) */
} LinliHubPush;

void           linli_hub_reply_free    (LinliHubReply         *reply);
LinliHubReply *linli_hub_reply_new     (const char            *type);
LinliHubReply *linli_hub_reply_problem (const char            *problem,
                                        const char            *detail);
LinliHubReply *linli_hub_reply_error   (const GError          *error);
const char    *linli_hub_problem_of    (const GError          *error);

LinliHubReply *linli_hub_push          (LinliConn             *conn,
                                        const char            *device,
                                        GBytes                *message,
                                        const LinliWireConfig *config,
                                        gint64                 now);
void           linli_hub_push_together (LinliConn          *conn,
                                        LinliHubPush          *pushes,
                                        guint                  n);
LinliHubReply *linli_hub_pull          (LinliConn             *conn,
                                        const char            *device,
                                        const char            *since,
                                        const LinliWireConfig *config,
                                        gint64                 now);
LinliHubReply *linli_hub_tip           (LinliConn             *conn,
                                        const char            *device,
                                        gint64                 after);
LinliHubReply *linli_hub_desks         (LinliConn             *conn,
                                        const char            *device,
                                        const char            *actor,
                                        const char            *unit);
LinliHubReply *linli_hub_fork          (LinliConn             *conn,
                                        const char            *device,
                                        const char            *fresh,
                                        gint64                 now);
LinliHubReply *linli_hub_look_at       (LinliConn             *conn,
                                        const char            *device,
                                        const char            *case_id);
LinliHubReply *linli_hub_digest        (LinliConn             *conn,
                                        const char            *device);

gboolean       linli_hub_create        (LinliConn             *conn,
                                        const char            *workspace,
                                        const char            *epoch,
                                        GError               **error);
gboolean       linli_hub_add_device    (LinliConn             *conn,
                                        const char            *device,
                                        char                 **prefix,
                                        GError               **error);
gboolean       linli_hub_add_unit_device (LinliConn          *conn,
                                        const char            *device,
                                        const char            *unit,
                                        gint64                 now,
                                        char                 **prefix,
                                        GError               **error);
gboolean       linli_hub_revoke_device (LinliConn             *conn,
                                        const char            *device,
                                        gint64                 now,
                                        GError               **error);
gboolean       linli_hub_jump_device   (LinliConn             *conn,
                                        const char            *device,
                                        gint64                 last_seq,
                                        GError               **error);
gboolean       linli_hub_set_epoch     (LinliConn             *conn,
                                        const char            *epoch,
                                        GError               **error);
gboolean       linli_hub_collect       (LinliConn             *conn,
                                        gint64                 before,
                                        GError               **error);

gboolean       linli_hub_find_unit     (LinliConn             *conn,
                                        const char            *typed,
                                        char                 **id,
                                        GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliHubReply, linli_hub_reply_free)

G_END_DECLS
