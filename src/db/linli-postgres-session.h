/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>

#include "linli-store-error.h"

G_BEGIN_DECLS

/* A line to a PostgreSQL server that may be lost and found again. Private to
 * this layer; belongs to one thread. */
typedef struct _LinliPostgresSession LinliPostgresSession;

LinliPostgresSession *linli_postgres_session_new    (const char           *address,
                                                     const char           *settings,
                                                     GError              **error);
void                  linli_postgres_session_free   (LinliPostgresSession *self);
gboolean              linli_postgres_session_ready  (LinliPostgresSession *self,
                                                     GError              **error);
gboolean              linli_postgres_session_is_lost (LinliPostgresSession *self);
guint                 linli_postgres_session_get_turn (LinliPostgresSession *self);
PGconn               *linli_postgres_session_get_line (LinliPostgresSession *self);
void                  linli_postgres_session_set_cancellable (LinliPostgresSession *self,
                                                     GCancellable         *cancellable);
PGresult             *linli_postgres_session_await  (LinliPostgresSession *self,
                                                     gboolean              sent,
                                                     GError              **error);
PGresult             *linli_postgres_session_exec   (LinliPostgresSession *self,
                                                     const char           *sql,
                                                     GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LinliPostgresSession, linli_postgres_session_free)

G_END_DECLS
