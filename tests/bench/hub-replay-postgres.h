/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The same as hub-replay.h in a PostgreSQL database: what a hub writes into a
 * workspace's schema, recorded row by row and written again by libpq and
 * nothing else, statement by statement over one connection, in the same
 * transactions. */
typedef struct _HubReplayPostgres HubReplayPostgres;

HubReplayPostgres *hub_replay_postgres_record (const char              *address,
                                               const char              *workspace);
void               hub_replay_postgres_load   (HubReplayPostgres       *self);
void               hub_replay_postgres_free   (HubReplayPostgres       *self);
guint              hub_replay_postgres_n_rows (const HubReplayPostgres *self);
double             hub_replay_postgres_write  (const HubReplayPostgres *self,
                                               guint                    n_copies);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubReplayPostgres, hub_replay_postgres_free)

G_END_DECLS
