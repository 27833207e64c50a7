/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a hub writes while desks push, recorded row by row and written again by
 * SQLite and nothing else: the same values, in the same order and the same
 * transactions, with the settings of the hub. The rows of commands, their
 * audit, the feed, the decisions, the counters; an updated row is updated
 * again, in the columns that changed. Nothing is read, computed or checked. */
typedef struct _HubReplay HubReplay;

void       hub_replay_record (const char       *path,
                              const char       *base);
HubReplay *hub_replay_load   (const char       *path,
                              const char       *base);
void       hub_replay_free   (HubReplay        *self);
double     hub_replay_write  (const HubReplay  *self,
                              const char       *folder,
                              guint             n_copies,
                              double           *processor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HubReplay, hub_replay_free)

G_END_DECLS
