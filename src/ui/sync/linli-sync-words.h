/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-parked.h"
#include "linli-sync-agent.h"
#include "linli-ui-context.h"

G_BEGIN_DECLS

char       *linli_sync_short_words  (LinliSyncAgent    *agent,
                                     gint64             now,
                                     GTimeZone         *zone);
char       *linli_sync_long_words   (LinliSyncAgent    *agent,
                                     gint64             now,
                                     GTimeZone         *zone);
const char *linli_sync_icon         (LinliSyncAgent    *agent);
gboolean    linli_sync_needs_person (LinliSyncAgent    *agent);

char       *linli_parked_title      (const LinliParked *parked);
char       *linli_parked_reason     (const LinliParked *parked);

G_END_DECLS
