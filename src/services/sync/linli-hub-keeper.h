/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-hub-client.h"

G_BEGIN_DECLS

/* Where a desk keeps the way to its hub: beside the store, readable by its
 * owner only, and in no backup. Whoever can read it can read the store as
 * well, so that a key ring would lock the box and leave the goods outside. */

LinliHubAddress *linli_hub_keeper_load (const char            *folder,
                                        GError               **error);
gboolean         linli_hub_keeper_save (const char            *folder,
                                        const LinliHubAddress *address,
                                        GError               **error);

char            *linli_hub_keeper_keep_authority (const char     *folder,
                                                 const char     *path,
                                                 GError        **error);

G_END_DECLS
