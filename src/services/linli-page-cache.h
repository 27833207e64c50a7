/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The records read last, by key; the oldest go first. */
typedef struct _LinliPageCache LinliPageCache;

LinliPageCache *linli_page_cache_new    (void);
void            linli_page_cache_free   (LinliPageCache *self);
void            linli_page_cache_put    (LinliPageCache *self,
                                         gint64          pk,
                                         gpointer        record);
void            linli_page_cache_forget (LinliPageCache *self,
                                         gint64          pk);
gpointer        linli_page_cache_lookup (LinliPageCache *self,
                                         gint64          pk);

G_END_DECLS
