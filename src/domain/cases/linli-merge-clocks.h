/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-case-file.h"

G_BEGIN_DECLS

/* A case that others were merged into keeps the earliest due time of them all.
 * It has one clock of a kind, as any case; that clock counts whatever limit
 * runs out first, its own or a merged case's, and remembers its own beside it:
 *
 *   origin_id  whose limit it counts; NULL for its own
 *   own        what it would count by itself; null when it would not run at all
 *
 * Pauses of the target hold for everybody in it from the merge on. When a case
 * leaves, or is classified anew, the choice is made again from scratch, so the
 * order of merges and undone merges does not matter. */

gboolean   linli_merged_clock_counts   (const char    *kind,
                                        LinliCaseState state);
gboolean   linli_merged_clocks_choose  (LinliCaseFile *file,
                                        LinliPayload  *payload,
                                        GError       **error);
gboolean   linli_merged_clocks_begin   (LinliCaseFile *file,
                                        LinliRow      *clock,
                                        gint64         at,
                                        GError       **error);
GPtrArray *linli_merge_records_of      (LinliTx       *tx,
                                        const char    *target,
                                        GError       **error);

G_END_DECLS
