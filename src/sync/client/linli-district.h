/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A district's line to a hub: it reads, with a key of its own. */

JsonObject *linli_district_ask (const char  *url,
                                const char  *key,
                                const char  *authority,
                                const char  *path,
                                GHashTable  *query,
                                GError     **error);

G_END_DECLS
