/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *linli_http_gzip_deflate (GBytes  *plain);
GBytes *linli_http_gzip_inflate (GBytes  *packed,
                                 gsize    limit,
                                 GError **error);

G_END_DECLS
