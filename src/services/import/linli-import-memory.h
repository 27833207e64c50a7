/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-import-row.h"
#include "linli-store.h"

G_BEGIN_DECLS

/* Which column became which field the last time a file with the same headings
 * was brought in: every import keeps it with its own row. */

JsonObject *linli_import_memory_note   (GPtrArray   *header,
                                        const int   *columns);
gboolean    linli_import_memory_recall (LinliStore  *store,
                                        GPtrArray   *header,
                                        int         *columns,
                                        gint64      *when,
                                        GError     **error);

G_END_DECLS
