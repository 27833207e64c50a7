/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-tx.h"

G_BEGIN_DECLS

/* What a desk shows is the hub's rows with its own pending operations on top.
 * The hub's version of each row that those have changed stands beside it, as
 * its shadow. News goes in between: shadows back, news in, operations again. */

gboolean linli_overlay_keep    (LinliTx          *tx,
                                GError          **error);
gboolean linli_overlay_lift    (LinliTx          *tx,
                                GError          **error);
gboolean linli_overlay_put     (LinliTx          *tx,
                                LinliRow         *row,
                                GError          **error);
gboolean linli_overlay_remove  (LinliTx          *tx,
                                const LinliTable *table,
                                const char       *id,
                                GError          **error);
gboolean linli_overlay_replay  (LinliTx          *tx,
                                GError          **error);
char    *linli_overlay_key     (const LinliTable *table,
                                const char       *id);

G_END_DECLS
