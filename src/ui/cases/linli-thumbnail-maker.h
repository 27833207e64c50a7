/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

#define LINLI_THUMBNAIL_SIZE 128 /* pixels, of the longer side */

/* Makes small pictures of files that strangers sent. Blocks: not for the main thread. */
GdkPixbuf *linli_thumbnail_make (const char *path,
                                 GError    **error);
GdkPixbuf *linli_thumbnail_load (const char *path,
                                 GError    **error);

G_END_DECLS
