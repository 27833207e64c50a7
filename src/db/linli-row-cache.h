/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-row.h"

G_BEGIN_DECLS

/* Rows as a transaction last read or wrote them. They are frozen. */
typedef struct _LinliRowCache LinliRowCache;

LinliRowCache *linli_row_cache_new    (void);
void           linli_row_cache_free   (LinliRowCache    *self);
LinliRow      *linli_row_cache_find   (LinliRowCache    *self,
                                       const LinliTable *table,
                                       const char       *id);
void           linli_row_cache_keep   (LinliRowCache    *self,
                                       LinliRow         *row);
void           linli_row_cache_forget (LinliRowCache    *self,
                                       const LinliTable *table,
                                       const char       *id);
void           linli_row_cache_clear  (LinliRowCache    *self);

G_END_DECLS
