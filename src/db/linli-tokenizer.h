/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The FTS5 tokenizer "linli". Private to this layer: every connection that
 * touches a full-text table registers it when it is opened. */

struct sqlite3;

gboolean linli_tokenizer_register (struct sqlite3 *handle,
                                   GError        **error);

G_END_DECLS
