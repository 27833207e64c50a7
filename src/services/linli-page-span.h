/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which part of a list of keys a view holds rows of. */
gboolean linli_page_span_find (GArray     *keys,
                               guint       n,
                               GHashTable *living,
                               guint      *first,
                               guint      *last);
guint    linli_page_span_cut  (GArray     *keys,
                               guint       n,
                               GHashTable *living,
                               guint       n_rows);
GArray  *linli_page_span_copy (GArray     *keys,
                               guint       first,
                               guint       n);

G_END_DECLS
