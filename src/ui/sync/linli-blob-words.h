/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-sync-agent.h"

G_BEGIN_DECLS

/* Where a file is, in a clerk's words. */

char *linli_blob_words  (LinliSyncAgent *agent,
                         const char     *sha256,
                         gint64          size);
char *linli_blobs_words (LinliSyncAgent *agent);

G_END_DECLS
