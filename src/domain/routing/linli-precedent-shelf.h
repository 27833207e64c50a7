/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "linli-conn.h"
#include "linli-route.h"

G_BEGIN_DECLS

/* What the handling of single cases teaches, kept in memory beside a
 * connection: every dispatch asks what the latest thousand cases of its leaf
 * teach, and few of them have changed since the one before. */
typedef struct _LinliPrecedentShelf LinliPrecedentShelf;

gboolean linli_precedent_shelf_find (LinliConn            *conn,
                                     LinliPrecedentShelf **shelf,
                                     GError              **error);
gboolean linli_precedent_shelf_take (LinliPrecedentShelf  *self,
                                     gint64                pk,
                                     GPtrArray            *handled,
                                     GError              **error);

/* What fills it: linli-precedents.c. */
gboolean linli_precedents_handled   (LinliConn            *conn,
                                     const char           *case_id,
                                     GPtrArray            *handled,
                                     GError              **error);

G_END_DECLS
